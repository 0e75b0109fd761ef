"""What a merge would do, before it is done."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from openzone.engines.text import Text
from openzone.zone.registry.models import (
    Enterprise,
    EnterpriseName,
    EnterpriseStaff,
    Fact,
    PersonInCharge,
)
from openzone.zone.registry.selectors.facts import KnownFact, facts_of
from openzone.zone.registry.selectors.identity import cluster


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fact on which the two records differ, and the value that would be read after a merge."""

    survivor: KnownFact
    absorbed: KnownFact

    @property
    def winner(self) -> KnownFact:
        """The statement about the later period, then the one known later, then recorded later."""
        return max(self.survivor, self.absorbed, key=_strength)


def _strength(known: KnownFact) -> tuple[dt.date, dt.date, int]:
    return (known.period.last or dt.date.min, known.known_on or dt.date.min, known.row or 0)


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What would be read as part of the survivor, and where the two records differ."""

    survivor: Enterprise
    absorbed: Enterprise
    facts: int
    names: int
    people_in_charge: int
    staff: int
    disagreements: tuple[Disagreement, ...]
    warnings: tuple[Text, ...]


def merge_preview(survivor: Enterprise, absorbed: Enterprise, as_of: dt.date) -> MergePreview:
    """Return what merging ``absorbed`` into ``survivor`` would bring, as known on ``as_of``."""
    moving = list(cluster(absorbed))
    return MergePreview(
        survivor,
        absorbed,
        facts=Fact.objects.filter(subject__in=moving).count(),
        names=EnterpriseName.objects.filter(enterprise__in=moving).count() + len(moving),
        people_in_charge=PersonInCharge.objects.filter(subject__in=moving).count(),
        staff=EnterpriseStaff.objects.filter(enterprise__in=moving).count(),
        disagreements=tuple(_disagreements(survivor, absorbed, as_of)),
        warnings=tuple(_warnings(survivor, absorbed)),
    )


def _disagreements(
    survivor: Enterprise, absorbed: Enterprise, as_of: dt.date
) -> Iterator[Disagreement]:
    here, there = facts_of(survivor, as_of), facts_of(absorbed, as_of)
    for name, known in here.items():
        other = there.get(name)
        if known.row is not None and other is not None and known.value != other.value:
            yield Disagreement(known, other)


def _warnings(survivor: Enterprise, absorbed: Enterprise) -> Iterator[Text]:
    if survivor.uscc and absorbed.uscc and survivor.uscc != absorbed.uscc:
        yield Text(
            "两者的统一社会信用代码不同，很可能是两家企业",
            "their credit codes differ: these are probably two enterprises",
        )
    if survivor.place_id and absorbed.place_id and survivor.place_id != absorbed.place_id:
        yield Text("两者所在园区不同", "they are in different parks")
