"""Waiting for the requester or a third party: with a reason, a limit and a document."""

import datetime as dt

from openzone.engines.cases.state import REQUESTER, THIRD, Changes, Pause, unit_holder
from openzone.engines.cases.turn import Scene, Turn, refuse_unless
from openzone.engines.text import Text
from openzone.engines.worktime.due import due_moment

WAITING = Text("已在等待中", "it is waiting already")
NOT_WAITING = Text("没有在等待", "it is not waiting")
NO_REASON = Text("暂停原因只能是：{known}", "the reason to pause should be one of: {known}")
NO_DOCUMENT = Text("“{reason}”须附文件", "“{reason}” needs a document")
PAST = Text("等待截止时刻已过", "the end of the wait is past")


def can_wait(scene: Scene) -> Text | None:
    """One wait at a time."""
    waits = scene.state.pause is not None
    return WAITING if waits else None


def ask_requester(turn: Turn) -> Changes:
    """The requester has to bring something; what, and why."""
    turn.text("what")
    changes = _paused(turn, REQUESTER)
    changes["lapse_from"] = lapse_from(turn)
    return changes


def wait(turn: Turn) -> Changes:
    """Somebody outside has to do something first."""
    return _paused(turn, THIRD + turn.text("third"))


def supply(turn: Turn) -> Changes:
    """The requester brought it: back to who asked, unless it came back by itself before."""
    pause = turn.state.pause
    back = pause.back if pause else turn.state.holder
    return {"holder": back, "lapse_from": None}


def can_resume(scene: Scene) -> Text | None:
    """Something has been waited for, even if the case came back by itself."""
    stage = scene.type.stages[scene.state.stage]
    return None if scene.state.pause or stage.kind == "waiting" else NOT_WAITING


def resume(turn: Turn) -> Changes:
    """Go on."""
    return supply(turn)


def lapse_from(turn: Turn) -> dt.datetime | None:
    """Return from when a silent requester's case may be closed."""
    rule = turn.type.no_response
    return due_moment(turn.at, rule.after, *turn.worktime) if rule else None


def _paused(turn: Turn, holder: str) -> Changes:
    state, rule = turn.state, turn.type.pauses
    reason, document = turn.text("reason"), turn.text_or("document", "")
    if rule:
        _check_reason(turn, reason, document)
    used = sum(pause.stops_clocks for pause in state.pauses)
    stops = rule is not None and used < rule.times
    until = _until(turn) if stops else None
    back = state.holder or unit_holder(state.lead or state.centre)
    pause = Pause(reason, document, holder, back, turn.by.id, turn.at, stops, until)
    return {"pause": pause, "holder": holder}


def _check_reason(turn: Turn, reason: str, document: str) -> None:
    rule = turn.type.pauses
    known = rule.reasons if rule else {}
    found = known.get(reason)
    if found is None:
        refuse_unless(False, NO_REASON.format(known=", ".join(known)))
    elif found.document:
        refuse_unless(
            document,
            Text(
                NO_DOCUMENT.zh.format(reason=found.label.zh),
                NO_DOCUMENT.en.format(reason=found.label.en),
            ),
        )


def _until(turn: Turn) -> dt.datetime | None:
    """Return when the case comes back by itself: the limit, or sooner if sooner was said."""
    rule, wanted = turn.type.pauses, turn.moment("until")
    if wanted is not None:
        refuse_unless(wanted > turn.at, PAST)
    if rule is None:
        return wanted
    limit = due_moment(turn.at, rule.limit, *turn.worktime)
    return min(limit, wanted) if wanted else limit
