"""Histories written by hand, out of order or against the rules: a state, or line and field."""

import json
from typing import Any

import pytest

from openzone.engines.cases.events import Party
from openzone.engines.cases.lines import Replay
from tests.engines.cases.helpers import (
    CENTRE,
    FIN,
    FIN2,
    FIRM,
    NUMBER,
    OPENING,
    WORKTIME,
    base_mapping,
)

OTHER = "OZ-QY-20261102-0002-X"


def line(seq: int, at: str, action: str, by: Party, **data: Any) -> dict[str, Any]:
    """One event of November 2026, as exported."""
    at = at if len(at) > 9 else f"2026-11-{at.replace(' ', 'T')}:00+08:00"
    return {
        "case": NUMBER, "seq": seq, "at": at, "action": action, "by": by.to_json(), "data": data
    }  # fmt: skip


OPEN = line(1, "02 09:00", "open", FIRM, **OPENING, unit="FIN", definition=base_mapping())
ACCEPT = line(2, "02 10:00", "accept", FIN)
FINISH = line(3, "03 10:00", "finish", FIN, text="已解决", evidence=["a"])
ASK = {"clock": "resolve", "limit": "2 workdays", "reason": "r"}
PAUSE = {"what": "x", "reason": "material", "document": "n"}


def read(*lines: dict[str, Any] | str) -> Replay:
    found = Replay(WORKTIME, lambda _: None)
    found.read(one if isinstance(one, str) else json.dumps(one) for one in lines)
    return found


def problem(*lines: dict[str, Any] | str) -> tuple[int, str]:
    """The line and field of the one problem, which is told in both languages."""
    [one] = read(*lines).problems
    assert one.text.zh.startswith(f"第{one.line}行，字段{one.field}：")
    assert one.text.zh != one.text.en
    return one.line, one.field


def opening(**data: Any) -> dict[str, Any]:
    return {**OPEN, "data": {**OPEN["data"], **data}}


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([OPEN, FINISH, ACCEPT], (2, "seq")),
        ([OPEN, ACCEPT, ACCEPT], (3, "seq")),
        ([OPEN, {**ACCEPT, "at": "2026-11-02T08:59:00+08:00"}], (2, "at")),
        ([OPEN, {**ACCEPT, "at": "2026-11-02"}], (2, "at")),
        ([OPEN, {**ACCEPT, "at": "9999-12-31T23:59:00-12:00"}], (2, "at")),
        ([OPEN, line(2, "02 10:00", "fly", FIN)], (2, "action")),
        ([ACCEPT], (1, "action")),
        ([OPEN, {**OPEN, "seq": 2}], (2, "action")),
        ([opening(version=7)], (1, "data.version")),
        ([opening(type="another")], (1, "data.type")),
        ([opening(definition=base_mapping() | {"version": "2"})], (1, "data.definition.version")),
        ([opening(definition="x")], (1, "data.definition")),
        ([opening(unit=5)], (1, "data.unit")),
        ([opening(unit="FIN", about_unit="FIN")], (1, "data.unit")),
        ([opening(number="")], (1, "data.number")),
        ([{**OPEN, "case": OTHER}], (1, "data.number")),
        ([{**OPEN, "case": 5}], (1, "case")),
        ([OPEN, {**ACCEPT, "by": {"kind": "user", "id": ["f1"]}}], (2, "by.id")),
        ([OPEN, {**ACCEPT, "by": {"kind": "user", "role": 1}}], (2, "by.role")),
        ([OPEN, {**ACCEPT, "seq": "2"}], (2, "seq")),
        ([OPEN, ACCEPT, {**FINISH, "data": {"text": "x", "evidence": "a"}}], (3, "data.evidence")),
        ([OPEN, ACCEPT, {**FINISH, "data": {"evidence": ["a"]}}], (3, "data.text")),
        ([OPEN, ACCEPT, line(3, "20 10:00", "ask_extension", FIN, **ASK)], (3, "action")),
        ([OPEN, ACCEPT, line(3, "03 10:00", "ask_extension", FIN, **ASK | {"limit": "soon"})],
         (3, "data.limit")),
        ([OPEN, ACCEPT, line(3, "03 10:00", "ask_extension", FIN, **ASK),
          line(4, "03 11:00", "grant_extension", FIN2)], (4, "action")),
        ([OPEN, ACCEPT, FINISH, line(4, "04 10:00", "confirm", FIN, satisfied=5)], (4, "action")),
        ([OPEN, ACCEPT, FINISH, line(4, "04 10:00", "confirm", FIRM)], (4, "data.satisfied")),
        ([OPEN, ACCEPT, FINISH, line(4, "04 10:00", "lapse", CENTRE, attempts=["a", "b"])],
         (4, "action")),
        ([json.dumps(OPEN)[:-1]], (1, "JSON")),
        (['{"case": "A", "case": "B"}'], (1, "case")),
    ],
)  # fmt: skip
def test_what_cannot_have_happened_is_told_with_line_and_field(lines, where):
    assert problem(*lines) == where


def test_nobody_without_a_name_leaves_a_hole_in_the_sentence():
    [one] = read(OPEN, {**ACCEPT, "by": {"kind": "user", "unit": "TAX"}}).problems
    assert "该工作人员无权办理“受理”" in one.reason.zh
    assert "not for this member of staff to do" in one.reason.en


def test_cases_of_a_file_may_be_interleaved_and_one_fault_leaves_the_others():
    other = [{**one, "case": OTHER} for one in (opening(number=OTHER), ACCEPT, FINISH)]
    found = read(OPEN, other[0], other[1], ACCEPT, FINISH, other[2])
    assert [(n, one.state.last_seq) for n, one in found.cases.items()] == [(NUMBER, 3), (OTHER, 3)]
    broken = read(OPEN, other[0], other[2], ACCEPT, other[1], FINISH)
    assert [one.line for one in broken.problems] == [3]
    assert broken.cases[NUMBER].state.last_seq == 3


@pytest.mark.parametrize("at", ["2026-11-02T10:00:00", "2026-11-02T02:00:00Z"])
def test_a_moment_without_a_zone_is_the_zones_own_and_others_are_converted(at):
    [found] = read(OPEN, {**ACCEPT, "at": at}).cases.values()
    assert found.state.last_at.isoformat() == "2026-11-02T10:00:00"


def test_a_pause_beyond_its_cap_ends_at_the_cap():
    asked = line(3, "03 10:00", "ask_requester", FIN, **PAUSE, until="2027-03-01T10:00:00+08:00")
    note = line(4, "2026-12-20T10:00:00+08:00", "note", FIN, text="x")
    [found] = read(OPEN, ACCEPT, asked, note).cases.values()
    [pause] = found.state.pauses
    assert (pause.capped, str(pause.ended)) == (True, "2026-11-17 17:30:00")
    assert found.state.holder == "unit:FIN"


def test_merged_and_unmerged_it_goes_on_where_it_stood():
    merged = line(3, "03 10:00", "merge", CENTRE, into=OTHER)
    undone = line(4, "05 10:00", "unmerge", CENTRE)
    [found] = read(
        OPEN, ACCEPT, merged, undone, {**FINISH, "seq": 5, "at": "2026-11-06T10:00"}
    ).cases.values()
    state = found.state
    assert (state.stage, state.merged_into, state.holder) == ("confirming", None, "requester")
    assert state.clocks["resolve"].outcome == "met"


@pytest.mark.parametrize("year", [1890, 2031, 2199])
def test_a_year_without_a_calendar_is_counted_and_marked(year):
    [found] = read({**OPEN, "at": f"{year}-03-05T09:00:00+08:00"}).cases.values()
    assert found.state.clocks["resolve"].provisional
    assert year in found.state.clocks["resolve"].years
