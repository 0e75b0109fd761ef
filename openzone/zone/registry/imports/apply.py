"""Writing checked rows to the record: all of them in one transaction, or nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import ChainHead
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.registry.bulk import NewFact, Origin, insert_facts, stated_period
from openzone.zone.registry.enums import BatchStatus, RowState, SourceKind
from openzone.zone.registry.imports.comparing import OnRecord
from openzone.zone.registry.imports.enterprises import complete, create
from openzone.zone.registry.imports.linking import Linker
from openzone.zone.registry.imports.places import Places
from openzone.zone.registry.imports.progress import COMPARING, WRITING, Progress, each, silent
from openzone.zone.registry.imports.staging import TAKEN, StagedFact, fact_names, locator
from openzone.zone.registry.models import ImportBatch, ImportRow, Source
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.services.listing import LISTED, refresh

_CHUNK = 20_000  # facts per statement; more would only hold more memory


def apply_batch(
    *,
    actor: Actor,
    batch: ImportBatch,
    good_rows_only: bool = False,
    on_progress: Progress = silent,
) -> ImportBatch:
    """Write the good rows of a checked upload to the record, in one transaction.

    With errors left, ``good_rows_only`` says that the rest may wait. A value the record has already
    adds nothing, so applying the same figures twice changes nothing.
    """
    _ensure_applicable(batch, good_rows_only=good_rows_only)
    plan = _prepared(batch, on_progress)
    try:
        with transaction.atomic():
            return _apply(actor, batch, plan, on_progress)
    except IntegrityError:
        raise Refused(_RECORD_CHANGED) from None


def _ensure_applicable(batch: ImportBatch, *, good_rows_only: bool) -> None:
    if batch.status != BatchStatus.CHECKED:
        raise Refused(_NOT_CHECKED)
    if not _taken(batch).exists():
        raise Refused(Text("没有可以导入的行", "there is no row that could be imported"))
    if batch.counts["errors"] and not good_rows_only:
        waiting = batch.counts[RowState.BAD]
        raise Refused(
            Text(
                "有 {errors} 处错误（涉及 {rows} 行）：改正后重新提交，或只导入无误的行",
                "there are {errors} errors ({rows} rows): correct them, or import the good rows",
            ).format(errors=batch.counts["errors"], rows=waiting)
        )


_NOT_CHECKED = Text("该文件不在“已检查”状态，不能导入", "this file is not waiting to be applied")
_RECORD_CHANGED = Text(
    "检查之后档案有变动，请重新检查", "the record has changed since the check: check again"
)


def _taken(batch: ImportBatch) -> QuerySet[ImportRow]:
    return batch.rows.filter(state__in=TAKEN).order_by("id")


@dataclass(slots=True)
class _Plan:
    """Whom each row speaks of and what is on record, as of one length of the log."""

    version: int
    targets: dict[int, int]  # row -> enterprise, below zero a new one
    identities: dict[int, dict[str, str]]
    on_record: OnRecord
    places: Places

    def known(self) -> dict[int, dict[str, str]]:
        """Return what the file says of who the known enterprises are."""
        return {target: i for target, i in self.identities.items() if target > 0}

    def new(self) -> dict[int, dict[str, str]]:
        """Return the names and codes of the new enterprises."""
        return {target: i for target, i in self.identities.items() if target < 0}


def _prepared(batch: ImportBatch, on_progress: Progress) -> _Plan:
    """Link and compare before the transaction begins: meanwhile others may write."""
    version = _version()
    linker = Linker()
    targets: dict[int, int] = {}
    identities: dict[int, dict[str, str]] = {}
    rows = _taken(batch)
    identified = rows.values_list("id", "identity").iterator(chunk_size=2_000)
    for row, identity in each(identified, rows.count(), COMPARING, on_progress):
        target = linker.link(identity).target
        if target is None:
            raise Refused(_RECORD_CHANGED)
        targets[row] = target
        identities[target] = {**identity, **identities.get(target, {})}
    names = fact_names(batch.mapping)
    on_record = OnRecord(list(identities), names, batch.as_of, batch.known_on)
    return _Plan(version, targets, identities, on_record, Places())


def _version() -> int:
    """Return the length of the log: every write to the record makes it grow."""
    return ChainHead.objects.get().seq


def _apply(actor: Actor, batch: ImportBatch, plan: _Plan, on_progress: Progress) -> ImportBatch:
    current = _locked(batch)
    if _version() != plan.version:
        plan = _prepared(current, silent)
    source = _source(current)
    created = create(plan.new(), plan.places, synthetic=current.synthetic)
    completed = complete(plan.known(), plan.places)
    listed = _write_facts(current, source, plan, created, on_progress)
    refresh({*created.values(), *completed, *listed})
    _mark_rows(current, plan, created)
    return _finish(actor, current, source, plan, len(created))


def _locked(batch: ImportBatch) -> ImportBatch:
    """Lock every upload that waits: two imports at once must not bring the same firm twice."""
    waiting = ImportBatch.objects.select_for_update(of=("self",)).filter(status=BatchStatus.CHECKED)
    current = {one.pk: one for one in waiting.order_by("pk")}.get(batch.pk)
    if current is None:
        raise Refused(_NOT_CHECKED)
    return current


def _source(batch: ImportBatch) -> Source:
    return Source.objects.create(
        kind=SourceKind.SYNTHETIC if batch.synthetic else SourceKind.IMPORT,
        title=batch.file_name[:200],
        file_name=batch.file_name,
        sha256=batch.sha256,
        dated=batch.as_of,
    )


def _write_facts(
    batch: ImportBatch,
    source: Source,
    plan: _Plan,
    created: Mapping[int, int],
    on_progress: Progress,
) -> set[int]:
    """Append what is new or differs; return the enterprises whose list columns may change."""
    origin = Origin(source.pk, batch.known_on, timezone.now())
    listed: set[int] = set()
    waiting: list[NewFact] = []
    rows = _taken(batch).iterator(chunk_size=_ROWS)
    for row in each(rows, len(plan.targets), WRITING, on_progress):
        for fact in _new_facts(batch, row, plan, created):
            waiting.append(fact)
            if fact.series in LISTED:
                listed.add(fact.subject)
        if len(waiting) >= _CHUNK:
            insert_facts(waiting, origin)
            waiting.clear()
    insert_facts(waiting, origin)
    return listed


_ROWS = 500


def _new_facts(
    batch: ImportBatch, row: ImportRow, plan: _Plan, created: Mapping[int, int]
) -> Iterator[NewFact]:
    target = plan.targets[row.pk]
    names = catalogue()
    for stated in map(StagedFact._make, row.facts):
        if plan.on_record.compare(target, stated.name, stated.value) == "same":
            continue
        fact = names[stated.name]
        yield NewFact(
            created.get(target, target),
            fact.series.name,
            stated.value,
            fact.unit.en,
            stated_period(fact, batch.as_of),
            stated.original,
            stated.approx,
            locator(row.sheet, row.number, stated.column),
        )


def _mark_rows(batch: ImportBatch, plan: _Plan, created: Mapping[int, int]) -> None:
    """Note on the staged rows that they went in, and which enterprise each became."""
    _taken(batch).update(applied=True)
    new = [(created[target], row) for row, target in plan.targets.items() if target in created]
    if new:
        with connection.cursor() as cursor:
            cursor.executemany(_SET_ENTERPRISE, new)


_SET_ENTERPRISE = f"UPDATE {ImportRow._meta.db_table} SET enterprise_id = %s WHERE id = %s"  # noqa: S608


def _finish(
    actor: Actor, batch: ImportBatch, source: Source, plan: _Plan, created: int
) -> ImportBatch:
    waiting = batch.rows.filter(state=RowState.BAD).exists()
    batch.status = BatchStatus.PARTLY_APPLIED if waiting else BatchStatus.APPLIED
    batch.source = source
    batch.applied_by, batch.applied_at = actor.label[:128], timezone.now()
    done: dict[str, Any] = {
        "rows_applied": len(plan.targets),
        "enterprises_new": created,
        "enterprises_known": len(plan.identities) - created,
        **plan.on_record.totals(),
    }
    batch.counts = batch.counts | done
    batch.save()
    record(
        "registry.import.applied",
        actor=actor,
        subject=f"import:{batch.pk}",
        payload={"status": str(batch.status), "source": source.pk, **done},
    )
    return batch
