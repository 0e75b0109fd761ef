"""``openzone import``: check a workbook, name every problem, and write what is in order."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.arguments import day
from openzone.cli.files import check_target, whole_file
from openzone.cli.output import REFUSED, help_text, note, say
from openzone.cli.record import command_actor
from openzone.cli.site import use_zone
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.zone.registry.models import ImportBatch


def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=help_text("xlsx、xls、csv", "xlsx, xls, csv"))
    ],
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help=help_text("数据所述的日期，默认今天", "day the file speaks of, default: today"),
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=help_text("只检查，不写入", "check only"))
    ] = False,
    good_rows: Annotated[
        bool,
        typer.Option(
            "--good-rows",
            help=help_text("写入无误的行，其余等待更正", "let good rows in while bad ones wait"),
        ),
    ] = False,
    marked: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=help_text(
                "另存标出问题的工作簿(xlsx)", "write the workbook with its problems marked (xlsx)"
            ),
        ),
    ] = None,
) -> None:
    """Check a file, then write it. With errors: exit code 2 and an unchanged record.

    ``good_rows`` writes the rows that are in order all the same.
    """
    on = day(as_of, "--as-of")
    if marked is not None:
        check_target(marked, "--marked", file)
    use_zone()
    batch = _checked(file, on)
    _tell(batch)
    if marked is not None:
        _write_marked(batch, marked)
    bad = batch.status == "refused" or bool(batch.counts["errors"])
    if bad and not good_rows:
        note(Text("档案没有改变", "the record is unchanged"))
    if dry_run or (bad and not good_rows):
        raise SystemExit(REFUSED if bad else 0)
    _apply(batch, good_rows=good_rows)


def _checked(file: Path, on: dt.date) -> "ImportBatch":
    from openzone.zone.registry.imports.check import check_batch
    from openzone.zone.registry.imports.receiving import receive_upload

    actor = command_actor()
    batch = receive_upload(actor=actor, file_name=file.name, data=file, as_of=on)
    return check_batch(actor=actor, batch=batch, on_progress=show_progress)


def _tell(batch: "ImportBatch") -> None:
    """Name every problem, then say what would go in."""
    from openzone.zone.registry.imports.marking import problems_of

    for problem in problems_of(batch):
        note(problem.sentence)
    if batch.counts:
        note(
            Text(
                "共{rows}行：可导入{good}行，待核对{review}行，有问题{bad}行，重复{repeated}行",
                "{rows} rows: {good} good, {review} to review, {bad} with problems, "
                "{repeated} double",
            ).format(**batch.counts)
        )


def _write_marked(batch: "ImportBatch", path: Path) -> None:
    from openzone.zone.registry.imports.marking import marked_workbook

    with whole_file(path) as unfinished:
        unfinished.write_bytes(marked_workbook(batch))
    note(Text(f"已标出问题：{path}", f"Problems marked in {path}"))


def _apply(batch: "ImportBatch", *, good_rows: bool) -> None:
    from openzone.zone.registry.imports.apply import apply_batch

    counts = apply_batch(
        actor=command_actor(), batch=batch, good_rows_only=good_rows, on_progress=show_progress
    ).counts
    note(
        Text(
            "已写入：新企业{new}家，新数据{facts}条，无变化{same}条",
            "Written: {new} new enterprises, {facts} new facts, {same} unchanged",
        ).format(
            new=counts["enterprises_new"],
            facts=counts["facts_new"] + counts["facts_changed"],
            same=counts["facts_same"],
        )
    )


def show_progress(done: int, total: int, text: Text) -> None:
    """Show how far it is, on a terminal; a log would fill with it."""
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        print(f"\r{say(text)} {done}/{total} ", end=end, file=sys.stderr, flush=True)
