"""The demo zone enters through the importer: once, whole, and labelled as an example."""

import datetime as dt
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from django.db import transaction

from openzone.demo import loading
from openzone.demo.loading import DemoZone, load_demo
from openzone.demo.parameters import parameters
from openzone.demo.people import LOGINS
from openzone.zone.audit.models import Event
from openzone.zone.audit.verification import verify
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise, Fact, ImportBatch, Place, Source
from tests.factories import make_enterprise

pytestmark = pytest.mark.django_db

FIRMS = 60
AS_OF = dt.date(2026, 1, 1)


@pytest.fixture(scope="module", autouse=True)
def _few() -> Iterator[None]:
    """The same generator with fewer firms; the whole zone is loaded by a test of the command."""
    few = parameters().model_copy(update={"count": FIRMS, "login_firm": "DEMO-00007"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "parameters", lambda: few)
        yield


class Loaded(NamedTuple):
    """The demo, and the folder of its files."""

    zone: DemoZone
    folder: Path


@pytest.fixture(scope="class")
def once_loaded(
    _few: None,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Loaded]:
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        yield Loaded(load_demo(folder, AS_OF), folder)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(once_loaded: Loaded, db: None) -> Loaded:
    """The demo as it was loaded; what a test changes in the database is taken back."""
    return once_loaded


def everything() -> dict[str, list[dict[str, object]]]:
    models = (Enterprise, Fact, Source, ImportBatch, Place, User, Event)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


class TestLoaded:
    """What is there after one start of the demo."""

    def test_every_firm_is_on_record_and_marked_as_synthetic(self, loaded: Loaded) -> None:
        assert (loaded.zone.firms, loaded.zone.created) == (FIRMS, True)
        assert Enterprise.objects.filter(synthetic=True).count() == FIRMS
        assert Fact.objects.count() > 40 * FIRMS

    def test_not_one_row_of_the_workbook_has_a_problem(self, loaded: Loaded) -> None:
        counts = ImportBatch.objects.get().counts
        assert (counts["good"], counts["bad"], counts["errors"]) == (FIRMS, 0, 0)

    def test_the_workbook_is_kept_and_says_that_it_is_an_example(self, loaded: Loaded) -> None:
        sheet = openpyxl.load_workbook(loaded.folder / "示例企业.xlsx").worksheets[0]
        assert "示例" in sheet["A1"].value
        assert "不代表任何真实企业" in sheet["A2"].value
        assert sheet.max_row == 3 + FIRMS

    def test_loading_twice_changes_nothing(self, loaded: Loaded) -> None:
        before = everything()
        second = load_demo(loaded.folder, AS_OF.replace(year=2027))
        assert everything() == before
        assert (second.created, second.password) == (False, loaded.zone.password)

    def test_there_is_a_login_for_every_kind_of_user(self, loaded: Loaded) -> None:
        for login in LOGINS:
            assert User.objects.get(username=login.username).check_password(loaded.zone.password)

    def test_the_log_knows_that_the_demo_did_it(self, loaded: Loaded) -> None:
        assert set(Event.objects.order_by("seq").values_list("actor_id", flat=True)) == {"demo"}
        assert verify().intact

    def test_what_somebody_adds_does_not_keep_it_from_starting(self, loaded: Loaded) -> None:
        make_enterprise("合肥晶能电池科技有限公司")
        assert load_demo(loaded.folder, AS_OF).firms == FIRMS + 1


def test_every_installation_has_a_password_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = (loading.demo_password(tmp_path / name) for name in "ab")
    assert one != other
    mode = (tmp_path / "a" / "demo-password").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_half_a_demo_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("示例")

    monkeypatch.setattr(loading, "create_people", fail)
    with pytest.raises(RuntimeError):
        load_demo(tmp_path, AS_OF)
    assert not any(everything().values())


def test_a_record_of_real_enterprises_is_left_alone(tmp_path: Path) -> None:
    make_enterprise("合肥晶能电池科技有限公司")
    before = everything()
    with pytest.raises(Refused, match="OPENZONE_DATA"):
        load_demo(tmp_path, AS_OF)
    assert everything() == before
    assert list(tmp_path.iterdir()) == []
