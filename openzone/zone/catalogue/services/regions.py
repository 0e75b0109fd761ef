"""With which regions an item is handled."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.catalogue.models import RegionOffer, ServiceItem
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.catalogue.services.items import subject
from openzone.zone.errors import Refused, ensure_valid


@transaction.atomic
def offer_region(
    *,
    actor: Actor,
    item: ServiceItem,
    division: str,
    region: str,
    mode: str,
    valid_from: dt.date,
    deciding_here: bool = False,
    authority: str = "",
    contact: str = "",
    document: str = "",
) -> RegionOffer:
    """Offer an item together with another region; who decides stays who it was."""
    locked = ServiceItem.objects.select_for_update().select_related("deciding_unit").get(pk=item.pk)
    offer = RegionOffer(
        item=locked,
        division=division.strip(),
        region=region.strip(),
        mode=mode,
        deciding_here=deciding_here,
        authority=authority.strip() or (str(locked.deciding_unit) if deciding_here else ""),
        contact=contact.strip(),
        document=document.strip(),
        valid_from=valid_from,
    )
    _ensure(offer)
    ensure_valid(offer)
    offer.save()
    payload: dict[str, JSON] = {
        "region": offer.region,
        "mode": mode,
        "from": valid_from,
        "who": offer.authority,
    }
    record("catalogue.region.offered", actor=actor, subject=subject(item), payload=payload)
    return offer


@transaction.atomic
def end_region(*, actor: Actor, offer: RegionOffer, last_day: dt.date) -> RegionOffer:
    """Let an offer end after its last day."""
    current = RegionOffer.objects.select_for_update().get(pk=offer.pk)
    if last_day < current.valid_from:
        raise Refused(
            Text("结束日期早于开始日期", "the last day is before the first"), field="last_day"
        )
    current.valid_to = last_day
    current.save(update_fields=["valid_to"])
    payload: dict[str, JSON] = {
        "region": current.region,
        "mode": current.mode,
        "last_day": last_day,
    }
    record("catalogue.region.ended", actor=actor, subject=subject(current.item), payload=payload)
    return current


def _ensure(offer: RegionOffer) -> None:
    if neighbourhood().mode(offer.mode) is None:
        raise Refused(
            Text("没有办理模式“{mode}”", "there is no mode “{mode}”").format(mode=offer.mode),
            field="mode",
        )
    if not (len(offer.division) == 6 and offer.division.isdecimal()):
        raise Refused(
            Text("行政区划代码应为6位数字", "a division code has 6 digits"), field="division"
        )
    taken = RegionOffer.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=offer.valid_from),
        item=offer.item,
        division=offer.division,
        mode=offer.mode,
        deciding_here=offer.deciding_here,
    )
    if taken.exists():
        raise Refused(
            Text("该地区已以此模式开通", "this region is offered in this mode already"),
            field="division",
        )
