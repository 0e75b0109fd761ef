"""What a reader knows, as plain data: packs fill it, the stages read it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from openzone.engines.reading.pages.words import Words, any_of


@dataclass(frozen=True, slots=True)
class Unit:
    """A way to write a unit, ``factor`` times its ``base``; ``kind`` is what it measures.

    ``keep``: the classifier is reported as printed. ``spoken``: 两家 counts as well as 2家.
    """

    id: str
    form: str
    base: str
    kind: str
    factor: float
    keep: bool
    spoken: bool


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a figure can be a figure of; ``becomes`` are codes that words nearby turn it to."""

    id: str
    code: str
    kinds: frozenset[str]
    type: str
    becomes: tuple[tuple[re.Pattern[str], str], ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """A wording of time and the form of its value, e.g. ``{Y}-{m}``."""

    id: str
    pattern: re.Pattern[str]
    value: str
    cumulative: bool
    spreads: bool


@dataclass(frozen=True, slots=True)
class Approximate:
    """Words that make a number approximate: before it, inside it, after its unit."""

    before: tuple[str, ...]
    inside: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRules:
    """How names are built; see ``names.yaml`` for the meaning of each part."""

    zone_suffixes: tuple[str, ...]
    anaphora: tuple[str, ...]
    quoted: tuple[str, ...]
    known_zones: frozenset[str]
    not_zones: frozenset[str]
    descriptive: re.Pattern[str]
    enterprise_suffixes: tuple[str, ...]
    sure: tuple[str, ...]
    with_place: tuple[str, ...]
    common_stems: frozenset[str]
    brands: frozenset[str]
    not_listed: tuple[str, ...]
    alias_industry: tuple[str, ...]
    firm_anaphora: tuple[str, ...]
    project_heads: tuple[str, ...]
    project_anaphora: tuple[str, ...]
    not_projects: tuple[str, ...]
    edge_characters: frozenset[str]
    leading: frozenset[str]
    edge_words: tuple[str, ...]
    hard_edges: tuple[str, ...]
    places: Mapping[str, bool]
    """Names of divisions; true where the name is the full one (邛崃市), false for the short."""


@dataclass(frozen=True, eq=False)
class SubjectRules:
    """Weights and word lists of ``subjects.yaml``."""

    least: float
    margin: float
    weights: Mapping[str, float]
    fits: Mapping[str, Mapping[str, float]]
    only_places: frozenset[str]
    rather_projects: frozenset[str]
    rather_enterprises: frozenset[str]
    lead: re.Pattern[str]
    chained: re.Pattern[str]
    speakers: tuple[str, ...]
    partners: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A family of statements without numbers: verbs, and what their objects end in."""

    verbs: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementRules:
    """Word lists of ``texts.yaml``."""

    stages: Mapping[str, str]
    future: tuple[str, ...]
    documents: Statement
    reports: tuple[str, ...]
    designations: Statement
    events: Statement


@dataclass(frozen=True, slots=True)
class Furniture:
    """Patterns of ``furniture.yaml``, the rules of each kind joined."""

    openings: re.Pattern[str]
    bylines_before: re.Pattern[str]
    bylines_after: re.Pattern[str]
    captions: re.Pattern[str]
    furniture: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class CheckRules:
    """Limits of ``checks.yaml``, in base units."""

    doubted: float
    share_at_most: float
    growth_at_least: float
    growth_at_most: float
    at_most: Mapping[str, float]
    parts: tuple[tuple[str, str], ...]
    single: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything the reader knows."""

    units: tuple[Unit, ...]
    multiples: Mapping[str, float]
    approximate: Approximate
    attributes: Mapping[str, Attribute]
    heads: Words[tuple[Attribute, ...]]
    periods: tuple[PeriodRule, ...]
    names: NameRules
    statements: StatementRules
    subjects: SubjectRules
    furniture: Furniture
    roles: "RoleRules"
    checks: CheckRules

    @cached_property
    def unit_of(self) -> dict[str, Unit]:
        """Units by the way they are written."""
        return {unit.form: unit for unit in self.units}

    @cached_property
    def unit_pattern(self) -> str:
        """A pattern of every way to write a unit."""
        return any_of(self.unit_of)


@dataclass(frozen=True, slots=True)
class RoleRules:
    """Patterns of ``roles.yaml``, matched backwards from a figure or forwards from it."""

    growth: re.Pattern[str]
    falling: re.Pattern[str]
    target: re.Pattern[str]
    share: re.Pattern[str]
    rate_words: re.Pattern[str]
    score_before: re.Pattern[str]
    rank_verbs: re.Pattern[str]
    rank_first: re.Pattern[str]
    not_rank: re.Pattern[str]
    streak: re.Pattern[str]
    duration: re.Pattern[str]
    threshold_after: re.Pattern[str]
    threshold_before: re.Pattern[str]
    forecast: re.Pattern[str]
    cumulative: re.Pattern[str]
    skip_before: re.Pattern[str]
    skip_after: re.Pattern[str]
