"""How a campaign stands: who has locked, what each side found, what both found together."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from openzone.engines.text import Text
from openzone.engines.water.classes import Body, Measured, classify
from openzone.engines.water.classes import Sample as Classed
from openzone.engines.water.joint import Joint, together
from openzone.engines.water.written import measured, written
from openzone.zone.people.models import Unit
from openzone.zone.waters.enums import Act, CampaignState, Cell
from openzone.zone.waters.models import Campaign, CampaignStep, Planned, Sample, Section
from openzone.zone.waters.packs import monitoring, standard

NO_SAMPLE = Text("没有双方样品", "no sample of both sides")
NO_TARGET = Text("没有登记目标类别", "no target on record")
NOT_APPROVED = Text("双方尚未确认", "not approved by both sides yet")
APART = Text("两方偏差超限，待仲裁", "too far apart, to be sampled again")
LACKING = Text("监测项目不全", "items are missing")
_CHANGES = (Act.CORRECTED, Act.EXAMINED_AGAIN)
_RELATED = (
    "planned__section__water", "planned__section__targets", "planned__section__one",
    "planned__section__other", "planned__samples__side", "planned__case", "steps__side",
)  # fmt: skip


def target_on(section: Section, day: dt.date) -> str | None:
    """Return the class a section had to have on a day, as it is known now."""
    held = [one for one in section.targets.all() if one.valid_from <= day]
    return held[-1].level if held else None


@dataclass(frozen=True)
class Result:
    """A section in a campaign: the last sample of each side, and what third laboratories found."""

    planned: Planned
    one: Unit
    samples: tuple[Sample, ...]
    target: str | None

    @property
    def section(self) -> Section:
        """The section."""
        return self.planned.section

    @property
    def body(self) -> Body:
        """The kind of water."""
        return Body(self.section.water.body)

    def of(self, side: Unit) -> Sample | None:
        """Return the sample of a side that counts: its last."""
        return next((one for one in reversed(self.samples) if one.side_id == side.pk), None)

    @cached_property
    def ours(self) -> Sample | None:
        """The first side's sample."""
        return self.of(self.one)

    @cached_property
    def theirs(self) -> Sample | None:
        """The second side's sample."""
        found = [one for one in self.samples if one.side_id not in (None, self.one.pk)]
        return found[-1] if found else None

    @property
    def third(self) -> tuple[Sample, ...]:
        """The samples of third laboratories, the earliest first."""
        return tuple(one for one in self.samples if one.side_id is None)

    @cached_property
    def examined(self) -> dict[str, str]:
        """What third laboratories found, of every item the last: each settles what was open."""
        return {name: text for one in self.third for name, text in one.values.items()}

    def classed(self, sample: Sample | None) -> Classed | None:
        """Return the class of one sample by itself."""
        values = _measured(sample)
        return classify(standard(), self.body, values, self.target) if values else None

    @cached_property
    def joint(self) -> Joint | None:
        """What both found together; None where one side has nothing."""
        ours, theirs = _measured(self.ours), _measured(self.theirs)
        if not ours or not theirs:
            return None
        bounds = monitoring().deviation.bounds
        again = _read(self.examined)
        return together(standard(), self.body, ours, theirs, bounds, again, self.target)

    @property
    def place(self) -> int | None:
        """The rank of the class both found; None while an item is open or missing."""
        if self.joint is None or self.joint.open or self.joint.sample.missing:
            return None
        return self.joint.sample.place

    @property
    def cell(self) -> Cell:
        """Whether the target is met; what is missing is not known, never met."""
        meets = self.joint.meets if self.joint else None
        return Cell.UNKNOWN if meets is None else Cell.MET if meets else Cell.MISSED

    @property
    def why(self) -> Text | None:
        """Why it is not known."""
        if self.cell != Cell.UNKNOWN:
            return None
        if self.joint is None:
            return NO_SAMPLE
        if self.target is None:
            return NO_TARGET
        return APART if self.joint.open else LACKING


def _measured(sample: Sample | None) -> dict[str, Measured]:
    return _read(sample.values) if sample else {}


def _read(values: Mapping[str, str]) -> dict[str, Measured]:
    return measured({name: written(text) for name, text in values.items()})


@dataclass(frozen=True)
class Standing:
    """A campaign with its results and steps, on a day."""

    campaign: Campaign
    results: tuple[Result, ...]
    steps: tuple[CampaignStep, ...]
    on: dt.date

    def locked(self, side: Unit) -> bool:
        """Whether a side has locked its figures."""
        return any(one.what == Act.LOCKED and one.side_id == side.pk for one in self.steps)

    @property
    def time_up(self) -> bool:
        """Whether the last day for figures is over."""
        return self.on > self.campaign.enter_by

    @property
    def revealed(self) -> bool:
        """Whether each side sees the other's figures."""
        if self.campaign.state == CampaignState.APPROVED or self.time_up:
            return True
        return all(self.locked(one) for one in self.campaign.sides)

    @property
    def approvals(self) -> frozenset[int]:
        """The sides that approved, after the last change of a figure."""
        changes = [n for n, one in enumerate(self.steps) if one.what in _CHANGES]
        later = self.steps[changes[-1] + 1 if changes else 0 :]
        return frozenset(one.side_id for one in later if one.what == Act.APPROVED and one.side_id)

    def result(self, planned: int) -> Result:
        """Return the result of a section; raises ``KeyError``."""
        found = next((one for one in self.results if one.planned.pk == planned), None)
        if found is None:
            raise KeyError(planned)
        return found

    def shown(self, result: Result, side: Unit, mine: Unit | None) -> Sample | None:
        """Return the sample of a side as somebody of ``mine`` may see it now."""
        visible = self.revealed or (mine is not None and mine.pk == side.pk)
        return result.of(side) if visible else None


def standing_of(campaign: Campaign, on: dt.date) -> Standing:
    """Return how one campaign stands."""
    return next(iter(standings(Campaign.objects.filter(pk=campaign.pk), on)))


def standings(campaigns: "QuerySet[Campaign]", on: dt.date) -> list[Standing]:
    """Return how campaigns stand, in a fixed number of queries."""
    rows = campaigns.select_related("one", "other").prefetch_related(*_RELATED)
    return [
        Standing(one, tuple(_results(one)), tuple(sorted(one.steps.all(), key=_number)), on)
        for one in rows
    ]


def _number(row: CampaignStep | Sample) -> int:
    return row.pk


def _results(campaign: Campaign) -> Iterable[Result]:
    for planned in campaign.planned.all():
        samples = tuple(sorted(planned.samples.all(), key=_number))
        target = target_on(planned.section, planned.sample_on)
        yield Result(planned, campaign.one, samples, target)
