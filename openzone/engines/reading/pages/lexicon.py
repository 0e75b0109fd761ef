"""What a reader knows, as plain data: packs fill it, the stages read it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    """What a figure can be a figure of; ``becomes`` are codes that words nearby turn it to.

    ``per``: its figures are counted for each of a unit (亩). ``direct``: it stands close by.
    ``loss``: its figures are negative (亏损380万元).
    """

    id: str
    code: str
    kinds: frozenset[str]
    type: str
    becomes: tuple[tuple[re.Pattern[str], str], ...] = ()
    per: str = ""
    direct: bool = False
    loss: bool = False


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """A wording of time and the form of its value, e.g. ``{Y}-{m}``."""

    id: str
    pattern: re.Pattern[str]
    value: str
    cumulative: bool
    spreads: bool


@dataclass(frozen=True, slots=True)
class DateRules:
    """How a page gives its date away: ``page_date`` of ``periods.yaml``."""

    head: re.Pattern[str]
    gone: re.Pattern[str]
    coming_before: re.Pattern[str]
    coming_after: re.Pattern[str]
    months: re.Pattern[str]
    other_year: re.Pattern[str]
    after: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ReportRules:
    """Titles and headings that tell the time of what follows: ``reports`` of ``periods.yaml``."""

    title: re.Pattern[str]
    heading: re.Pattern[str]
    part: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Approximate:
    """Words that make a number approximate: before it, inside it, after its unit."""

    before: tuple[str, ...]
    inside: tuple[str, ...]
    after: tuple[str, ...]


NO_BRAND = ""
"""What words stand for that only look like a brand: 创业浪潮."""


@dataclass(frozen=True, slots=True)
class NameRules:
    """How names are built; see ``names.yaml`` for the meaning of each part."""

    zone_suffixes: tuple[str, ...]
    parks: re.Pattern[str]
    """A short name of a park, which counts where the page has it twice: 白芷园."""
    typed: re.Pattern[str]
    """What follows a place that only begins the name of a zone."""
    zone_types: Mapping[str, str]
    """The short form of a type of zone: 高新区 for 高新技术产业开发区."""
    anaphora: tuple[str, ...]
    quoted: tuple[str, ...]
    known_zones: frozenset[str]
    not_zones: frozenset[str]
    descriptive: re.Pattern[str]
    goes_on: re.Pattern[str]
    title: re.Pattern[str]
    invested: re.Pattern[str]
    enterprise_suffixes: tuple[str, ...]
    sure: tuple[str, ...]
    with_place: tuple[str, ...]
    common_stems: frozenset[str]
    brands: Mapping[str, str]
    """The full name for every way a brand is written; ``NO_BRAND`` for words it is a part of."""
    brand_goes_on: re.Pattern[str]
    not_listed: tuple[str, ...]
    alias_industry: tuple[str, ...]
    firm_anaphora: tuple[str, ...]
    products: re.Pattern[str]
    """Loans and insurances named in quotes, the name as group 1."""
    opening: tuple[str, ...]
    """Words that stand for a name told before that ends in them, where a clause opens."""
    firm_opening: re.Pattern[str]
    """The same of enterprises: 企业 with a verb."""
    bodies: tuple[str, ...]
    """What the names of institutes, incubators and funds end in."""
    project_heads: tuple[str, ...]
    project_anaphora: tuple[str, ...]
    not_projects: tuple[str, ...]
    told_as: re.Pattern[str]
    """What stands before a description that names no project: 是….."""
    counted: tuple[str, ...]
    """What names begin with that mean several projects."""
    edge_characters: frozenset[str]
    leading: frozenset[str]
    opens: frozenset[str]
    of_a_kind: frozenset[str]
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
    completed: re.Pattern[str]
    completes: tuple[str, ...]
    endings: Mapping[str, tuple[str, ...]]
    """What names end in that a word like 园区 or 经开区 may stand for."""
    managers: tuple[str, ...]
    he: tuple[str, ...]
    properties: re.Pattern[str]
    of_it: re.Pattern[str]
    """What may stand between a figure and the noun it describes."""
    listed: re.Pattern[str]
    """What follows one of several that are counted: 等5家."""
    pairs: Mapping[str, str]
    """前者 and 后者: ``former`` or ``latter``."""
    ours: frozenset[str]
    theirs: frozenset[str]
    says: re.Pattern[str]
    """What follows the name of somebody who says something."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A family of statements without numbers: verbs, and what their objects end in."""

    verbs: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Saying:
    """What stands around a mark, and whose it is: the last name of kinds ``of`` before it.

    The value is the group ``value`` of one of the patterns, else the mark; ``whole``: with the
    mark it stands before. A group ``subject`` behind the mark says whose it is as well.
    """

    id: str
    type: str
    attribute: str
    marks: tuple[str, ...]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    of: frozenset[str]
    whole: bool


@dataclass(frozen=True, eq=False, slots=True)
class Pair:
    """What two names side by side say of each other; ``value``: which one is told of the other."""

    id: str
    type: str
    attribute: str
    first: frozenset[str]
    second: frozenset[str]
    between: re.Pattern[str]
    behind: re.Pattern[str]
    value: str


@dataclass(frozen=True, eq=False, slots=True)
class Quoted:
    """What a name in quotes names, by what stands before and behind it.

    ``whole``: the name holds the quotes and what stands behind them.
    """

    id: str
    type: str
    attribute: str
    before: re.Pattern[str]
    behind: re.Pattern[str]
    whole: bool


@dataclass(frozen=True, eq=False, slots=True)
class StatementRules:
    """Word lists of ``texts.yaml``."""

    stages: Mapping[str, str]
    future: tuple[str, ...]
    documents: Statement
    reports: tuple[str, ...]
    designations: Statement
    events: Statement
    agreements: Statement
    bare: tuple[str, ...]
    """Verbs of documents without 《》."""
    held: tuple[str, ...]
    """Verbs behind an event."""
    works: tuple[str, ...]
    """What the names of works end in."""
    told_works: tuple[str, ...]
    """Those that are projects by their name alone."""
    stage_adverbs: re.Pattern[str]
    staff: re.Pattern[str]
    """People behind the name of works."""
    no_stage: re.Pattern[str]
    """What follows words for a stage that tell none: 建成后."""
    row_before: re.Pattern[str]
    row_behind: re.Pattern[str]
    loans: re.Pattern[str]
    in_class: re.Pattern[str]
    not_named: re.Pattern[str]
    """What names in quotes that name nothing are like: 一站式."""
    sayings: tuple[Saying, ...]
    pairs: tuple[Pair, ...]
    quoted: tuple[Quoted, ...]


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
    period_begins: str
    dates: DateRules
    reports: ReportRules
    names: NameRules
    statements: StatementRules
    subjects: SubjectRules
    furniture: Furniture
    roles: "RoleRules"
    checks: CheckRules

    def knowing(
        self,
        *,
        zones: Iterable[str] = (),
        enterprises: Mapping[str, str] | None = None,
        places: Iterable[str] = (),
    ) -> "Lexicon":
        """Return the lexicon with names from a record: zones, enterprises, divisions.

        ``enterprises`` gives the full name for every way one is written, the full one too. To make
        such a lexicon takes about as long as to read a page: keep it while the names stay.
        """
        names = replace(
            self.names,
            known_zones=self.names.known_zones | frozenset(zones),
            brands={**self.names.brands, **(enterprises or {})},
            places={**self.names.places, **_with_short(places)},
        )
        return replace(self, names=names)

    @cached_property
    def unit_of(self) -> dict[str, Unit]:
        """Units by the way they are written."""
        return {unit.form: unit for unit in self.units}

    @cached_property
    def unit_pattern(self) -> str:
        """A pattern of every way to write a unit."""
        return any_of(self.unit_of)


def _with_short(places: Iterable[str]) -> dict[str, bool]:
    """Return names of divisions, true, and their short forms, false."""
    full = list(places)
    short = {one[:-1]: False for one in full if len(one) > _SHORTEST and one[-1] in "市县区州盟旗"}
    return {**short, **dict.fromkeys(full, True)}


_SHORTEST = 2


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
    between: re.Pattern[str]
    no_noun: re.Pattern[str]
    joins: re.Pattern[str]
    begins_at: re.Pattern[str]
    dated: re.Pattern[str]
    rises: re.Pattern[str]
    lower: re.Pattern[str]
    sizes: tuple[str, ...]
    given: tuple[str, ...]
    """Words that say what only where no noun behind the figure does: 每年拿出…专项资金."""
    things: tuple[str, ...]
    """Classifiers of things made, which count no firms, measures or places."""
    leads: re.Pattern[str]
    daily: re.Pattern[str]
    each_mu: re.Pattern[str]
    change: re.Pattern[str]
    changes: Mapping[str, str]
    moved: re.Pattern[str]
    goes_on: re.Pattern[str]
    part_of: re.Pattern[str]
    timed: re.Pattern[str]
    of_size: re.Pattern[str]
    verbs: re.Pattern[str]
    continues: re.Pattern[str]
