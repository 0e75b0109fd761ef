"""Shapes of suggestion campaigns."""

import datetime as dt
from typing import Any

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import CaseRef, Words


class NamedOut(Schema):
    """A topic or group."""

    id: int
    name: str

    @staticmethod
    def resolve_name(row: Any) -> str:
        """Return what it is called."""
        return str(getattr(row, "title", "") or row.name)


class MemberOut(Schema):
    """Who takes part, in which group."""

    id: int
    name: str
    office: str
    group: NamedOut


class RoundOut(Schema):
    """A meeting of the groups."""

    id: int
    number: int
    held_on: dt.date
    place: str
    attended: int | None


class CampaignOut(Schema):
    """A campaign."""

    id: int
    title: str
    state: str
    opens_on: dt.date
    closes_on: dt.date
    synthetic: bool


class CampaignDetail(CampaignOut):
    """A campaign with its topics, groups and rounds, and its figures."""

    purpose: str
    basis: str
    topics: list[NamedOut]
    groups: list[NamedOut]
    rounds: list[RoundOut]
    funnel: list[dict[str, Any]] = []


class CampaignPart(Part):
    """A part of the campaigns."""

    items: list[CampaignOut]


class VerdictOut(Schema):
    """A decision with its answer; it stands once somebody else passed it."""

    id: int
    outcome: str
    reason: str
    answer: str
    decided_at: dt.datetime
    check_state: str
    standing: bool


class FeedbackOut(Schema):
    """What a proposer was told, and what they said to it."""

    id: int
    original: int
    text: str
    told_at: dt.datetime | None
    response: str
    remark: str

    @staticmethod
    def resolve_original(row: Any) -> int:
        """Return the suggestion's record number."""
        return int(row.original_id)


class OriginalOut(Schema):
    """A suggestion as it was made; ``state`` says what became of it."""

    id: int
    number: int
    campaign: int
    topic: NamedOut
    round: int
    text: str
    benefit: str
    made_at: dt.datetime
    withdrawn_at: dt.datetime | None
    state: str = ""

    @staticmethod
    def resolve_campaign(row: Any) -> int:
        """Return the campaign's number."""
        return int(row.campaign_id)

    @staticmethod
    def resolve_round(row: Any) -> int:
        """Return which round it was made in."""
        return int(row.round.number)


class FlowOut(Schema):
    """Where an original went: which part of it, into which final, undone or not."""

    id: int
    original: int
    final: int
    part: str
    merged_at: dt.datetime
    undone_at: dt.datetime | None
    undone_because: str

    @staticmethod
    def resolve_original(row: Any) -> int:
        """Return the original's number of the campaign."""
        return int(row.original.number)

    @staticmethod
    def resolve_final(row: Any) -> int:
        """Return the final's record number."""
        return int(row.final_id)


class OriginalDetail(OriginalOut):
    """A suggestion with where it went, what was decided and what its proposer was told."""

    flows: list[FlowOut]
    verdicts: list[VerdictOut]
    feedback: list[FeedbackOut]


class OriginalPart(Part):
    """A part of the suggestions."""

    items: list[OriginalOut]


class EffectOut(Schema):
    """What carrying a suggestion out changed."""

    indicator: str
    unit: str
    before: float | None
    after: float
    measured_on: dt.date
    source: str


class FinalOut(Schema):
    """A suggestion drafted of several."""

    id: int
    number: int
    title: str
    text: str
    dissolved_at: dt.datetime | None
    case: CaseRef | None


class FinalDetail(FinalOut):
    """A final with every original it came from, what was decided and what it changed."""

    flows: list[FlowOut]
    verdicts: list[VerdictOut]
    effects: list[EffectOut]


class ProvenanceOut(Schema):
    """Where a final came from."""

    final: FinalOut
    people: int
    groups: list[tuple[str, int]]
    rounds: list[tuple[int, int]]
    flows: list[FlowOut]


class MetricOut(Schema):
    """A figure with both of its numbers."""

    id: str
    label: Words
    numerator: int
    denominator: int


class SubmissionOut(Schema):
    """What was submitted upwards, as it was that day."""

    id: int
    title: str
    recipient: str
    submitted_at: dt.datetime
    content: dict[str, Any]


class AlikeSuggestionOut(Schema):
    """A suggestion like what is being written."""

    number: int
    score: float
    shared: list[str]
