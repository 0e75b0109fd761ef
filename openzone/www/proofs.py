"""Proofs as pages show them; the text of a rule is the proof with nothing known."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from openzone.engines.rules.explain import explain
from openzone.engines.rules.language import Case, Cases, Condition, Otherwise, Verified
from openzone.engines.rules.proof import ClauseProof, FactUse, PartProof, Proof, TestResult
from openzone.engines.rules.schema import Rule, Version
from openzone.engines.text import Text
from openzone.www import answers, formats
from openzone.www.known import Sight
from openzone.zone.registry.packs import catalogue
from openzone.zone.rulebook.packs import plan_on

FORMS: Mapping[str, Text] = {
    "all": Text("全部满足：", "all of:"),
    "any": Text("满足其中一项即可：", "any one of:"),
    "not": Text("不得满足：", "not:"),
    "veto": Text("不得有下列任何情形：", "none of:"),
    "cases": Text("按所属情形：", "by case:"),
}
STATES: Mapping[bool | None, str] = {True: "met", False: "not_met", None: "unknown"}
SHORT_LIST = 3
UPWARDS, DOWNWARDS = ("gte", "gt"), ("lte", "lt")


class VersionText(NamedTuple):
    """A version of a rule with its conditions in words."""

    version: Version
    text: Proof
    marks: Mapping[str, Verified]


class Tally(NamedTuple):
    """How many top-level conditions stand how."""

    met: int
    not_met: int
    unknown: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)


def version_texts(rule: Rule) -> list[VersionText]:
    """Return the versions of a rule, the latest first."""
    return [VersionText(one, text_of(rule, one), marks_of(one)) for one in rule.versions[::-1]]


def text_of(rule: Rule, version: Version) -> Proof:
    """Return the conditions of a version with nothing known."""
    return explain(plan_on(version.effective_from), rule.rule, {})


def marks_of(version: Version) -> dict[str, Verified]:
    """Return the marks of the conditions and rows that are not as sure as the version itself."""
    rows = version.classify.rows if version.classify else ()
    members = _below(version.when) if version.when else ()
    return {part.id: part.verified for part in (*members, *rows) if part.id and part.verified}


def _below(condition: Condition | Case | Otherwise) -> Iterator[Condition | Case | Otherwise]:
    yield condition
    held = getattr(condition, "members", None) or [
        *([condition.member] if hasattr(condition, "member") else []),
        *(condition.at_least.of if hasattr(condition, "at_least") else []),
        *(condition.cases if isinstance(condition, Cases) else []),
        *([condition.when, condition.then] if isinstance(condition, Case) else []),
        *([condition.otherwise] if isinstance(condition, Otherwise) else []),
    ]
    for member in held:
        yield from _below(member)


def tally(proof: Proof) -> Tally:
    """Count the top-level conditions by their state."""
    states = [clause.state for clause in top_clauses(proof)]
    return Tally(states.count(True), states.count(False), states.count(None))


def top_clauses(proof: Proof) -> tuple[ClauseProof, ...]:
    """Return the conditions as a list: what stands under the outermost “all of”."""
    if proof.when is None:
        return ()
    return proof.when.children if proof.when.form == "all" else (proof.when,)


def form_words(clause: ClauseProof) -> Text:
    """Return how the members of a condition belong together."""
    if clause.form == "at_least":
        # The sentence of the engine begins with the count: “下列至少 2 项：…”.
        zh, en = clause.sentence.zh, clause.sentence.en
        return Text(zh.partition("：")[0] + "：", en.partition(":")[0] + ":")
    return FORMS[clause.form]


def hidden(sight: Sight) -> frozenset[str]:
    """Return the facts whose values the reader may not see just so."""
    return frozenset(fact.name for fact in catalogue() if not sight.of(fact).allowed)


def conceals(part: ClauseProof | PartProof, names: frozenset[str]) -> bool:
    """Whether the value of a condition or score part would give a hidden fact away."""
    return any(use.fact in names for use in part.facts)


class Verdict(NamedTuple):
    """How a condition stands: the outcome that gives shape and colour, and its word."""

    outcome: str
    word: str


def verdict(clause: ClauseProof) -> Verdict:
    """Return how a condition stands; what must not be the case is good when it is absent."""
    if clause.state is None or clause.wanted:
        outcome = STATES[clause.state]
        return Verdict(outcome, answers.word(outcome))
    return Verdict("not_met", _("Present")) if clause.state else Verdict("met", _("Absent"))


def shortfall(clause: ClauseProof, test: TestResult) -> str:
    """Return how far a failing test is from its limit, empty where there is no distance."""
    if test.state is not (not clause.wanted) or not test.gap or test.gap_text is None:
        return ""
    gap = {"gap": formats.say(test.gap_text)}
    rising = test.key in (UPWARDS if clause.wanted else DOWNWARDS)
    if rising or test.key not in UPWARDS + DOWNWARDS:
        return _("%(gap)s short") % gap
    return _("%(gap)s too much") % gap


def is_group(clause: ClauseProof, proving: bool) -> bool:
    """Whether the members are listed; the text of a rule says simple ones in one sentence."""
    return bool(clause.children) and (proving or _is_long(clause))


def _is_long(clause: ClauseProof) -> bool:
    named = any(child.label or child.children or child.score for child in clause.children)
    return named or len(clause.children) > SHORT_LIST


def other_scores(proof: Proof) -> list[PartProof]:
    """Return the scores that stand in no condition: they inform and decide nothing."""
    shown = {score.label for clause in _clauses(proof) if (score := clause.score)}
    return [part for _name, part in proof.scores if part.label not in shown]


def _clauses(proof: Proof) -> Iterator[ClauseProof]:
    waiting = [proof.when] if proof.when else []
    while waiting:
        clause = waiting.pop()
        yield clause
        waiting += clause.children


def use_value(use: FactUse) -> str:
    """Write the value of a fact exactly, as the enterprise's page does."""
    return formats.fact(use.value, catalogue()[use.fact].series)


def use_origin(use: FactUse) -> str:
    """Write the period, the source and the age of a fact."""
    series = catalogue()[use.fact].series
    period = formats.period(series.period, use.period.first, use.period.last)
    age = formats.days_ago(use.age_days) if use.age_days is not None else ""
    return " · ".join(part for part in (period, use.source, age) if part and part != formats.DASH)
