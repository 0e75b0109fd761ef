"""``cases export``: every case replays from its own lines."""

import json
from pathlib import Path

import pytest

from openzone.engines.cases.lines import Replay
from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import worktime
from tests.cli.conftest import Command
from tests.zone.cases.conftest import people  # noqa: F401 - a fixture
from tests.zone.cases.people import DAY, NOW, People

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(people: People) -> list[Case]:  # noqa: F811
    return [people.closed(), people.accepted(NOW + DAY)]


def test_an_exported_history_replays_alone(run: Command, two: list[Case], tmp_path: Path) -> None:
    target = tmp_path / "cases.jsonl"
    code, _, said = run("cases", "export", "-o", str(target))
    assert (code, "6 events exported" in said) == (0, True)
    replay = Replay(worktime(), lambda _: None)
    replay.read(target.read_text("utf-8").splitlines())
    assert replay.problems == []
    assert {number: one.state.stage for number, one in replay.cases.items()} == {
        two[0].number: "closed",
        two[1].number: "handling",
    }
    assert Event.objects.get(action="cases.exported").details["cases"] == 2


def test_one_number_or_some_days(run: Command, two: list[Case]) -> None:
    for arguments, case in (
        ([two[0].number], two[0]),
        (["--from", "2026-11-17"], two[1]),
        (["--to", "2026-11-16", "--kind", "request"], two[0]),
    ):
        code, printed, _ = run("cases", "export", *arguments)
        assert code == 0
        assert {json.loads(line)["case"] for line in printed.splitlines()} == {case.number}


def test_what_is_not_there_is_named(run: Command, two: list[Case]) -> None:
    code, printed, said = run("cases", "export", "OZ-XX-1")
    assert (code, printed) == (2, "")
    assert "OZ-XX-1" in said
    assert run("cases", "export", "--from", "yesterday")[0] == 2
