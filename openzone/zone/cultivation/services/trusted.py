"""The list of trusted enterprises, and the incentives of units."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cultivation.models import Incentive, TrustedEnterprise
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise


@transaction.atomic
def list_enterprise(
    *,
    actor: Actor,
    enterprise: Enterprise,
    document: str,
    valid_from: dt.date,
    valid_to: dt.date,
) -> TrustedEnterprise:
    """Put an enterprise on the list of trusted enterprises, both days included."""
    locked = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.root_id)
    if valid_to < valid_from:
        raise Refused(
            Text("结束日期早于开始日期", "the last day is before the first"), field="valid_to"
        )
    place = TrustedEnterprise(
        enterprise=locked,
        document=document.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
        entered_by=actor.label[:150],
    )
    ensure_valid(place)
    same = TrustedEnterprise.objects.filter(
        enterprise__root=locked, valid_from__lte=valid_to, valid_to__gte=valid_from
    )
    if same.exists():
        raise Refused(
            Text("该企业这段时间已在名单上", "the enterprise is on the list on some of these days"),
            field="valid_from",
        )
    place.save()
    _note("cultivation.trusted.listed", actor, place)
    return place


@transaction.atomic
def end_place(
    *, actor: Actor, place: TrustedEnterprise, last_day: dt.date, reason: str
) -> TrustedEnterprise:
    """End a place earlier; with it ends every priority, everywhere, the next day."""
    current = TrustedEnterprise.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if last_day >= current.valid_to:
        raise Refused(
            Text("该企业至{day}，只能提前结束", "it ends on {day}; it can only end earlier").format(
                day=current.valid_to
            ),
            field="last_day",
        )
    if last_day < current.valid_from:
        raise Refused(Text("早于列入日期", "this is before it was listed"), field="last_day")
    if not reason.strip():
        raise Refused(Text("请说明理由", "give a reason"), field="reason")
    current.valid_to, current.ended_because = last_day, reason.strip()
    ensure_valid(current)
    current.save(update_fields=["valid_to", "ended_because"])
    _note("cultivation.trusted.ended", actor, current)
    return current


@transaction.atomic
def keep_incentive(
    *,
    actor: Actor,
    title: str,
    what: str,
    unit: Unit,
    grades: str = "",
    trusted_only: bool = False,
    window_from: dt.date | None = None,
    window_to: dt.date | None = None,
    incentive: Incentive | None = None,
) -> Incentive:
    """Enter an incentive, or change the one given."""
    kept = Incentive.objects.select_for_update().get(pk=incentive.pk) if incentive else Incentive()
    kept.title, kept.what, kept.unit = title.strip(), what.strip(), unit
    kept.grades, kept.trusted_only = grades.strip(), trusted_only
    kept.window_from, kept.window_to = window_from, window_to
    if window_from is not None and window_to is not None and window_to < window_from:
        raise Refused(
            Text("结束日期早于开始日期", "the last day is before the first"), field="window_to"
        )
    ensure_valid(kept)
    kept.save()
    payload: dict[str, JSON] = {"title": kept.title, "unit": unit.code, "until": window_to}
    record(
        "cultivation.incentive.kept", actor=actor, subject=f"incentive:{kept.pk}", payload=payload
    )
    return kept


def _note(action: str, actor: Actor, place: TrustedEnterprise) -> None:
    payload: dict[str, JSON] = {
        "document": place.document,
        "valid_from": place.valid_from,
        "valid_to": place.valid_to,
        "because": place.ended_because,
    }
    subject = f"enterprise:{place.enterprise_id}"
    record(action, actor=actor, subject=subject, payload=payload)
