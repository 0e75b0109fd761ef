"""A stratified random sample that a third party can draw again.

The method, so that it can be repeated with any tool: each member gets the sha256 of seed, frame
hash, stratum and member, joined by line feeds, in hexadecimal; within each stratum the members
with the smallest numbers are drawn, as many as the share asks for, rounded up. The frame hash is
the sha256 of the lines "stratum, tab, member", sorted, each ended by a line feed. All text is
UTF-8. The seed must be something nobody could choose after the frame was fixed, such as the
result of a public lottery: the frame hash is published before.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openzone.engines.text import Text

Frame = Mapping[str, str]
"""Members and the stratum of each."""


class DrawError(ValueError):
    """A draw that cannot be; ``reason`` is for people."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Drawn:
    """One member drawn: its stratum, its number, and its place among those of its stratum."""

    member: str
    stratum: str
    number: str
    place: int


def frame_hash(frame: Frame) -> str:
    """Return the fingerprint of everything that could be drawn."""
    for member, stratum in frame.items():
        if not member or any(sign in part for part in (member, stratum) for sign in "\t\n\r"):
            raise DrawError(BAD_NAME.format(name=repr(member)))
    lines = sorted(f"{stratum}\t{member}\n" for member, stratum in frame.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def how_many(size: int, percent: int) -> int:
    """Return how many of a stratum are drawn: the share rounded up, so that none is left out."""
    return -(-size * percent // 100)


def draw(frame: Frame, seed: str, percent: int) -> list[Drawn]:
    """Return the sample in the order of the strata, then of the numbers.

    Raises:
        DrawError: nothing to draw from, no seed, or a share outside 1 to 100 per cent.

    """
    if not frame:
        raise DrawError(EMPTY)
    if not seed.strip():
        raise DrawError(NO_SEED)
    if not 1 <= percent <= 100:
        raise DrawError(SHARE)
    fingerprint, found = frame_hash(frame), []
    for stratum in sorted(set(frame.values())):
        members = [member for member, of in frame.items() if of == stratum]
        ranked = _ranked(members, seed, fingerprint, stratum)
        found += ranked[: how_many(len(members), percent)]
    return found


def _ranked(members: Iterable[str], seed: str, fingerprint: str, stratum: str) -> list[Drawn]:
    numbered = sorted((_number(seed, fingerprint, stratum, member), member) for member in members)
    return [
        Drawn(member, stratum, number, place)
        for place, (number, member) in enumerate(numbered, start=1)
    ]


def _number(seed: str, fingerprint: str, stratum: str, member: str) -> str:
    return hashlib.sha256(f"{seed}\n{fingerprint}\n{stratum}\n{member}".encode()).hexdigest()


EMPTY = Text("没有可抽取的对象", "there is nothing to draw from")
NO_SEED = Text("请填写随机种子", "give a seed")
SHARE = Text("抽取比例应为1至100", "the share is from 1 to 100 per cent")
BAD_NAME = Text("对象名称{name}为空或含换行", "the name {name} is empty or has breaks in it")
