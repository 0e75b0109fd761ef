"""A draft as far as it can be read: the set of rules it would give, or what keeps it from that."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from openzone.engines.rules.check import check_rule
from openzone.engines.rules.check_relations import check_relations
from openzone.engines.rules.check_set import check_set
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

Located = tuple[str, Finding]
"""A finding and the rule it is about."""
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
    """Read a draft as it is saved, over the rules in force, and check the whole set it gives."""
    reading = read_text(Subject.of(draft), draft.text, base)
    if reading.after is None:
        return reading
    own = draft.rule if draft.kind == DraftKind.RULE else RELATIONS
    document = read_document(draft.text, own) if reading.document is not None else None
    whole = _among(_all_findings(reading.after), own, document)
    return replace(reading, problems=tuple(dict.fromkeys((*reading.problems, *whole))))


def read_text(subject: Subject, text: str, base: RuleSet) -> Reading:
    """Read what a draft says and check it, alone and with the rules that it touches."""
    if subject.kind is DraftKind.WITHDRAWAL:
        return _withdrawal(subject, base)
    own = subject.rule if subject.kind is DraftKind.RULE else RELATIONS
    try:
        document = read_document(text, own)
    except PackError as error:
        return Reading(None, None, None, tuple(_of_file(error, own)))
    if subject.kind is DraftKind.RELATIONS:
        return _relations(document, base)
    return read_value(subject, document.value, base, document)


def read_value(
    subject: Subject, value: dict[str, Any], base: RuleSet, document: Document | None = None
) -> Reading:
    """Read a rule given as data; ``document`` is its text, which knows the lines."""
    try:
        rule = Rule.model_validate(value)
    except ValidationError as error:
        found = _placed(document, subject.rule, findings_of(error))
        return Reading(value, None, None, tuple(found))
    own = [*_identity(subject, rule, base), *dict.fromkeys(check_rule(rule, base.catalogue))]
    problems = list(_placed(document, subject.rule, own))
    if any(problem.severity == "problem" for problem in problems):
        return Reading(value, rule, None, tuple(problems))
    after = replace(base, rules=_with(base.rules, rule))
    problems += _among(_findings_near(after, rule, base), subject.rule, document)
    return Reading(value, rule, after, tuple(dict.fromkeys(problems)))


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
    problems = _among(_between(after), subject.rule, None)
    return Reading(None, None, after, tuple(dict.fromkeys(problems)))


def _relations(document: Document, base: RuleSet) -> Reading:
    try:
        file = RelationsFile.model_validate(document.value)
    except ValidationError as error:
        found = _placed(document, RELATIONS, findings_of(error, RELATION_FORMS))
        return Reading(document.value, None, None, tuple(found))
    after = replace(base, relations=file.relations)
    problems = _among(_between(after), RELATIONS, document)
    return Reading(document.value, None, after, tuple(dict.fromkeys(problems)))


def _with(rules: Iterable[Rule], rule: Rule) -> tuple[Rule, ...]:
    """Put a rule in its place, or at the end if it is new."""
    by_id = {each.rule: each for each in rules}
    return tuple((by_id | {rule.rule: rule}).values())


def _all_findings(chosen: RuleSet) -> Iterator[Located]:
    """Yield everything that publishing asks about."""
    for concern in check_publishing(chosen.rules, chosen.relations, chosen.catalogue):
        yield concern.rule, Finding(concern.path, concern.reason, concern.severity)
    yield from _between(chosen)


def _between(chosen: RuleSet) -> Iterator[Located]:
    """Yield what is wrong between the rules of a set, and with its relations."""
    for index, finding in check_set(chosen.rules):
        yield chosen.rules[index].rule, finding
    for finding in check_relations(chosen.relations, chosen.rules, chosen.catalogue):
        yield RELATIONS, finding


def _findings_near(after: RuleSet, rule: Rule, base: RuleSet) -> Iterator[Located]:
    """Yield what is wrong between a rule, its neighbours and the relations that name it.

    Neighbours are the rules that it refers to and those that refer to it. Nothing else can have
    become wrong: the set in force was checked when it was released.
    """
    uses = dict(_uses_of(base)) | {rule.rule: _rules_in(rule)}
    named = tuple(one for one in after.relations if rule.rule in _rules_in(one))
    near = {rule.rule, *(name for one in named for name in _rules_in(one))}
    near |= {name for name, used in uses.items() if rule.rule in used}
    while more := {other for name in near for other in uses.get(name, ())} - near:
        near |= more
    chosen = tuple(each for each in after.rules if each.rule in near)
    yield from _between(replace(after, rules=chosen, relations=named))


_uses: dict[str, Mapping[str, frozenset[str]]] = {}


def _uses_of(base: RuleSet) -> Mapping[str, frozenset[str]]:
    """Return which rules each rule of a set names; kept for the set last asked about."""
    if base.digest not in _uses:
        _uses.clear()
        _uses[base.digest] = {rule.rule: _rules_in(rule) for rule in base.rules}
    return _uses[base.digest]


def _rules_in(value: Rule | AnyRelation) -> frozenset[str]:
    """Return the rules that a rule or a relation names."""
    members = () if isinstance(value, Rule) else (*value.of, getattr(value, "rule", ""))
    named = {name for kind, name in names_used(value) if kind == "rule"}
    return frozenset(named | set(members) - {""})


def _among(findings: Iterable[Located], own: str, document: Document | None) -> Iterator[Problem]:
    """Yield findings with the line where they are in the draft."""
    for rule, finding in findings:
        line = document.problem(finding).line if document and rule == own else None
        yield Problem(rule, finding.path, finding.reason, finding.severity, line)


def _placed(document: Document | None, rule: str, findings: Iterable[Finding]) -> Iterator[Problem]:
    yield from _among(((rule, finding) for finding in findings), rule, document)


def _of_file(error: PackError, rule: str) -> Iterator[Problem]:
    for problem in error.problems:
        yield Problem(rule, (), problem.reason, problem.severity, problem.line)
