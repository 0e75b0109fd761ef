"""Credit records: entered, and repaired."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.commitments.enums import RecordKind
from openzone.zone.commitments.models import Commitment, CreditRecord
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.registry.models import Enterprise


def hold_against(commitment: Commitment, kind: RecordKind, note: str, on: dt.date) -> CreditRecord:
    """Put a broken promise on the applicant's record, as part of the step that found it."""
    row = CreditRecord(
        enterprise=commitment.enterprise,
        person=commitment.person,
        identity=commitment.identity,
        kind=kind,
        commitment=commitment,
        document=commitment.case.number,
        note=note[:500],
        happened_on=on,
        recorded_on=on,
    )
    ensure_valid(row)
    row.save()
    return row


@transaction.atomic
def enter_record(
    *,
    actor: Actor,
    document: str,
    happened_on: dt.date,
    on: dt.date,
    enterprise: Enterprise | None = None,
    person: str = "",
    identity: str = "",
    note: str = "",
) -> CreditRecord:
    """Enter a dishonesty record that another authority made."""
    if enterprise is None and not identity.strip():
        raise Refused(
            Text("请选择企业，或填写个人身份证件号码", "name an enterprise or an identity number"),
            field="identity",
        )
    if happened_on > on:
        raise Refused(Text("日期在今天之后", "the day lies after today"), field="happened_on")
    row = CreditRecord(
        enterprise=enterprise,
        person=person.strip(),
        identity=identity.strip().upper(),
        kind=RecordKind.DISHONEST,
        document=document.strip(),
        note=note.strip(),
        happened_on=happened_on,
        recorded_on=on,
    )
    ensure_valid(row)
    row.save()
    payload: dict[str, JSON] = {"document": row.document, "happened_on": happened_on}
    record("commitments.record.entered", actor=actor, subject=subject(row), payload=payload)
    return row


@transaction.atomic
def repair(*, actor: Actor, row: CreditRecord, document: str, on: dt.date) -> CreditRecord:
    """Note that a breach was repaired, by which document; from then on it excludes nobody."""
    current = CreditRecord.objects.select_for_update().get(pk=row.pk)
    if current.repaired_on is not None:
        raise Refused(
            Text("该记录已于{day}修复", "this was repaired on {day}").format(
                day=current.repaired_on
            )
        )
    if not document.strip():
        raise Refused(Text("请填写修复文书", "name the document of the repair"), field="document")
    if on < current.happened_on:
        raise Refused(
            Text("修复日期早于发生日期", "the repair is before the breach"), field="repaired_on"
        )
    current.repaired_on, current.repair_document = on, document.strip()
    current.save(update_fields=["repaired_on", "repair_document"])
    payload: dict[str, JSON] = {"document": document.strip(), "on": on}
    record("commitments.record.repaired", actor=actor, subject=subject(current), payload=payload)
    return current


def subject(row: CreditRecord) -> str:
    """Return how the log calls a credit record."""
    return f"credit_record:{row.pk}"
