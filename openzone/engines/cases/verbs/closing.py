"""Bringing a case to its end: nobody closes their own, and the requester has the last word."""

import datetime as dt

from openzone.engines.cases.events import Party
from openzone.engines.cases.roles import is_independent
from openzone.engines.cases.state import REQUESTER, Changes, Proposal, State, unit_holder
from openzone.engines.cases.turn import Scene, Turn, refuse_unless
from openzone.engines.cases.verbs.proving import proof
from openzone.engines.text import Text
from openzone.engines.worktime.due import due_moment

OWED = Text("协办部门尚未回复：{units}", "assisting units owe their answer: {units}")
TASKS = Text("会议任务尚未完成：{tasks}", "tasks are not finished: {tasks}")
NO_OUTCOME = Text("没有结果“{id}”", "there is no outcome “{id}”")
NO_PROPOSAL = Text("还没有办理结果", "no outcome has been proposed")
OWN = Text("不能为自己办理的事项作结论", "nobody has the last word on their own case")
NOT_SATISFIED = Text(
    "评分低于{n}分为不满意，应退回重办", "a mark below {n} is dissatisfaction: have it redone"
)
NO_RULE = Text("此类事项没有逾期不回复规则", "cases of this type know no rule for no response")
TOO_SOON = Text("{at}之后才能按不回复结案", "it may be closed for no response only after {at}")
NOT_ASKED = Text("没有在等诉求人回复", "nothing is waited for from the requester")
ATTEMPTS = Text("须记录至少{n}次联系", "at least {n} attempts have to be recorded")
WORD_NEEDED = Text(
    "须由诉求人确认或回访后结案", "closing takes the requester's word or a call-back"
)
RATED = Text("已经评价过", "it has been rated already")
NOT_CLOSED = Text("结案后才能评价", "it can be rated once it is closed")


def answer(turn: Turn) -> Changes:
    """Tell the requester what will be done."""
    turn.text("text")
    return {}


def can_propose(scene: Scene) -> Text | None:
    """Every assisting unit has answered."""
    owed = scene.state.unanswered
    return OWED.format(units=", ".join(owed)) if owed else None


def propose(turn: Turn) -> Changes:
    """Say how it ended; the requester is asked, or the centre where no word is needed."""
    turn.text("text")
    state, action, closing = turn.state, turn.scene.action, turn.type.closing
    outcome = action.outcome or turn.text("outcome")
    refuse_unless(outcome in turn.type.outcomes, NO_OUTCOME.format(id=outcome))
    least = max(action.evidence, closing.evidence if outcome == "solved" else 0)
    evidence = proof(turn, least)
    open_tasks = [task.id for task in state.tasks if task.finished_at is None]
    refuse_unless(outcome != "solved" or not open_tasks, TASKS.format(tasks=", ".join(open_tasks)))
    by = turn.by
    return {
        "proposal": Proposal(outcome, turn.text("text"), by.id, by.unit, turn.at, evidence),
        "holder": REQUESTER if closing.requester_word else unit_holder(state.centre),
        "lapse_from": _lapse_from(turn),
    }


def can_confirm(scene: Scene) -> Text | None:
    """There is something to confirm, and not one's own."""
    proposal, by = scene.state.proposal, scene.by
    if proposal is None:
        return NO_PROPOSAL
    return OWN if by is not None and by.id == proposal.by and by.kind == "user" else None


def confirm(turn: Turn) -> Changes:
    """The requester is satisfied."""
    return _ended(turn, "requester", _mark(turn))


def can_call_back(scene: Scene) -> Text | None:
    """Only somebody independent calls back."""
    if scene.state.proposal is None:
        return NO_PROPOSAL
    own = scene.by is not None and not is_independent(scene.state, scene.by)
    return OWN if own else None


def call_back(turn: Turn) -> Changes:
    """The requester said so to somebody independent."""
    return _ended(turn, "call_back", _mark(turn))


def can_judge(scene: Scene) -> Text | None:
    """There is an outcome not to be satisfied with."""
    return None if scene.state.proposal else NO_PROPOSAL


def dissatisfied(turn: Turn) -> Changes:
    """It has to be done again, which is counted; the first deadline stays in the statistics."""
    turn.text("reason")
    state = turn.state
    return redone(state) | {"satisfaction": None}


def redone(state: State) -> Changes:
    """Return what follows from doing it again."""
    return {
        "redo": state.redo + 1,
        "proposal": None,
        "outcome": "",
        "word_by": "",
        "lapse_from": None,
        "holder": unit_holder(state.lead or state.centre),
    }


def can_lapse(scene: Scene) -> Text | None:
    """The requester has been silent for as long as the rule says."""
    state = scene.state
    if scene.type.no_response is None:
        return NO_RULE
    if state.lapse_from is None:
        return NOT_ASKED
    if scene.at <= state.lapse_from:
        return TOO_SOON.format(at=state.lapse_from.isoformat(" ", "minutes"))
    return OWN if _is_own(state, scene.by) else None


def lapse(turn: Turn) -> Changes:
    """Close for no response, with the attempts to reach the requester."""
    least = turn.type.no_response.attempts if turn.type.no_response else 0
    refuse_unless(len(turn.names("attempts")) >= least, ATTEMPTS.format(n=least))
    return _ended(turn, "lapse", None)


def can_close(scene: Scene) -> Text | None:
    """Where no word of a requester is needed somebody else says it is over."""
    if scene.type.closing.requester_word:
        return WORD_NEEDED
    state, by = scene.state, scene.by
    if state.proposal is None and not scene.action.outcome:
        return NO_PROPOSAL
    return OWN if _is_own(state, by) else None


def close(turn: Turn) -> Changes:
    """Somebody other than who handled it has seen the evidence."""
    proof(turn, turn.scene.action.evidence)
    return _ended(turn, "close", None)


def withdraw(turn: Turn) -> Changes:
    """The requester takes it back."""
    return {"outcome": "withdrawn", "word_by": "withdraw", "lapse_from": None}


def can_rate(scene: Scene) -> Text | None:
    """Once, after the end."""
    if not scene.state.closed:
        return NOT_CLOSED
    return RATED if scene.state.satisfaction is not None else None


def rate(turn: Turn) -> Changes:
    """The requester says afterwards how it was, also of a case merged into another."""
    return {"satisfaction": turn.mark("satisfied")}


def _ended(turn: Turn, word_by: str, mark: int | None) -> Changes:
    proposal = turn.state.proposal
    outcome = turn.scene.action.outcome or (proposal.outcome if proposal else "withdrawn")
    return {"outcome": outcome, "word_by": word_by, "satisfaction": mark, "lapse_from": None}


def _mark(turn: Turn) -> int:
    mark, least = turn.mark("satisfied"), turn.type.closing.satisfied
    refuse_unless(mark >= least, NOT_SATISFIED.format(n=least))
    return mark


def _is_own(state: State, by: Party | None) -> bool:
    """Whether somebody would have the last word on what they said themselves.

    The system may: it acts by rule and has no case of its own.
    """
    if by is None or by.kind == "system":
        return False
    proposer = state.proposal.by if state.proposal else None
    return by.id in (proposer, state.handler)


def _lapse_from(turn: Turn) -> dt.datetime | None:
    rule = turn.type.no_response
    return due_moment(turn.at, rule.after, *turn.worktime) if rule else None
