"""What counting needs to know of a project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from openzone.engines.projects.money import Stated
from openzone.engines.projects.stages import LogItem

ORIGINS = ("domestic_in_province", "domestic_out", "foreign")
SECTORS = (1, 2, 3)
WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Record:
    """A project as the counters see it.

    ``amounts``: see ``money.Stated``; ``shares``: place → share, adding up to 1, empty where no
    place is named. ``sector`` is one of ``SECTORS``, ``origin`` of ``ORIGINS``. ``framework``: no
    more than a framework agreement is signed. ``phase_of`` names the project of the first phase;
    ``within_contract``: this phase is part of a contract signed already. ``excluded``: an id of
    the exclusion list, stated by the office.
    """

    id: str
    log: tuple[LogItem, ...]
    number: str = ""
    name: str = ""
    amounts: tuple[Stated, ...] = ()
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    industry: str | None = None
    sector: int | None = None
    origin: str | None = None
    chain: tuple[str, ...] = ()
    framework: bool = False
    phase_of: str | None = None
    within_contract: bool = False
    excluded: str | None = None
