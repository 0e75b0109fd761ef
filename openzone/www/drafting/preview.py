"""What a draft would mean, while it is typed: sentences, problems, counts, money, golden cases."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from openzone.engines.rules.language import Case, Condition, Otherwise
from openzone.engines.rules.problems import Path, path_text
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.schema import Version
from openzone.engines.rules.sentences import Wording
from openzone.engines.text import Text
from openzone.www.drafting.fields import belongs
from openzone.www.drafting.nodes import Node, tree
from openzone.www.drafting.patches import SECTIONS, Document, version_of
from openzone.zone.rulebook.enums import DraftKind
from openzone.zone.rulebook.models import RuleDraft
from openzone.zone.rulebook.packs import in_force
from openzone.zone.rulebook.selectors.golden import CaseResult
from openzone.zone.rulebook.selectors.population import RuleCounts
from openzone.zone.rulebook.selectors.readiness import case_results, first_day
from openzone.zone.rulebook.selectors.reading import Problem, Reading, Subject, read_value
from openzone.zone.rulebook.selectors.releases import rule_in
from openzone.zone.rulebook.selectors.screening import Screened, Tally, screen, screened_in_force

_CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
_CASES: Mapping[str, TypeAdapter[Any]] = {"case": TypeAdapter(Case), "else": TypeAdapter(Otherwise)}
SHORT = 120
"""Characters of a sentence that is read at a glance."""
UNFINISHED = Text("（尚未写完）", "(not finished)")


class Note(NamedTuple):
    """What stands below a condition while it is edited."""

    node: Node
    sentence: Text
    problems: list[Problem]
    tally: Tally | None


class Line(NamedTuple):
    """One number now and as it is in force."""

    name: str
    number: int
    change: int | None


@dataclass(frozen=True)
class Preview:
    """A document of a draft and everything that can be said of it on a day."""

    draft: RuleDraft
    document: Document
    index: int
    base: RuleSet
    reading: Reading
    as_of: dt.date
    cases: Sequence[CaseResult]

    @cached_property
    def version(self) -> Version | None:
        """The version shown, once it is well-formed."""
        rule = self.reading.rule
        return rule.versions[self.index] if rule and self.index < len(rule.versions) else None

    @cached_property
    def tree(self) -> Node | None:
        """The conditions of the version shown; None for a classification."""
        shown = version_of(self.document, self.index)
        return tree(shown["when"]) if shown and "when" in shown else None

    @cached_property
    def now(self) -> Screened | None:
        """The answers of the draft; None while it has problems or is not in force that day."""
        rule, after = self.reading.rule, self.reading.after
        if rule is None or after is None or self.reading.blocking:
            return None
        return screen(rule, after, self.as_of)

    @cached_property
    def before(self) -> Screened | None:
        """The answers of the rule in force."""
        return screened_in_force(self.draft.rule, self.as_of)

    @property
    def lines(self) -> list[Line]:
        """How many stand how, and how many more than by the version in force."""
        if self.now is None:
            return []
        counts = self.now.counts
        old = self.before.counts if self.before else None
        return [_line(name, counts, old) for name in ("met", "near", "unknown", "not_met")]

    @property
    def values(self) -> dict[str, int]:
        """How many have each class."""
        return self.now.by_value() if self.now else {}

    @property
    def cost_change(self) -> float | None:
        """What it costs more than the version in force, in yuan."""
        if self.now is None or self.now.money is None:
            return None
        old = self.before.money.total if self.before and self.before.money else 0.0
        return self.now.money.total - old

    @cached_property
    def amount(self) -> Text | None:
        """The formula of the amount as a sentence."""
        if self.version is None or self.version.amount is None:
            return None
        label = self.version.amount.label
        return label.text if label else self._words.number(self.version.amount.number)

    @cached_property
    def _words(self) -> Wording:
        titles = {rule.rule: rule.title.text for rule in self.base.rules}
        return Wording(self.base.catalogue, self.version, titles)

    @cached_property
    def notes(self) -> dict[str, Note]:
        """What stands below each condition, by its key."""
        if self.tree is None:
            return {}
        nodes = list(self.tree.walk())
        at: dict[Path, list[Problem]] = {node.path: [] for node in nodes}
        for problem in self._inside:
            at[_deepest(at, problem.path[2:])].append(problem)
        return {node.key: self._note(node, at[node.path]) for node in nodes}

    @property
    def is_short(self) -> bool:
        """Whether the whole sentence can stand open beside the form."""
        return self.tree is not None and len(self.notes[self.tree.key].sentence.zh) < SHORT

    @property
    def sections(self) -> Mapping[str, list[tuple[str, Problem]]]:
        """The problems of the parts that are written as text, with their place in it."""
        shown = version_of(self.document, self.index) or {}
        found: dict[str, list[tuple[str, Problem]]] = {
            name: [] for name in SECTIONS if belongs(name, shown)
        }
        for problem in self.reading.problems:
            rest = self._within(problem)
            if rest and rest[0] in found:
                found[str(rest[0])].append((path_text(rest[1:]), problem))
        return found

    @property
    def others(self) -> list[tuple[str, Problem]]:
        """The problems that stand neither at a condition nor in a part."""
        return [
            (self._place(problem), problem)
            for problem in self.reading.problems
            if not self._is_inside(problem) and not self._is_in_a_part(problem)
        ]

    def _place(self, problem: Problem) -> str:
        where = path_text(self._within(problem) or problem.path)
        return where if problem.rule == self.draft.rule else f"{problem.rule} {where}".strip()

    @property
    def _inside(self) -> Iterator[Problem]:
        return (problem for problem in self.reading.problems if self._is_inside(problem))

    def _is_inside(self, problem: Problem) -> bool:
        return self.tree is not None and self._within(problem)[:1] == ("when",)

    def _is_in_a_part(self, problem: Problem) -> bool:
        return bool(set(self._within(problem)[:1]) & self.sections.keys())

    def _within(self, problem: Problem) -> Path:
        """Return the path from the version shown; empty for what lies elsewhere."""
        here = ("versions", self.index)
        own = problem.rule == self.draft.rule and problem.path[:2] == here
        return problem.path[2:] if own else ()

    def _note(self, node: Node, problems: list[Problem]) -> Note:
        tallies = self.now.clauses if self.now else {}
        return Note(node, self._sentence(node), problems, tallies.get(node.id))

    def _sentence(self, node: Node) -> Text:
        try:
            if node.form in _CASES:
                return self._words.case(_CASES[node.form].validate_python(node.raw))
            return self._words.condition(_CONDITION.validate_python(node.raw))
        except (ValidationError, KeyError, TypeError, AttributeError):
            return UNFINISHED


def preview(draft: RuleDraft, document: Document, index: int, as_of: dt.date) -> Preview:
    """Read a document as it would be saved, and see what it means on the first day it differs."""
    base = in_force()
    reading = read_value(Subject.of(draft), document, base)
    old = rule_in(base, draft.rule)
    day = first_day(old, reading.rule, as_of) if reading.after else as_of
    cases = case_results(draft, reading) if draft.kind == DraftKind.RULE else []
    return Preview(draft, document, index, base, reading, day, cases)


def _line(name: str, counts: RuleCounts, old: RuleCounts | None) -> Line:
    number: int = getattr(counts, name)
    return Line(name, number, number - getattr(old, name) if old else None)


def _deepest(known: Mapping[Path, object], path: Path) -> Path:
    """Return the innermost condition that holds a place."""
    held = (path[:length] for length in range(len(path), 0, -1))
    return next((prefix for prefix in held if prefix in known), ("when",))
