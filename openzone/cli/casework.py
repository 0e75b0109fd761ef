"""``openzone cases``: histories of cases as files, replayed by anybody."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.arguments import CHINA, AsJson, Calendars
from openzone.cli.output import help_text, note, refuse, refuse_lines, say
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.cases.clocks import Worktime
    from openzone.engines.cases.definition import CaseType
    from openzone.engines.cases.lines import Replayed

app = typer.Typer(rich_markup_mode=None)

_STATUS = {
    "running": Text("计时中", "running"),
    "overdue": Text("已超期", "overdue"),
    "paused": Text("暂停", "paused"),
    "met": Text("按时", "met"),
    "missed": Text("超时", "missed"),
    "stopped": Text("随案结束", "ended with the case"),
}


@app.command("replay", help=help_text("重放办件事件", "fold cases again from their events"))
def replay(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.jsonl", help=help_text("每行一个事件", "one event a line, as exported")
        ),
    ],
    now: Annotated[
        str,
        typer.Option(
            "--now",
            metavar="MOMENT",
            help=help_text(
                "截至何时，默认现在；之后的事件不计",
                "as at when, default: now; later events are left out",
            ),
            show_default=False,
        ),
    ] = "",
    calendar: Calendars = None,
    as_json: AsJson = False,
) -> None:
    """Print state, clocks and working minutes per holder of every case of a file."""
    from openzone.engines.cases.lines import Replay

    moment = _moment(now)
    worktime = _worktime(calendar)
    found = Replay(worktime, _known, until=moment if now else None)
    found.read(_lines(file))
    if found.problems:
        refuse_lines(f"{file}: {say(problem.text)}" for problem in found.problems)
    if not found.cases:
        note(Text("文件中没有截至该时刻的案件", "the file holds no case opened by that moment"))
    if as_json:
        cases = [_summary(one, moment, worktime) for one in found.cases.values()]
        print(json.dumps(cases, ensure_ascii=False, indent=1))
        return
    for one in found.cases.values():
        for line in _shown(one, moment, worktime):
            print(say(line))


def _moment(text: str) -> dt.datetime:
    from openzone.engines.cases.events import read_moment

    if not text:
        return dt.datetime.now(CHINA).replace(tzinfo=None)
    moment = read_moment(text) if len(text) > len("2026-09-30") else None
    if moment is None:
        refuse(
            Text(
                f"--now：“{text}”不是时刻，请写成 2026-09-30T16:30",
                f"--now: “{text}” is not a moment, write it like 2026-09-30T16:30",
            )
        )
    return moment


def _worktime(calendar: list[Path] | None) -> "Worktime":
    from openzone.cli.calendars import calendar_files
    from openzone.engines.cases.clocks import Worktime
    from openzone.engines.worktime.files import assemble
    from openzone.packs.calendars import zone_receipt_rule
    from openzone.packs.loading import zone_folder

    return Worktime(assemble(calendar_files(calendar)), zone_receipt_rule(zone_folder()))


def _known(name: str) -> "CaseType | None":
    """Return an installed type, for histories that were written without their definition."""
    from openzone.packs.loading import zone_folder
    from openzone.packs.services import Services

    services = Services.of(zone_folder())
    if name not in services.files or services.whole(name).data.get("abstract"):
        return None
    return services.type(name)


def _lines(file: Path) -> Iterator[str]:
    try:
        with file.open(encoding="utf-8-sig") as lines:
            yield from lines
    except UnicodeDecodeError:
        refuse(Text(f"{file}：不是 UTF-8 文本", f"{file}: is not UTF-8 text"))


def _summary(one: "Replayed", moment: dt.datetime, worktime: "Worktime") -> dict[str, object]:
    from openzone.engines.cases.summary import summary

    at = max(moment, one.state.last_at)
    return {**summary(one.type, one.state, at, worktime), "events_left_out": one.left_out}


def _shown(one: "Replayed", moment: dt.datetime, worktime: "Worktime") -> Iterator[Text]:
    from openzone.engines.cases import holding
    from openzone.engines.cases.attention import clock_views
    from openzone.engines.cases.fold import settle

    at = max(moment, one.state.last_at)
    state, calendar = settle(one.state, at, worktime), worktime.calendar
    stage, outcome = one.type.stages[state.stage].label, one.type.outcomes.get(state.outcome)
    name = one.type.label
    yield Text(f"{state.number}  {name.zh}：{stage.zh}", f"{state.number}  {name.en}: {stage.en}")
    if outcome:
        yield Text(f"  结果：{outcome.zh}", f"  outcome: {outcome.en}")
    if state.holder:
        yield Text(f"  现由{state.holder}持有", f"  held by {state.holder}")
    for view in clock_views(one.type, one.state, at, worktime):
        status, due = _STATUS[view.status], f"{view.due:%Y-%m-%d %H:%M}"
        mark = Text("（暂定）", " (provisional)") if view.provisional else Text("", "")
        yield Text(
            f"  时限 {view.label.zh}：{due}{mark.zh} {status.zh}，已用{view.share:.0%}",
            f"  clock {view.label.en}: {due}{mark.en} {status.en}, {view.share:.0%} used",
        )
    for holder, minutes in holding.minutes(state.stretches, calendar, at).items():
        yield Text(f"  {holder}：{minutes}工作分钟", f"  {holder}: {minutes} working minutes")
    elapsed = holding.elapsed(state.spans, calendar, at)
    yield Text(f"  合计：{elapsed}工作分钟", f"  total: {elapsed} working minutes")
