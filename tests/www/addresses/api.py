"""The keys people make for programs."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.services import issue_key
from tests.www.addresses.address import Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

ADDRESSES: tuple[Address, ...] = (
    get("keys", 200, 200, 200, 200),
    get("key_new", 200, 200, 200, 200),
    post("key_new", 400, 400, 400, 400, data={"label": "", "may": "", "valid_to": ""}),
    post(
        "key_new",
        200,
        200,
        200,
        200,
        data={"label": "示例", "may": "cases:read", "valid_to": "{soon}"},
    ),
    post("key_revoke", 404, 404, 404, 404, pk="{key}"),
)


def numbers(zone: "Zone") -> dict[str, object]:
    """Make a key of a clerk: nobody else can revoke it."""
    now, on = timezone.now(), timezone.localdate()
    soon = on + dt.timedelta(days=30)
    issued = issue_key(
        actor=Actor.system("tests"),
        user=zone.clerk,
        label="示例",
        may=["cases:read"],
        valid_to=soon,
        now=now,
        on=on,
    )
    return {"key": issued.key.pk, "soon": soon.isoformat()}
