"""Suggestions like one that is being written, and clusters of those nobody merged yet.

What is alike says the same engine that finds duplicate cases; only words are compared, and whose
they were is not shown to other members.
"""

from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.cases import similar
from openzone.engines.cases.similar import Matter
from openzone.engines.worktime.localtime import to_local
from openzone.zone.suggestions.enums import OriginalState
from openzone.zone.suggestions.models import Campaign, Original
from openzone.zone.suggestions.packs import pack
from openzone.zone.suggestions.selectors.states import with_state

FOREVER = 100_000
"""Days: the suggestions of one campaign are compared whenever they were made."""


class Alike(NamedTuple):
    """A suggestion like the one being written, from 0 to 1, and the passages both have."""

    original: Original
    score: float
    shared: tuple[str, ...]


class Cluster(NamedTuple):
    """Suggestions that say much the same, and what most of them share."""

    originals: list[Original]
    shared: tuple[str, ...]

    @property
    def numbers(self) -> str:
        """Their numbers, as the form for merging reads them."""
        return "、".join(str(one.number) for one in self.originals)


def alike(campaign: Campaign, text: str) -> list[Alike]:
    """Return suggestions of a campaign like a text, the most alike first."""
    if len(text.strip()) < pack().text.least_characters:
        return []
    rules = pack().similar
    known = {str(one.pk): one for one in _standing(campaign)}
    texts = {key: one.text for key, one in known.items()}
    found = similar.nearest(text, texts, rules.hint, rules.most)
    return [Alike(known[one.number], one.likeness.score, one.likeness.shared) for one in found]


def clusters(campaign: Campaign, topic: int | None = None) -> list[Cluster]:
    """Return groups of open suggestions that say much the same, the largest first."""
    opened = with_state(_standing(campaign)).filter(state=OriginalState.OPEN)
    if topic:
        opened = opened.filter(topic=topic)
    known = {f"{one.number:06d}": one for one in opened.select_related("member", "group", "round")}
    matters = [Matter(key, one.text, to_local(one.made_at)) for key, one in known.items()]
    found = similar.clusters(matters, pack().similar.cluster, 2, FOREVER)
    return [Cluster([known[key] for key in one.numbers], one.shared) for one in found]


def _standing(campaign: Campaign) -> "QuerySet[Original]":
    return Original.objects.filter(campaign=campaign, withdrawn_at__isnull=True)
