"""Lines over time and bars: a gap stays a gap, a forecast is drawn apart, small ones stay small."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.drawing.courses import Ahead, Bar, Course, Dot, bars, courses, spark
from openzone.engines.drawing.svg import Frame, svg
from openzone.engines.text import Text

UNIT = Text("亿元", "100 m yuan")
AXIS = [Text(f"{month}月", str(month)) for month in range(1, 13)]


def course(*places, name="产值"):
    dots = [Dot(row, at, value, Text(str(value), str(value)))
            for row, (at, value) in enumerate(places)]  # fmt: skip
    return Course(Text(name, name), dots)


def test_a_month_nobody_reported_is_a_gap_of_the_line():
    scene = courses([course((0, 1.0), (1, 2.0), (3, 4.0))], AXIS, UNIT)
    line = next(one for one in scene.strokes if one.look == "course0")
    assert line.d.count("M") == 2
    assert len(scene.marks) == 3


def test_several_lines_differ_by_dashes_and_are_named_at_their_ends():
    scene = courses([course((0, 1.0), name="甲"), course((0, 1.0), name="乙")], AXIS, UNIT)
    assert {one.look for one in scene.strokes} >= {"course0", "course1"}
    ends = [label for label in scene.labels if label.text.zh in ("甲", "乙")]
    assert abs(ends[0].y - ends[1].y) >= 15


def test_of_ranks_the_best_is_at_the_top_on_an_axis_of_whole_numbers():
    scene = courses([course((0, 1), (1, 3), (2, 2))], AXIS, UNIT, ranks=True)
    first, third, second = (mark.y for mark in scene.marks)
    assert first < second < third
    assert [one.text.zh for one in scene.labels if one.anchor == "end"] == ["1", "2", "3", "4", "5"]


def test_a_forecast_is_an_area_of_its_own_and_a_target_a_line_across():
    scene = courses([course((8, 70.0))], AXIS, UNIT, 100.0, Ahead(8, 70.0, 11, 95.0, 90.0, 101.0))
    assert {"interval", "ahead", "aim"} <= {one.look for one in scene.strokes}
    assert 'stroke-dasharray="10 4"' in svg(scene, Frame("k"))


def test_a_spark_of_nothing_is_empty_and_of_one_figure_a_dot():
    assert spark([None, None]).strokes == []
    assert [one.look for one in spark([None, 3.0]).strokes] == ["course0", "cluster"]


def test_bars_below_zero_go_the_other_way_and_missing_ones_keep_their_words():
    rows = [Bar(0, Text("甲", "A"), 5.0, Text("5", "5")), Bar(1, Text("乙", "B"), -2.0, UNIT),
            Bar(2, Text("丙", "C"), None, Text("缺", "missing"))]  # fmt: skip
    scene = bars(rows, UNIT)
    assert [mark.row for mark in scene.marks] == [0, 1]
    up, down = scene.marks
    assert down.x + down.width <= up.x + 1e-6
    assert any(label.text.zh == "缺" for label in scene.labels)


@settings(max_examples=50)
@given(st.lists(st.none() | st.floats(-1e12, 1e12), max_size=60))
def test_every_spark_stays_in_its_room(values):
    for stroke in spark(values).strokes:
        numbers = [float(part) for part in stroke.d.translate(
            str.maketrans("MLHVaz", "      ")).split() if part[0].isdigit()]  # fmt: skip
        assert all(math.isfinite(one) and one <= 200 for one in numbers)
