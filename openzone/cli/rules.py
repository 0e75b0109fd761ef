"""Rule packs: what is in force, and whether a folder of packs can be used."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from openzone.cli.output import note, say
from openzone.engines.text import Text

app = typer.Typer(help="规则包 / rule packs", no_args_is_help=True)


@app.command("check")
def check(
    folder: Annotated[Path, typer.Argument(help="规则包文件夹 / folder of a pack")],
) -> None:
    """检查规则包，逐条指出文件、行和原因 / name every fault of a pack by file, line and reason."""
    from openzone.packs.loading import check_folder

    catalogue, rules = check_folder(folder)
    note(
        Text(
            f"可用：{len(rules)}条规则，{len(catalogue)}个数据项。",
            f"In order: {len(rules)} rules, {len(catalogue)} facts.",
        )
    )


@app.command("list")
def list_rules(
    as_of: Annotated[str, typer.Option("--as-of", help="YYYY-MM-DD")] = "",
) -> None:
    """列出规则及其在该日有效的版本 / list the rules and the versions in force on a day."""
    from openzone.cli.arguments import day
    from openzone.packs.loading import zone_folder, zone_rules

    on = day(as_of, "--as-of")
    for rule in zone_rules(zone_folder()):
        version = rule.version_on(on)
        title = say(rule.title.text)
        if version is None:
            print(f"{rule.rule}\t-\t{title}")
        else:
            number = version.source.number or version.source.title
            print(
                f"{rule.rule}\t{version.version}\t{title}\t{number}\t{_until(version.effective_to)}"
            )


def _until(last: dt.date | None) -> str:
    return "" if last is None else f"≤ {last}"
