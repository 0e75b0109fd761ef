"""``openzone cases export``: whole histories of cases, for archives and for replaying."""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from openzone.cli.arguments import day
from openzone.cli.files import check_target, whole_file
from openzone.cli.output import help_text, note, refuse
from openzone.cli.record import command_actor
from openzone.cli.site import use_zone
from openzone.engines.text import Text


def export(
    numbers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NUMBER]...", help=help_text("案件编号", "numbers of cases")),
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="ID", help=help_text("事项类型", "one case type"))
    ] = "",
    first: Annotated[
        str,
        typer.Option("--from", metavar="DATE", help=help_text("立案日期自", "opened from")),
    ] = "",
    last: Annotated[
        str, typer.Option("--to", metavar="DATE", help=help_text("立案日期至", "opened up to"))
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help=help_text("写入文件", "write to a file")),
    ] = None,
) -> None:
    """Write one event a line; every case replays from its own lines. The log notes the export."""
    days = _day(first, "--from"), _day(last, "--to")
    if output is not None:
        check_target(output, "-o")
    use_zone()
    lines = _lines(numbers or [], kind, *days)
    if output is None:
        count = _write(lines, sys.stdout)
    else:
        with whole_file(output) as unfinished, unfinished.open("w", encoding="utf-8") as file:
            count = _write(lines, file)
    note(Text(f"已导出{count}个事件", f"{count} events exported"))


def _day(text: str, option: str) -> dt.date | None:
    return day(text, option) if text else None


def _write(lines: Iterator[dict[str, Any]], file: Any) -> int:
    count = 0
    for line in lines:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def _lines(
    numbers: list[str], kind: str, first: dt.date | None, last: dt.date | None
) -> Iterator[dict[str, Any]]:
    from openzone.zone.cases.selectors.export import chosen, lines, unknown
    from openzone.zone.cases.services.exporting import log_export

    missing = unknown(numbers)
    if missing:
        listed = ", ".join(missing)
        refuse(Text(f"没有案件：{listed}", f"there is no case {listed}"))
    cases = chosen(numbers, kind, first, last)
    log_export(
        actor=command_actor(),
        count=cases.count(),
        filters={"numbers": numbers, "kind": kind, "from": first, "to": last},
    )
    return lines(cases)
