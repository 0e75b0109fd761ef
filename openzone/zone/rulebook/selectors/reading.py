"""A draft as far as it can be read: the set of rules it would give, or what keeps it from that."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from openzone.engines.rules.check import check_rule
from openzone.engines.rules.check_relations import check_relations
from openzone.engines.rules.document import Document, read_document
from openzone.engines.rules.loading import findings_of
from openzone.engines.rules.problems import Finding, PackError, Path, Severity
from openzone.engines.rules.publishing import check_publishing
from openzone.engines.rules.relation_language import RELATION_FORMS, AnyRelation, RelationsFile
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.schema import Rule
from openzone.engines.rules.walk import names_used
from openzone.engines.text import Text
from openzone.zone.rulebook.enums import DraftKind
from openzone.zone.rulebook.models import RuleDraft

RELATIONS = "relations"
"""What stands for a rule where the relations between rules are at fault."""
WRONG_ID = Text("规则编号须为 {rule}：编号终身不变", "the rule must be {rule}: an id is for life")
NOT_THERE = Text("规则 {rule} 不在现行规则中", "rule {rule} is not among the rules in force")
TAKEN = Text(
    "规则 {rule} 已存在，请改为修订该规则", "rule {rule} exists already: revise it instead"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, at which rule and where in it; ``line`` is that of the draft's own file."""

    rule: str
    path: Path
    reason: Text
    severity: Severity = "problem"
    line: int | None = None


@dataclass(frozen=True)
class Subject:
    """What a draft is about."""

    kind: DraftKind
    rule: str
    new: bool

    @classmethod
    def of(cls, draft: RuleDraft) -> "Subject":
        """Return the subject of a draft."""
        return cls(DraftKind(draft.kind), draft.rule, not draft.base_text)


@dataclass(frozen=True)
class Reading:
    """``after`` is the whole set with the draft in it; None while the draft cannot be read."""

    document: dict[str, Any] | None
    rule: Rule | None
    after: RuleSet | None
    problems: tuple[Problem, ...]

    @property
    def blocking(self) -> list[Problem]:
        """What keeps the draft from being published."""
        return [problem for problem in self.problems if problem.severity == "problem"]

    @property
    def warnings(self) -> list[Problem]:
        """What is told and keeps nothing."""
        return [problem for problem in self.problems if problem.severity == "warning"]


def read_draft(draft: RuleDraft, base: RuleSet) -> Reading:
    """Read a draft as it is saved, over the rules in force."""
    return read_text(Subject.of(draft), draft.text, base)


def read_text(subject: Subject, text: str, base: RuleSet) -> Reading:
    """Read what a draft says and check it, alone and among the rules of ``base``."""
    match subject.kind:
        case DraftKind.WITHDRAWAL:
            return _withdrawal(subject, base)
        case DraftKind.RELATIONS:
            return _relations(text, base)
        case _:
            return _rule(subject, text, base)


def _rule(subject: Subject, text: str, base: RuleSet) -> Reading:
    try:
        document = read_document(text, subject.rule)
    except PackError as error:
        return Reading(None, None, None, tuple(_of_file(error, subject.rule)))
    try:
        rule = Rule.model_validate(document.value)
    except ValidationError as error:
        found = _placed(document, subject.rule, findings_of(error))
        return Reading(document.value, None, None, tuple(found))
    own = [*_identity(subject, rule, base), *dict.fromkeys(check_rule(rule, base.catalogue))]
    if any(finding.severity == "problem" for finding in own):
        found = _placed(document, subject.rule, own)
        return Reading(document.value, rule, None, tuple(found))
    after = replace(base, rules=_with(base.rules, rule))
    among = _among(near_by(after, rule), subject.rule, document)
    return Reading(document.value, rule, after, tuple(among))


def _identity(subject: Subject, rule: Rule, base: RuleSet) -> Iterator[Finding]:
    if rule.rule != subject.rule:
        yield Finding(("rule",), WRONG_ID.format(rule=subject.rule))
    elif subject.new and any(other.rule == rule.rule for other in base.rules):
        yield Finding(("rule",), TAKEN.format(rule=rule.rule))


def _withdrawal(subject: Subject, base: RuleSet) -> Reading:
    left = tuple(rule for rule in base.rules if rule.rule != subject.rule)
    if len(left) == len(base.rules):
        gone = Problem(subject.rule, (), NOT_THERE.format(rule=subject.rule))
        return Reading(None, None, None, (gone,))
    after = replace(base, rules=left)
    return Reading(None, None, after, tuple(_among(after, subject.rule, None)))


def _relations(text: str, base: RuleSet) -> Reading:
    try:
        document = read_document(text, RELATIONS)
    except PackError as error:
        return Reading(None, None, None, tuple(_of_file(error, RELATIONS)))
    try:
        file = RelationsFile.model_validate(document.value)
    except ValidationError as error:
        found = _placed(document, RELATIONS, findings_of(error, RELATION_FORMS))
        return Reading(document.value, None, None, tuple(found))
    after = replace(base, relations=file.relations)
    return Reading(document.value, None, after, tuple(_among(after, RELATIONS, document)))


def _with(rules: Iterable[Rule], rule: Rule) -> tuple[Rule, ...]:
    """Put a rule in its place, or at the end if it is new."""
    by_id = {each.rule: each for each in rules}
    return tuple((by_id | {rule.rule: rule}).values())


def _among(after: RuleSet, own: str, document: Document | None) -> Iterator[Problem]:
    """Yield what is wrong or dubious in a set, with the line where it is in the draft."""
    for rule, finding in dict.fromkeys(_findings(after)):
        line = document.problem(finding).line if document and rule == own else None
        yield Problem(rule, finding.path, finding.reason, finding.severity, line)


def _findings(chosen: RuleSet) -> Iterator[tuple[str, Finding]]:
    for concern in check_publishing(chosen.rules, chosen.relations, chosen.catalogue):
        yield concern.rule, Finding(concern.path, concern.reason, concern.severity)
    for finding in check_relations(chosen.relations, chosen.rules, chosen.catalogue):
        yield RELATIONS, finding


def near_by(after: RuleSet, rule: Rule) -> RuleSet:
    """Return the rules that a rule refers to or is referred to by, and the relations that name it.

    Checks between rules look no further, and the rest of the set was checked when it was released.
    """
    uses = {each.rule: _rules_in(each) for each in after.rules}
    named = tuple(one for one in after.relations if rule.rule in _rules_in(one))
    near = {rule.rule, *(name for one in named for name in _rules_in(one))}
    near |= {name for name, used in uses.items() if rule.rule in used}
    while more := {other for name in near for other in uses.get(name, ())} - near:
        near |= more
    chosen = tuple(each for each in after.rules if each.rule in near)
    return replace(after, rules=chosen, relations=named)


def _rules_in(value: Rule | AnyRelation) -> set[str]:
    """Return the rules that a rule or a relation names."""
    members = () if isinstance(value, Rule) else (*value.of, getattr(value, "rule", ""))
    return {name for kind, name in names_used(value) if kind == "rule"} | set(members) - {""}


def _placed(document: Document, rule: str, findings: Iterable[Finding]) -> Iterator[Problem]:
    for finding in findings:
        line = document.problem(finding).line
        yield Problem(rule, finding.path, finding.reason, finding.severity, line)


def _of_file(error: PackError, rule: str) -> Iterator[Problem]:
    for problem in error.problems:
        yield Problem(rule, (), problem.reason, problem.severity, problem.line)
