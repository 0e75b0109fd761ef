"""The files of a ``reading`` folder as models: nothing misspelt passes."""

from typing import Any, Literal

from pydantic import Field

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.reading_texts import Example, Pattern, TextsFile, Verified
from openzone.packs.typed import Entry


class AttributeRule(Entry):
    """What a figure can be a figure of."""

    id: str
    label: Bilingual
    code: str | None = None
    kinds: tuple[str, ...]
    type: Literal[
        "indicator", "project", "enterprise", "policy", "service", "finance", "zone", "event"
    ]
    words: tuple[str, ...]
    becomes: dict[str, Pattern] = {}
    per: str = ""
    direct: bool = False
    loss: bool = False
    examples: tuple[Example, ...]


class UnitRule(Entry):
    """Ways to write a unit."""

    id: str
    base: str
    kind: str
    forms: dict[str, float] = Field(min_length=1)
    keep: bool = False
    spoken: bool = False
    examples: tuple[Example, ...]


class ApproximateWords(Entry):
    """Words around a number that make it approximate."""

    before: tuple[str, ...]
    inside: tuple[str, ...]
    after: tuple[str, ...]


class PeriodRule(Entry):
    """A wording of time."""

    id: str
    pattern: Pattern
    value: str
    cumulative: bool = False
    spreads: bool = True
    examples: tuple[Example, ...]


class ShapeRule(Entry):
    """How a line looks that is no text."""

    id: str
    pattern: Pattern
    flags: Literal["", "i"] = ""
    examples: tuple[Example, ...]


class ZoneNames(Entry):
    """How zones are called."""

    suffixes: tuple[str, ...]
    types: dict[str, str]
    typed: Pattern
    anaphora: tuple[str, ...]
    quoted: tuple[str, ...]
    known: tuple[str, ...]
    not_zone: tuple[str, ...]
    parks: Pattern
    descriptive: tuple[str, ...]


class BodyNames(Entry):
    """How institutes, incubators and funds are called."""

    suffixes: tuple[str, ...]
    products: Pattern
    opening: tuple[str, ...]


class EnterpriseNames(Entry):
    """How enterprises are called."""

    opening: Pattern
    goes_on: Pattern
    title: Pattern
    suffixes: tuple[str, ...]
    sure: tuple[str, ...]
    with_place: tuple[str, ...]
    common_stems: tuple[str, ...]
    brands: tuple[str, ...]
    not_brands: tuple[str, ...]
    brand_goes_on: Pattern
    not_listed: tuple[str, ...]
    alias_industry: tuple[str, ...]
    anaphora: tuple[str, ...]


class ProjectNames(Entry):
    """How projects are called."""

    invested: Pattern
    heads: tuple[str, ...]
    anaphora: tuple[str, ...]
    told_as: Pattern
    counted: tuple[str, ...]
    not_projects: tuple[str, ...]


class Edges(Entry):
    """What no name crosses."""

    characters: str
    leading: str
    opens: str
    of_a_kind: str
    words: tuple[str, ...]
    hard: tuple[str, ...]


class AttributesFile(Entry):
    """``attributes.yaml``."""

    verified: Verified
    attributes: tuple[AttributeRule, ...]


class UnitsFile(Entry):
    """``units.yaml``."""

    verified: Verified
    units: tuple[UnitRule, ...]
    approximate: ApproximateWords
    multiples: dict[str, float]


class PageDateRules(Entry):
    """How a page gives its own date away."""

    head: Pattern
    gone: Pattern
    coming_before: Pattern
    coming_after: Pattern
    months: Pattern
    other_year: Pattern
    after: dict[str, int]


class ReportRules(Entry):
    """What tells the time of everything below it."""

    title: Pattern
    heading: Pattern
    part: Pattern


class PeriodsFile(Entry):
    """``periods.yaml``."""

    verified: Verified
    begins: Pattern
    page_date: PageDateRules
    reports: ReportRules
    periods: tuple[PeriodRule, ...]


class NamesFile(Entry):
    """``names.yaml``."""

    verified: Verified
    not_places: tuple[str, ...]
    zones: ZoneNames
    enterprises: EnterpriseNames
    bodies: BodyNames
    projects: ProjectNames
    edges: Edges


class FurnitureFile(Entry):
    """``furniture.yaml``."""

    verified: Verified
    openings: tuple[ShapeRule, ...]
    bylines_before: tuple[ShapeRule, ...]
    bylines_after: tuple[ShapeRule, ...]
    captions: tuple[ShapeRule, ...]
    furniture: tuple[ShapeRule, ...]


class SubjectsFile(Entry):
    """``subjects.yaml``."""

    verified: Verified
    least: float
    margin: float
    weights: dict[str, float]
    fits: dict[str, dict[str, float]]
    only_places: tuple[str, ...]
    rather_projects: tuple[str, ...]
    rather_enterprises: tuple[str, ...]
    lead: Pattern
    chained: Pattern
    speakers: tuple[str, ...]
    partners: tuple[str, ...]
    places: tuple[str, ...]
    completed: Pattern
    completes: tuple[str, ...]
    endings: dict[str, tuple[str, ...]]
    of_it: Pattern
    listed: Pattern
    managers: tuple[str, ...]
    he: tuple[str, ...]
    properties: Pattern
    pairs: dict[str, Literal["former", "latter"]]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    says: Pattern


class RolesFile(Entry):
    """``roles.yaml``."""

    verified: Verified
    growth: Pattern
    falling: Pattern
    target: Pattern
    share: Pattern
    rate_words: Pattern
    score_before: Pattern
    rank_verbs: Pattern
    rank_first: Pattern
    not_rank: Pattern
    streak: Pattern
    duration: Pattern
    threshold_after: Pattern
    threshold_before: Pattern
    forecast: Pattern
    cumulative: Pattern
    skip_before: Pattern
    skip_after: Pattern
    between: Pattern
    no_noun: Pattern
    joins: Pattern
    begins_at: Pattern
    dated: Pattern
    rises: Pattern
    lower: Pattern
    sizes: tuple[str, ...]
    given: tuple[str, ...]
    things: tuple[str, ...]
    leads: Pattern
    daily: Pattern
    each_mu: Pattern
    change: Pattern
    changes: dict[str, str]
    moved: Pattern
    goes_on: Pattern
    part_of: Pattern
    timed: Pattern
    of_size: Pattern
    verbs: Pattern
    continues: Pattern


class ChecksFile(Entry):
    """``checks.yaml``."""

    verified: Verified
    doubted: float = Field(gt=0, le=1)
    share_at_most: float
    growth_at_least: float
    growth_at_most: float
    at_most: dict[str, float]
    parts: tuple[tuple[str, str], ...]
    single: tuple[str, ...]


FILES: dict[str, type[Any]] = {
    "attributes.yaml": AttributesFile,
    "units.yaml": UnitsFile,
    "periods.yaml": PeriodsFile,
    "names.yaml": NamesFile,
    "texts.yaml": TextsFile,
    "furniture.yaml": FurnitureFile,
    "subjects.yaml": SubjectsFile,
    "roles.yaml": RolesFile,
    "checks.yaml": ChecksFile,
}
