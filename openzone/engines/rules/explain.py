"""One rule for one enterprise: the answer as a proof."""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from openzone.engines.facts.catalogue import NEVER, NO_UNIT, UNITS, FactType
from openzone.engines.rules.compiled import (
    CompiledClause,
    CompiledRow,
    CompiledRule,
    CompiledTest,
    Plan,
)
from openzone.engines.rules.explain_advice import AdviceExplainer
from openzone.engines.rules.explain_amounts import AmountExplainer
from openzone.engines.rules.explain_facts import Uses, written
from openzone.engines.rules.explain_points import PointsExplainer
from openzone.engines.rules.formats import POINTS, gap_text, plain, size, value_text
from openzone.engines.rules.language import (
    Case,
    Cases,
    Clause,
    Comparison,
    Condition,
    If,
    Not,
    Otherwise,
    RuleTest,
    ScoreTest,
    Veto,
)
from openzone.engines.rules.near import rounded, tidy
from openzone.engines.rules.numbers import EPOCH
from openzone.engines.rules.outcomes import outcome_text
from openzone.engines.rules.proof import (
    ClauseProof,
    FactUse,
    LevelProof,
    PartProof,
    Proof,
    RowProof,
    TestResult,
)
from openzone.engines.rules.sentences import Wording
from openzone.engines.rules.single import Answers, Known, answer
from openzone.engines.rules.steps import position
from openzone.engines.text import Text


def explain(plan: Plan, rule_id: str, facts: Mapping[str, Known], *, advise: bool = False) -> Proof:
    """Answer one rule for one enterprise, with every clause, value, limit, source and age.

    With ``advise`` also what would settle an unknown answer and the least that would turn a "not
    met", which are found by trying and take up to a second.

    Raises:
        ColumnsError: facts that cannot be used.
        KeyError: the rule is not in the plan.

    """
    answers = answer(plan, facts, [rule_id])
    explainer = _Explainer(answers, plan.by_id[rule_id])
    proof = explainer.proof()
    if not advise:
        return proof
    advice = AdviceExplainer(answers, explainer.rule, explainer.uses)
    return replace(proof, settle=tuple(advice.settle()), change=tuple(advice.change()))


class _Explainer:
    def __init__(self, answers: Answers, rule: CompiledRule) -> None:
        self.answers = answers
        self.rule = rule
        self.plan = answers.plan
        titles = {other.id: other.rule.title.text for other in self.plan.rules}
        catalogue, levels = self.plan.catalogue, dict(_level_labels(rule))
        self.wording = Wording(catalogue, rule.version, titles, levels, self._branch)
        self.uses = Uses(answers)
        self.points = PointsExplainer(answers, self.wording, self.uses)

    def _branch(self, choice: If) -> bool | None:
        """Return which way an ``if`` goes."""
        ref = self.rule.branches.get(id(choice))
        return None if ref is None else self.answers.state(ref)

    def proof(self) -> Proof:
        rule, source = self.rule, self.rule.version.source
        missing = self.answers.missing(rule)
        known_names = self.plan.catalogue
        value = self.answers.level(rule)
        return Proof(
            rule=rule.id,
            kind=rule.rule.kind,
            version=rule.version.version,
            title=rule.rule.title.text,
            source_title=source.title,
            source_number=source.number,
            as_of=self.plan.as_of,
            outcome=self.answers.outcome(rule),
            value=value,
            value_label=self._level_label(value),
            failed=self.answers.failed(rule),
            missing=tuple(self.uses.use(name) for name in missing if name in known_names),
            other_missing=tuple(name for name in missing if name not in known_names),
            near=self.answers.near(rule),
            when=self.clause(rule.when) if rule.when else None,
            rows=tuple(self._row(row) for row in self._open_rows()),
            scores=tuple((name, self.points.part(score)) for name, score in rule.scores.items()),
            digest=self.plan.digest,
            amount=AmountExplainer(self.answers, self.wording, self.uses, rule).amount(),
        )

    def _level_label(self, value: str | None) -> Text | None:
        classify = self.rule.version.classify
        return classify.labels[value].text if classify and value else None

    def _open_rows(self) -> Iterator[CompiledRow]:
        """Yield the rows that apply; the rows that may, while none is certain."""
        states = [(row, self.answers.state(row.when.ref)) for row in self.rule.rows]
        wanted = True if any(state for _, state in states) else None
        return (row for row, state in states if state is wanted)

    def _row(self, row: CompiledRow) -> RowProof:
        levels = tuple(self._level(level, limits) for level, limits in row.limits.items())
        return RowProof(row.source.id, row.source.label.text, self.clause(row.when), levels)

    def _level(self, level: str, limits: tuple[CompiledClause, ...]) -> LevelProof:
        states = [self.answers.state(limit.ref) for limit in limits]
        reached = False if False in states else None if None in states else True
        label = self._level_label(level) or Text(level, level)
        return LevelProof(level, label, reached, tuple(map(self.clause, limits)))

    # ---- clauses --------------------------------------------------------------------------

    def clause(self, clause: CompiledClause, wanted: bool = True) -> ClauseProof:
        """Explain a condition and everything in it."""
        source = clause.source
        comparison = source if isinstance(source, Comparison) else None
        actual = self._actual(clause)
        kind = self._kind(clause)
        inner = not wanted if isinstance(source, Not | Veto) else wanted
        return ClauseProof(
            id=source.id,
            form=_form(source),
            label=source.label.text if source.label else None,
            ref=source.ref,
            sentence=self._sentence(source),
            subject=self.wording.subject(comparison) if comparison else None,
            state=self.answers.state(clause.ref),
            wanted=wanted,
            kind=kind,
            actual=actual,
            actual_text=self._actual_text(clause, actual, kind),
            unit=UNITS.get(kind, NO_UNIT) if kind else NO_UNIT,
            tests=tuple(self._tests(clause, comparison, actual, wanted)) if comparison else (),
            facts=tuple(self._facts(clause)),
            score=self._score(source),
            children=tuple(self._children(clause, inner)),
        )

    def _children(self, clause: CompiledClause, wanted: bool) -> Iterator[ClauseProof]:
        if isinstance(clause.source, Cases):
            for case, applies in clause.applying(self.answers.state):
                proof = self.clause(case, wanted)
                yield replace(proof, applies=applies, state=proof.state if applies else None)
        else:
            yield from (self.clause(member, wanted) for member in clause.members)

    def _sentence(self, source: Condition | Case | Otherwise) -> Text:
        if isinstance(source, Case | Otherwise):
            return self.wording.case(source)
        return self.wording.condition(source)

    def _kind(self, clause: CompiledClause) -> FactType | None:
        source = clause.source
        return self.wording.kind(source) if isinstance(source, Comparison) else None

    def _actual(self, clause: CompiledClause) -> Any:
        """Return the value that a comparison is about, None where unknown."""
        if clause.subject is not None:
            value = self.answers.value(clause.subject)
            if isinstance(value, tuple):
                return tuple(map(tidy, value))
            if math.isnan(value):
                return None
            is_date = self._kind(clause) is FactType.DATE
            return EPOCH + dt.timedelta(days=int(value)) if is_date else tidy(value)
        if clause.fact is not None:
            return self.answers.word(clause.fact)
        return self._answer_of_other(clause)

    def _answer_of_other(self, clause: CompiledClause) -> str | None:
        """Return the answer of the rule that a comparison refers to: its value if it has one."""
        other = clause.other
        if other is None or self.answers.state(other.root) is None:
            return None
        return self.answers.level(other) or self.answers.outcome(other)

    def _answer_text(self, other: CompiledRule) -> Text:
        classify, level = other.version.classify, self.answers.level(other)
        if classify and level:
            return classify.labels[level].text
        return outcome_text(other.rule.kind, self.answers.outcome(other))

    def _actual_text(
        self, clause: CompiledClause, actual: Any, kind: FactType | None
    ) -> Text | None:
        match actual:
            case None:
                return None
            case (lowest, highest):
                between = "" if lowest == highest else f"{plain(lowest)}–"
                return POINTS.format(n=f"{between}{plain(highest)}")
            case int() | float() if not isinstance(actual, bool):
                limits = [test.limit for test in clause.tests if isinstance(test.limit, float)]
                return size(actual, kind, limits[0] if limits else None)
            case _ if clause.fact is not None:
                return value_text(actual, self.plan.catalogue[clause.fact].series)
            case _:
                return self._answer_text(clause.other) if clause.other else None

    def _tests(
        self, clause: CompiledClause, source: Comparison, actual: Any, wanted: bool
    ) -> Iterator[TestResult]:
        opposite = not wanted and len(clause.tests) == 1
        texts = dict(self.wording.tests(source, not opposite, self.plan.as_of))
        for test in clause.tests:
            gap = _gap(test, actual)
            shown = self._gap_shown(clause, gap)
            state = self.answers.state(test.ref)
            yield TestResult(test.key, written(test.limit), texts[test.key], state, gap, shown)

    def _gap_shown(self, clause: CompiledClause, gap: float | None) -> Text | None:
        if gap is None:
            return None
        if isinstance(clause.source, ScoreTest):
            return POINTS.format(n=plain(gap))
        return gap_text(gap, self._kind(clause))

    def _facts(self, clause: CompiledClause) -> Iterator[FactUse]:
        """Yield the facts a comparison reads; those of a score stand with its parts."""
        if isinstance(clause.source, Cases):
            selectors = (case.members[0] for case in clause.members if len(case.members) > 1)
            found = [use for when in selectors for use in self.uses.below(position(when.ref))]
            yield from {use.fact: use for use in found}.values()
        elif not (clause.members or isinstance(clause.source, RuleTest | ScoreTest)):
            yield from self.uses.below(position(clause.ref))

    def _score(self, source: object) -> PartProof | None:
        if not isinstance(source, ScoreTest):
            return None
        name, _, part_id = source.score.partition(".")
        score = self.rule.scores[name]
        return self.points.part(score.part_named(part_id) if part_id else score)


def _level_labels(rule: CompiledRule) -> Iterator[tuple[str, Mapping[str, Text]]]:
    """Yield how the rules that a version refers to call their values."""
    for leaf in rule.when.leaves() if rule.when else ():
        classify = leaf.other.version.classify if leaf.other else None
        if leaf.other and classify:
            yield leaf.other.id, {name: label.text for name, label in classify.labels.items()}


def _form(source: Clause) -> str:
    """Return the key that names a condition's form."""
    if isinstance(source, Case | Otherwise):
        return "case"
    own = next(iter(type(source).__annotations__))
    return type(source).model_fields[own].alias or own


def _gap(test: CompiledTest, actual: Any) -> float | None:
    """Return the distance from the actual value, or the better end of points, to the limit."""
    if isinstance(actual, tuple):
        actual = actual[1] if test.key in ("gte", "gt", "eq", "ne") else actual[0]
    if isinstance(test.limit, float) and actual is not None:
        return tidy(rounded(abs(test.limit - actual)))
    if isinstance(test.limit, dt.date) and isinstance(actual, dt.date) and actual != NEVER:
        return abs((test.limit - actual).days)
    return None
