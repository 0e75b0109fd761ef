"""免申即享: the system compares, the enterprise says yes, the money goes out."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.policies.enums import DeliveryMode
from openzone.zone.policies.models import Item
from openzone.zone.policies.selectors.items import open_for_application
from openzone.zone.redemption import flow
from openzone.zone.redemption.enums import NO_LONGER_OPEN, Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.selectors.relations import obstacles
from openzone.zone.redemption.services.applications import (
    begun,
    ensure_payee,
    lock_enterprise,
    numbered,
    take_snapshot,
)
from openzone.zone.registry.models import Enterprise


@transaction.atomic
def offer(
    *, actor: Actor, item: Item, enterprise: Enterprise, at: dt.datetime
) -> Application | None:
    """Offer an item to an enterprise that the record says is entitled; ``None`` if it is not.

    An item is offered once under the same rules: what was declined or lapsed is not pressed again.
    """
    day = timezone.localdate(at)
    decision = open_for_application(item, day)
    if item.mode != DeliveryMode.NO_APPLICATION or not decision.allowed:
        raise Refused(
            Text(
                "该事项不是受理中的免申即享事项",
                "the item is not a no-application item that is open",
            )
        )
    # The row of the enterprise is the lock: two workers that compare at once offer once.
    application = begun(item, lock_enterprise(enterprise), at, None, Stage.INTENTION)
    if _offered(application):
        return None
    finding = take_snapshot(application, day)
    payable = finding.amount is not None or not application.pays
    if finding.outcome != "met" or not payable or obstacles(application, finding, day):
        return None
    numbered(application)
    flow.move(application, Stage.INTENTION, actor=actor, user=None, at=at, action="offered")
    return application


def _offered(application: Application) -> bool:
    """Whether one is open, or was offered before under the very same rules."""
    before = Application.objects.filter(
        item=application.item, enterprise__root=application.enterprise.root_id
    )
    still_open = before.exclude(stage__in=sorted(NO_LONGER_OPEN)).exists()
    return still_open or any(one.rules == application.rules for one in before.only("rules"))


@transaction.atomic
def confirm_intention(
    *,
    actor: Actor,
    user: User,
    application: Application,
    at: dt.datetime,
    payee_name: str = "",
    payee_bank: str = "",
    payee_account: str = "",
    seen: int | None = None,
) -> Application:
    """Say yes to an offer: the money is reserved at once, or the enterprise is first in line."""
    current = flow.locked(application, Stage.INTENTION, seen=seen)
    day = timezone.localdate(at)
    if current.due_at is not None and at > current.due_at:
        raise Refused(Text("确认期限已过", "the time to confirm is over"))
    current.payee_name, current.payee_bank = payee_name.strip(), payee_bank.strip()
    current.payee_account = "".join(payee_account.split())
    ensure_payee(current)
    finding = take_snapshot(current, day)
    if not finding.met or (current.pays and finding.amount is None):
        raise Refused(
            Text(
                "档案信息已变化，现在不能确定符合条件，请联系服务中心",
                "the record has changed and no longer says that this applies: ask the centre",
            )
        )
    found = obstacles(current, finding, day)
    if found:
        raise Refused(Text("；".join(one.zh for one in found), "; ".join(one.en for one in found)))
    current.submitted_by, current.submitted_at = user, at
    flow.leave_step(current, actor=actor, user=user, at=at, action="confirmed")
    system = Actor.system("redemption")
    return flow.grant(current, current.computed, actor=system, user=None, at=at)
