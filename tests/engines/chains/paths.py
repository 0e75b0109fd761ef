"""What a path of an SVG passes through."""

import re
from collections.abc import Iterator
from itertools import pairwise

Corner = tuple[float, float]
SAMPLES = 24
PART = re.compile(r"([MLHVCQZ])([^MLHVCQZ]*)")
NUMBER = re.compile(r"-?[\d.]+")


def points(path: str) -> list[Corner]:
    """Return corners and points on the bends of a path, in its order."""
    found = list[Corner]()
    for command, rest in PART.findall(path):
        given = [float(one) for one in NUMBER.findall(rest)]
        found.extend(_step(command, given, found[-1] if found else (0.0, 0.0)))
    return found


def _step(command: str, given: list[float], at: Corner) -> Iterator[Corner]:
    if command == "H":
        yield from _line(at, (given[0], at[1]))
    elif command == "V":
        yield from _line(at, (at[0], given[0]))
    elif command == "L":
        yield from _line(at, (given[0], given[1]))
    elif command == "M":
        yield given[0], given[1]
    elif command in {"C", "Q"}:
        yield from _bend(at, list(zip(given[::2], given[1::2], strict=True)))


def _line(at: Corner, to: Corner) -> Iterator[Corner]:
    for part in range(1, SAMPLES + 1):
        share = part / SAMPLES
        yield at[0] + (to[0] - at[0]) * share, at[1] + (to[1] - at[1]) * share


def _bend(at: Corner, ends: list[Corner]) -> Iterator[Corner]:
    for part in range(1, SAMPLES + 1):
        yield _casteljau([at, *ends], part / SAMPLES)


def _casteljau(corners: list[Corner], share: float) -> Corner:
    while len(corners) > 1:
        corners = [
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            for a, b in pairwise(corners)
        ]
    return corners[0]
