"""The most that can be paid, in whole fen: an exact integer program.

What can be taken is numbered from 0. Why CP-SAT solves it: docs/adr/0015-the-best-bundle.md.
"""

from collections.abc import Iterator

from ortools.sat.python import cp_model

from openzone.engines.rules.bundle_problem import Choice, OnePaid, Problem, Solution

EFFORT = 5.0
"""The solver's own seconds for one question; real cases take a thousandth of it."""


def solve(problem: Problem, most: int) -> Solution:
    """Return the highest total and up to ``most`` choices that reach it.

    They come with the fewest items first, then in the order of the items. Where a cap leaves
    several ways to share, the larger amount is paid first; where caps cross, as the solver found.
    """
    always = {item: problem.amounts[item] for item in problem.free}
    if len(always) == len(problem.amounts):
        return Solution(sum(always.values()), (always,), more=False, proven=True)
    question = _Question(problem)
    first, proven = question.best()
    total = sum(first.values())
    others = list(question.reaching(total, most + 1)) or [first]
    choices = [always | _shared(problem, paid) for paid in others]
    choices.sort(key=lambda choice: (len(choice), sorted(choice)))
    whole = total + sum(always.values())
    more = len(choices) > most or not question.exhausted
    return Solution(whole, tuple(choices[:most]), more, proven)


class _Question:
    """The model of what is not free."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.exhausted = False
        self.model = cp_model.CpModel()
        self.items = [i for i in range(len(problem.amounts)) if i not in problem.free]
        self.taken = {item: self.model.new_bool_var("") for item in self.items}
        capped = {member for cap in problem.caps for member in cap.members}
        self.paid = {item: self._paid(item, item in capped) for item in self.items}
        for one in problem.ones:
            self._add_one(one)
        for cap in problem.caps:
            self.model.add(sum(self.paid[item] for item in cap.members) <= cap.room)

    def _paid(self, item: int, capped: bool) -> cp_model.LinearExprT:
        amount, taken = self.problem.amounts[item], self.taken[item]
        if not capped:
            return amount * taken
        paid = self.model.new_int_var(0, amount, "")
        self.model.add(paid <= amount * taken)
        return paid

    def _add_one(self, one: OnePaid) -> None:
        self.model.add_at_most_one(self.taken[item] for item in one.members)
        if one.highest:
            for lower, higher in _ranked(one.members, self.problem.amounts):
                instead = self.problem.rivals(higher) - set(one.members)
                ways = [self.taken[item] for item in sorted(instead)]
                self.model.add_bool_or([self.taken[lower].negated(), *ways])

    def best(self) -> tuple[Choice, bool]:
        """Return a choice with the highest total, and whether it is proven to be that."""
        self.model.maximize(sum(self.paid.values()))
        solver, status = self._solved()
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return {}, False
        return self._choice(solver), status == cp_model.OPTIMAL

    def reaching(self, total: int, most: int) -> Iterator[Choice]:
        """Yield choices that reach ``total``, the fewest items first, none containing another."""
        self.model.add(sum(self.paid.values()) == total)
        self.model.minimize(sum(self.taken.values()))
        for _ in range(most):
            solver, status = self._solved()
            if status != cp_model.OPTIMAL:
                self.exhausted = status == cp_model.INFEASIBLE
                return
            found = self._choice(solver)
            yield found
            self.model.add_bool_or([self.taken[item].negated() for item in found])

    def _solved(self) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.cp_model_presolve = False  # it loses its way among amounts in fen
        solver.parameters.max_deterministic_time = EFFORT
        return solver, solver.solve(self.model)

    def _choice(self, solver: cp_model.CpSolver) -> dict[int, int]:
        taken = [item for item in self.items if solver.value(self.taken[item])]
        return {item: int(solver.value(self.paid[item])) for item in taken}


def _ranked(members: tuple[int, ...], amounts: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield every lower member with every higher one."""
    for lower in members:
        for higher in members:
            if amounts[higher] > amounts[lower]:
                yield lower, higher


def _shared(problem: Problem, paid: Choice) -> dict[int, int]:
    """Share what is paid among what is taken, the larger amount first."""
    order = sorted(paid, key=lambda item: (-problem.amounts[item], item))
    shared = dict.fromkeys(order, 0)
    for item in order:
        shared[item] = min(problem.amounts[item], _room(problem, shared, item))
    if sum(shared.values()) < sum(paid.values()):  # caps that cross
        return dict(paid)
    return shared


def _room(problem: Problem, paid: Choice, item: int) -> int:
    """Return what the caps leave for ``item``."""
    caps = [cap for cap in problem.caps if item in cap.members]
    rooms = [cap.room - sum(paid.get(member, 0) for member in cap.members) for cap in caps]
    return min(rooms, default=problem.amounts[item])
