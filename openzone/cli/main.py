"""Assembles the command line. Run ``openzone --help``."""

import sys
from collections.abc import Sequence
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from openzone.cli import (
    bundling,
    calendars,
    case_export,
    casework,
    chains,
    deadlines,
    demo,
    figures,
    importing,
    lights,
    matching,
    names,
    projects,
    reading,
    record,
    rules,
    scoring,
    series,
    site,
    water,
)
from openzone.cli.errors import readable_errors
from openzone.cli.output import help_text

app = typer.Typer(
    rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, help=""
)
for name, command, zh, en in (
    ("match", matching.match, "判断企业符合哪些规则", "say which rules enterprises meet"),
    ("explain", matching.explain, "逐条说明一个答案", "prove one answer, clause by clause"),
    ("bundle", bundling.bundle, "选出可享受政策的最优组合", "choose the best of all that is met"),
    ("lights", lights.lights, "项目红黄绿灯", "traffic lights of projects, month by month"),
    ("score", scoring.score, "亩均效益等评价打分", "evaluate by published formulas"),
    ("read", reading.read, "把版面文字读成带出处的事实", "turn pages into facts with their places"),
    ("due", deadlines.due, "计算截止时间，逐日说明", "count a deadline, day by day"),
    ("import", importing.import_file, "检查并导入企业数据", "check a workbook and import it"),
    ("verify", record.verify, "核验日志是否被改动", "look for edits, gaps and cuts in the log"),
    ("demo", demo.demo, "建立示例园区", "load the demo zone (synthetic data)"),
    ("setup", site.setup, "建立或升级数据库", "create or upgrade the zone's database"),
    ("serve", site.serve, "启动网站与后台作业", "serve the site, with a worker beside it"),
    ("worker", site.worker, "运行后台作业", "run background jobs until stopped"),
):
    app.command(name, help=help_text(zh, en))(command)
app.add_typer(rules.app, name="rules", help=help_text("规则包", "rule packs"))
casework.app.command("export", help=help_text("导出办件事件", "write the events of cases"))(
    case_export.export
)
app.add_typer(casework.app, name="cases", help=help_text("办件", "cases"))
app.add_typer(projects.app, name="projects", help=help_text("项目", "projects"))
app.add_typer(chains.app, name="chains", help=help_text("产业链", "industrial chains"))
app.add_typer(names.app, name="names", help=help_text("企业名称", "names of enterprises"))
app.add_typer(series.app, name="series", help=help_text("指标数据", "figures over time"))
app.add_typer(figures.app, name="figures", help=help_text("在档指标", "figures on record"))
app.add_typer(water.app, name="water", help=help_text("地表水水质", "surface water"))
app.add_typer(calendars.app, name="calendar", help=help_text("工作日历", "working calendars"))


def _version(wanted: bool) -> None:
    if wanted:
        print(f"openzone {version('openzone')}")
        raise typer.Exit


@app.callback(
    help=help_text(
        "OpenZone 开放园区：一份带日期的园区档案，以及从中得出的答案。",
        "OpenZone 开放园区: one dated record of a development zone, and the answers it gives.",
    )
)
def _options(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=help_text("版本", "version")
        ),
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command. Whatever a person can mend ends as a sentence and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a C locale must not break Chinese output
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    with readable_errors():
        code = app(given or ["--help"], prog_name="openzone", standalone_mode=False)
    raise SystemExit(code)
