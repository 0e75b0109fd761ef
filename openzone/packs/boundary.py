"""The outline under maps: ``boundary.geojson`` of a zone's pack folder, or none at all.

A map shown to the public has to be a reviewed one (地图管理条例, State Council Decree 664) and to
carry its review number (审图号). OpenZone brings no outline of its own: a zone puts in the approved
file it has a right to use, with the number and the source in the file.
"""

import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from openzone.engines.drawing.maps import Boundary, Region, Ring
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.loading import NOT_UTF8

NAME = "boundary.geojson"
MOST_BYTES = 20_000_000
NUMBER_KEYS = ("review_number", "审图号")
TOO_LARGE = Text("文件超过 {most} MB", "the file is larger than {most} MB")
NOT_JSON = Text("不是 JSON：{why}", "not JSON: {why}")
NO_COLLECTION = Text(
    "应为 GeoJSON 的 FeatureCollection，且至少有一个要素",
    "must be a GeoJSON FeatureCollection with at least one feature",
)
NO_NUMBER = Text(
    "没有审图号：请在文件顶层写明 review_number，未经审核的地图不予显示",
    "no map review number: state review_number at the top of the file; an unreviewed map is not"
    " shown",
)
NO_SOURCE = Text(
    "没有来源：请在文件顶层写明 source", "no source: state source at the top of the file"
)
NO_SHAPE = Text(
    "应为 Polygon、MultiPolygon、LineString 或 MultiLineString",
    "must be a Polygon, MultiPolygon, LineString or MultiLineString",
)
NO_CORNERS = Text(
    "坐标应为经度(-180至180)和纬度(-90至90)的数对，每圈至少{least}个",
    "coordinates must be pairs of longitude (-180 to 180) and latitude (-90 to 90), at least"
    " {least} a ring",
)
DEPTH = {"LineString": 0, "Polygon": 1, "MultiLineString": 1, "MultiPolygon": 2}
LONGEST_NUMBER = 60


def boundary(folder: Path | None) -> Boundary | None:
    """Return the boundary of a zone's folder; ``None`` where it brings none.

    Raises:
        PackError: the file cannot be used, with every reason.

    """
    path = folder / NAME if folder else None
    if path is None or not path.exists():
        return None
    return _kept(path, path.stat().st_mtime_ns)


@cache
def _kept(path: Path, _changed: int) -> Boundary:
    return read_boundary(path.read_bytes(), str(path))


def read_boundary(data: bytes, name: str) -> Boundary:
    """Read a boundary file.

    Raises:
        PackError: with every reason.

    """
    given = _parsed(data, name)
    problems = list(_wrong_head(given))
    regions = list[Region]()
    features = given.get("features")
    for place, feature in enumerate(features if isinstance(features, list) else []):
        try:
            regions.append(_region(feature, place))
        except ValueError as error:
            problems.append((f"features[{place}].geometry", error.args[0]))
    if problems:
        raise PackError([PackProblem(name, 1, path, reason) for path, reason in problems])
    return Boundary(regions, _number(given), str(given["source"]))


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    reason = None
    if len(data) > MOST_BYTES:
        reason = TOO_LARGE.format(most=MOST_BYTES // 1_000_000)
    else:
        try:
            given = json.loads(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            reason = NOT_UTF8
        except (ValueError, RecursionError) as error:
            reason = NOT_JSON.format(why=error)
        else:
            if isinstance(given, dict):
                return given
            reason = NO_COLLECTION
    raise PackError([PackProblem(name, 1, "", reason)])


def _wrong_head(given: dict[str, Any]) -> Iterator[tuple[str, Text]]:
    features = given.get("features")
    if given.get("type") != "FeatureCollection" or not isinstance(features, list) or not features:
        yield "features", NO_COLLECTION
    if not _number(given):
        yield "review_number", NO_NUMBER
    if not (isinstance(given.get("source"), str) and given["source"].strip()):
        yield "source", NO_SOURCE


def _number(given: dict[str, Any]) -> str:
    found = next((given[key] for key in NUMBER_KEYS if isinstance(given.get(key), str)), "")
    return str(found).strip()[:LONGEST_NUMBER]


def _region(feature: Any, place: int) -> Region:
    """Return one feature; ``ValueError`` with a reason where it has no usable shape."""
    shape = feature.get("geometry") if isinstance(feature, dict) else None
    kind = shape.get("type") if isinstance(shape, dict) else None
    if not isinstance(shape, dict) or kind not in DEPTH:
        raise ValueError(NO_SHAPE)
    closed = kind.endswith("Polygon")
    rings = list(_rings(shape.get("coordinates"), DEPTH[kind], 4 if closed else 2))
    said = feature.get("properties")
    named = said if isinstance(said, dict) else {}
    code = named.get("adcode", named.get("code", feature.get("id", "")))
    return Region(str(code or ""), str(named.get("name") or place + 1), rings, closed)


def _rings(given: Any, depth: int, least: int) -> Iterator[Ring]:
    if not isinstance(given, list):
        raise ValueError(NO_CORNERS.format(least=least))
    if depth:
        for inner in given:
            yield from _rings(inner, depth - 1, least)
        return
    if len(given) < least:
        raise ValueError(NO_CORNERS.format(least=least))
    yield [_corner(one, least) for one in given]


def _corner(given: Any, least: int) -> tuple[float, float]:
    if isinstance(given, list) and len(given) >= 2:
        pair = given[0], given[1]
        if all(isinstance(one, int | float) and math.isfinite(one) for one in pair):
            longitude, latitude = float(pair[0]), float(pair[1])
            if abs(longitude) <= 180 and abs(latitude) <= 90:
                return longitude, latitude
    raise ValueError(NO_CORNERS.format(least=least))
