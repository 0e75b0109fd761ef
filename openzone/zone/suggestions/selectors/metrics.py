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
    return [*_taking_part(valid, members, where), *_feedback(_notices(campaign, group), where)]


def _taking_part(
    valid: "QuerySet[Original]", members: "QuerySet[Member]", where: dict[str, str]
) -> list[Metric]:
    """Return how many speak, how much they say, and how much of it is taken up."""
    spoke, whole = members.filter(originals__in=valid).distinct(), members.count()
    adopted, said = with_state(valid).filter(state__in=ADOPTED), valid.count()
    per_head = Text("人均建议数", "Suggestions a head")
    share, taken = (
        Text("参与率", "Participation"),
        Text("采纳率（含试点）", "Adoption (pilots included)"),
    )
    everybody, all_of_them = ("members", where), ("originals", where | {"valid": "1"})
    spoken, up = ("members", where | {"spoke": "yes"}), ("originals", where | {"adopted": "1"})
    return [
        Metric("per_head", per_head, said, whole, (all_of_them, everybody), per_head=True),
        Metric("participation", share, spoke.count(), whole, (spoken, everybody)),
        Metric("adoption", taken, adopted.count(), said, (up, all_of_them)),
    ]


def _feedback(notices: "QuerySet[Feedback]", where: dict[str, str]) -> list[Metric]:
    """Return how many were told what became of it, and how many of those confirmed it."""
    told = notices.filter(told_at__isnull=False).count()
    confirmed = notices.filter(response=Response.CONFIRMED).count()
    answered = notices.exclude(response=Response.NONE).count()
    confirmed_ones = ("notices", where | {"response": Response.CONFIRMED.value})
    of_told = (("notices", where | {"told": "yes"}), ("notices", where))
    of_answered = (confirmed_ones, ("notices", where | {"response": "any"}))
    said, agreed = Text("反馈率", "Proposers told"), Text("建议人认可率", "Proposers who confirmed")
    return [
        Metric("told", said, told, notices.count(), of_told),
        Metric("satisfied", agreed, confirmed, answered, of_answered),
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
