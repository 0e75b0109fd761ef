"""The shipped case types and clock presets, and a zone's own over them."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from openzone.engines.cases.clocks import ClockState, Worktime
from openzone.engines.cases.events import Event, Party
from openzone.engines.cases.fold import apply
from openzone.engines.cases.model import CaseType
from openzone.engines.cases.state import State
from openzone.engines.rules.problems import PackError
from openzone.packs.calendars import default_receipt_rule, national_calendar
from openzone.packs.services import SERVICES, Services, service_type, types_of

WORKTIME = Worktime(national_calendar(), default_receipt_rule())
FIRM = Party("requester", "e1", "示例企业")
STAFF = Party("user", "u1", "甲", "A")
CENTRE = Party("user", "c1", "中心", "C")
HEAD = """
id: sample
extends: base
label: {zh: 示例, en: Sample}
number: {scope: OZ, type: SL}
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / "services" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def with_preset(folder: Path, preset: str) -> CaseType:
    write(folder, "sample.yaml", f"{HEAD}preset: {preset}\n")
    return Services.of(folder).type("sample")


def problems(folder: Path, name: str = "sample") -> list[str]:
    with pytest.raises(PackError) as error:
        Services.of(folder).type(name) if name else types_of(folder)
    return [f"{one.file}:{one.line}: {one.path}: {one.reason.en}" for one in error.value.problems]


def test_every_shipped_type_can_be_used():
    shipped = {path.stem for path in SERVICES.glob("*.yaml")} - {"base"}
    assert set(types_of(None)) == shipped
    assert "enterprise_request" in shipped


# What each place publishes, counted from a moment of receipt: Monday 2 November 2026 at 09:00;
# Wednesday 30 September 2026 at 16:30, before 1-7 October and the make-up Saturday the 10th;
# Friday 10 October 2025 at 16:00, before a make-up Saturday; 30 December 2026, before a year
# without a calendar; Sunday 8 November 2026 at 20:00, when nobody works.
MONDAY, NATIONAL, FRIDAY, YEAR_END, SUNDAY = (
    "2026-11-02T09:00",
    "2026-09-30T16:30",
    "2025-10-10T16:00",
    "2026-12-30T10:00",
    "2026-11-08T20:00",
)
TABLE: list[tuple[str, str, str, dict[str, Any], str, str, bool]] = [
    ("shandong", "verify", "1 wd", {}, MONDAY, "2026-11-03 17:30", False),
    ("shandong", "answer", "3 wd", {}, MONDAY, "2026-11-05 17:30", False),
    ("shandong", "resolve", "15 wd", {}, MONDAY, "2026-11-23 17:30", False),
    ("shandong", "verify", "1 wd", {}, NATIONAL, "2026-10-08 17:30", False),
    ("shandong", "answer", "3 wd", {}, NATIONAL, "2026-10-10 17:30", False),
    ("shandong", "resolve", "15 wd", {}, NATIONAL, "2026-10-27 17:30", False),
    ("shandong", "verify", "1 wd", {}, FRIDAY, "2025-10-11 17:30", False),
    ("shandong", "answer", "3 wd", {}, YEAR_END, "2027-01-04 17:30", True),
    ("shandong", "verify", "1 wd", {}, YEAR_END, "2026-12-31 17:30", False),
    ("zaozhuang", "verify", "1 wd", {}, MONDAY, "2026-11-03 17:30", False),
    ("zaozhuang", "answer", "2 wd", {}, MONDAY, "2026-11-04 17:30", False),
    ("zaozhuang", "resolve", "10 wd", {}, MONDAY, "2026-11-16 17:30", False),
    ("zaozhuang", "answer", "2 wd", {}, NATIONAL, "2026-10-09 17:30", False),
    ("zaozhuang", "resolve", "10 wd", {}, YEAR_END, "2027-01-13 17:30", True),
    ("zhuhai", "respond", "1 working hour", {}, MONDAY, "2026-11-02 10:00", False),
    ("zhuhai", "respond", "1 working hour", {}, NATIONAL, "2026-09-30 17:30", False),
    ("zhuhai", "respond", "1 working hour", {}, SUNDAY, "2026-11-09 10:00", False),
    ("zhuhai", "answer", "consult 2 wd", {"topic": "policy"}, MONDAY, "2026-11-04 17:30", False),
    ("zhuhai", "resolve", "other 4 wd", {"topic": "land"}, MONDAY, "2026-11-06 17:30", False),
    ("zhuhai", "resolve", "other 4 wd", {"topic": "land"}, NATIONAL, "2026-10-12 17:30", False),
    ("jiangmen", "respond", "60 min", {}, MONDAY, "2026-11-02 10:00", False),
    ("jiangmen", "respond", "60 min", {}, SUNDAY, "2026-11-08 21:00", False),
    ("jiangmen", "answer", "24 h", {}, NATIONAL, "2026-10-01 16:30", False),
    ("jiangmen", "resolve", "7 days", {}, MONDAY, "2026-11-09 23:59", False),
    ("jiangmen", "resolve", "7 days", {}, NATIONAL, "2026-10-08 23:59", False),
    ("quanzhou", "answer", "7 wd", {}, MONDAY, "2026-11-11 17:30", False),
    ("quanzhou", "resolve", "7 wd", {}, MONDAY, "2026-11-11 17:30", False),
    ("quanzhou", "resolve", "7 wd", {}, NATIONAL, "2026-10-15 17:30", False),
    ("jinniu", "urgent", "2 h", {"urgency": "stopped"}, NATIONAL, "2026-09-30 18:30", False),
    ("jinniu", "resolve", "2 days", {}, MONDAY, "2026-11-04 23:59", False),
    ("jinniu", "resolve", "2 days", {}, NATIONAL, "2026-10-08 23:59", False),
]


def act(
    type_: CaseType, state: State | None, at: str, action: str, by: Party, **data: Any
) -> State:
    seq = state.last_seq + 1 if state else 1
    event = Event(seq, dt.datetime.fromisoformat(at), action, by, data)
    return apply(type_, state, event, WORKTIME)


def opened(type_: CaseType, at: str, **data: Any) -> State:
    return act(type_, None, at, "open", FIRM, number="N", centre="C", unit="A", **data)


@pytest.mark.parametrize(("preset", "name", "said", "fields", "received", "due", "open_"), TABLE)
def test_the_table_of_published_limits(tmp_path, preset, name, said, fields, received, due, open_):
    state = opened(with_preset(tmp_path, preset), received, fields=fields)
    clock: ClockState = state.clocks[name]
    assert (f"{clock.due:%Y-%m-%d %H:%M}", clock.provisional) == (due, open_)


@pytest.mark.parametrize(
    ("preset", "asked", "limit", "due"),
    [
        ("shandong", "2026-11-20T17:30", "15 workdays", "2026-12-14 17:30"),  # 30 in all
        ("zaozhuang", "2026-11-13T17:30", "15 workdays", "2026-12-07 17:30"),  # 25 in all
        ("quanzhou", "2026-11-10T17:30", "3 workdays", "2026-11-16 17:30"),
    ],
)
def test_the_table_of_published_extensions(tmp_path, preset, asked, limit, due):
    type_ = with_preset(tmp_path, preset)
    state = act(type_, opened(type_, MONDAY), "2026-11-02T10:00", "accept", STAFF)
    ask = {"clock": "resolve", "limit": limit, "reason": "复杂"}
    state = act(type_, state, asked, "ask_extension", STAFF, **ask)
    state = act(type_, state, asked, "grant_extension", CENTRE)
    assert f"{state.clocks['resolve'].due:%Y-%m-%d %H:%M}" == due


def test_in_quanzhou_assisting_units_have_three_days_and_an_objection_one(tmp_path):
    type_ = with_preset(tmp_path, "quanzhou")
    state = opened(type_, MONDAY)
    assert state.objection_until == dt.datetime.fromisoformat("2026-11-03T17:30")
    state = act(type_, state, "2026-11-02T10:00", "accept", STAFF)
    state = act(type_, state, "2026-11-02T11:00", "involve", STAFF, unit="B", asks="协办")
    assert state.clocks["assist"].due == dt.datetime.fromisoformat("2026-11-05T17:30")


def test_in_jinniu_only_urgent_matters_have_the_two_hours(tmp_path):
    assert "urgent" not in opened(with_preset(tmp_path, "jinniu"), MONDAY).clocks


def test_every_clock_of_a_preset_says_how_far_it_can_be_trusted(tmp_path):
    for name in ("shandong", "zaozhuang", "zhuhai", "jiangmen", "quanzhou", "jinniu"):
        clocks = with_preset(tmp_path, name).clocks.values()
        assert {clock.verified for clock in clocks} <= {"V", "V2", "L", "K"}


class TestZone:
    def test_a_type_of_its_own(self, tmp_path):
        types = types_of(write(tmp_path, "sample.yaml", HEAD))
        assert types["sample"].stages["received"].label.zh == "待分办"
        assert "enterprise_request" in types

    def test_the_clocks_of_a_preset_alone_with_one_of_its_own(self, tmp_path):
        text = HEAD + (
            "clocks:\n  preset: quanzhou\n  assist: null\n  answer: {limit: 5 workdays}\n"
        )
        type_ = Services.of(write(tmp_path, "sample.yaml", text)).type("sample")
        assert set(type_.clocks) == {"answer", "resolve"}
        assert type_.clocks["answer"].limit.amount == 5
        assert type_.clocks["answer"].pausable

    def test_a_file_of_the_same_name_takes_the_place(self, tmp_path):
        text = HEAD.replace("sample", "enterprise_request")
        services = Services.of(write(tmp_path, "enterprise_request.yaml", text))
        assert services.type("enterprise_request").label.zh == "示例"

    def test_an_action_can_be_taken_away(self, tmp_path):
        write(tmp_path, "sample.yaml", HEAD + "actions: {object: null}\n")
        assert "object" not in Services.of(tmp_path).type("sample").actions

    def test_the_folder_of_the_zone_is_used(self, tmp_path, monkeypatch):
        monkeypatch.setenv("OPENZONE_PACKS", str(write(tmp_path, "sample.yaml", HEAD)))
        service_type.cache_clear()
        try:
            assert service_type("sample").id == "sample"
        finally:
            service_type.cache_clear()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "bounces: many\n", "sample.yaml:6: bounces: should be a whole number"),
        (HEAD + "stagse: {}\n", "sample.yaml:6: stagse: unknown"),
        (HEAD + "preset: atlantis\n", "sample.yaml:6: preset: there is no “atlantis”"),
        (HEAD.replace("base", "nothing"), "sample.yaml:3: extends: there is no “nothing”"),
        (HEAD.replace("base", "sample"), "sample.yaml:3: extends: they extend each other"),
        (HEAD.replace("id: sample", "id: other"), "sample.yaml:2: id: the file must be named"),
        (HEAD + "bounces: 1\nbounces: 2\n", "sample.yaml:7: : the field “bounces” appears twice"),
        (HEAD + "a: &x {b: 1}\nc: *x\n", "sample.yaml:6: c: aliases"),
        ("- 1\n", "sample.yaml:1: : should be a mapping"),
        ("a: [\n", "sample.yaml:2: : is not valid YAML"),
        (
            HEAD + "actions:\n  finish: {to: closed}\n",
            "sample.yaml:7: actions.finish.to: this verb cannot close a case",
        ),
        (
            HEAD + "actions:\n  accept: {to: nowhere}\n",
            "sample.yaml:7: actions.accept.to: there is no “nowhere”",
        ),
        (
            HEAD + "actions:\n  accept: {who: [anybody]}\n",
            "sample.yaml:7: actions.accept.who: there is no “anybody”",
        ),
        (
            HEAD + "clocks:\n  c: {label: {zh: a, en: b}, limit: 半天, starts: [open], "
            "stops: [accept], verified: K}\n",
            "sample.yaml:7: clocks.c.limit: “半天” is ambiguous",
        ),
        (
            HEAD + "clocks:\n  c: {label: {zh: a, en: b}, limit: 1 workday, starts: [born], "
            "stops: [accept], verified: K}\n",
            "sample.yaml:7: clocks.c.starts: there is no “born”",
        ),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(tmp_path, text, said):
    found = problems(write(tmp_path, "sample.yaml", text))
    assert any(one.startswith(said) for one in found), found


def test_all_problems_of_all_files_are_named(tmp_path):
    write(tmp_path, "one.yaml", HEAD.replace("sample", "one") + "bounces: x\nclosing: 3\n")
    write(tmp_path, "two.yaml", "id: two\n")
    files = {line.split(":")[0] for line in problems(tmp_path, "")}
    assert files == {"one.yaml", "two.yaml"}
