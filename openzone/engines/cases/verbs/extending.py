"""Extensions: asked before the clock ends, granted by somebody else."""

import datetime as dt

from openzone.engines.cases import clocks
from openzone.engines.cases.clocks import ClockState, Worktime
from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.events import Party
from openzone.engines.cases.model import CaseType, ExtensionRule
from openzone.engines.cases.state import Asked, Changes, State
from openzone.engines.cases.turn import Scene, Turn, refuse_unless
from openzone.engines.text import Text

NOT_RUNNING = Text("期限“{id}”没有在走", "the clock “{id}” is not running")
NO_RULE = Text("期限“{id}”不能延期", "the clock “{id}” cannot be extended")
USED = Text("期限“{id}”已延期{n}次", "the clock “{id}” was extended {n} times already")
TOO_LATE = Text("延期须在{until}前提出", "an extension has to be asked for by {until}")
TOO_LONG = Text("最多延长{zh}", "at most {en} more")
NOT_LATER = Text("新的截止时刻应晚于现在的", "the new due moment should be later than the present")
OTHER_KIND = Text("延期须与期限同一种时间", "an extension counts in the limit's kind of time")
PENDING = Text("已有待批准的延期", "an extension is waiting to be decided")
NONE = Text("没有待批准的延期", "there is no extension to decide")
OWN = Text("不能批准自己提出的延期", "nobody decides on their own extension")
OWN_UNIT = Text(
    "本部门提出的延期只能由部门领导或其他部门决定",
    "an extension of one's own unit is for its leaders or for another unit to decide",
)
ABOVE = ("head", "leader")


def fixed(type_: CaseType, state: State, name: str) -> Text | None:
    """Return why a running clock takes no further extension, whatever the hour."""
    clock, rule = state.clocks[name], type_.clocks[name].extension
    if rule is None:
        return NO_RULE.format(id=name)
    if any(one.clock == name for one in state.extensions):
        return PENDING
    if clock.extensions >= rule.times:
        return USED.format(id=name, n=clock.extensions)
    return None


def late(
    clock: ClockState, rule: ExtensionRule, at: dt.datetime, worktime: Worktime
) -> Text | None:
    """Return why it is too late to ask."""
    now = clocks.running_at(clock, at, worktime)
    until = clocks.latest_asking(now, rule.ask_before, worktime)
    return TOO_LATE.format(until=until.isoformat(" ", "minutes")) if at > until else None


def extendable(type_: CaseType, state: State, at: dt.datetime, worktime: Worktime) -> list[str]:
    """Return the clocks for which more time can be asked for at a moment (local time)."""
    return [
        name
        for name, clock in state.clocks.items()
        if clock.active
        and fixed(type_, state, name) is None
        and (rule := type_.clocks[name].extension) is not None
        and late(clock, rule, at, worktime) is None
    ]


def can_ask(scene: Scene) -> Text | None:
    """One of the running clocks takes an extension."""
    running = [name for name, clock in scene.state.clocks.items() if clock.active]
    reasons = [fixed(scene.type, scene.state, name) for name in running]
    return next(iter(reasons), None) if all(reasons) else None


def ask(turn: Turn) -> Changes:
    """Ask for more time, or for a later moment, with the reason."""
    name = turn.text("clock")
    clock, rule = _running(turn, name)
    reason = fixed(turn.type, turn.state, name) or late(clock, rule, turn.at, turn.worktime)
    if reason is not None:
        raise Impossible(reason)
    now = clocks.running_at(clock, turn.at, turn.worktime)
    amount = _amount(turn, now)
    most = clocks.amount_of(rule.limit, clock.limit.unit)
    text = rule.limit.text
    refuse_unless(most is None or amount <= most, TOO_LONG.format(zh=text.zh, en=text.en))
    asked = Asked(name, amount, turn.text("reason"), turn.by.id, turn.at, turn.by.unit)
    return {"extensions": (*turn.state.extensions, asked)}


def can_rule(scene: Scene) -> Text | None:
    """There is one to decide, and not by who asked."""
    asked = scene.state.extensions
    if not asked:
        return NONE
    reasons = [_too_near(one, scene.by) for one in asked]
    return reasons[0] if all(reasons) else None


def grant(turn: Turn) -> Changes:
    """The clock gets what was asked for."""
    asked, rest = _decided(turn)
    clock = turn.state.clocks[asked.clock]
    refuse_unless(clock.active, NOT_RUNNING.format(id=asked.clock))
    longer = clocks.extend(clock, asked.amount, turn.worktime)
    return {"extensions": rest, "clocks": {**turn.state.clocks, asked.clock: longer}}


def refuse(turn: Turn) -> Changes:
    """The clock stays as it is, with the reason."""
    turn.text("reason")
    return {"extensions": _decided(turn)[1]}


def _decided(turn: Turn) -> tuple[Asked, tuple[Asked, ...]]:
    asked = turn.state.extensions
    name = turn.text_or("clock", asked[0].clock)
    found = next((one for one in asked if one.clock == name), None)
    if found is None:
        raise Impossible(NONE)
    if reason := _too_near(found, turn.by):
        raise Impossible(reason)
    return found, tuple(one for one in asked if one is not found)


def _too_near(asked: Asked, by: Party | None) -> Text | None:
    """Return why a party is too near to who asked; a superior is one only by a role kept."""
    if by is None:
        return None
    if by.id == asked.by:
        return OWN
    same_unit = by.unit is not None and by.unit == asked.unit
    return OWN_UNIT if same_unit and by.role not in ABOVE else None


def _running(turn: Turn, name: str) -> tuple[ClockState, ExtensionRule]:
    clock, spec = turn.state.clocks.get(name), turn.type.clocks.get(name)
    if clock is None or spec is None or not clock.active:
        raise Impossible(NOT_RUNNING.format(id=name))
    if spec.extension is None:
        raise Impossible(NO_RULE.format(id=name))
    return clock, spec.extension


def _amount(turn: Turn, clock: ClockState) -> int:
    """Return what is asked for in the clock's days or minutes."""
    until = turn.moment("until")
    if until is not None:
        amount: int | None = clocks.amount_until(clock, until, turn.worktime)
    else:
        amount = clocks.amount_of(turn.limit("limit"), clock.limit.unit)
    if amount is None:
        raise Impossible(OTHER_KIND)
    refuse_unless(amount > 0, NOT_LATER)
    return amount
