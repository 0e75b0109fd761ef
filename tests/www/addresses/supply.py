"""Supply matching: needs and offers, invitations, events, workbooks."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.registry.models import Enterprise
from openzone.zone.supply.services.events import plan_event
from openzone.zone.supply.services.inviting import accept
from openzone.zone.supply.services.sheets import check_sheet
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.supply import market

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# People of resident firms and of the zone look; handlers publish for any firm. A stranger is of no
# firm; the need is that of the firm the owner speaks for.
NEED, OFFER = {"pk": "{s_need}"}, {"pk": "{s_offer}"}
SENT, OPEN = {"pk": "{s_sent}"}, {"pk": "{s_open}"}
ALL, ZONE = (200, 200, 200, 403), (200, 200, 403, 403)
HANDS, DONE, WRONG = (403, 200, 403, 403), (403, 302, 403, 403), (403, 400, 403, 403)
GONE = (404, 404, 404, 403)
DAY = "2030-01-04"

ADDRESSES: tuple[Address, ...] = (
    get("supply", *ALL),
    get("supply", *ALL, query="?side=need&kind=product&state=open&q=%E5%A3%B3"),
    get("supply", 400, 400, 400, 403, query="?side=both"),
    get("supply_mine", *ALL),
    post("supply_export", 200, 200, 403, 403, data={"side": "need"}),
    get("supply_new", 403, 200, 200, 403, side="need"),
    get("supply_new", *GONE, side="gift"),
    post("supply_new", 403, 302, 400, 403, side="offer", data={
        "kind": "product", "title": "示例铜箔", "named": "示例电池有限公司"}),
    post("supply_new", 403, 400, 400, 403, side="need", data={
        "kind": "product", "title": "铜箔", "named": "无此企业"}),
    get("supply_entry", *ALL, **NEED),
    get("supply_entry", *GONE, pk=NOWHERE),
    get("supply_act", 403, 200, 200, 403, what="change", **NEED),
    get("supply_act", 403, 200, 200, 403, what="close", **NEED),
    get("supply_act", 403, 404, 404, 403, what="burn", **NEED),
    post("supply_act", 403, 302, 302, 403, what="change", **NEED, data={
        "kind": "product", "title": "电池壳体", "quantity": "5", "unit": "件"}),
    post("supply_act", 403, 400, 400, 403, what="close", **NEED),
    post("supply_invite", 403, 302, 302, 403, other="{s_offer}", **NEED),
    get("supply_invitations", *ALL),
    get("supply_invitations", 400, 400, 400, 403, query="?state=lost"),
    get("supply_invitation", 200, 200, 200, 403, **SENT),
    get("supply_invitation", *GONE, pk=NOWHERE),
    get("supply_invitation_act", 403, 403, 200, 403, what="accept", **SENT),
    get("supply_invitation_act", 403, 403, 200, 403, what="decline", **SENT),
    post("supply_invitation_act", 403, 403, 302, 403, what="accept", **SENT),
    post("supply_invitation_act", 403, 403, 400, 403, what="decline", **SENT),
    get("supply_invitation_act", 404, 404, 404, 403, what="burn", **SENT),
    get("supply_invitation_act", 403, 200, 200, 403, what="met", **OPEN),
    get("supply_invitation_act", 403, 200, 200, 403, what="deal", **OPEN),
    get("supply_invitation_act", 403, 200, 200, 403, what="none", **OPEN),
    post("supply_invitation_act", 403, 400, 400, 403, what="deal", **OPEN,
         data={"on": "2026-01-01", "amount": "0"}),
    get("supply_statistics", *ZONE),
    get("supply_statistics", 400, 400, 403, 403, query="?first=2026-05-01&last=2026-04-01"),
    get("supply_events", *ZONE),
    get("supply_event_new", *HANDS),
    post("supply_event_new", *DONE, data={"title": "示例对接会", "on": DAY, "unit": "office"}),
    post("supply_event_new", *WRONG),
    get("supply_event", *ZONE, pk="{s_event}"),
    get("supply_event", 404, 404, 403, 403, pk=NOWHERE),
    post("supply_event", *DONE, pk="{s_event}"),
    get("supply_books", *HANDS),
    post("supply_books", *WRONG),
    get("supply_book", *HANDS, pk="{s_book}"),
    get("supply_book", 403, 404, 403, 403, pk=NOWHERE),
    post("supply_book_act", *DONE, pk="{s_book}", step="apply"),
    post("supply_book_act", *DONE, pk="{s_book}", step="discard"),
    post("supply_book_act", 403, 404, 403, 403, pk="{s_book}", step="burn"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.now()
    at = market.market(actor, now)
    firm = Enterprise.objects.get(pk=zone.near.pk)
    need = market.entry(actor, "need", firm, "电池壳体", now=now)
    sent = market.invited(actor, at._replace(need=need), now, asked="need")
    other = market.entry(actor, "offer", at.other, "壳体", now=now)
    opened = market.invited(actor, at._replace(need=need, offer=other), now)
    accept(actor=actor, invitation=opened, now=now)
    event = plan_event(actor=actor, title="示例对接会", on=dt.date(2030, 1, 4),
                       unit=zone.charge.unit, now=now)  # fmt: skip
    book = check_sheet(
        actor=actor, now=now, file_name="供需.csv",
        data="供需,类别,企业名称,内容\n需求,产品,示例电池有限公司,铜箔\n".encode(),
    )  # fmt: skip
    made = {"need": need, "offer": at.offer, "sent": sent, "open": opened, "event": event,
            "book": book}  # fmt: skip
    return {f"s_{name}": row.pk for name, row in made.items()}
