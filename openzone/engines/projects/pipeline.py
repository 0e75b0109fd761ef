"""The definition of an investment pipeline, as a pack states it.

A pipeline is the stages of one place (六个一批, 七个一批) with what each asks for on entry. What a
stage means to everybody is its ``counts_as``, so that places can be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from openzone.engines.projects.sizes import Bucket
from openzone.engines.text import Text

EXIT = "exit"
"""What leaving the pipeline is called beside the stages; no stage may have this id."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage.

    ``evidence``: every group must be shown, by any one kind in it. ``fields``: must be filled.
    ``within_year``: dates that must lie in the year of entry. ``optional``: may be passed over.
    ``framework_apart``: framework agreements are not counted here but beside.
    """

    id: str
    label: Text
    meaning: Text
    counts_as: str
    batch: str | None = None
    evidence: tuple[tuple[str, ...], ...] = ()
    fields: tuple[str, ...] = ()
    within_year: tuple[str, ...] = ()
    optional: bool = False
    framework_apart: bool = False


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a project is left out of the counters. ``derived`` ones follow from the record itself."""

    id: str
    label: Text
    derived: str | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of projects; ``of`` and ``reached`` are what stages count as.

    ``basis`` cohort: of those that entered ``of`` in the period, how many reached the other by its
    end. ``period``: entries of the one over entries of the other, both in the period.
    ``same_year``: reached in the calendar year of entry. ``surviving``: only those not left count.
    ``reached`` None: the share that has not left.
    """

    id: str
    label: Text
    of: str
    reached: str | None
    basis: str = "cohort"
    same_year: bool = False
    surviving: bool = False


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages in their order, and everything counting with them needs."""

    id: str
    label: Text
    stages: tuple[Stage, ...]
    batches: Mapping[str, Text] = field(default_factory=dict)
    evidence: Mapping[str, Text] = field(default_factory=dict)
    fields: Mapping[str, Text] = field(default_factory=dict)
    exits: Mapping[str, Text] = field(default_factory=dict)
    sizes: tuple[Bucket, ...] = ()
    size_by: str = "total"
    exclusions: tuple[Exclusion, ...] = ()
    rates: tuple[Rate, ...] = ()
    version: str = ""

    def __contains__(self, stage: object) -> bool:
        return any(one.id == stage for one in self.stages)

    def __getitem__(self, stage: str) -> Stage:
        return self.stages[self.index(stage)]

    def index(self, stage: str) -> int:
        """Return the place of a stage, from 0; ``KeyError`` where there is none."""
        for place, one in enumerate(self.stages):
            if one.id == stage:
                return place
        raise KeyError(stage)

    def named(self, words: str) -> str | None:
        """Return the id of a stage by its id or its label in either language."""
        for one in self.stages:
            if words in (one.id, one.label.zh, one.label.en):
                return one.id
        return None

    def counting_as(self, meaning: str) -> str | None:
        """Return the id of the stage with this meaning."""
        return next((one.id for one in self.stages if one.counts_as == meaning), None)
