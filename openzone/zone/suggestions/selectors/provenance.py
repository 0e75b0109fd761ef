"""Which originals stand behind a final, with their proposers, groups and rounds."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet

from openzone.zone.suggestions.models import Final, Flow, Original, Verdict


class Provenance(NamedTuple):
    """A final with everything it came from."""

    final: Any  # a Final with its outcome as ``decided``
    flows: list[Flow]
    people: int
    groups: list[tuple[str, int]]
    rounds: list[tuple[int, int]]


def live_flows() -> "QuerySet[Flow]":
    """Return the flows that were not undone, with all a reader asks about their originals."""
    return (
        Flow.objects.filter(undone_at__isnull=True)
        .select_related(
            "original__member", "original__group", "original__round", "original__topic", "final"
        )
        .order_by("original__number")
    )


def provenance(finals: "QuerySet[Any]") -> list[Provenance]:
    """Return finals with the originals behind each."""
    found = finals.prefetch_related(Prefetch("flows", live_flows(), to_attr="live"))
    return [_of(final, final.live) for final in found]


def _of(final: Final, flows: list[Flow]) -> Provenance:
    originals = [flow.original for flow in flows]
    return Provenance(
        final,
        flows,
        len({one.member_id for one in originals}),
        sorted(_counted(one.group.name for one in originals).items()),
        sorted(Counter(one.round.number for one in originals).items()),
    )


def _counted(names: Iterable[str]) -> Counter[str]:
    return Counter(names)


def history(original: Original) -> list[Flow]:
    """Return everything an original ever flowed into, undone merges too."""
    flows = original.flows.select_related("final", "merged_by", "undone_by")
    return list(flows.order_by("merged_at", "pk"))


def verdicts_on(original: Original) -> "QuerySet[Verdict]":
    """Return the decisions that reach an original, its own and those of its finals."""
    own = Verdict.objects.filter(original=original)
    through = Verdict.objects.filter(
        final__flows__original=original, final__flows__undone_at__isnull=True
    )
    return (own | through).select_related("final", "decided_by", "checked_by").distinct()
