"""One zone, many parks: what the figures of firms come to, each counted once.

A firm may count in several parks by its shares; what is in no park counts in the zone directly. A
figure that is missing is never a nought: the sum is then incomplete, and says whose is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from openzone.engines.series.model import State

DIRECT = ""
"""The part of firms that is in no park or division."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a member reported; ``value`` is in base units."""

    state: State
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """The share of a member that counts in ``to``."""

    member: str
    to: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Sum:
    """What members come to. ``total`` is of those that reported, None where nobody did.

    ``of`` are the shares of those that reported, ``missing`` those that did not; members it does
    not apply to are in neither.
    """

    total: Decimal | None
    of: Mapping[str, Fraction]
    missing: tuple[str, ...]
    not_applicable: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nobody is missing."""
        return not self.missing

    @property
    def members(self) -> int:
        """How many should have reported."""
        return len(self.of) + len(self.missing)


@dataclass(frozen=True, slots=True)
class Rollup:
    """A zone and its parts by one key. ``over`` are members whose shares come to more than 1.

    ``shared`` are members that count in several parts. The whole counts every member once, whatever
    their shares say.
    """

    whole: Sum
    parts: Mapping[str, Sum]
    shared: tuple[str, ...]
    over: tuple[str, ...]


def roll_up(standings: Mapping[str, Standing], shares: Iterable[Share]) -> Rollup:
    """Return the sums of a zone and of its parts; what no part has is under ``DIRECT``.

    Shares of members that owe nothing are left out.
    """
    given = [one for one in shares if one.member in standings]
    parts: dict[str, dict[str, Fraction]] = {}
    for one in given:
        part = parts.setdefault(one.to, {})
        part[one.member] = part.get(one.member, Fraction(0)) + one.share
    known = _by_member(given)
    rest = {
        member: 1 - known.get(member, Fraction(0))
        for member in standings
        if known.get(member, Fraction(0)) < 1
    }
    if rest:
        parts[DIRECT] = rest
    return Rollup(
        add_up(standings, dict.fromkeys(standings, Fraction(1))),
        {name: add_up(standings, part) for name, part in parts.items()},
        tuple(sorted(name for name in known if sum(name in part for part in parts.values()) > 1)),
        tuple(sorted(name for name, share in known.items() if share > 1)),
    )


def add_up(standings: Mapping[str, Standing], shares: Mapping[str, Fraction]) -> Sum:
    """Return what some shares of members come to."""
    found: dict[State, list[str]] = {state: [] for state in State}
    for member in sorted(shares):
        found[standings[member].state].append(member)
    reported = {member: shares[member] for member in found[State.REPORTED]}
    return Sum(
        _total(standings, reported) if reported else None,
        reported,
        tuple(found[State.MISSING]),
        tuple(found[State.NOT_APPLICABLE]),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A park as it reports itself: ``within`` is the park it is a part of, if any."""

    name: str
    within: str
    standing: Standing


def outermost(parts: Sequence[Part]) -> list[Part]:
    """Return parks that lie in no other park that reports: the inner ones are in them already."""
    above = {one.name: one.within for one in parts}

    def is_inner(name: str) -> bool:
        seen = {name}
        while (name := above.get(name, "")) and name not in seen:
            if name in above:
                return True
            seen.add(name)
        return False

    return [one for one in parts if not is_inner(one.name)]


def from_parks(parts: Sequence[Part], direct: Sum) -> Sum:
    """Return what parks report themselves and firms in no park come to.

    The members of the sum are the outermost parks and those firms.
    """
    outer = {one.name: one.standing for one in outermost(parts)}
    parks = add_up(outer, dict.fromkeys(outer, Fraction(1)))
    known = [each for each in (parks.total, direct.total) if each is not None]
    return Sum(
        sum(known, Decimal(0)) if known else None,
        {**parks.of, **direct.of},
        (*parks.missing, *direct.missing),
        (*parks.not_applicable, *direct.not_applicable),
    )


def _by_member(shares: Iterable[Share]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for one in shares:
        found[one.member] = found.get(one.member, Fraction(0)) + one.share
    return found


def _total(standings: Mapping[str, Standing], shares: Mapping[str, Fraction]) -> Decimal:
    """Return an exact sum; a share that divides into no end is cut at thirty digits."""
    total = Fraction(0)
    for member, share in shares.items():
        value = standings[member].value
        total += share * Fraction(value if value is not None else 0)
    return Decimal(total.numerator) / Decimal(total.denominator)
