"""``openzone calendar``: check a calendar file, and show a year as the zone counts it."""

import datetime as dt
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.arguments import AsJson, Calendars
from openzone.cli.files import check_target, whole_file
from openzone.cli.output import help_text, note, refuse, say
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.worktime.calendar import WorkCalendar
    from openzone.engines.worktime.days import Day
    from openzone.engines.worktime.files import CalendarFile

app = typer.Typer(rich_markup_mode=None)


@app.command("check", help=help_text("检查日历文件，逐条指出问题", "check a calendar file"))
def check(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=help_text("xlsx、xls 或 yaml", "xlsx, xls, yaml"))
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.yaml", help=help_text("另存为 YAML", "write it as YAML, for the pack")
        ),
    ] = None,
) -> None:
    """Name every problem by line or row, or say what the file changes; write its YAML form."""
    from openzone.packs.calendars import load_file, to_yaml

    if out is not None:
        _check_yaml_target(out, file)
    found = load_file(file, _below(file))
    entries = sum(len(layer.entries) + len(layer.closures) for layer in found.layers)
    note(Text(f"可用：{file}，{entries}条", f"In order: {file}, {entries} entries"))
    if out is not None:
        with whole_file(out) as unfinished:
            unfinished.write_text(to_yaml(found), encoding="utf-8")
        note(Text(f"已写出 {out}", f"Written to {out}"))


def _check_yaml_target(out: Path, file: Path) -> None:
    if out.suffix.lower() != ".yaml":
        refuse(Text(f"--out：{out.name} 应以 .yaml 结尾", f"--out: {out.name} must end in .yaml"))
    check_target(out, "--out", file)


def _below(file: Path) -> "WorkCalendar":
    """Return the calendar that the file will lie on; not on itself, if the zone has it already."""
    from openzone.packs.calendars import own_files, zone_calendar
    from openzone.packs.loading import zone_folder

    own = own_files(zone_folder())
    return zone_calendar(each for each in own if each.resolve() != file.resolve())


@app.command("show", help=help_text("列出一年的放假与调休", "show the days of a year"))
def show(
    year: Annotated[int, typer.Argument(metavar="YEAR", min=2000, max=2100)],
    calendar: Calendars = None,
    as_json: AsJson = False,
) -> None:
    """Print working days by month and every day that is not an ordinary one, with its document."""
    from openzone.engines.worktime.files import assemble

    days = list(_days_of(assemble(calendar_files(calendar)), year))
    if as_json:
        print(json.dumps([day.to_data() for day in days], ensure_ascii=False, indent=1))
        return
    for line in _lines(days, year):
        print(say(line))


def calendar_files(extra: list[Path] | None) -> "list[CalendarFile]":
    """Return the calendars in force in the zone, with more files on top."""
    from openzone.packs.calendars import own_files, zone_files
    from openzone.packs.loading import zone_folder

    return zone_files([*own_files(zone_folder()), *(extra or ())])


def _days_of(calendar: "WorkCalendar", year: int) -> "Iterator[Day]":
    first = dt.date(year, 1, 1)
    for offset in range((dt.date(year + 1, 1, 1) - first).days):
        yield calendar.day(first + dt.timedelta(days=offset))


def _lines(days: "list[Day]", year: int) -> Iterator[Text]:
    worked = sum(day.working for day in days)
    yield Text(f"{year}年：{worked}个工作日", f"{year}: {worked} working days")
    if not days[0].published:
        yield Text(
            "当年放假安排尚未公布，暂按周一至周五计",
            "the notice for this year is not published: Monday to Friday for now",
        )
    for month, of_month in groupby(days, key=lambda day: day.date.month):
        count = sum(day.working for day in of_month)
        yield Text(f"{month:>2}月 {count}天", f"{year}-{month:02} {count} days")
    for _, group in groupby(days, key=lambda day: (day.kind, day.reason, day.documents)):
        stretch = list(group)
        if stretch[0].documents:  # something besides the plain week has a say
            yield _stretch(stretch)


def _stretch(days: "list[Day]") -> Text:
    first, last = days[0].date, days[-1].date
    when = f"{first}" if first == last else f"{first} – {last}"
    documents = "、".join(days[0].documents)
    reason = days[0].reason
    return Text(f"{when} {reason.zh}（{documents}）", f"{when} {reason.en} ({documents})")
