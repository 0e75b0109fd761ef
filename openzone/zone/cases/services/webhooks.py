"""Other systems that are told what happens to cases."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.models import WebhookTarget
from openzone.zone.cases.services.signing import is_secret, new_secret
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.outward import NotAsked, parse


@transaction.atomic
def add_webhook(
    *,
    actor: Actor,
    name: str,
    url: str,
    now: dt.datetime,
    kinds: Sequence[str] = (),
    actions: Sequence[str] = (),
    secret: str = "",
) -> WebhookTarget:
    """Tell an address of everything, or of these case types and actions only.

    Without a secret one is made; show it once. That the address lies in the public internet is
    checked when it is asked.
    """
    chosen = secret or new_secret()
    if not is_secret(chosen):
        raise Refused(
            Text(
                "密钥应为whsec_加24至64字节的base64",
                "a secret is whsec_ and 24 to 64 bytes in base64",
            ),
            field="secret",
        )
    try:
        parse(url)
    except NotAsked as error:
        raise Refused(error.reason, field="url") from None
    target = WebhookTarget(
        name=name.strip(),
        url=url,
        secret=chosen,
        kinds=list(kinds),
        actions=list(actions),
        created_at=now,
    )
    ensure_valid(target)
    target.save()
    record("cases.webhook.added", actor=actor, subject=f"webhook:{target.pk}", payload={"url": url})
    return target


@transaction.atomic
def switch_webhook(*, actor: Actor, target: WebhookTarget, active: bool) -> WebhookTarget:
    """Switch a webhook off or on again; what waits for one that is off is given up."""
    current = WebhookTarget.objects.select_for_update().get(pk=target.pk)
    current.active = active
    current.save(update_fields=["active"])
    action = "cases.webhook.on" if active else "cases.webhook.off"
    record(action, actor=actor, subject=f"webhook:{current.pk}")
    return current
