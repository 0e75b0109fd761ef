"""Where the bars and points of the drawings lie."""

import datetime as dt
from decimal import Decimal

from openzone.www.views.projects.drawing import LABELS, WIDTH, Row, curves, plan

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def test_nothing_to_draw_is_no_drawing() -> None:
    assert plan([], FIRST) is None
    assert curves(["2026-01"], [None], [None]) is None


def test_the_first_day_lies_at_the_labels_and_the_last_inside_the_drawing() -> None:
    drawn = plan([Row("a", FIRST, FIRST), Row("b", LAST, LAST)], dt.date(2026, 7, 1))
    assert drawn is not None
    first, last = drawn.bars
    assert first.x == LABELS
    assert first.x < drawn.today < last.x <= WIDTH  # type: ignore[operator] # it lies between
    assert drawn.height > last.y > first.y


def test_a_day_outside_the_plan_has_no_line_for_today() -> None:
    drawn = plan([Row("a", FIRST, LAST)], dt.date(2028, 1, 1))
    assert drawn is not None
    assert drawn.today is None


def test_a_deadline_behind_every_bar_still_lies_in_the_drawing() -> None:
    drawn = plan([Row("a", FIRST, FIRST, fixed=LAST)], FIRST)
    assert drawn is not None
    assert drawn.bars[0].fixed is not None
    assert drawn.bars[0].x < drawn.bars[0].fixed <= WIDTH


def test_no_more_months_are_written_than_can_be_read() -> None:
    drawn = plan([Row("a", dt.date(2015, 1, 1), dt.date(2026, 1, 1))], FIRST)
    assert drawn is not None
    assert 2 <= len(drawn.marks) <= 9
    assert drawn.marks[0].x >= LABELS


def test_a_curve_breaks_where_nothing_was_reported() -> None:
    half = Decimal("0.5")
    drawn = curves(["1", "2", "3"], [half, half, half], [half, None, Decimal(1)])
    assert drawn is not None
    planned, actual = drawn.lines
    assert (len(planned), len(actual)) == (1, 2)
    (_x, half_y), (_x2, whole_y) = drawn.dots[1]
    assert whole_y < half_y, "more lies higher"
