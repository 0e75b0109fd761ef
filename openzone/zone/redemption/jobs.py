"""What happens without anybody: ends of terms, ends of publicity, offers, the queue for money."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.jobs.pacing import paced
from openzone.zone.policies.enums import DeliveryMode
from openzone.zone.policies.models import Item
from openzone.zone.policies.selectors.items import open_items
from openzone.zone.redemption import packs
from openzone.zone.redemption.enums import NO_LONGER_OPEN, Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.selectors.findings import rules_to_keep
from openzone.zone.redemption.services.intentions import offer
from openzone.zone.redemption.services.overdue import lapse
from openzone.zone.redemption.services.publicity import end_publicity
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.rulebook.selectors.population import population

SYSTEM = Actor.system("redemption")
_LAPSING = (Stage.CORRECTION, Stage.INTENTION, Stage.EVALUATION)


@task(atomic=False)
def every_morning(day: str) -> dict[str, int]:
    """End what is over, go on with what was published, offer what needs no application."""
    at = timezone.now()
    return {
        "lapsed": end_overdue(at),
        "published": end_publicities(at),
        "offered": offer_all(at),
    }


def end_overdue(at: dt.datetime) -> int:
    """End the applications whose time is over; each for itself."""
    overdue = Application.objects.filter(stage__in=_LAPSING, due_at__lt=at).order_by("pk")
    return sum(
        _done(partial(lapse, actor=SYSTEM, application=one, at=at)) for one in paced(overdue)
    )


def end_publicities(at: dt.datetime) -> int:
    """Let published applications go on where nothing stands against it any more."""
    over = Application.objects.filter(stage=Stage.PUBLICITY, due_at__lt=at).order_by("pk")
    return sum(
        _done(partial(end_publicity, actor=SYSTEM, application=one, at=at)) for one in paced(over)
    )


def offer_all(at: dt.datetime) -> int:
    """Offer every no-application item to whom the record finds entitled, so many a morning.

    Without a bound in the procedure it is everybody at once; with one, the others follow on the
    next mornings, in the order in which they came on record.
    """
    day = timezone.localdate(at)
    answers = population(day)
    bound = packs.procedure_on(DeliveryMode.NO_APPLICATION, day).offers
    offered = 0
    for item in open_items(day):
        if item.mode == DeliveryMode.NO_APPLICATION and item.rule_id in answers.counts():
            entitled = answers.standing(item.rule_id, Standing.MET)
            offered += _offer_to(item, entitled, at, bound.most if bound else None)
    return offered


def _offer_to(item: Item, entitled: Iterable[int], at: dt.datetime, most: int | None) -> int:
    """Offer an item to at most so many who were not asked; those it does not suit do not count."""
    firms = Enterprise.objects.filter(pk__in=set(entitled) - _asked(item)).order_by("pk")
    made = (
        _done(partial(offer, actor=SYSTEM, item=item, enterprise=firm, at=at))
        for firm in paced(firms)
    )
    return sum(islice(filter(None, made), most))


def _asked(item: Item) -> set[int]:
    """Return who has the item open or was offered it under the rules of today: most, every day."""
    rules = rules_to_keep(item.rule_id)
    rows = Application.objects.filter(item=item).values_list("enterprise__root", "stage", "rules")
    return {root for root, stage, kept in rows if stage not in NO_LONGER_OPEN or kept == rules}


def _done(act: Callable[[], object]) -> bool:
    """Whether it happened; somebody else may have been quicker."""
    try:
        return act() is not None
    except Refused:
        return False
