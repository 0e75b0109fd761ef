"""Taking a file in: what it is, from whom, of which day. Nothing is read yet."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.tables import gate
from openzone.engines.tables.kinds import Limits, content
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import BatchStatus
from openzone.zone.registry.models import ImportBatch
from openzone.zone.registry.services.subjects import ensure_not_future


@transaction.atomic
def receive_upload(
    *,
    actor: Actor,
    file_name: str,
    data: bytes | Path,
    as_of: dt.date,
    known_on: dt.date | None = None,
    sheet: str = "",
    assigned: Mapping[str, str | None] | None = None,
    synthetic: bool = False,
) -> ImportBatch:
    """Keep a file that may be read; what is no table, too large or empty is refused at the door.

    ``as_of`` is the day the file speaks of ("last year" is the year before it), ``known_on`` the
    day its figures became known: the same day unless given. ``assigned`` maps column letters to
    names of facts, ``None`` to leave a column out.
    """
    learned = known_on or as_of
    ensure_not_future(learned, "known_on")
    if learned < as_of:
        raise Refused(
            Text("获知日期不能早于数据日期", "nothing is known before the day it speaks of"),
            field="known_on",
        )
    name = Path(file_name).name
    ensure_readable(name, data)
    raw = content(data)
    batch = ImportBatch(
        file_name=name[-255:],
        sha256=hashlib.sha256(raw).hexdigest(),
        status=BatchStatus.CHECKING,
        as_of=as_of,
        known_on=learned,
        sheet=sheet,
        assigned=dict(assigned or {}),
        synthetic=synthetic,
        uploaded_by=actor.label[:128],
    )
    # People's file names stay in the record; on disk the content names the file.
    batch.file.save(f"{batch.sha256[:32]}{Path(name).suffix[:8]}", ContentFile(raw), save=False)
    batch.save()
    record(
        "registry.import.received",
        actor=actor,
        subject=f"import:{batch.pk}",
        payload={"file": name, "sha256": batch.sha256, "as_of": as_of, "known_on": learned},
    )
    return batch


def ensure_readable(name: str, data: bytes | Path) -> None:
    """Refuse what the gate of the reader does not let in."""
    try:
        gate.check(name, data, limits())
    except FileRefused as error:
        raise Refused(error.text, field="file") from None


def limits() -> Limits:
    """Return what an upload may cost."""
    return Limits(max_bytes=settings.UPLOAD_LIMIT)


def file_content(batch: ImportBatch) -> bytes:
    """Return the file as it was uploaded."""
    with batch.file.open("rb") as file:
        return bytes(file.read())
