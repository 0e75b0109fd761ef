"""Points over two measures, and on maps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.drawing.lettering import text_width
from openzone.engines.drawing.maps import (
    MOST_POINTS,
    Boundary,
    Placed,
    Region,
    breaks,
    circles,
    map_scene,
    projection,
    step_of,
)
from openzone.engines.drawing.scatter import Axes, Point, scatter, ticks
from openzone.engines.text import Text

AXES = Axes(Text("密度", "Density"), Text("增益", "Gain"))
SQUARE = [(112.0, 30.0), (113.0, 30.0), (113.0, 31.0), (112.0, 31.0), (112.0, 30.0)]
ZONE = Boundary([Region("4208", "甲区", [SQUARE])], "GS(0000)0号", "示例")


def text(name: object) -> Text:
    return Text(str(name), str(name))


def spot(number: int, longitude: float, latitude: float, size: float | None = None) -> Placed:
    return Placed(number, text(number), text(number), longitude, latitude, size, "plain")


@settings(max_examples=100)
@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_ticks_enclose_what_they_measure_in_few_even_steps(low: float, span: float) -> None:
    found = ticks(low, low + span)
    assert 2 <= len(found) <= 9
    room = max(abs(low), span) * 1e-6 + 1e-9
    assert found[0] <= low + room
    assert found[-1] >= low + span - room


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-8, 8, [-10, -5, 0, 5, 10]),
        (3, 3, [3, 3.5]),
        (0, 0, [0, 0.2]),
    ],
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(expected)


def test_points_stand_in_the_axes_and_areas_follow_sizes() -> None:
    points = [
        Point(0, text("甲"), text("甲，缺"), 0.1, -3, 100, "missing"),
        Point(1, text("乙"), text("乙，强"), 0.9, 8, 25, "strong"),
    ]
    scene = scatter(points, AXES)
    at = {mark.row: mark for mark in scene.marks}
    assert at[0].x < at[1].x
    assert at[0].y > at[1].y  # up is more
    assert at[0].width == 2 * at[1].width  # four times the area
    assert [mark.row for mark in scene.marks] == [0, 1]  # the small one lies on top
    assert {"甲", "乙", "密度", "增益"} <= {label.text.zh for label in scene.labels}


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20)), min_size=1, max_size=60))
def test_names_meet_no_other_name_and_no_other_point(places: list[tuple[int, int]]) -> None:
    points = [
        Point(row, text(f"示例产品{row}"), text(row), x, y, None, "plain")
        for row, (x, y) in enumerate(dict.fromkeys(places))
    ]
    scene = scatter(points, AXES)
    names = [label for label in scene.labels if "示例" in label.text.zh]
    assert names
    rooms = []
    for label in names:
        wide = text_width(label.text.zh, label.size)
        left = label.x - wide if label.anchor == "end" else label.x
        rooms.append((left, label.y - 6, left + wide, label.y + 6))
    blocks = [(mark.x, mark.y, mark.x + mark.width, mark.y + mark.height) for mark in scene.marks]
    for number, (left, top, right, low) in enumerate(rooms):
        for start, high, end, deep in (*blocks, *rooms[number + 1 :]):
            assert right <= start or end <= left or low <= high or deep <= top


def test_a_scatter_of_nothing_is_empty_axes() -> None:
    assert scatter([], AXES).marks == []


def test_the_map_is_north_up_and_as_wide_as_the_latitude_makes_it() -> None:
    spots = [spot(0, 112, 60), spot(1, 113, 60), spot(2, 112, 61)]
    over = projection(spots, None)
    (left, low), (right, _low), (_left, high) = (
        over.at(one.longitude, one.latitude) for one in spots
    )
    assert left < right
    assert high < low
    assert (right - left) / (low - high) == pytest.approx(0.492, abs=0.01)  # cos 60.5°


def test_without_a_file_nothing_but_the_grid_is_drawn() -> None:
    spots = [spot(0, 112.2, 30.5), spot(1, 112.9, 30.9)]
    over = projection(spots, None)
    scene = map_scene(circles(spots, over), over, None, {"4208": 3})
    assert {stroke.look for stroke in scene.strokes} == {"grid"}
    assert any(label.text.zh == "112.4°E" for label in scene.labels)


def test_all_of_the_file_is_drawn_with_its_review_number() -> None:
    far = Region("", "海上", [[(109.0, 3.0), (110.0, 4.0)]], closed=False)
    both = Boundary([*ZONE.regions, far], ZONE.review_number, ZONE.source)
    over = projection([spot(0, 112.5, 30.5)], both)
    scene = map_scene([], over, both, {"甲区": 3.0})
    assert [stroke.look for stroke in scene.strokes] == ["step0", "axis"]
    assert all(0 <= y <= scene.height for y in (over.at(109.0, 3.0)[1], over.at(112.0, 31.0)[1]))
    assert "GS(0000)0号" in scene.labels[-1].text.zh
    assert "°" not in "".join(label.text.zh for label in scene.labels)


def test_a_region_without_a_value_is_hatched_not_pale() -> None:
    other = Boundary([*ZONE.regions, Region("1", "乙区", [SQUARE])], "号", "示例")
    scene = map_scene([], projection([], other), other, {"4208": 3.0})
    assert [stroke.look for stroke in scene.strokes] == ["step0", "unvalued"]
    assert scene.strokes[1].title == Text("乙区：无数据", "乙区: no data")


@settings(max_examples=50)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_every_value_has_one_of_five_classes(values: list[float]) -> None:
    steps = breaks(values)
    for value in values:
        place = step_of(value, steps)
        assert 0 <= place <= 4
        assert steps[place] <= value + 1e-3 <= steps[place + 1] + 2e-3


def test_spots_at_one_place_are_one_circle_with_their_number() -> None:
    spots = [spot(0, 112.5, 30.5), spot(1, 112.5, 30.5), spot(2, 112.7, 30.6)]
    over = projection(spots, None)
    found = circles(spots, over)
    assert [len(one.spots) for one in found] == [2, 1]
    marks = map_scene(found, over, None, {}).marks
    assert [label.text.zh for mark in marks for label in mark.labels] == ["2"]


def test_above_five_thousand_neighbours_are_one_circle_and_none_is_lost() -> None:
    spots = [spot(n, 112 + n % 97 / 97, 30 + n % 89 / 89) for n in range(MOST_POINTS + 1)]
    found = circles(spots, projection(spots, None))
    assert len(found) < 500
    assert sorted(one.number for circle in found for one in circle.spots) == list(range(len(spots)))
    apart = spots[:MOST_POINTS]
    assert len(circles(apart, projection(apart, None))) == MOST_POINTS
