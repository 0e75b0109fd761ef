"""What two sides found together, quarters, and values as people write them."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.water.classes import Body, Measured
from openzone.engines.water.joint import Joint, together
from openzone.engines.water.quarters import Quarter, quarter, quarter_of, quarters
from openzone.engines.water.written import NotWrittenError, State, measured, written
from openzone.packs.water import water
from openzone.packs.water_monitoring import load_monitoring

STANDARD = water(None).standard
BOUNDS = load_monitoring(None).deviation.bounds
FULL = {"ph": "7.5", "dissolved_oxygen": "8", "permanganate": "3", "cod": "14", "bod5": "2",
        "ammonia": "0.30", "phosphorus": "0.08"}  # fmt: skip


def found(text: dict[str, str]) -> dict[str, Measured]:
    return measured({name: written(one) for name, one in text.items()})


def joint(ours: dict[str, str], theirs: dict[str, str], again: dict[str, str] | None = None,
          body: Body = Body.RIVER) -> Joint:  # fmt: skip
    return together(STANDARD, body, found(ours), found(theirs), BOUNDS,
                    found(again) if again else None, "II")  # fmt: skip


def test_where_both_agree_the_mean_stands_for_both():
    both = joint(FULL, FULL | {"ammonia": "0.34"})
    assert (both.values["ammonia"].taken, both.meets, both.open) == (Decimal("0.32"), True, ())


def test_an_item_too_far_apart_is_open_and_the_target_unknown():
    both = joint(FULL, FULL | {"ammonia": "0.49"})
    assert (both.open, both.meets, "ammonia" in both.values) == (("ammonia",), None, False)


def test_the_third_laboratory_settles_what_was_open():
    both = joint(FULL, FULL | {"ammonia": "0.62"}, {"ammonia": "0.60", "cod": "39"})
    assert (both.settled, both.open, both.meets) == (("ammonia",), (), False)
    assert both.values["cod"].taken == 14  # only what was too far apart is decided anew


def test_what_fails_already_stays_failed_while_another_item_is_open():
    bad = FULL | {"cod": "28"}
    assert joint(bad, bad | {"ammonia": "0.49"}).meets is False


def test_what_one_side_alone_measured_settles_nothing():
    lacking = {name: one for name, one in FULL.items() if name != "bod5"}
    both = joint(FULL, lacking)
    assert (both.single, both.meets, both.sample.missing) == (("bod5",), None, ("bod5",))
    assert joint({}, {}).meets is None


def test_both_below_detection_stay_below_it():
    both = joint(FULL | {"ammonia": "<0.025"}, FULL | {"ammonia": "0.05L"})
    assert both.values["ammonia"] == Measured(Decimal("0.0375"), below=True)


def test_nitrogen_counts_in_lakes_only():
    more = FULL | {"nitrogen": "3", "phosphorus": "0.01"}
    assert joint(more, more).meets is True
    assert joint(more, more, body=Body.LAKE).meets is False


@settings(max_examples=40)
@given(st.decimals("0.001", 40, places=3), st.decimals("0.001", 40, places=3))
def test_it_does_not_matter_who_is_first(one: Decimal, other: Decimal):
    ours, theirs = FULL | {"cod": str(one)}, FULL | {"cod": str(other)}
    left, right = joint(ours, theirs), joint(theirs, ours)
    assert (left.values, left.open, left.meets) == (right.values, right.open, right.meets)


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [("0.25", State.MEASURED, "0.25"), ("<0.025", State.BELOW, "0.025"),
     ("0.01L", State.BELOW, "0.01"),
     ("＜0.01", State.BELOW, "0.01"), ("0", State.MEASURED, "0"),
     ("2e-7", State.MEASURED, "0.0000002"), ("<5E-05", State.BELOW, "0.00005")],
)  # fmt: skip
def test_values_as_laboratories_write_them(text: str, state: State, value: str):
    one = written(text)
    assert (one.state, one.value) == (state, Decimal(value))
    assert written(one.text) == one
    assert "e" not in one.text.lower()


def test_not_measured_is_neither_a_value_nor_missing():
    assert written("未测").state is State.NOT_MEASURED
    assert measured({"cod": written("未测")}) == {}


@pytest.mark.parametrize(
    "text", ["未检出", "-1", "NaN", "1e9", "1e-99", "<0", "1,5", "１２３456789012345"]
)
def test_anything_else_is_refused_in_both_languages(text: str):
    with pytest.raises(NotWrittenError) as caught:
        written(text)
    assert caught.value.reason.zh != caught.value.reason.en


def test_quarters():
    assert quarter_of(dt.date(2026, 9, 30)) == Quarter(2026, 3) == quarter("2026年三季度")
    assert (Quarter(2026, 4).first, Quarter(2026, 4).last) == (
        dt.date(2026, 10, 1), dt.date(2026, 12, 31))  # fmt: skip
    assert (Quarter(2026, 4).next, Quarter(2026, 1).before) == (Quarter(2027, 1), Quarter(2025, 4))
    assert [str(one) for one in quarters(Quarter(2025, 4), Quarter(2026, 2))] == [
        "2025Q4", "2026Q1", "2026Q2"]  # fmt: skip
    for wrong in ("2026Q5", "2026", "0000Q1", "9999Q4", "Q1"):
        with pytest.raises(ValueError, match="不是季度"):
            quarter(wrong)
