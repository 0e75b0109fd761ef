"""How many holders of one title hold others too, and who does not (规上工业数字化转型全覆盖)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openzone.packs.cultivation import Coverage
from openzone.zone.cultivation.selectors.recognitions import holders
from openzone.zone.registry.models import Enterprise


@dataclass(frozen=True, slots=True)
class Covered:
    """The whole by who is covered; ``unplaced`` have no industry on record and are in neither."""

    spec: Coverage
    covered: Sequence[Enterprise]
    left: Sequence[Enterprise]
    unplaced: Sequence[Enterprise]

    @property
    def whole(self) -> int:
        """How many should be covered."""
        return len(self.covered) + len(self.left)

    @property
    def share(self) -> Decimal | None:
        """Which share is; of nobody there is none."""
        return Decimal(len(self.covered)) / self.whole if self.whole else None


def coverage(spec: Coverage, on: dt.date) -> Covered:
    """Return who is covered on a day."""
    having = holders(spec.titles, on)
    firms = Enterprise.objects.filter(pk__in=holders([spec.of], on)).order_by("name", "pk")
    covered: list[Enterprise] = []
    left: list[Enterprise] = []
    unplaced: list[Enterprise] = []
    for one in firms:
        if spec.sections and not one.industry:
            unplaced.append(one)
        elif not spec.sections or one.industry[0] in spec.sections:
            (covered if one.pk in having else left).append(one)
    return Covered(spec, covered, left, unplaced)
