"""From the steps of a plan to the circuit of its answers."""

from collections.abc import Callable, Iterator
from functools import partial

from openzone.engines.rules.answers import near_miss, wanted_steps
from openzone.engines.rules.atoms import Leaf
from openzone.engines.rules.circuit import Circuit, Code, Signal
from openzone.engines.rules.compiled import CompiledRule, Plan
from openzone.engines.rules.nodes import Logic
from openzone.engines.rules.steps import Pair, Ref, Step, Values, truth


def lower(plan: Plan, near: bool) -> Code:
    """Return the circuit of all answers, written once per plan and set of rules.

    Its outputs are, rule by rule: met, not met, nearly met (if ``near``), every certain level.
    """
    codes = plan.program.codes
    key = near, tuple(rule.id for rule in plan.rules)
    if key not in codes:
        codes[key] = _lowered(plan, near)
    return codes[key]


def _lowered(plan: Plan, near: bool) -> Code:
    circuit = Circuit()
    steps = plan.program.steps
    pairs: list[Pair | None] = [None] * len(steps)
    wanted = frozenset(step for rule in plan.rules for step in wanted_steps(rule, near))
    for at in plan.program.schedule(wanted).order:
        pairs[at] = _pair(at, steps[at], pairs, circuit)
    outputs = [signal for rule in plan.rules for signal in _outputs(rule, pairs, circuit, near)]
    return circuit.code(outputs)


def _pair(at: int, step: Step, pairs: Values, circuit: Circuit) -> Pair | None:
    """Return the signals of a truth; nothing else is part of a circuit."""
    if isinstance(step, Logic):
        return step.pair(partial(truth, pairs))
    if isinstance(step, Leaf):
        own = [circuit.leaf((at, plane)) for plane in range(step.PLANES)]
        return step.pair(own, partial(truth, pairs))
    return None


def _outputs(rule: CompiledRule, pairs: Values, circuit: Circuit, near: bool) -> Iterator[Signal]:
    of: Callable[[Ref], tuple[Signal, Signal]] = partial(truth, pairs)  # type: ignore[assignment]
    yield from of(rule.root)
    if near:
        yield near_miss(rule, of) or circuit.nothing
    for _, ref in rule.levels:
        yield of(ref)[0]
