"""Who comes first in which business link, and which incentives are open to whom."""

import datetime as dt

from django.db.models import Q, QuerySet

from openzone.zone.cultivation.models import Incentive, TrustedEnterprise
from openzone.zone.cultivation.packs import link_named
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.registry.models import Enterprise


def trusted_on(on: dt.date) -> QuerySet[TrustedEnterprise]:
    """Return the list of a day, by the name of the enterprise.

    Every priority asks here, so that a place that ended ends everywhere at once.
    """
    found = TrustedEnterprise.objects.filter(valid_from__lte=on, valid_to__gte=on)
    return found.select_related("enterprise").order_by("enterprise__name", "pk")


def has_priority(enterprise: Enterprise, link: str, on: dt.date) -> Decision:
    """Decide whether an enterprise comes first in a business link on a day.

    Raises:
        KeyError: there is no such link.

    """
    known = link_named(link)
    if known is None:
        raise KeyError(link)
    place = trusted_on(on).filter(enterprise__root=enterprise.root_id).first()
    if place is None:
        return deny("当日不在立信企业名单上", "not on the list of trusted enterprises that day")
    return allow(
        f"立信企业（{place.document}，至{place.valid_to}）：{known.title.zh}优先",
        f"trusted enterprise ({place.document}, until {place.valid_to}): first in {known.title.en}",
    )


def open_incentives(on: dt.date) -> QuerySet[Incentive]:
    """Return the incentives whose window is open on a day."""
    begun = Q(window_from__isnull=True) | Q(window_from__lte=on)
    running = Q(window_to__isnull=True) | Q(window_to__gte=on)
    return Incentive.objects.filter(begun, running).select_related("unit").order_by("title")


def may_use(enterprise: Enterprise, incentive: Incentive, on: dt.date) -> Decision:
    """Decide whether an incentive is open to an enterprise, as far as the zone's lists can say.

    Credit grades are kept by the credit authority and are not part of this record: where an
    incentive asks for one, a person looks it up.
    """
    if not open_incentives(on).filter(pk=incentive.pk).exists():
        return deny("不在开放期内", "its window is not open that day")
    listed = trusted_on(on).filter(enterprise__root=enterprise.root_id).exists()
    if incentive.trusted_only and not listed:
        return deny("仅限立信企业", "for trusted enterprises only")
    if incentive.grades and not listed:
        return deny(
            f"需信用等级{incentive.grades}，请向信用主管部门核实",
            f"needs credit grade {incentive.grades}: ask the credit authority",
        )
    return allow()
