"""Who may be the same investor: by credit code, by name, by group, by brand and trade.

A code settles it; everything else is a resemblance for a person to look at. Two different codes
are said beside a resemblance, because firms of one group look alike and are not one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from openzone.engines.identity.names import NameSplitter, normalise

_LEAST = 2
"""A brand of one character resembles too many."""


class Why(StrEnum):
    """Why two investors may be one, the strongest first."""

    CODE = "code"
    NAME = "name"
    BRAND = "brand"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Keys:
    """What an investor is compared by. An empty key compares with nothing.

    ``name`` is the normalised whole name, ``core`` its brand and trade without place and legal
    form, ``group`` the brand and trade of the group it belongs to.
    """

    code: str
    name: str
    core: str
    group: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody on record who may be the same, why, and whether the codes tell them apart."""

    id: int
    why: tuple[Why, ...]
    other_code: bool

    @property
    def certain(self) -> bool:
        """Whether it is the same beyond doubt."""
        return Why.CODE in self.why


def keys(split: NameSplitter, name: str, group: str = "", code: str | None = None) -> Keys:
    """Return what an investor is compared by.

    A name that says 集团 is a group of its own where no other is stated.
    """
    parts = split.split(name)
    stated = split.split(group).core if group.strip() else ""
    own = parts.core if parts.group else ""
    core = parts.core if len(parts.core) >= _LEAST else ""
    found = stated or own
    return Keys(code or "", normalise(name), core, found if len(found) >= _LEAST else "")


def compare(one: Keys, other: Keys) -> tuple[Why, ...]:
    """Return why two investors may be one; empty where nothing says so."""
    found = {
        Why.CODE: _same(one.code, other.code),
        Why.NAME: _same(one.name, other.name),
        Why.BRAND: _same(one.core, other.core) and one.name != other.name,
        Why.GROUP: _same(one.group, other.group),
    }
    return tuple(why for why in Why if found[why])


def alike(asked: Keys, known: Iterable[tuple[int, Keys]]) -> list[Likeness]:
    """Return who on record may be the investor asked for, the likeliest first."""
    found = [
        Likeness(pk, why, _differ(asked.code, other.code))
        for pk, other in known
        if (why := compare(asked, other))
    ]
    order = list(Why)
    return sorted(found, key=lambda one: (order.index(one.why[0]), one.other_code, one.id))


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


def _differ(one: str, other: str) -> bool:
    return bool(one) and bool(other) and one != other
