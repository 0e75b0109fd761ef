"""The dry run: read a file, link its rows, compare them with the record, write nothing to it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from openzone.engines.tables.fields import vocabulary_of
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.engines.tables.reading import TableReading, read_table
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import BatchStatus, LinkBasis, RowState
from openzone.zone.registry.imports.comparing import OnRecord
from openzone.zone.registry.imports.decisions import ensure_open
from openzone.zone.registry.imports.grouping import compare_rows
from openzone.zone.registry.imports.jumps import warn_of_jumps
from openzone.zone.registry.imports.linking import Linker
from openzone.zone.registry.imports.neighbours import Neighbours
from openzone.zone.registry.imports.places import Places
from openzone.zone.registry.imports.problems import as_json, told
from openzone.zone.registry.imports.progress import (
    LINKING,
    READING,
    STORING,
    Progress,
    each,
    silent,
)
from openzone.zone.registry.imports.receiving import file_content, limits
from openzone.zone.registry.imports.staging import (
    TAKEN,
    StagedRow,
    Stager,
    fact_names,
    read_columns,
)
from openzone.zone.registry.models import ImportBatch, ImportRow
from openzone.zone.registry.packs import catalogue

_CHUNK = 500


def check_batch(*, actor: Actor, batch: ImportBatch, on_progress: Progress = silent) -> ImportBatch:
    """Check an upload and stage its rows; may be repeated until it is applied.

    A file that cannot be read at all becomes ``refused``, with the reason among its problems.
    """
    _forget_last_check(batch)
    try:
        return _check(actor, batch, on_progress)
    except FileRefused as error:
        problem = told(error.code, Severity.ERROR, error.text)
        return _finish(actor, batch, BatchStatus.REFUSED, [problem], {})
    except Refused:
        raise
    except Exception:
        # A fault of ours: the upload must not look as if it were still being checked.
        ImportBatch.objects.filter(pk=batch.pk).update(status=BatchStatus.FAILED)
        raise


def _check(actor: Actor, batch: ImportBatch, on_progress: Progress) -> ImportBatch:
    reading = _read(batch, on_progress)
    rows, about_file = _staged(reading, on_progress)
    batch.mapping = read_columns(reading)
    counts = _counted(batch, rows)
    counts |= {"skipped": _skipped(reading), **_severities(about_file, rows)}
    _store(batch, rows, on_progress)
    status = BatchStatus.CHECKED if rows else BatchStatus.REFUSED
    return _finish(actor, batch, status, about_file, counts)


def _forget_last_check(batch: ImportBatch) -> None:
    ensure_open(batch)
    with transaction.atomic():
        batch.rows.all().delete()
        batch.status, batch.problems, batch.mapping, batch.counts = BatchStatus.CHECKING, [], [], {}
        batch.save(update_fields=["status", "problems", "mapping", "counts"])


def _read(batch: ImportBatch, on_progress: Progress) -> TableReading:
    """Read the file. Rows of one enterprise are compared later, when they are linked."""
    return read_table(
        batch.file_name,
        file_content(batch),
        vocabulary_of(catalogue()),
        as_of=batch.as_of,
        limits=limits(),
        mapping=batch.assigned or None,
        sheet=batch.sheet or None,
        key=(),
        on_progress=lambda done, total: on_progress(done, total, READING),
    )


def _staged(reading: TableReading, on_progress: Progress) -> tuple[list[StagedRow], list[Problem]]:
    """Return the rows, linked, with all their problems; and the problems of the file itself."""
    of_rows: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    about_file: list[Problem] = []
    places = {(row.sheet, row.number) for row in reading.rows}
    for problem in reading.problems:
        at = (problem.sheet, problem.row or 0)
        (of_rows[at] if at in places else about_file).append(problem)
    stager = Stager(reading)
    rows = [stager.stage(row, of_rows[row.sheet, row.number]) for row in reading.rows]
    _link(rows, stager, on_progress)
    compare_rows(rows)
    return rows, about_file


def _link(rows: Sequence[StagedRow], stager: Stager, on_progress: Progress) -> None:
    linker, parks = Linker(), Places()
    for row in rows:
        link = linker.link(row.identity)
        row.link, row.target = link.basis, link.target
        for fault in (*link.faults, *parks.faults(row)):
            stager.blame(row, fault)
    neighbours = Neighbours(linker.known)
    for row in each(rows, len(rows), LINKING, on_progress):
        if row.link is LinkBasis.NEW:
            near = neighbours.closest(row.identity["name"])
            if near is not None:
                stager.blame(row, near)


def _counted(batch: ImportBatch, rows: Sequence[StagedRow]) -> dict[str, Any]:
    """Compare the rows with the record and count what applying them would do."""
    names = fact_names(batch.mapping)
    warn_of_jumps(rows, names, batch.as_of, batch.known_on)
    taken = [row for row in rows if row.state in TAKEN and row.target is not None]
    targets = list(dict.fromkeys(row.target for row in taken if row.target is not None))
    record_now = OnRecord(targets, names, batch.as_of, batch.known_on)
    for row in taken:
        for fact in row.facts:
            record_now.compare(row.target or 0, fact.name, fact.value)
    states = Counter(str(row.state) for row in rows)
    new = sum(target < 0 for target in targets)
    return {
        "rows": len(rows),
        **{str(state): states[state] for state in RowState},
        "enterprises_new": new,
        "enterprises_known": len(targets) - new,
        **record_now.totals(),
    }


def _skipped(reading: TableReading) -> list[dict[str, Any]]:
    """Return how many rows and sheets were left out on purpose, by reason."""
    counts = Counter(skipped.code for skipped in reading.skipped)
    words = {skipped.code: skipped.reason for skipped in reading.skipped}
    return [
        {"code": code, "count": count, "reason": [words[code].zh, words[code].en]}
        for code, count in counts.most_common()
    ]


def _severities(about_file: Iterable[Problem], rows: Iterable[StagedRow]) -> dict[str, int]:
    found = [*about_file, *(problem for row in rows for problem in row.problems)]
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    return {"errors": errors, "warnings": len(found) - errors}


def _store(batch: ImportBatch, rows: Sequence[StagedRow], on_progress: Progress) -> None:
    """Stage the rows, a few hundred per transaction, so that nobody waits long to write."""
    for start in range(0, len(rows), _CHUNK):
        ImportRow.objects.bulk_create(
            _import_row(batch, row) for row in rows[start : start + _CHUNK]
        )
        on_progress(min(start + _CHUNK, len(rows)), len(rows), STORING)


def _import_row(batch: ImportBatch, row: StagedRow) -> ImportRow:
    known = row.target is not None and row.target > 0
    return ImportRow(
        batch=batch,
        sheet=row.sheet[:255],
        number=row.number,
        name=row.identity.get("name", "")[:200],
        state=row.state,
        link=row.link,
        enterprise_id=row.target if known else None,
        identity=row.identity,
        facts=row.facts,
        problems=[as_json(problem) for problem in row.problems],
    )


@transaction.atomic
def _finish(
    actor: Actor,
    batch: ImportBatch,
    status: BatchStatus,
    problems: Iterable[Problem],
    counts: dict[str, Any],
) -> ImportBatch:
    """Keep what was found, unless somebody put the upload aside meanwhile."""
    ensure_open(ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk))
    batch.status, batch.counts = status, counts
    batch.problems = [as_json(problem) for problem in problems]
    batch.save(update_fields=["status", "problems", "mapping", "counts"])
    record(
        "registry.import.checked",
        actor=actor,
        subject=f"import:{batch.pk}",
        payload={"status": str(status), **{k: v for k, v in counts.items() if k != "skipped"}},
    )
    return batch
