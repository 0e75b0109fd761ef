"""The best bundle of an enterprise: what to take of the rules that it meets, and why.

Relations are those of docs/reference/relations.md in force on the day. What is unknown is never
assumed: a rule whose amount, limit or requirement is unknown is told apart and not chosen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from openzone.engines.rules.amounts import FEN
from openzone.engines.rules.bundle_items import OPEN, Because, Bundle, Item, Received, Share, Status
from openzone.engines.rules.bundle_limits import Limits, Room, because_of, to_fen
from openzone.engines.rules.bundle_problem import Cap, Choice, OnePaid, Problem
from openzone.engines.rules.bundle_text import BundleWording
from openzone.engines.rules.compiled import CompiledRule
from openzone.engines.rules.near import tidy
from openzone.engines.rules.single import Answers

SHOWN = 10
"""How many of the choices that pay the same are listed."""
Settled = tuple[Status, tuple[Because, ...], tuple[str, ...]]
"""What becomes of a rule that is no candidate: why, and which facts to bring."""


def best_bundle(answers: Answers, received: Iterable[Received] = (), most: int = SHOWN) -> Bundle:
    """Return what pays most of the rules that are met, of the plan's rules and relations.

    ``answers`` are those of all rules of the plan. ``received`` are grants of earlier days.
    ``most`` limits how many choices with the same total are listed.
    """
    return _Bundling(answers, Limits(answers, tuple(received))).bundle(most)


@dataclass(frozen=True)
class _Bundling:
    answers: Answers
    limits: Limits

    def bundle(self, most: int) -> Bundle:
        from openzone.engines.rules.bundle_solver import solve  # seconds to load, seldom asked

        plan = self.answers.plan
        solution = solve(self._problem(), max(1, most))
        chosen = solution.choices[0]
        return Bundle(
            as_of=plan.as_of,
            total=_yuan(solution.total),
            items=tuple(self._item(rule, chosen) for rule in self._shown),
            ties=tuple(tuple(self._shares(choice)) for choice in solution.choices),
            more_ties=solution.more,
            complete=not any(
                rule.amount is not None and self._status(rule) in OPEN for rule in self._shown
            ),
            proven=solution.proven,
            digest=plan.digest,
        )

    def _shares(self, choice: Choice) -> Iterator[Share]:
        paid = {self._candidates[index].id: fen for index, fen in choice.items()}
        for rule in self._shown:
            if rule.id in paid:
                yield Share(rule.id, _yuan(paid[rule.id]))

    @cached_property
    def _shown(self) -> tuple[CompiledRule, ...]:
        """The rules that can pay, and those that a relation speaks of."""
        plan = self.answers.plan
        tied = {rule.id for relation in plan.relations for rule in relation.members}
        return tuple(r for r in plan.rules if r.amount is not None or r.id in tied)

    def _status(self, rule: CompiledRule) -> Status | None:
        return self._settled[rule.id][0] if rule.id in self._settled else None

    # ---- who takes part ---------------------------------------------------------------------

    @cached_property
    def _settled(self) -> dict[str, Settled]:
        """What becomes of the rules that are no candidates."""
        found = ((rule.id, self._settle(rule)) for rule in self._shown)
        return {name: settled for name, settled in found if settled is not None}

    def _settle(self, rule: CompiledRule) -> Settled | None:
        state = self.answers.state(rule.root)
        if not state:
            return _without(state, self.answers.missing(rule))
        if barred := tuple(self.limits.barring(rule)):
            return "left_out", barred, ()
        if unsure := list(self.limits.unsure(rule)):
            facts = {fact for _, names in unsure for fact in names}
            return "requirement_unknown", tuple(why for why, _ in unsure), tuple(sorted(facts))
        return self._without_money(rule)

    def _without_money(self, rule: CompiledRule) -> Settled | None:
        amount = self.answers.amount(rule)
        if rule.amount is None:
            return "no_amount", (), ()
        if amount is None:
            return "amount_unknown", (), self.answers.amount_missing(rule)
        if to_fen(amount) == 0:
            return "zero", (), ()
        open_ = [room for room in self.limits.rooms if room.fen is None and rule.id in room.members]
        facts = {fact for room in open_ for fact in room.missing}
        because = tuple(room.because for room in open_)
        return ("limit_unknown", because, tuple(sorted(facts))) if open_ else None

    @cached_property
    def _candidates(self) -> tuple[CompiledRule, ...]:
        """The rules to choose from, the larger amounts first, in whatever order files came."""
        rules = (rule for rule in self._shown if rule.id not in self._settled)
        return tuple(sorted(rules, key=lambda rule: (-(self.answers.amount(rule) or 0), rule.id)))

    @cached_property
    def _index(self) -> dict[str, int]:
        return {rule.id: index for index, rule in enumerate(self._candidates)}

    def _among(self, names: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted(self._index[name] for name in names if name in self._index))

    def _problem(self) -> Problem:
        ones = [
            OnePaid(self._among(rule.id for rule in relation.members), highest)
            for relation, highest in self.limits.only_one()
        ]
        rooms = [(self._among(room.members), room.fen) for room in self.limits.rooms]
        return Problem(
            tuple(to_fen(self.answers.amount(rule) or 0) for rule in self._candidates),
            tuple(one for one in ones if len(one.members) > 1),
            tuple(Cap(members, fen) for members, fen in rooms if members and fen is not None),
        )

    # ---- what becomes of each ---------------------------------------------------------------

    def _item(self, rule: CompiledRule, chosen: Choice) -> Item:
        index = self._index.get(rule.id)
        amount = self.answers.amount(rule)
        if index is None:
            status, because, missing = self._settled[rule.id]
            paid = _yuan(0)
        else:
            status, because, missing = *self._chosen(rule, index, chosen), ()
            paid = _yuan(chosen.get(index, 0))
        title = rule.rule.title.text
        shown = None if amount is None else tidy(amount)
        item = Item(rule.id, title, status, shown, paid, because, missing, title)
        return BundleWording(self.answers.plan).said(item)

    def _chosen(
        self, rule: CompiledRule, index: int, chosen: Choice
    ) -> tuple[Status, tuple[Because, ...]]:
        if index not in chosen:
            return "left_out", tuple(self._against(rule, chosen))
        if chosen[index] == to_fen(self.answers.amount(rule) or 0):
            return "taken", ()
        return "reduced", tuple(room.because for room in self._tight(rule, chosen))

    def _against(self, rule: CompiledRule, chosen: Choice) -> Iterator[Because]:
        """Yield the relations for whose sake a candidate is left out."""
        taken = {self._candidates[index].id for index in chosen}
        for relation, highest in self.limits.only_one():
            members = [member.id for member in relation.members]
            if rule.id in members:
                higher = self._higher(rule, members) if highest else ()
                names = tuple(n for n in members if n in taken) or higher
                if names:
                    yield because_of(relation, names)
        yield from (room.because for room in self._tight(rule, chosen))

    def _higher(self, rule: CompiledRule, members: list[str]) -> tuple[str, ...]:
        own = self.answers.amount(rule) or 0
        rules = [self._candidates[index] for index in self._among(members)]
        return tuple(r.id for r in rules if (self.answers.amount(r) or 0) > own)

    def _tight(self, rule: CompiledRule, chosen: Choice) -> Iterator[Room]:
        """Yield the caps on a rule that the bundle uses up."""
        for room in self.limits.rooms:
            members = self._among(room.members)
            used = sum(chosen.get(index, 0) for index in members)
            if self._index[rule.id] in members and used == room.fen:
                yield room


def _without(state: bool | None, missing: tuple[str, ...]) -> Settled:
    return ("not_met", (), ()) if state is False else ("undecided", (), missing)


def _yuan(fen: int) -> float:
    return tidy(fen / FEN)
