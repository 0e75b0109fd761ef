"""Rule packs: what is in force, and whether a folder of packs can be used."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.arguments import AsOf, day
from openzone.cli.output import help_text, note, say
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.rules.schema import Version

app = typer.Typer(rich_markup_mode=None)


@app.command("check", help=help_text("检查规则包，指出每处错误", "name every fault of a pack"))
def check(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help=help_text("规则包文件夹", "folder of a pack"))
    ],
) -> None:
    """Name every fault by file, line, path and reason, or say what the pack holds."""
    from openzone.packs.calendars import own_files, zone_calendar
    from openzone.packs.loading import check_folder

    catalogue, rules = check_folder(folder)
    calendars = own_files(folder)
    zone_calendar(calendars)
    note(
        Text(
            f"可用：{len(rules)}条规则，{len(catalogue)}个数据项，{len(calendars)}个日历文件",
            f"In order: {len(rules)} rules, {len(catalogue)} facts, {len(calendars)} calendars",
        )
    )


@app.command("list", help=help_text("列出规则及其有效版本", "list the rules and their versions"))
def list_rules(as_of: AsOf = "") -> None:
    """Print id, version, title, document and last day of each rule, separated by tabs."""
    from openzone.packs.loading import zone_folder, zone_rules

    on = day(as_of, "--as-of")
    for rule in zone_rules(zone_folder()):
        version = rule.version_on(on)
        print("\t".join((rule.rule, *_columns(version, say(rule.title.text)))))


def _columns(version: "Version | None", title: str) -> tuple[str, ...]:
    if version is None:
        return "-", title, "", ""
    document = version.source.number or version.source.title
    last = version.effective_to
    return version.version, title, document, "" if last is None else f"≤ {last}"
