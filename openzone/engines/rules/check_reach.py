"""Conditions that can never hold, always do, or add nothing to those beside them.

A condition that is so by itself is a problem: nobody writes it on purpose. One that is so only
because of the clauses around it is a warning: documents do repeat themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from openzone.engines.rules.check_numbers import Scope
from openzone.engines.rules.language import (
    All,
    Any_,
    AtLeast,
    Case,
    Cases,
    Clause,
    Comparison,
    Condition,
    Not,
    Otherwise,
    Veto,
)
from openzone.engines.rules.problems import Path
from openzone.engines.rules.reach import ANYWHERE, Box, Reach, Reasoning, meet
from openzone.engines.rules.schema import Version
from openzone.engines.text import Text

IMPOSSIBLE = Text("条件互相矛盾，永远不会满足", "these tests contradict: never met")
ALWAYS = Text("条件互相补足，总是满足", "these tests leave nothing out: always met")
NEVER_REACHED = Text(
    "前面的情形已经全部包含，这一情形永远轮不到", "the cases before leave nothing for this one"
)
IMPLIED = Text(
    "多余：满足{others}时本条必然满足", "adds nothing: met whenever {others} is met"
)  # fmt: skip
COVERED = Text("多余：本条满足时{other}必然满足", "adds nothing: whenever it is met, so is {other}")
DEAD = Text(
    "与其他条款矛盾，这一分支永远不会满足", "contradicts the clauses beside it: never met here"
)
DEAD_CASE = Text(
    "与前面的情形或其他条款矛盾，永远轮不到",
    "contradicts what is beside or before it: never applies",
)
HOPELESS = Text(
    "属于这一情形的企业不可能满足它的要求",
    "whoever falls into this case can never meet what it asks",
)
_PAIR = Text("（{one}与{other}）", " ({one} and {other})")
_NUMBERED = Text("第{n}项", "item {n}")
_THE_OTHERS = Text("其他条款", "the other clauses")

Node = tuple[Path, object]


def check_reach(scope: Scope, version: Version, nodes: Sequence[Node]) -> None:
    """Report what can never or always be met anywhere in a version without circles.

    ``nodes`` are everything in the version, as ``walk`` yields it.
    """
    faulty = _faulty(nodes, [finding.path for finding in scope.findings])
    tests = [node for _, node in nodes if isinstance(node, Comparison)]
    checker = _Checker(scope, Reasoning(version, scope.catalogue, tests, faulty))
    for path, node in nodes:
        if isinstance(node, Clause) and not isinstance(node, Case | Otherwise):
            checker.root(node, path)  # type: ignore[arg-type] # every other clause is a condition


def _faulty(nodes: Sequence[Node], places: Sequence[Path]) -> set[int]:
    """Return the identities of conditions in which something else is wrong."""
    return {
        id(node)
        for path, node in (nodes if places else ())
        if isinstance(node, Comparison | AtLeast)
        and any(place[: len(path)] == path != place for place in places)
    }


@dataclass
class _Checker:
    scope: Scope
    reasoning: Reasoning
    seen: set[int] = field(default_factory=set)

    def root(self, condition: Condition, path: Path) -> None:
        """Check a condition that is not part of one already checked."""
        if id(condition) not in self.seen:
            self.visit(condition, path, ANYWHERE)

    def visit(self, condition: Condition, path: Path, around: Box | None) -> bool:
        """Check a condition where ``around`` is certain; return whether it is no condition."""
        self.seen.add(id(condition))
        before = len(self.scope.findings)
        faulty = self._members(condition, path, around)
        reach = self.reasoning.of(condition)
        if not faulty and (reach.met is None or reach.failed is None):
            del self.scope.findings[before:]  # what is said of its members says less
            self._whole(condition, path, reach)
            return True
        return faulty

    def warn(self, path: Path, reason: Text) -> None:
        self.scope.report(path, reason, "warning")

    # ---- the members of a condition -------------------------------------------------------

    def _members(self, condition: Condition, path: Path, around: Box | None) -> bool:
        match condition:
            case All():
                return self._all(condition.members, (*path, "all"), around)
            case Any_():
                return self._any(condition.members, (*path, "any"), around)
            case Veto():
                return self._any(condition.members, (*path, "veto"), ANYWHERE)
            case Not():
                return self.visit(condition.member, (*path, "not"), ANYWHERE)
            case AtLeast():
                of = (*path, "at_least", "of")
                found = [
                    self.visit(member, (*of, index), around)
                    for index, member in enumerate(condition.at_least.of)
                ]
                return any(found)
            case Cases():
                return self._cases(condition.cases, (*path, "cases"), around)
        return False

    def _all(self, members: Sequence[Condition], path: Path, around: Box | None) -> bool:
        """Check members of which all must hold: each where the others do."""
        kept = dict(enumerate(members))
        faulty = False
        for index in reversed(range(len(members))):
            others = [self._of(other).met for n, other in kept.items() if n != index]
            beside = meet(around, *others)
            one = self._of(members[index])
            if self.visit(members[index], (*path, index), beside):
                faulty = True
            elif beside and meet(beside, one.doubtful) is None:
                name = self._implying(kept, index, one)
                self.warn((*path, index), _said(IMPLIED, others=name))
            else:
                continue
            del kept[index]
        return faulty

    def _implying(self, members: dict[int, Condition], index: int, one: Reach) -> Text:
        """Return the name of a single member that implies one, if there is such."""
        for number, other in members.items():
            met = self._of(other).met
            if number != index and met is not None and meet(met, one.doubtful) is None:
                return _name(other, number)
        return _THE_OTHERS

    def _any(self, members: Sequence[Condition], path: Path, around: Box | None) -> bool:
        """Check alternatives: each must be possible here and must not be part of another."""
        kept = dict(enumerate(members))
        faulty = False
        for index in reversed(range(len(members))):
            met = self._of(members[index]).met
            wider = self._wider(kept, index, met)
            if self.visit(members[index], (*path, index), around):
                faulty = True
            elif around is not None and meet(around, met) is None:
                self.warn((*path, index), DEAD)
            elif wider is not None:
                self.warn((*path, index), _said(COVERED, other=wider))
            else:
                continue
            del kept[index]
        return faulty

    def _wider(self, members: dict[int, Condition], index: int, met: Box | None) -> Text | None:
        """Return the name of another alternative that holds whenever one does."""
        for number, other in members.items():
            if number != index and met and meet(met, self._of(other).doubtful) is None:
                return _name(other, number)
        return None

    def _cases(self, cases: Sequence[Case | Otherwise], path: Path, around: Box | None) -> bool:
        """Check cases: each must still apply to somebody, who must be able to meet it."""
        left: Box | None = ANYWHERE
        whens: list[Condition] = []
        faulty = False
        for index, case in enumerate(cases):
            when = case.when if isinstance(case, Case) else None
            then, key = (case.then, "then") if isinstance(case, Case) else (case.otherwise, "else")
            place = (*path, index)
            here = meet(left, self._of(when).met) if when is not None else left
            if when is not None:
                faulty |= self.visit(when, (*place, "when"), around)
            if here is None or when in whens:
                if not faulty:
                    self.scope.report(place, NEVER_REACHED)
            elif around is not None and meet(around, here) is None:
                self.warn(place, DEAD_CASE)
            faulty |= self._then(then, (*place, key), meet(around, here))
            if when is not None:
                whens.append(when)
                left = meet(left, self._of(when).failed)
        return faulty

    def _then(self, then: Condition, path: Path, here: Box | None) -> bool:
        faulty = self.visit(then, path, here)
        if not faulty and here is not None and meet(here, self._of(then).met) is None:
            self.warn(path, HOPELESS)
        return faulty

    # ---- words ----------------------------------------------------------------------------

    def _of(self, condition: Condition) -> Reach:
        return self.reasoning.of(condition)

    def _whole(self, condition: Condition, path: Path, reach: Reach) -> None:
        """Report that a condition is never or always met, and which two members make it so.

        Of two that exclude each other it is the later that is reported.
        """
        never = reach.met is None
        said = IMPOSSIBLE if never else ALWAYS
        pair = self._pair(condition, never)
        if pair is None:
            self.scope.report(path, said)
            return
        members: Sequence[Condition] = getattr(condition, "members", ())
        one, other = (_name(members[number], number) for number in pair)
        names = _said(_PAIR, one=one, other=other)
        place = (*path, "all", pair[1]) if never else path
        self.scope.report(place, Text(said.zh + names.zh, said.en + names.en))

    def _pair(self, condition: Condition, never: bool) -> tuple[int, int] | None:
        """Return the first two members of an ``all`` or ``any`` that leave each other nothing."""
        if not isinstance(condition, All if never else Any_):
            return None
        reaches = [self._of(member) for member in condition.members]
        sides = [reach.met if never else reach.failed for reach in reaches]
        pairs = ((one, other) for other in range(len(sides)) for one in range(other))
        return next((pair for pair in pairs if meet(*(sides[n] for n in pair)) is None), None)


def _name(condition: Condition, number: int) -> Text:
    if condition.label is not None:
        label = condition.label.text
        return Text(f"“{label.zh}”", f"“{label.en}”")
    return _NUMBERED.format(n=number + 1)


def _said(template: Text, **values: Text) -> Text:
    zh = {key: value.zh for key, value in values.items()}
    en = {key: value.en for key, value in values.items()}
    return Text(template.zh.format(**zh), template.en.format(**en))
