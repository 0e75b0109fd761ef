"""Drafts of case types: what a text says, what is wrong with it, what it would change."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from openzone.engines.cases.definition import case_type
from openzone.engines.cases.errors import DefinitionError
from openzone.engines.cases.model import CaseType
from openzone.engines.rules.document import read_document
from openzone.engines.rules.problems import Finding, PackError, PackProblem
from openzone.engines.text import Text
from openzone.zone.cases.models import Case, TypeDraft
from openzone.zone.cases.packs import mappings
from openzone.zone.cases.selectors.types import Change, differences, latest
from openzone.zone.rulebook.selectors.texts import file_text

OTHER_ID = Text("编号须为“{kind}”", "the id has to be “{kind}”")
NOT_HERE = Text(
    "草案须写全，不能引用其他文件", "a draft says everything itself and builds on no other file"
)
BUILT_ON = ("extends", "preset", "abstract")


class Reading(NamedTuple):
    """What a text says: the type if it can be used, and every problem with its line."""

    mapping: Mapping[str, Any]
    type: CaseType | None
    problems: tuple[PackProblem, ...]


class Kept(NamedTuple):
    """How many open cases keep a version they were opened with."""

    version: int
    cases: int


def drafts() -> QuerySet[TypeDraft]:
    """Return all drafts, the last edited first."""
    return TypeDraft.objects.select_related("author", "edited_by", "base", "published")


def read(text: str, kind: str) -> Reading:
    """Read the text of a draft; nothing is raised, every problem is told at once."""
    try:
        document = read_document(text, f"{kind}.yaml")
    except PackError as error:
        return Reading({}, None, tuple(error.problems))
    mapping = _plain(document.value)
    findings = [Finding((name,), NOT_HERE) for name in BUILT_ON if name in mapping]
    if mapping.get("id") != kind:
        findings.append(Finding(("id",), OTHER_ID.format(kind=kind)))
    type_ = None
    try:
        type_ = case_type(mapping)
    except DefinitionError as error:
        findings += [Finding(fault.path, fault.reason) for fault in error.problems]
    problems = sorted((document.problem(one) for one in findings), key=lambda one: one.line)
    return Reading(mapping, None if problems else type_, tuple(problems))


def starting_text(kind: str, *, from_pack: bool = False) -> str | None:
    """Return the file of a type to begin with: as published, or as its pack has it."""
    pack, published = mappings().get(kind), latest(kind)
    if published is not None and not from_pack:
        return file_text(published.mapping)
    return None if pack is None else file_text(pack)


def changes(draft: TypeDraft, reading: Reading) -> list[Change]:
    """Return every place where a draft differs from what is published now."""
    published = latest(draft.kind)
    before = published.mapping if published else {}
    found = differences(before, reading.mapping)
    return [change for change in found if change.path != "version"]


def published_text(kind: str) -> str:
    """Return the published file of a type, empty for one nobody published."""
    published = latest(kind)
    return file_text(published.mapping) if published else ""


def keeping(kind: str) -> list[Kept]:
    """Return how many open cases of a type keep each version, the newest version first."""
    rows = Case.objects.filter(kind=kind, closed=False).order_by("-version__version")
    counted = rows.values_list("version__version").annotate(Count("pk"))
    return [Kept(version, cases) for version, cases in counted]


def has_newer(draft: TypeDraft) -> bool:
    """Whether another version was published since the draft's editor last looked."""
    published = latest(draft.kind)
    return (published.pk if published else None) != draft.base_id


def _plain(value: Any) -> Any:
    """Return YAML as JSON has it: days as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
