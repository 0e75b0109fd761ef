"""How many residents have a service point within a few minutes' walk, and how many we do not know.

Unknown is not "far": neighbourhoods without a walking time or without a number of residents are
counted on their own, and the share is an interval.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

EARTH = 6_371_000.0
"""Mean radius in metres (IUGG)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: degrees of longitude and latitude."""

    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Pace:
    """How people walk: metres a minute, and how much longer the way is than the straight line."""

    metres_a_minute: float
    detour: float


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Where people live: how many (``None`` unknown), minutes to the nearest point (likewise)."""

    name: str
    residents: int | None
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Residents within the limit, beyond it, without a known way; and whose number is unknown."""

    within: int
    beyond: int
    unknown: int
    uncounted: tuple[str, ...]

    @property
    def total(self) -> int:
        """Residents whose number is known."""
        return self.within + self.beyond + self.unknown

    @property
    def least(self) -> float | None:
        """The share if nobody of the unknown is near; ``None`` where nobody was counted."""
        return self.within / self.total if self.total else None

    @property
    def most(self) -> float | None:
        """The share if everybody of the unknown is near."""
        return (self.within + self.unknown) / self.total if self.total else None


def metres(first: Spot, second: Spot) -> float:
    """Return the great-circle distance."""
    lat1, lat2 = math.radians(first.latitude), math.radians(second.latitude)
    across = math.radians(second.longitude - first.longitude)
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def minutes(first: Spot, second: Spot, pace: Pace) -> float:
    """Return the estimated walk in minutes."""
    return metres(first, second) * pace.detour / pace.metres_a_minute


def reach(neighbourhoods: Iterable[Neighbourhood], limit: float) -> Reach:
    """Count who is within ``limit`` minutes, both ends included."""
    within = beyond = unknown = 0
    uncounted: list[str] = []
    for one in neighbourhoods:
        if one.residents is None:
            uncounted.append(one.name)
        elif one.minutes is None:
            unknown += one.residents
        elif one.minutes <= limit:
            within += one.residents
        else:
            beyond += one.residents
    return Reach(within, beyond, unknown, tuple(uncounted))
