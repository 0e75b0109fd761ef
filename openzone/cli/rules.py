"""Sets of rules: what is in force, whether they can be used, and what a change would mean."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.arguments import VERSION, AsJson, AsOf, IgnoreUnknown, Rules, day
from openzone.cli.output import REFUSED, help_text, note, say
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.rules.schema import Version
    from openzone.packs.loading import Pack

app = typer.Typer(rich_markup_mode=None)
Strict = Annotated[
    bool,
    typer.Option("--strict", help=help_text("提醒也按错误处理", "treat warnings as problems")),
]


@app.command("check", help=help_text("检查规则包，指出每处错误", "name every fault of a pack"))
def check(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|FILE",
            help=help_text("规则包文件夹，或打包的规则集", "folder of a pack, or an artefact"),
        ),
    ],
    strict: Strict = False,
) -> None:
    """Name every fault by file, line, path and reason, or say what the pack holds."""
    if folder.is_file():
        _check_artefact(folder)
        return
    from openzone.packs.calendars import own_files, zone_calendar
    from openzone.packs.loading import read_folder

    pack = read_folder(folder)
    calendars = own_files(folder)
    zone_calendar(calendars)
    _warn(pack, strict)
    facts = len(pack.ruleset.catalogue)
    note(
        Text(
            f"可用：{len(pack.own)}条规则，{facts}个数据项，{len(calendars)}个日历文件",
            f"In order: {len(pack.own)} rules, {facts} facts, {len(calendars)} calendars",
        )
    )


def _check_artefact(path: Path) -> None:
    from openzone.cli.versions import read_artefact

    found = read_artefact(path)
    note(
        Text(
            f"完好：{len(found.rules)}条规则，{len(found.catalogue)}个数据项，摘要 {found.digest}",
            f"Intact: {len(found.rules)} rules, {len(found.catalogue)} facts, "
            f"digest {found.digest}",
        )
    )


def _warn(pack: "Pack", strict: bool) -> None:
    """Tell what may be wrong; with ``strict`` that ends the command."""
    from openzone.cli.errors import problem_line

    for warning in pack.warnings:
        line = problem_line(warning)
        note(Text(f"提醒：{line}", f"warning: {line}"))
    if strict and pack.warnings:
        raise SystemExit(REFUSED)


@app.command(
    "pack", help=help_text("把规则包打成一个不可改动的文件", "write a pack as one immutable file")
)
def pack(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help=help_text("规则包文件夹", "folder of a pack"))
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=help_text(
                "写到哪里，默认按摘要存入数据文件夹",
                "where to write it, default: the data folder, under its digest",
            ),
        ),
    ] = None,
    strict: Strict = False,
) -> None:
    """Write facts, rules and relations as one artefact, and print its digest."""
    from openzone.cli.files import check_target, whole_file
    from openzone.cli.versions import store
    from openzone.packs.loading import read_folder

    if out is not None:
        check_target(out, "--out")
    found = read_folder(folder)
    _warn(found, strict)
    digest = found.ruleset.digest
    if out is None:
        store().mkdir(parents=True, exist_ok=True)
    place = out or store() / f"{digest}.json"
    with whole_file(place) as unfinished:
        unfinished.write_bytes(found.ruleset.to_bytes())
    print(digest)
    count = len(found.ruleset.rules)
    note(Text(f"已写出{count}条规则：{place}", f"{count} rules written to {place}"))


@app.command(
    "rehearse",
    help=help_text(
        "预演规则变更：谁新增符合、谁不再符合、金额变化",
        "say who would gain, who would lose and what it would cost",
    ),
)
def rehearse(
    before: Annotated[str, typer.Option("--from", metavar="VERSION", help=VERSION)],
    after: Annotated[str, typer.Option("--to", metavar="VERSION", help=VERSION)],
    enterprises: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help=help_text("企业数据：xlsx、xls、csv 或 parquet", "xlsx, xls, csv or parquet"),
        ),
    ],
    as_of: AsOf = "",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=help_text(
                "逐家写出变化与原因：xlsx、csv 或 jsonl",
                "write every change with its reason: xlsx, csv or jsonl",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
    ignore_unknown: IgnoreUnknown = False,
) -> None:
    """Compare two sets of rules over the same enterprises. Nothing is changed."""
    from openzone.cli import rehearsing
    from openzone.cli.changes import check_changes_target, write_changes
    from openzone.cli.versions import chosen

    on = day(as_of, "--as-of")
    check_changes_target(out, enterprises)
    old, new = chosen(before, "--from"), chosen(after, "--to")
    done = rehearsing.rehearsed(old, new, enterprises, on, ignore_unknown=ignore_unknown)
    if out is not None:
        count = write_changes(done, out)
        note(Text(f"已写出{count}处变化：{out}", f"{count} changes written to {out}"))
    if as_json:
        rehearsing.print_json(old, new, done)
    else:
        rehearsing.print_text(old, new, done)


@app.command("list", help=help_text("列出规则及其有效版本", "list the rules and their versions"))
def list_rules(as_of: AsOf = "", rules: Rules = "") -> None:
    """Print id, version, title, document and last day of each rule, separated by tabs."""
    from openzone.cli.versions import INSTALLED, chosen

    on = day(as_of, "--as-of")
    for rule in chosen(rules or INSTALLED[0], "--rules").ruleset.rules:
        version = rule.version_on(on)
        print("\t".join((rule.rule, *_columns(version, say(rule.title.text)))))


def _columns(version: "Version | None", title: str) -> tuple[str, ...]:
    if version is None:
        return "-", title, "", ""
    document = version.source.number or version.source.title
    last = version.effective_to
    return version.version, title, document, "" if last is None else f"≤ {last}"
