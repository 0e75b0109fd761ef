"""Arguments that several commands share."""

import datetime as dt
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from openzone.cli.output import help_text, refuse
from openzone.engines.text import Text

CHINA = ZoneInfo("Asia/Shanghai")

AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=help_text("评价日，默认今天", "day of evaluation, default: today"),
        show_default=False,
    ),
]
EnterpriseMeant = Annotated[
    str,
    typer.Option(
        "--enterprise",
        metavar="ID|FILE",
        help=help_text(
            "档案里的编号、信用代码或名称，或一个文件",
            "number, credit code or name on record, or a file",
        ),
    ),
]
RowMeant = Annotated[
    str,
    typer.Option(
        "--id", help=help_text("文件里的哪一家", "which enterprise of the file"), metavar="ID"
    ),
]
IgnoreUnknown = Annotated[
    bool,
    typer.Option(
        "--ignore-unknown",
        help=help_text("忽略不认识的列，并说明", "leave out columns that are no facts, and say so"),
    ),
]
VERSION = help_text(
    "规则集文件、文件夹、摘要(前几位)、日期、版本号(2022 或 cn.srdi_sme@2022)或 installed",
    "an artefact, a folder, (the start of) a digest, a day, a version (2022 or cn.srdi_sme@2022) "
    "or installed",
)
Rules = Annotated[
    str,
    typer.Option(
        "--rules",
        metavar="VERSION",
        help=help_text(
            "按哪套规则，默认已安装的；企业在档案里的，默认园区现行的",
            "by which rules, default: the installed ones, and those in force for the record",
        )
        + f"; {VERSION}",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=help_text("输出 JSON", "print JSON"))]
Calendars = Annotated[
    list[Path] | None,
    typer.Option(
        "--calendar",
        metavar="FILE",
        help=help_text(
            "叠加的日历文件，可多次给出", "a calendar file laid on top; may be given several times"
        ),
        show_default=False,
    ),
]


def today() -> dt.date:
    """Today in the zone's time, wherever the command runs."""
    return dt.datetime.now(CHINA).date()


def day(text: str, option: str) -> dt.date:
    """Return the day of an option, today where it was not given."""
    if not text:
        return today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        refuse(
            Text(
                f"{option}：“{text}”不是日期，请写成 2026-04-01",
                f"{option}: “{text}” is not a date, write it like 2026-04-01",
            )
        )
