"""From above: escalation, supervision orders and priorities."""

from openzone.engines.cases.state import Changes, Escalation
from openzone.engines.cases.ticking import prioritised
from openzone.engines.cases.turn import Turn, refuse_unless
from openzone.engines.text import Text

NO_SHARE = Text("“after_share”应为数字", "“after_share” should be a number")


def escalate(turn: Turn) -> Changes:
    """Up the ladder to a named leader; the unit goes on holding the case."""
    share = turn.data.get("after_share")
    number = isinstance(share, int | float) and not isinstance(share, bool)
    refuse_unless(share is None or number, NO_SHARE)
    step = Escalation(
        turn.text("level"),
        turn.text("leader"),
        turn.text_or("clock", ""),
        float(share) if isinstance(share, int | float) else None,
        turn.at,
    )
    return {"escalations": (*turn.state.escalations, step)}


def supervise(turn: Turn) -> Changes:
    """A supervision order."""
    return {"supervisions": (*turn.state.supervisions, turn.text("order"))}


def prioritise(turn: Turn) -> Changes:
    """A key enterprise's case: shorter limits from now on, never longer ones."""
    level = turn.text("level")
    turn.text("reason")
    shorter = prioritised(turn.type, turn.state.clocks, level, turn.at, turn.worktime)
    return {"priority": level, "clocks": shorter}
