"""Where a project stands, what it still needs, and what cannot be in its log."""

import datetime as dt
from collections.abc import Sequence

import pytest

from openzone.engines.projects.stages import (
    Back,
    Entry,
    Exit,
    log_faults,
    may_enter,
    missing,
    next_stages,
    standing,
    standing_items,
)
from tests.engines.projects.pipelines import SEVEN, SIX, log, on

READY = {
    "total_investment": 920_000_000,
    "origin": "foreign",
    "planned_start": dt.date(2025, 9, 1),
    "planned_completion": dt.date(2026, 9, 1),
}


def test_the_first_entry_stands_after_falling_back_and_coming_again() -> None:
    found = standing(
        log(
            "signed 2025-03-01",
            "started 2025-05-01",
            "back signed 2025-07-01",
            "started 2025-09-01",
        )
    )
    assert found.stage == "started"
    assert found.since == on("2025-09-01")
    assert found.first["started"].on == on("2025-05-01")


def test_an_entry_made_by_mistake_never_counted() -> None:
    found = standing(
        log(
            "signed 2025-03-01",
            "started 2025-05-01",
            "void signed 2025-09-01",
            "started 2025-08-20",
        )
    )
    assert found.first["started"].on == on("2025-08-20")
    assert standing(log("signed 2025-03-01", "void none 2025-04-01")).stage is None


def test_a_mistake_takes_back_everything_after_the_last_stay_and_nothing_before() -> None:
    found = standing_items(
        log(
            "signed 2025-03-01", "started 2025-05-01", "back signed 2025-06-01",
            "started 2025-07-01", "void signed 2025-08-01",
        )
    )  # fmt: skip
    assert found == list(log("signed 2025-03-01", "started 2025-05-01", "back signed 2025-06-01"))
    assert standing(found).first["started"].on == on("2025-05-01")


def test_a_mistaken_exit_is_taken_back_and_a_real_one_stays_beside_the_stage() -> None:
    left = log("signed 2025-03-01", "exit not_started 2025-06-01")
    assert standing(left).left == Exit("not_started", on("2025-06-01"))
    assert standing(left).stage == "signed"
    taken_back = standing((*left, *log("void signed 2025-07-01")))
    assert taken_back.left is taken_back.first_exit is None
    resumed = standing((*left, *log("started 2025-08-01")))
    assert resumed.left is None
    assert resumed.first_exit is not None


def test_standing_as_of_a_day_leaves_out_what_came_later() -> None:
    items = log("signed 2025-03-01", "started 2025-05-01", "exit other 2025-06-01")
    assert standing(items, on("2025-04-30")).stage == "signed"
    assert standing(items, on("2025-05-01")).stage == "started"
    assert standing(items, on("2025-05-31")).left is None
    assert standing(items, on("2025-02-28")).stage is None


@pytest.mark.parametrize(
    ("items", "fault"),
    [
        (("building 2025-03-01",), (0, "stage")),
        (("signed 2025-03-01", "started 2025-02-28"), (1, "on")),
        (("signed 2025-03-01", "signed 2025-04-01"), (1, "stage")),
        (("started 2025-03-01", "signed 2025-04-01"), (1, "stage")),
        (("signed 2025-03-01", "back started 2025-04-01"), (1, "to")),
        (("signed 2025-03-01", "back signed 2025-04-01"), (1, "to")),
        (("signed 2025-03-01", "void in_talks 2025-04-01"), (1, "to")),
        (("void none 2025-04-01",), (0, "to")),
        (("signed 2025-03-01", "exit tired 2025-04-01"), (1, "reason")),
    ],
)
def test_a_log_that_cannot_be_is_told_with_its_place(
    items: Sequence[str], fault: tuple[int, str]
) -> None:
    found = log_faults(SIX, log(*items))
    assert [(one.index, one.field) for one in found] == [fault]
    assert found[0].reason.zh != found[0].reason.en


@pytest.mark.parametrize(
    "items",
    [
        ("started 2025-03-01",),
        ("signed 2025-03-01", "back in_talks 2025-04-01", "signed 2025-05-01"),
        ("signed 2025-03-01", "started 2025-05-01", "void signed 2025-09-01", "started 2025-04-01"),
        ("signed 2025-03-01", "exit other 2025-04-01", "signed 2025-06-01"),
        ("signed 2025-03-01", "exit other 2025-04-01", "back signed 2025-06-01"),
        ("signed 2025-03-01", "started 2025-03-01"),
    ],
)
def test_a_log_as_it_happens_has_no_faults(items: Sequence[str]) -> None:
    assert log_faults(SIX, log(*items)) == []


def test_going_back_without_a_reason_is_refused() -> None:
    items = (*log("signed 2025-03-01"), Back("in_talks", on("2025-04-01"), " "))
    assert [(one.index, one.field) for one in log_faults(SIX, items)] == [(1, "reason")]


# ---- what is missing ------------------------------------------------------------------------


def test_what_is_missing_for_a_stage_is_named_field_by_field_and_paper_by_paper() -> None:
    found = missing(SIX, "signed", on("2025-03-01"), {"total_investment": 0, "origin": ""})
    assert [(one.kind, one.id) for one in found] == [
        ("field", "origin"),
        ("field", "planned_start"),
        ("evidence", "formal_contract"),
    ]
    assert "正式投资合同" in found[-1].text.zh
    assert "Formal contract" in found[-1].text.en


def test_any_one_of_a_group_of_papers_will_do() -> None:
    def lacking(*shown: str) -> list[str]:
        found = missing(SIX, "started", on("2025-05-01"), READY, shown)
        return [one.id for one in found]

    assert lacking() == ["construction_permit", "site_photo"]
    assert lacking("permit_equivalent") == ["site_photo"]
    assert lacking("construction_permit", "site_photo") == []


def test_where_the_start_must_be_planned_within_the_year_another_year_is_told() -> None:
    def lacking(planned: dt.date | None) -> list[str]:
        facts = {"total_investment": 1, "planned_start": planned}
        found = missing(SEVEN, "signed", on("2025-03-01"), facts, ["formal_contract"])
        return [one.id for one in found]

    assert lacking(dt.date(2025, 12, 31)) == []
    assert lacking(dt.date(2026, 1, 1)) == ["planned_start"]
    assert lacking(None) == ["planned_start"]


def test_a_project_enters_the_next_stage_with_papers_and_fields_and_not_without() -> None:
    before = log("reserve 2025-01-01")
    shown = Entry("signed", on("2025-03-01"), ("formal_contract",))
    assert may_enter(SIX, before, shown, READY) == (True, ())
    allowed, why = may_enter(SIX, before, Entry("signed", on("2025-03-01")), READY)
    assert not allowed
    assert [one.id for one in why] == ["formal_contract"]


@pytest.mark.parametrize(
    ("before", "stage"),
    [
        (("reserve 2025-01-01",), "started"),
        (("signed 2025-01-01",), "signed"),
        (("started 2025-01-01",), "signed"),
        (("signed 2025-06-01",), "started"),
        ((), "nowhere"),
    ],
)
def test_a_stage_out_of_turn_is_refused_whatever_papers_there_are(
    before: Sequence[str], stage: str
) -> None:
    entry = Entry(stage, on("2025-03-01"), tuple(SIX.evidence))
    allowed, why = may_enter(SIX, log(*before), entry, dict.fromkeys(SIX.fields, "x"))
    assert not allowed
    assert [one.kind for one in why] == ["stage"]


def test_optional_stages_may_be_passed_over_and_others_not() -> None:
    assert next_stages(SIX, "reserve") == ("in_talks", "admission_review", "signed")
    assert next_stages(SIX, "signed") == ("registered", "started")
    assert next_stages(SIX, "full_output") == ()
    assert next_stages(SIX, None) == ("reserve",)


def test_who_left_comes_back_to_where_it_was_or_behind() -> None:
    left = log("signed 2025-01-01", "exit not_started 2025-02-01")
    entry = Entry("signed", on("2025-03-01"), ("formal_contract",))
    assert may_enter(SIX, left, entry, READY)[0]


def test_stages_are_found_by_id_and_by_either_label() -> None:
    assert SIX.named("签约") == SIX.named("Signed") == SIX.named("signed") == "signed"
    assert SIX.named("签字") is None
    assert SIX.counting_as("landed") == "registered"
