"""Joint meetings, and decisions that become tasks with an owner and a day."""

import datetime as dt
from dataclasses import replace

from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.state import Changes, Meeting, Task
from openzone.engines.cases.turn import Scene, Turn, refuse_unless
from openzone.engines.cases.verbs.proving import proof
from openzone.engines.text import Text

NONE_CALLED = Text("没有待召开的会议", "no meeting has been called")
NO_MEETING = Text("没有会议“{id}”", "there is no meeting “{id}”")
NOT_HELD = Text("会议“{id}”还没有召开", "the meeting “{id}” has not been held")
NOBODY = Text("须记录参会人员", "who attended has to be recorded")
NO_UNITS = Text("须写明参会部门", "the units called have to be named")
NO_DAY = Text("“due”应为日期", "“due” should be a date")
NO_TASK = Text("没有未完成的任务“{id}”", "there is no unfinished task “{id}”")
NONE_OPEN = Text("没有未完成的任务", "there is no unfinished task")
NOT_OWNER = Text("任务由{owner}完成", "the task is for {owner} to finish")


def call(turn: Turn) -> Changes:
    """Call units to a meeting at a moment."""
    at, units, meetings = turn.moment("at"), turn.names("units"), turn.state.meetings
    refuse_unless(at, Text("缺少“at”", "“at” is missing"))
    refuse_unless(units, NO_UNITS)
    name = f"M{len(meetings) + 1}"
    return {"meetings": (*meetings, Meeting(name, turn.at, at or turn.at, units))}


def can_hold(scene: Scene) -> Text | None:
    """One was called and not held."""
    waiting = any(one.held_at is None for one in scene.state.meetings)
    return None if waiting else NONE_CALLED


def hold(turn: Turn) -> Changes:
    """Record who attended and what was said."""
    meetings = turn.state.meetings
    called = [one.id for one in meetings if one.held_at is None]
    name = turn.text_or("meeting", called[0])
    refuse_unless(name in called, NO_MEETING.format(id=name))
    attended, minutes = turn.names("attended"), turn.text("minutes")
    refuse_unless(attended, NOBODY)
    held = [
        replace(one, held_at=turn.at, attended=attended, minutes=minutes) if one.id == name else one
        for one in meetings
    ]
    return {"meetings": tuple(held)}


def decide(turn: Turn) -> Changes:
    """Give somebody a task until a day; of a meeting only once it was held."""
    meetings, tasks = turn.state.meetings, turn.state.tasks
    name = turn.text_or("meeting", "")
    if name:
        found = next((one for one in meetings if one.id == name), None)
        refuse_unless(found, NO_MEETING.format(id=name))
        refuse_unless(found and found.held_at, NOT_HELD.format(id=name))
    task = Task(
        f"T{len(tasks) + 1}", turn.text("task"), turn.text("owner"), _day(turn.text("due")), name
    )
    return {"tasks": (*tasks, task)}


def can_finish(scene: Scene) -> Text | None:
    """There is something to finish."""
    left = any(task.finished_at is None for task in scene.state.tasks)
    return None if left else NONE_OPEN


def finish(turn: Turn) -> Changes:
    """Its owner says it is done, with evidence."""
    name = turn.text("task")
    task = next((o for o in turn.state.tasks if o.id == name and o.finished_at is None), None)
    if task is None:
        raise Impossible(NO_TASK.format(id=name))
    refuse_unless(task.owner in (turn.by.unit, turn.by.id), NOT_OWNER.format(owner=task.owner))
    evidence = proof(turn, max(1, turn.scene.action.evidence))
    done = replace(task, finished_at=turn.at, evidence=evidence)
    return {"tasks": tuple(done if one is task else one for one in turn.state.tasks)}


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise Impossible(NO_DAY) from None
