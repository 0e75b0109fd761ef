"""Bands that cannot be reached and points above their maximum."""

from collections.abc import Iterator

from openzone.engines.rules.check_numbers import Scope, check_quantity, unit_of
from openzone.engines.rules.points import uncapped_span
from openzone.engines.rules.problems import Path
from openzone.engines.rules.score_language import Bands, PartBody, Score
from openzone.engines.text import Text

ORDER = Text(
    "分档须从 {from_zh} 到 {to_zh} 排列，这一档永远轮不到",
    "bands run from {from_en} to {to_en}; this one is never reached",
)
TOO_MUCH = Text(
    "最多可得 {high} 分，超过 max {max}；确实封顶请写 cap: true",
    "can give {high} points, over its max {max}; write cap: true if it is cut there",
)
CAP_WITHOUT_MAX = Text("cap 需要 max", "cap needs max")
PART_TWICE = Text("id {id} 在这个分值里用了两次", "id {id} is used twice in this score")


def check_score(scope: Scope, score: Score, path: Path) -> None:
    """Report what is wrong with the parts of a score."""
    seen: set[str] = set()
    for part_path, part in _parts(score, path):
        if part.id is not None and part.id in seen:
            scope.report((*part_path, "id"), PART_TWICE.format(id=part.id))
        seen.add(part.id or "")
        _check_max(scope, part, part_path)
        if part.bands is not None:
            _check_bands(scope, part.bands, (*part_path, "bands"))


def _parts(part: PartBody, path: Path) -> Iterator[tuple[Path, PartBody]]:
    yield path, part
    for key, members in (("best_of", part.best_of), ("parts", part.parts)):
        for index, member in enumerate(members or ()):
            yield from _parts(member, (*path, key, index))


def _check_max(scope: Scope, part: PartBody, path: Path) -> None:
    if part.max is None:
        if part.cap:
            scope.report((*path, "cap"), CAP_WITHOUT_MAX)
        return
    high = uncapped_span(part)[1]
    if high > part.max and not part.cap:
        scope.report((*path, "max"), TOO_MUCH.format(high=f"{high:g}", max=f"{part.max:g}"))


def _check_bands(scope: Scope, bands: Bands, path: Path) -> None:
    unit = unit_of(scope, bands.of, (*path, "of"))
    key = "gte" if bands.gte is not None else "lte"
    limits = [limit for limit, _ in bands.limits]
    for index, limit in enumerate(limits):
        check_quantity(scope, limit, unit, (*path, key, index))
        if index and not _follows(key, limits[index - 1].value, limit.value):
            scope.report((*path, key, index), _order(key))


def _follows(key: str, before: float, after: float) -> bool:
    return after < before if key == "gte" else after > before


def _order(key: str) -> Text:
    if key == "gte":
        return ORDER.format(from_zh="高", to_zh="低", from_en="high", to_en="low")
    return ORDER.format(from_zh="低", to_zh="高", from_en="low", to_en="high")
