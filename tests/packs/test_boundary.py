"""The zone's own outline under its maps."""

import json
from pathlib import Path
from typing import Any

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs.boundary import boundary, read_boundary

SQUARE = [[112.0, 30.0], [113.0, 30.0], [113.0, 31.0], [112.0, 30.0]]


def given(**changes: Any) -> dict[str, Any]:
    feature = {
        "type": "Feature",
        "properties": {"name": "示例区", "adcode": 420800},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    whole = {
        "type": "FeatureCollection",
        "review_number": "GS(0000)0号",
        "source": "示例",
        "features": [feature],
    }
    return whole | changes


def shape(kind: str, coordinates: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return given(features=[{"type": "Feature", "properties": None, "geometry": geometry}])


def written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def test_a_folder_without_a_file_gives_no_outline(tmp_path: Path) -> None:
    assert boundary(None) is None
    assert boundary(tmp_path) is None


def test_a_file_gives_regions_with_number_and_source(tmp_path: Path) -> None:
    path = tmp_path / "boundary.geojson"
    path.write_bytes(written(given()))
    found = boundary(tmp_path)
    assert found is not None
    assert (found.review_number, found.source) == ("GS(0000)0号", "示例")
    [region] = found.regions
    assert (region.code, region.name, region.closed) == ("420800", "示例区", True)
    assert list(region.rings[0]) == [tuple(corner) for corner in SQUARE]
    path.write_bytes(written(given(source="示例二")))
    changed = boundary(tmp_path)
    assert changed is not None
    assert changed.source == "示例二"


@pytest.mark.parametrize(
    ("kind", "coordinates", "rings", "closed"),
    [
        ("MultiPolygon", [[SQUARE], [SQUARE, SQUARE]], 3, True),
        ("LineString", SQUARE[:2], 1, False),
        ("MultiLineString", [SQUARE[:2], SQUARE], 2, False),
    ],
)
def test_islands_holes_and_lines_are_kept(
    kind: str, coordinates: Any, rings: int, closed: bool
) -> None:
    [region] = read_boundary(written(shape(kind, coordinates)), "f").regions
    assert (len(region.rings), region.closed) == (rings, closed)


@pytest.mark.parametrize(
    ("value", "where", "reason"),
    [
        (given(review_number=" "), "review_number", "审图号"),
        (given(source=3), "source", "来源"),
        (given(features=[]), "features", "FeatureCollection"),
        (given(features={"a": 1}), "features", "FeatureCollection"),
        (given(type="Feature"), "features", "FeatureCollection"),
        (given(features=[None]), "features[0].geometry", "Polygon"),
        (shape("Point", [112.0, 30.0]), "features[0].geometry", "Polygon"),
        (shape("Polygon", [SQUARE[:3]]), "features[0].geometry", "至少4个"),
        (shape("Polygon", [[[112, 30, 1], [181, 30], [1, 2], [1, 2]]]), "features[0]", "经度"),
        (shape("LineString", [[112, 30], ["1", 2]]), "features[0]", "经度"),
        (shape("LineString", [[112, 30], [float("nan"), 2]]), "features[0]", "经度"),
        ([], "", "FeatureCollection"),
    ],
)
def test_what_is_wrong_is_named(value: object, where: str, reason: str) -> None:
    with pytest.raises(PackError) as refused:
        read_boundary(written(value), "boundary.geojson")
    [problem] = refused.value.problems
    assert problem.path.startswith(where)
    assert reason in problem.reason.zh


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{", b"[" * 100_000, b" " * 20_000_001])
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(PackError):
        read_boundary(data, "boundary.geojson")
