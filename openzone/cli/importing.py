"""``openzone import``: check a workbook, name every problem, and write what is in order."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.arguments import day
from openzone.cli.output import REFUSED, note, say
from openzone.cli.record import command_actor
from openzone.cli.site import use_zone
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.tables.problems import Problem
    from openzone.zone.registry.models import ImportBatch


def import_file(
    file: Annotated[Path, typer.Argument(help="xlsx、xls、csv、parquet")],
    as_of: Annotated[
        str, typer.Option("--as-of", help="数据截止日，默认今天 / day the file speaks of")
    ] = "",
    dry_run: Annotated[bool, typer.Option(help="只检查，不写入 / check only")] = False,
    good_rows: Annotated[
        bool,
        typer.Option(help="有问题的行等待更正，其余写入 / let good rows in while bad ones wait"),
    ] = False,
    marked: Annotated[
        Path | None,
        typer.Option(help="另存标出问题的工作簿 / write the same workbook with problems marked"),
    ] = None,
) -> None:
    """导入企业数据：先检查，全部无误才写入 / check a workbook, then write it to the record.

    有问题时退出码为 2，档案不变（除非 --good-rows）。
    With problems the exit code is 2 and the record is unchanged, unless --good-rows is given.
    """
    if not file.is_file():
        raise FileNotFoundError(2, "", str(file))
    use_zone()
    from openzone.zone.registry.imports.apply import apply_batch
    from openzone.zone.registry.imports.check import check_batch
    from openzone.zone.registry.imports.marking import marked_workbook
    from openzone.zone.registry.imports.receiving import receive_upload

    actor = command_actor()
    batch = receive_upload(actor=actor, file_name=file.name, data=file, as_of=day(as_of, "--as-of"))
    batch = check_batch(actor=actor, batch=batch, on_progress=show_progress)
    for problem in _problems(batch):
        note(problem.sentence)
    if marked is not None:
        marked.write_bytes(marked_workbook(batch))
    _summarise(batch)
    bad = batch.counts.get("errors", 0) > 0 or batch.status == "refused"
    if dry_run or (bad and not good_rows):
        raise SystemExit(REFUSED if bad else 0)
    batch = apply_batch(
        actor=actor, batch=batch, good_rows_only=good_rows, on_progress=show_progress
    )
    note(
        Text(
            "已写入：新企业{new}家，新数据{facts}条，无变化{same}条",
            "Written: {new} new enterprises, {facts} new facts, {same} unchanged",
        ).format(
            new=batch.counts["enterprises_new"],
            facts=batch.counts["facts_new"] + batch.counts["facts_changed"],
            same=batch.counts["facts_same"],
        )
    )


def show_progress(done: int, total: int, text: Text) -> None:
    """One line that moves on a terminal; silent where output goes to a file."""
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        print(f"\r{say(text)} {done}/{total} ", end=end, file=sys.stderr, flush=True)


def _problems(batch: "ImportBatch") -> "Iterator[Problem]":
    from openzone.zone.registry.imports.problems import from_json

    for problem in batch.problems:
        yield from_json(problem)
    for row in batch.rows.exclude(problems=[]).order_by("id"):
        for problem in row.problems:
            yield from_json(problem)


def _summarise(batch: "ImportBatch") -> None:
    counts = batch.counts
    if not counts:
        return
    note(
        Text(
            "共{rows}行：可导入{good}行，待核对{review}行，有问题{bad}行，重复{repeated}行",
            "{rows} rows: {good} good, {review} to review, {bad} with problems, {repeated} double",
        ).format(**{key: counts[key] for key in ("rows", "good", "review", "bad", "repeated")})
    )
