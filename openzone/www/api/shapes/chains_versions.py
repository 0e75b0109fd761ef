"""Versions of chains and their drafts, as programs read and write them."""

import datetime as dt
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, Field

from openzone.www.api.bodies import Body
from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import PersonOut, Words
from openzone.www.api.values import Data, Day, FileIn, Line, Whole, storable
from openzone.zone.chains.drafting import LONGEST

WholeFile = Annotated[str, Field(max_length=LONGEST), AfterValidator(storable)]


class ReleaseOut(Schema):
    """A version as it was published; `digest` is the SHA-256 of its file."""

    number: int
    valid_from: dt.date
    note: str
    reason: str
    digest: str
    drafted_by: str
    approved_by: str
    published_at: dt.datetime


class ReleaseDetail(ReleaseOut):
    """A version with its file."""

    text: str


class ChainDraftOut(Schema):
    """A draft as lists show it; `revision` counts the saves and is given with a change."""

    id: int
    chain: str
    state: str
    note: str
    revision: int
    base_number: int
    author: PersonOut
    edited_by: PersonOut
    edited_at: dt.datetime
    reason: str
    number: int | None

    @staticmethod
    def resolve_number(row: Any) -> int | None:
        """Return the version it was published as."""
        return row.release.number if row.release_id else None


class ChainDraftPart(Part):
    """A part of the drafts."""

    items: list[ChainDraftOut]


class FaultOut(Schema):
    """A fault: its line, the node or edge it is about, and the reason."""

    line: int
    about: str
    reason: Words


class FieldOut(Schema):
    """A field with both its values; of a list also what came and what went."""

    field: str
    before: Any
    after: Any
    gained: list[str]
    lost: list[str]


class PartOut(Schema):
    """A node or an edge that came, went or says something else."""

    id: str
    kind: str
    fields: list[FieldOut]


class StageOut(Schema):
    """A stage with its place before and after, from 1; null where it is not there."""

    name: str
    before: int | None
    after: int | None


class DifferenceOut(Schema):
    """In what a draft differs from what it would follow."""

    count: int
    nodes: list[PartOut]
    edges: list[PartOut]
    stages: list[StageOut]


class EffectOut(Schema):
    """The figures with today's placements, as they are and as they would be."""

    coverage: tuple[float | None, float | None]
    link_rate: tuple[float | None, float | None]
    gaps: dict[str, tuple[str | None, str | None]]


class ChainDraftDetail(ChainDraftOut):
    """A draft with its file, its faults, what it changes and what it does to the figures."""

    text: str
    moves: dict[str, str]
    newer: bool
    faults: list[FaultOut]
    difference: DifferenceOut | None
    effect: EffectOut | None
    homeless: list[str]
    may_publish: bool
    why_not: Words


class BeginIn(Body):
    """A chain there is (`number`: an older version of it), or a new one with its name."""

    chain: Line = Field(examples=["titanium"])
    number: Whole | None = None
    name_zh: Line = ""
    name_en: Line = ""


class FilesIn(Body):
    """A chain as a file of any format; tables of nodes and of edges may come as two."""

    files: list[FileIn] = Field(max_length=4)
    revision: Whole = 0


class TextIn(Body):
    """The whole file, and the revision that was read."""

    text: WholeFile = Field(examples=["chain: {id: titanium}"])
    revision: Whole


class EntryIn(Body):
    """A node or an edge with the keys of the file; no `place`: a new one at the end.

    A key that is not given stays as it is, an empty one is taken out.
    """

    entry: Data = Field(examples=[{"id": "sponge", "weight": 2}])
    place: Whole | None = None
    revision: Whole


class PlaceIn(Body):
    """Which node or edge of the file, from 0, and the revision that was read."""

    place: Whole
    revision: Whole


class StageIn(Body):
    """A stage: its name so far (empty: a new one) and its name."""

    was: Line = ""
    name: Line


class StagesIn(Body):
    """The stages in order."""

    stages: list[StageIn] = Field(max_length=200)
    revision: Whole


class PartIn(Body):
    """The head of the file (`chain`) or how texts are read (`rules`)."""

    part: Line = Field(examples=["rules"])
    entry: Data = Field(examples=[{"inside": 0.25}])
    revision: Whole


class MovesIn(Body):
    """For nodes the draft does not have the node that takes over their firms."""

    moves: dict[Line, Line] = Field(examples=[{"sponge": "sponge_titanium"}], max_length=2_000)
    revision: Whole


class SubmitIn(Body):
    """What the draft changes, and the revision that was read."""

    note: Line
    revision: Whole


class PublishIn(Body):
    """From when it applies (a day before today needs a reason), and the revision read."""

    valid_from: Day
    reason: Line = ""
    revision: Whole


class SettleIn(Body):
    """For nodes the version does not have the node that takes over their firms."""

    moves: dict[Line, Line] = Field(examples=[{"sponge": "sponge_titanium"}], max_length=2_000)


class SettledOut(Schema):
    """How many firms go on at other nodes now."""

    firms: int
