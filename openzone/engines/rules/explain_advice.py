"""Advice in words: which papers settle an answer, and what to change."""

from collections.abc import Iterator
from dataclasses import dataclass

from openzone.engines.rules.advice import Change, cheapest_change, settling
from openzone.engines.rules.compiled import CompiledRule
from openzone.engines.rules.explain_facts import Uses, written
from openzone.engines.rules.formats import value_text
from openzone.engines.rules.match import Outcome
from openzone.engines.rules.outcomes import outcome_text
from openzone.engines.rules.proof import ChangeProof, FactUse, SettleProof
from openzone.engines.rules.sentences import joined, said
from openzone.engines.rules.single import Answers
from openzone.engines.text import Text

_SETTLE = Text("有{facts}，可判定为{outcomes}", "{facts}: can tell {outcomes}")
_PAPER = Text("{label}（{proof}）", "{label} ({proof})")
_CHANGE = Text("{label}由{old}变为{new}", "{label}: from {old} to {new}")
_CLASS = Text("具体类别", "the class")
_UNKNOWN = Text("未知或没有", "unknown or none")
_AND, _OR = Text("、", ", "), Text("或", " or ")


@dataclass(frozen=True)
class AdviceExplainer:
    """Says what would settle or turn the answer of one rule for one enterprise."""

    answers: Answers
    rule: CompiledRule
    uses: Uses

    def settle(self) -> Iterator[SettleProof]:
        """Yield what would settle an unknown answer, the fewest facts first."""
        for each in settling(self.answers, self.rule):
            uses = tuple(map(self.uses.use, each.facts))
            facts = joined(map(_paper, uses), _AND)
            outcomes = joined(map(self._outcome, each.outcomes), _OR)
            yield SettleProof(uses, each.outcomes, said(_SETTLE, facts=facts, outcomes=outcomes))

    def _outcome(self, outcome: Outcome) -> Text:
        if outcome == "met" and self.rule.version.classify is not None:
            return _CLASS
        return outcome_text(self.rule.rule.kind, outcome)

    def change(self) -> Iterator[ChangeProof]:
        """Yield the changes that together make the rule met."""
        for each in cheapest_change(self.answers, self.rule):
            yield self._changed(each)

    def _changed(self, change: Change) -> ChangeProof:
        fact = self.answers.plan.catalogue[change.fact]
        old = _UNKNOWN if change.old is None else value_text(change.old, fact.series)
        text = said(_CHANGE, label=fact.label, old=old, new=value_text(change.new, fact.series))
        values = written(change.old), written(change.new)
        return ChangeProof(change.fact, fact.label, *values, text)


def _paper(use: FactUse) -> Text:
    return said(_PAPER, label=use.label, proof=use.proof)
