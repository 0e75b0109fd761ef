"""Reading of pages: brought in, judged, added to, handed on."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.readings.models import JudgedFact
from openzone.zone.readings.services.bringing import fail_page
from openzone.zone.readings.services.judging import accept_fact, link_fact
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.readings import newspaper

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# People who work for the zone; enterprises and strangers see none of it.
PAGE, FACT = {"pk": "{r_page}"}, {"pk": "{r_fact}"}
ALL, DONE = (200, 200, 403, 403), (302, 302, 403, 403)
WRONG, GONE = (400, 400, 403, 403), (404, 404, 403, 403)
FORMS = ("accept", "reject", "subject", "value", "unit", "attribute", "period", "note")

ADDRESSES: tuple[Address, ...] = (
    get("readings", *ALL),
    get("readings", *ALL, query="?work=open&q=%E5%B7%A5%E4%B8%9A"),
    get("readings", *WRONG, query="?work=lost"),
    get("readings_statistics", *ALL),
    post("readings_statistics_export", *ALL),
    get("reading_new", *ALL),
    post("reading_new", *WRONG),
    get("reading", *ALL, **PAGE),
    get("reading", *ALL, **PAGE, query="?type=indicator&state=open&confidence=0.95&doubtful=on"),
    get("reading", *WRONG, **PAGE, query="?type=weather&confidence=2"),
    get("reading", *ALL, pk="{r_waiting}"),
    get("reading", *ALL, pk="{r_failed}"),
    get("reading", *GONE, pk=NOWHERE),
    get("reading_file", *ALL, **PAGE),
    post("reading_retry", *DONE, pk="{r_failed}"),
    post("reading_export", *ALL, form="jsonl", **PAGE),
    post("reading_export", *ALL, form="xlsx", **PAGE),
    post("reading_export", *GONE, form="exe", **PAGE),
    get("reading_add", *ALL, **PAGE, query="?start=35&end=65"),
    get("reading_add", *ALL, **PAGE, query="?start=9999999&end=1"),
    post("reading_add", *WRONG, **PAGE, data={
        "quote": "不在版面上", "kind": "project", "subject": "示例", "attribute": "area",
        "value": "1"}),
    post("reading_add", *DONE, **PAGE, data={
        "quote": "总投资176.3亿元", "kind": "project", "subject": "示例高新区",
        "attribute": "signed_amount", "value": "176.3", "unit": "亿元"}),
    post("reading_undo", *DONE, **PAGE),
    get("reading_enter", *ALL, **PAGE),
    post("reading_enter", *WRONG, **PAGE, data={"what": "beside"}),
    post("reading_enter", *WRONG, **PAGE, data={"what": "files", "fact": "{r_fact}"}),
    post("reading_enter", 403, 400, 403, 403, **PAGE, data={"what": "figures"}),
    post("reading_enter", *GONE, **PAGE, data={"what": "burn"}),
    get("reading_help", *ALL, article=0, **PAGE),
    get("reading_help", *GONE, article=7, **PAGE),
    post("reading_help", *WRONG, article=0, **PAGE, data={"confirmed": "on"}),
    get("reading_fact", *ALL, **FACT),
    get("reading_fact", *GONE, pk=NOWHERE),
    *(get("reading_act", *ALL, what=what, **FACT) for what in FORMS),
    get("reading_act", *ALL, what="subject", **FACT, query="?q=%E7%A4%BA%E4%BE%8B"),
    get("reading_act", *GONE, what="burn", **FACT),
    post("reading_act", *WRONG, what="reject", **FACT),
    post("reading_act", *WRONG, what="subject", **FACT),
    post("reading_act", *WRONG, what="value", **FACT, data={"after": "7"}),
    post("reading_act", *WRONG, what="period", **FACT, data={"after": "上半年"}),
    post("reading_act", *DONE, what="accept", **FACT),
    post("reading_act", *DONE, what="note", **FACT, data={"text": "示例"}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.now()
    page = newspaper.read(actor, user=zone.clerk)
    waiting = newspaper.brought(actor, "另一页（示例）", now=now)
    failed = newspaper.brought(actor, "又一页（示例）", user=zone.clerk, today=dt.date(2030, 1, 1))
    failed = fail_page(actor=actor, page=failed, reason=newspaper.REASON)
    _judged(actor, zone.clerk, newspaper.fact(page, "industrial_output"), zone.near.pk)
    made = {
        "page": page, "waiting": waiting, "failed": failed,
        "fact": newspaper.fact(page, "enterprise_count"),
    }  # fmt: skip
    return {f"r_{name}": row.pk for name, row in made.items()}


def _judged(actor: Actor, user: User, fact: JudgedFact, firm: int) -> None:
    """One accepted figure, and one fact of a firm that waits to go into its file."""
    accept_fact(actor=actor, user=user, judged=fact, now=newspaper.NOW)
    revenue = newspaper.fact(fact.page, "revenue")
    given = {"actor": actor, "user": user, "judged": revenue, "now": newspaper.NOW}
    link_fact(**given, what="enterprise", record=firm)
    accept_fact(**given)
