"""How a campaign did: each figure with its numerator, its denominator and what lies behind it."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.text import Text
from openzone.zone.suggestions.enums import OriginalState, Outcome, Response
from openzone.zone.suggestions.models import Campaign, Feedback, Member, Original
from openzone.zone.suggestions.selectors.states import finals, with_state

ADOPTED = (OriginalState.ACCEPTED, OriginalState.PILOT)


class Metric(NamedTuple):
    """``numerator`` of ``denominator``; ``behind`` leads to the rows of each.

    ``behind`` names a list of the campaign and its filters, first those of the numerator, then
    those of the denominator.
    """

    id: str
    label: Text
    numerator: int
    denominator: int
    behind: tuple[tuple[str, Mapping[str, str]], tuple[str, Mapping[str, str]]]
    per_head: bool = False

    @property
    def share(self) -> float | None:
        """The quotient; unknown where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


class Bar(NamedTuple):
    """A step of the funnel."""

    id: str
    label: Text
    size: int
    list: str
    filters: Mapping[str, str]


def metrics(campaign: Campaign, group: int | None = None) -> list[Metric]:
    """Return the figures of a campaign, or of one of its groups."""
    where = {"group": str(group)} if group else {}
    originals = Original.objects.filter(campaign=campaign)
    members = Member.objects.filter(campaign=campaign)
    if group:
        originals, members = originals.filter(group=group), members.filter(group=group)
    valid = originals.filter(withdrawn_at__isnull=True)
    spoke = members.filter(originals__in=valid).distinct()
    adopted = with_state(valid).filter(state__in=ADOPTED)
    told = _notices(campaign, group)
    return [
        Metric(
            "per_head",
            Text("人均建议数", "Suggestions a head"),
            valid.count(),
            members.count(),
            (("originals", where | {"valid": "1"}), ("members", where)),
            per_head=True,
        ),
        Metric(
            "participation",
            Text("参与率", "Participation"),
            spoke.count(),
            members.count(),
            (("members", where | {"spoke": "yes"}), ("members", where)),
        ),
        Metric(
            "adoption",
            Text("采纳率（含试点）", "Adoption (pilots included)"),
            adopted.count(),
            valid.count(),
            (("originals", where | {"adopted": "1"}), ("originals", where | {"valid": "1"})),
        ),
        Metric(
            "told",
            Text("反馈率", "Proposers told"),
            told.filter(told_at__isnull=False).count(),
            told.count(),
            (("notices", where | {"told": "yes"}), ("notices", where)),
        ),
        Metric(
            "satisfied",
            Text("建议人认可率", "Proposers who confirmed"),
            told.filter(response=Response.CONFIRMED).count(),
            told.exclude(response=Response.NONE).count(),
            (
                ("notices", where | {"response": Response.CONFIRMED.value}),
                ("notices", where | {"response": "any"}),
            ),
        ),
    ]


def _notices(campaign: Campaign, group: int | None) -> "QuerySet[Feedback]":
    found = Feedback.objects.filter(original__campaign=campaign, turn=1, verdict__standing=True)
    return found.filter(original__group=group) if group else found


def funnel(campaign: Campaign) -> list[Bar]:
    """Return from how many originals how few suggestions came, step by step."""
    originals = Original.objects.filter(campaign=campaign)
    valid = originals.filter(withdrawn_at__isnull=True)
    merged = valid.filter(flows__undone_at__isnull=True, flows__isnull=False).distinct()
    drafted = finals(campaign)
    adopted = drafted.filter(decided__in=(Outcome.ACCEPT, Outcome.PILOT))
    return [
        Bar("made", Text("提出", "Made"), originals.count(), "originals", {}),
        Bar("valid", Text("有效", "Not withdrawn"), valid.count(), "originals", {"valid": "1"}),
        Bar("merged", Text("并入", "Merged"), merged.count(), "originals", {"merged": "1"}),
        Bar("finals", Text("形成建议", "Finals"), drafted.count(), "finals", {}),
        Bar("adopted", Text("采纳", "Accepted"), adopted.count(), "finals", {"adopted": "1"}),
        Bar(
            "submitted",
            Text("上报", "Submitted"),
            drafted.filter(submission__isnull=False).count(),
            "finals",
            {"submitted": "1"},
        ),
    ]
