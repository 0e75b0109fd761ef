"""The demo zone enters through the importer: once, whole, and labelled as an example."""

import datetime as dt
import stat
from pathlib import Path

import openpyxl
import pytest

from openzone.demo import loading
from openzone.demo.loading import load_demo
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


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same generator with fewer firms; the whole zone is loaded by a test of the command."""
    few = parameters().model_copy(update={"count": FIRMS, "login_firm": "DEMO-00007"})
    monkeypatch.setattr(loading, "parameters", lambda: few)


def everything() -> dict[str, list[dict[str, object]]]:
    models = (Enterprise, Fact, Source, ImportBatch, Place, User, Event)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_every_firm_is_on_record_and_marked_as_synthetic(tmp_path: Path) -> None:
    zone = load_demo(tmp_path, AS_OF)
    assert (zone.firms, zone.created) == (FIRMS, True)
    assert Enterprise.objects.filter(synthetic=True).count() == FIRMS
    assert Fact.objects.count() > 40 * FIRMS


def test_not_one_row_of_the_workbook_has_a_problem(tmp_path: Path) -> None:
    load_demo(tmp_path, AS_OF)
    counts = ImportBatch.objects.get().counts
    assert (counts["good"], counts["bad"], counts["errors"]) == (FIRMS, 0, 0)


def test_the_workbook_is_kept_and_says_that_it_is_an_example(tmp_path: Path) -> None:
    load_demo(tmp_path, AS_OF)
    sheet = openpyxl.load_workbook(tmp_path / "示例企业.xlsx").worksheets[0]
    assert "示例" in sheet["A1"].value
    assert "不代表任何真实企业" in sheet["A2"].value
    assert sheet.max_row == 3 + FIRMS


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    first = load_demo(tmp_path, AS_OF)
    before = everything()
    second = load_demo(tmp_path, AS_OF.replace(year=2027))
    assert everything() == before
    assert (second.created, second.password) == (False, first.password)


def test_there_is_a_login_for_every_kind_of_user(tmp_path: Path) -> None:
    zone = load_demo(tmp_path, AS_OF)
    for login in LOGINS:
        assert User.objects.get(username=login.username).check_password(zone.password)


def test_every_installation_has_a_password_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = (loading.demo_password(tmp_path / name) for name in "ab")
    assert one != other
    mode = (tmp_path / "a" / "demo-password").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_the_log_knows_that_the_demo_did_it(tmp_path: Path) -> None:
    load_demo(tmp_path, AS_OF)
    assert set(Event.objects.order_by("seq").values_list("actor_id", flat=True)) == {"demo"}
    assert verify().intact


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


def test_what_somebody_adds_to_a_demo_does_not_keep_it_from_starting(tmp_path: Path) -> None:
    load_demo(tmp_path, AS_OF)
    make_enterprise("合肥晶能电池科技有限公司")
    assert load_demo(tmp_path, AS_OF).firms == FIRMS + 1
