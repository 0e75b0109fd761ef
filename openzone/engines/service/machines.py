"""What may follow what after a commitment was offered: three machines that differ on purpose.

告知承诺 decides on the promise and checks afterwards; 容缺受理 waits for the papers and decides
last. A plain declaration decides nothing.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from openzone.engines.text import Text


class Machine(StrEnum):
    """In which order deciding and checking happen."""

    DECIDE_FIRST = "decide_first"
    WAIT = "wait"
    DECLARE = "declare"


class State(StrEnum):
    """Where a commitment stands."""

    OFFERED = "offered"
    SIGNED = "signed"
    SUPPLIED = "supplied"
    READY = "ready"
    DECIDED = "decided"
    FULFILLED = "fulfilled"
    BREACHED = "breached"
    REVOKED = "revoked"
    TERMINATED = "terminated"
    REFUSED = "refused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What somebody does."""

    SIGN = "sign"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    SUPPLY = "supply"
    GRANT = "grant"
    REFUSE = "refuse"
    KEPT = "kept"
    BROKEN = "broken"
    REVOKE = "revoke"
    LAPSE = "lapse"


CLOSED = frozenset(
    {
        State.FULFILLED,
        State.REVOKED,
        State.TERMINATED,
        State.REFUSED,
        State.DECLINED,
        State.WITHDRAWN,
    }
)
"""Nothing follows these."""

Moves = Mapping[tuple[State, Step], State]
_BEFORE_DECIDING: Moves = {
    (State.OFFERED, Step.SIGN): State.SIGNED,
    (State.OFFERED, Step.DECLINE): State.DECLINED,
    (State.SIGNED, Step.WITHDRAW): State.WITHDRAWN,
}
MOVES: Mapping[Machine, Moves] = MappingProxyType(
    {
        Machine.DECIDE_FIRST: {
            **_BEFORE_DECIDING,
            (State.SIGNED, Step.GRANT): State.DECIDED,
            (State.SIGNED, Step.REFUSE): State.REFUSED,
            (State.DECIDED, Step.KEPT): State.FULFILLED,
            (State.DECIDED, Step.BROKEN): State.BREACHED,
            (State.BREACHED, Step.REVOKE): State.REVOKED,
        },
        Machine.WAIT: {
            **_BEFORE_DECIDING,
            (State.SIGNED, Step.SUPPLY): State.SUPPLIED,
            (State.SIGNED, Step.LAPSE): State.TERMINATED,
            (State.SUPPLIED, Step.KEPT): State.READY,
            (State.SUPPLIED, Step.BROKEN): State.TERMINATED,
            (State.READY, Step.GRANT): State.FULFILLED,
            (State.READY, Step.REFUSE): State.REFUSED,
        },
        Machine.DECLARE: {
            (State.OFFERED, Step.SIGN): State.SIGNED,
            (State.OFFERED, Step.DECLINE): State.DECLINED,
            (State.SIGNED, Step.KEPT): State.FULFILLED,
            (State.SIGNED, Step.BROKEN): State.TERMINATED,
        },
    }
)
_REASONS: Mapping[tuple[Machine, Step], Text] = {
    (Machine.WAIT, Step.GRANT): Text(
        "容缺受理的决定须等材料补齐并核验后作出",
        "with papers missing, the decision waits until they are supplied and checked",
    ),
    (Machine.DECIDE_FIRST, Step.KEPT): Text(
        "告知承诺先作决定，事后核查", "notify-and-commit decides first and checks afterwards"
    ),
    (Machine.DECIDE_FIRST, Step.SUPPLY): Text(
        "告知承诺不等待材料", "notify-and-commit waits for no papers"
    ),
    (Machine.DECLARE, Step.GRANT): Text(
        "该类承诺不对应审批决定", "this kind of commitment has no decision"
    ),
}
_STATES: Mapping[State, Text] = {
    State.OFFERED: Text("待签署", "waits for the signature"),
    State.SIGNED: Text("已签署", "signed"),
    State.SUPPLIED: Text("材料已补", "papers supplied"),
    State.READY: Text("材料已核验", "papers checked"),
    State.DECIDED: Text("已决定，待核查", "decided, to be checked"),
    State.FULFILLED: Text("已履行", "kept"),
    State.BREACHED: Text("违诺，待撤销", "broken, decision to be revoked"),
    State.REVOKED: Text("决定已撤销", "decision revoked"),
    State.TERMINATED: Text("已到期", "ended"),
    State.REFUSED: Text("已拒绝", "refused"),
    State.DECLINED: Text("不采用", "not wished"),
    State.WITHDRAWN: Text("已撤回", "withdrawn"),
}
_STEPS: Mapping[Step, Text] = {
    Step.SIGN: Text("签署", "sign"),
    Step.DECLINE: Text("不采用", "decline"),
    Step.WITHDRAW: Text("撤回", "withdraw"),
    Step.SUPPLY: Text("补交材料", "supply papers"),
    Step.GRANT: Text("同意", "grant"),
    Step.REFUSE: Text("不同意", "refuse"),
    Step.KEPT: Text("核查", "check"),
    Step.BROKEN: Text("核查", "check"),
    Step.REVOKE: Text("撤销决定", "revoke the decision"),
    Step.LAPSE: Text("到期终止", "end it"),
}


class ImpossibleError(ValueError):
    """The step does not follow the state; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


def move(machine: Machine, state: State, step: Step) -> State:
    """Return the state after a step.

    Raises:
        ImpossibleError: the step does not follow this state in this machine.

    """
    after = MOVES[machine].get((state, step))
    if after is None:
        known = _REASONS.get((machine, step))
        raise ImpossibleError(known or _impossible(state, step))
    return after


def _impossible(state: State, step: Step) -> Text:
    stands, wanted = _STATES[state], _STEPS[step]
    return Text(
        f"当前为“{stands.zh}”，不能“{wanted.zh}”",
        f"cannot {wanted.en}: it stands at “{stands.en}”",
    )


def steps(machine: Machine, state: State) -> frozenset[Step]:
    """Return what can follow a state."""
    return frozenset(step for before, step in MOVES[machine] if before is state)
