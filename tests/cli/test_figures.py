"""``figures export``: what is on record, as the site gives it."""

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.cli.conftest import Command
from tests.zone.indicators.figures_world import recorded, row, zone

pytestmark = pytest.mark.django_db


@pytest.fixture
def _figures(actor: Actor, make_user: Callable[..., User], office: Unit) -> None:
    chief = make_user("chief", Role.STATISTICS, office)
    here, there = zone(actor, "示例开发区"), zone(actor, "示例邻区")
    recorded(actor, [row(here, "2026-01/2026-05", "77.7亿元", published="2026-06-10"),
                     row(there, "2026-01/2026-05", "11亿元", published="2026-07-10")],
             chief)  # fmt: skip


@pytest.mark.usefixtures("_figures")
def test_figures_of_one_subject_known_on_a_day(run: Command, tmp_path: Path) -> None:
    target = tmp_path / "figures.csv"
    for arguments, names in (
        ([], {"示例开发区", "示例邻区"}),
        (["--entity", "示例邻区"], {"示例邻区"}),
        (["--indicator", "industrial_output", "--known-at", "2026-06-30"], {"示例开发区"}),
        (["--indicator", "税收收入"], set()),
    ):
        code, _, said = run("figures", "export", "--out", str(target), *arguments)
        assert (code, f"{len(names)} figures exported" in said) == (0, True), said
        rows = list(csv.DictReader(target.open(encoding="utf-8")))
        assert {one["REF_AREA_NAME"] for one in rows} == names
    assert Event.objects.filter(action="registry.exported").count() == 4


@pytest.mark.usefixtures("_figures")
def test_a_workbook_as_the_page_gives_it(run: Command, tmp_path: Path) -> None:
    target = tmp_path / "figures.xlsx"
    assert run("figures", "export", "--out", str(target))[0] == 0
    (sheet,) = openpyxl.load_workbook(target).worksheets
    cells = [one.value for line in sheet for one in line]
    assert {"77.7亿元", "示例邻区"} <= set(cells)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--entity", "月球"], "月球"),
        (["--indicator", "luck"], "luck"),
        (["--known-at", "yesterday"], "--known-at"),
    ],
)
def test_what_is_not_there_is_named_and_nothing_written(
    run: Command, tmp_path: Path, arguments: list[str], said: str
) -> None:
    target = tmp_path / "figures.csv"
    code, _, told = run("figures", "export", "--out", str(target), *arguments)
    assert (code, said in told, target.exists()) == (2, True, False)


def test_another_kind_of_file_is_refused(run: Command, tmp_path: Path) -> None:
    code, _, told = run("figures", "export", "--out", str(tmp_path / "figures.pdf"))
    assert (code, ".xlsx" in told) == (2, True)
