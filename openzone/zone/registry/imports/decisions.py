"""What a person decides about a checked upload besides applying it."""

from collections.abc import Mapping

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import BatchStatus
from openzone.zone.registry.models import ImportBatch
from openzone.zone.registry.packs import catalogue

APPLIED = (BatchStatus.APPLIED, BatchStatus.PARTLY_APPLIED)


@transaction.atomic
def assign_columns(
    *, actor: Actor, batch: ImportBatch, assigned: Mapping[str, str | None]
) -> ImportBatch:
    """Say which fact a column holds (letter to fact name, ``None`` to leave it out).

    The upload must be checked again; until then the last check stands.
    """
    current = _open(batch)
    unknown = [name for name in assigned.values() if name is not None and name not in catalogue()]
    if unknown:
        raise Refused(
            Text("指标目录中没有“{name}”", "“{name}” is not in the fact catalogue").format(
                name=unknown[0]
            ),
            field="assigned",
        )
    current.assigned = dict(assigned)
    current.save(update_fields=["assigned"])
    _log("registry.import.columns_assigned", actor, current, {"assigned": current.assigned})
    return current


@transaction.atomic
def discard_upload(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Put an upload aside for good; what its check found is forgotten, the file stays."""
    current = _open(batch)
    current.rows.all().delete()
    current.status = BatchStatus.DISCARDED
    current.save(update_fields=["status"])
    _log("registry.import.discarded", actor, current, {"file": current.file_name})
    return current


def _open(batch: ImportBatch) -> ImportBatch:
    """Lock an upload that nothing was decided about yet."""
    current = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    ensure_open(current)
    return current


def ensure_open(current: ImportBatch) -> None:
    """Refuse to touch an upload that went into the record or was put aside."""
    if current.status in APPLIED:
        raise Refused(Text("该文件已经导入", "this file has been imported already"))
    if current.status == BatchStatus.DISCARDED:
        raise Refused(Text("该文件已经放弃", "this file has been discarded"))


def _log(action: str, actor: Actor, batch: ImportBatch, payload: Mapping[str, JSON]) -> None:
    record(action, actor=actor, subject=f"import:{batch.pk}", payload=payload)
