"""Entering and withdrawing recognitions."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cultivation.models import Recognition
from openzone.zone.cultivation.packs import title_named
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.registry.models import Enterprise

EARLIEST, LATEST = 1990, 2100


@transaction.atomic
def enter_recognition(
    *,
    actor: Actor,
    enterprise: Enterprise,
    title: str,
    year: int,
    source: str,
    level: str = "",
    document: str = "",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> Recognition:
    """Enter what an enterprise was recognised as. The facts of the record are left alone."""
    recognition = Recognition(
        enterprise=enterprise.root,
        title=title,
        level=level.strip(),
        year=year,
        document=document.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
        source=source.strip(),
        entered_by=actor.label[:150],
    )
    _ensure_sense(recognition)
    ensure_valid(recognition)
    recognition.save()
    _note("cultivation.recognition.entered", actor, recognition)
    return recognition


@transaction.atomic
def withdraw_recognition(
    *, actor: Actor, recognition: Recognition, on: dt.date, reason: str
) -> Recognition:
    """Take a recognition out of the register: it was entered by mistake, or was revoked."""
    current = Recognition.objects.select_for_update(of=("self",)).get(pk=recognition.pk)
    if current.withdrawn_on is not None:
        raise Refused(Text("该资质已撤下", "this recognition is withdrawn already"))
    if not reason.strip():
        raise Refused(Text("请说明理由", "give a reason"), field="reason")
    current.withdrawn_on, current.withdrawn_because = on, reason.strip()
    ensure_valid(current)
    current.save(update_fields=["withdrawn_on", "withdrawn_because"])
    _note("cultivation.recognition.withdrawn", actor, current)
    return current


def _ensure_sense(recognition: Recognition) -> None:
    if title_named(recognition.title) is None:
        raise Refused(Text("没有这种资质", "there is no such title"), field="title")
    if not EARLIEST <= recognition.year <= LATEST:
        raise Refused(Text("年度不合理", "this is no year of a recognition"), field="year")
    first, last = recognition.valid_from, recognition.valid_to
    if first is not None and last is not None and last < first:
        raise Refused(
            Text("结束日期早于开始日期", "the last day is before the first"), field="valid_to"
        )
    same = Recognition.objects.filter(
        enterprise__root=recognition.enterprise.root_id,
        title=recognition.title,
        level=recognition.level,
        year=recognition.year,
        withdrawn_on__isnull=True,
    )
    if same.exists():
        raise Refused(
            Text("该企业该年度的此项资质已登记", "this title of that year is on record already"),
            field="title",
        )


def _note(action: str, actor: Actor, recognition: Recognition) -> None:
    payload: dict[str, JSON] = {
        "recognition": recognition.pk,
        "title": recognition.title,
        "year": recognition.year,
        "valid_to": recognition.valid_to,
        "because": recognition.withdrawn_because,
    }
    subject = f"enterprise:{recognition.enterprise_id}"
    record(action, actor=actor, subject=subject, payload=payload)
