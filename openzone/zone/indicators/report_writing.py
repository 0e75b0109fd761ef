"""What every service of reports does: the report, locked, its step, the line in the log."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import ReportState
from openzone.zone.indicators.models import Report, ReportRound, ReportStep
from openzone.zone.indicators.writing import note

DONE: Final = Text(
    "已由{who}于{at}办理（{state}），请刷新后再操作",
    "already done by {who} at {at} ({state}); reload and look again",
)
MOVED: Final = Text(
    "{who}于{at}已修改本报表，请刷新后再操作；您填写的内容没有保存",
    "{who} changed this report at {at}; reload and look again. Nothing was saved",
)
CLOSED: Final = Text("本期报送已于 {day} 关闭", "this round was closed on {day}")
STATES: Final[Mapping[str, Text]] = {
    ReportState.DUE: Text("未填报", "not begun"),
    ReportState.DRAFT: Text("填报中", "begun"),
    ReportState.SUBMITTED: Text("待审定", "to be approved"),
    ReportState.RETURNED: Text("已退回", "sent back"),
    ReportState.APPROVED: Text("已审定锁定", "approved and locked"),
    ReportState.CORRECTING: Text("更正中", "being corrected"),
    ReportState.EXCUSED: Text("免报", "excused"),
}


def report_in(report: Report, *states: str, version: int | None = None) -> Report:
    """Lock a report that stands where a step begins and that nobody changed since ``version``."""
    rows = Report.objects.select_for_update(of=("self",)).select_related(
        "round", "entity__enterprise", "entity__unit", "submitted_by"
    )
    fresh = rows.get(pk=report.pk)
    if fresh.state not in states:
        who, at = _last(fresh)
        state = STATES[fresh.state]
        raise Refused(Text(DONE.zh.format(who=who, at=at, state=state.zh),
                           DONE.en.format(who=who, at=at, state=state.en)))  # fmt: skip
    if version is not None and fresh.version != version:
        who, at = _last(fresh)
        raise Refused(MOVED.format(who=who, at=at))
    return fresh


def round_open(one: ReportRound) -> ReportRound:
    """Lock a round that is not closed."""
    fresh = ReportRound.objects.select_for_update().get(pk=one.pk)
    if fresh.closed_at is not None:
        raise Refused(CLOSED.format(day=timezone.localdate(fresh.closed_at)))
    return fresh


def step(report: Report, state: str, now: dt.datetime, actor: Actor, said: str = "") -> None:
    """Write a step with what stands in the report, and where the report stands by it."""
    report.state = ReportState(state)
    report.version += 1
    report.save()
    ReportStep.objects.create(
        report=report, state=state, cells=report.cells, returned=report.returned, said=said[:500],
        by=actor.label[:150], at=now,
    )  # fmt: skip


def told(report: Report, what: str, actor: Actor, **payload: JSON) -> None:
    """Write the line in the log; figures are not named in it."""
    found = {"round": report.round_id, "entity": report.entity_id, **payload}
    note(f"report.{what}", actor, f"figure_report:{report.pk}", found)


def _last(report: Report) -> tuple[str, str]:
    last = report.steps.order_by("-pk").first()
    if last is None:
        return "—", "—"
    return last.by, f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}"
