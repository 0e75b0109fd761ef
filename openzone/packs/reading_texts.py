"""``texts.yaml`` as a model: what pages say without a number."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from openzone.packs.typed import Entry

Verified = Literal["V", "V2", "L", "K"]


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"不是有效的正则表达式 / no regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Example(Entry):
    """A sentence and what must be read from it; checked by the tests and by ``check_examples``."""

    text: str
    value: float | str | None = None
    subject: str | None = None
    unit: str | None = None
    yoy_pct: float | None = None


class StageRule(Entry):
    """Words for a stage of a project."""

    id: str
    words: tuple[str, ...]
    examples: tuple[Example, ...]


class StatementRule(Entry):
    """Verbs of a statement and what its object ends in."""

    verbs: tuple[str, ...]
    endings: tuple[str, ...]
    reports: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    examples: tuple[Example, ...]


NameKind = Literal["place", "zone", "enterprise", "project", "body"]


class SayingRule(Entry):
    """What stands around a mark."""

    id: str
    type: str
    attribute: str
    marks: tuple[str, ...]
    before: Pattern = ""
    behind: Pattern = ""
    of: tuple[NameKind, ...] = ()
    whole: bool = False
    examples: tuple[Example, ...]


class PairRule(Entry):
    """What two names side by side say of each other."""

    id: str
    type: str
    attribute: str
    first: tuple[NameKind, ...]
    second: tuple[NameKind, ...]
    between: Pattern
    behind: Pattern = ""
    value: Literal["first", "second"]
    examples: tuple[Example, ...]


class QuotedRule(Entry):
    """What a name in quotes names."""

    id: str
    type: str
    attribute: str
    before: Pattern = ""
    behind: Pattern
    whole: bool = False
    examples: tuple[Example, ...]


class WorksRules(Entry):
    """How works are called, and what is told of them in a row."""

    works: tuple[str, ...]
    told_works: tuple[str, ...]
    stage_adverbs: Pattern
    staff: Pattern
    no_stage: Pattern
    row_before: Pattern
    row_behind: Pattern


class ProductRules(Entry):
    """How products and classes of enterprises are told."""

    loans: Pattern
    in_class: Pattern
    not_named: Pattern


class TextsFile(Entry):
    """``texts.yaml``."""

    verified: Verified
    stages: tuple[StageRule, ...]
    future: tuple[str, ...]
    documents: StatementRule
    designations: StatementRule
    events: StatementRule
    agreements: StatementRule
    works: WorksRules
    products: ProductRules
    sayings: tuple[SayingRule, ...]
    pairs: tuple[PairRule, ...]
    quoted: tuple[QuotedRule, ...]
