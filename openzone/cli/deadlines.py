"""``openzone due``: when a time limit ends, and every day that was counted or skipped."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.arguments import AsJson, Calendars
from openzone.cli.output import help_text, refuse, say
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.worktime.due import DueResult
    from openzone.engines.worktime.files import CalendarFile
    from openzone.engines.worktime.receipt import ReceiptRule


def due(
    received: Annotated[
        str,
        typer.Option(
            metavar="MOMENT",
            help=help_text("收到的时刻，如 2026-09-30T16:30", "such as 2026-09-30T16:30"),
        ),
    ],
    clock: Annotated[
        str,
        typer.Option(
            metavar="LIMIT",
            help=help_text("期限，如“3个工作日”“24小时”", "such as “3 workdays”, “24 hours”"),
        ),
    ],
    calendar: Calendars = None,
    as_json: AsJson = False,
) -> None:
    """Count a limit from receipt on the zone's calendar."""
    from openzone.cli.calendars import calendar_files
    from openzone.engines.worktime.due import due as count
    from openzone.engines.worktime.durations import parse_duration
    from openzone.engines.worktime.files import assemble
    from openzone.packs.calendars import zone_receipt_rule
    from openzone.packs.loading import zone_folder

    moment, limit = _moment(received), parse_duration(clock)
    rule, files = zone_receipt_rule(zone_folder()), calendar_files(calendar)
    result = count(moment, limit, assemble(files), rule)
    if as_json:
        print(json.dumps(result.to_data(), ensure_ascii=False, indent=1))
        return
    for line in (*_lines(result), *_unverified(result, files, rule)):
        print(say(line))


def _moment(text: str) -> dt.datetime:
    """Return the zone's wall-clock time; one with a time zone is converted."""
    from openzone.engines.worktime.errors import WorktimeError
    from openzone.engines.worktime.localtime import to_local

    try:
        moment = dt.datetime.fromisoformat(text)
        moment = to_local(moment) if moment.tzinfo else moment
    except (ValueError, WorktimeError):
        moment = None
    if moment is None or len(text) <= len("2026-09-30"):  # a day alone leaves the hour open
        refuse(
            Text(
                f"--received：“{text}”不是时刻，请写成 2026-09-30T16:30",
                f"--received: “{text}” is not a moment, write it like 2026-09-30T16:30",
            )
        )
    return moment


def _lines(result: "DueResult") -> Iterator[Text]:
    clock = result.clock.text
    yield Text(f"收到：{_said(result.received).zh}", f"Received: {_said(result.received).en}")
    yield Text(f"期限：{clock.zh}", f"Limit: {clock.en}")
    yield Text(f"截止：{_said(result.due).zh}", f"Due: {_said(result.due).en}")
    unit = Text("分钟", "min") if result.clock.minutes else Text("天", "days")
    yield Text(f"日期       计入 累计（{unit.zh}）", f"date       adds total ({unit.en})")
    for step in result.steps:
        mark = f"{step.amount:>4} {step.total:>5}" if step.counted else f"{'–':>4} {'':>5}"
        yield Text(f"{step.date} {mark}  {step.reason.zh}", f"{step.date} {mark}  {step.reason.en}")
    if result.provisional:
        years = ", ".join(map(str, result.unpublished_years))
        yield Text(
            f"暂定：{years}年放假安排尚未公布，截止时间可能变动",
            f"Provisional: the calendar of {years} is not published and can move the due moment",
        )
    yield from result.notes


def _said(moment: dt.datetime) -> Text:
    from openzone.engines.worktime.layers import WEEKDAY_NAMES

    weekday, shown = WEEKDAY_NAMES[moment.weekday()], f"{moment:%Y-%m-%d %H:%M}"
    return Text(f"{shown}（{weekday.zh}）", f"{shown} ({weekday.en})")


def _unverified(
    result: "DueResult", files: "list[CalendarFile]", rule: "ReceiptRule"
) -> Iterator[Text]:
    """Say what the answer rests on that no document was found for."""
    hours = [file for file in files if file.hours][-1]
    if hours.verified == "K" and _rests_on_hours(result, rule):
        yield Text(
            f"未经核实：{hours.title.zh}，请以本地通知替换",
            f"Not verified: {hours.title.en}, to be replaced by the local notice",
        )
    late = result.clock.unit in rule.late_units and result.started != result.received
    for clause in rule.clauses:
        if clause.verified == "K" and clause.note and (late or clause.field != "late_units"):
            yield Text(f"未经核实：{clause.note.zh}", f"Not verified: {clause.note.en}")


def _rests_on_hours(result: "DueResult", rule: "ReceiptRule") -> bool:
    from openzone.engines.worktime.durations import Unit
    from openzone.engines.worktime.receipt import DayEnd

    match result.clock.unit:
        case Unit.HOUR | Unit.MINUTE:
            return False
        case Unit.DAY:
            return rule.day_ends is DayEnd.CLOSING
    return True
