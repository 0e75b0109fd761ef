"""Where originals and finals stand, read from what happened to them."""

from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from openzone.zone.suggestions.enums import OriginalState, Outcome
from openzone.zone.suggestions.models import Campaign, Final, Flow, Original, Verdict


def with_state(originals: "QuerySet[Original]") -> "QuerySet[Any]":
    """Add ``state`` to originals: the first line below that holds, so always exactly one.

    Withdrawn; decided on its own; the best decision among the finals it flows into; merged and
    waiting for one; else open.
    """
    live = Flow.objects.filter(original=OuterRef("pk"), undone_at__isnull=True)
    own = Verdict.objects.filter(original=OuterRef("pk"), standing=True)
    undecided = live.exclude(final__verdicts__standing=True)
    return originals.annotate(
        state=Case(
            When(withdrawn_at__isnull=False, then=Value(OriginalState.WITHDRAWN)),
            When(Exists(own), then=Value(OriginalState.REJECTED)),
            When(_with(live, Outcome.ACCEPT), then=Value(OriginalState.ACCEPTED)),
            When(_with(live, Outcome.PILOT), then=Value(OriginalState.PILOT)),
            When(Exists(undecided), then=Value(OriginalState.MERGED)),
            When(Exists(live), then=Value(OriginalState.REJECTED)),
            default=Value(OriginalState.OPEN),
            output_field=CharField(),
        )
    )


def _with(flows: "QuerySet[Flow]", outcome: Outcome) -> Exists:
    standing = Q(final__verdicts__standing=True, final__verdicts__outcome=outcome)
    return Exists(flows.filter(standing))


def counts(originals: "QuerySet[Original]") -> dict[OriginalState, int]:
    """Return how many stand where; the sum is the number of originals."""
    found = with_state(originals).order_by().values("state").annotate(n=Count("pk"))
    by_state = {row["state"]: row["n"] for row in found}
    return {state: by_state.get(state, 0) for state in OriginalState}


def state_of(original: Original) -> OriginalState:
    """Return where one original stands."""
    found = with_state(Original.objects.filter(pk=original.pk)).get()
    return OriginalState(found.state)


def finals(campaign: Campaign) -> "QuerySet[Any]":
    """Return the finals of a campaign whose merge stands, with ``decided`` as their outcome."""
    standing = Verdict.objects.filter(final=OuterRef("pk"), standing=True)
    return campaign.finals.filter(dissolved_at__isnull=True).annotate(
        decided=Case(
            *(
                When(Exists(standing.filter(outcome=outcome)), then=Value(outcome.value))
                for outcome in Outcome
            ),
            default=Value(""),
            output_field=CharField(),
        )
    )


def standing_verdict(final: Final) -> Verdict | None:
    """Return the decision on a final that stands."""
    return final.verdicts.filter(standing=True).first()
