"""Field work of promotion: funnel, trips, events, suppliers, term sheets, negotiations."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.services import create_user
from openzone.zone.projects.services.projects import create_project
from openzone.zone.promotion.services import (
    events,
    negotiations,
    returns,
    suppliers,
    term_lines,
    termsheets,
    trips,
)
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.negotiations import Point
from openzone.zone.promotion.services.supplier_sheets import check_suppliers
from openzone.zone.promotion.services.trips import Stop
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# Work of the handler's office. The administrator reads it, the handler writes; people of
# enterprises see nothing of it.
TRIP, EVENT, LIST = {"pk": "{f_trip}"}, {"pk": "{f_event}"}, {"pk": "{f_list}"}
TERMS, TALKS = {"pk": "{f_terms}"}, {"pk": "{f_talks}"}
READ, WRITE = (200, 200, 403, 403), (403, 200, 403, 403)
DONE, WRONG, GONE = (403, 302, 403, 403), (403, 400, 403, 403), (404, 404, 404, 404)
DAY = "2026-03-02"


def _lists(*names: str) -> tuple[Address, ...]:
    return tuple(get(name, *READ) for name in names)


def _forms(*names: str) -> tuple[Address, ...]:
    made = ((get(name, *WRITE), post(name, *WRONG)) for name in names)
    return tuple(one for pair in made for one in pair)


def _acts(name: str, record: dict[str, str], *whats: str) -> tuple[Address, ...]:
    return (
        *(get(name, *WRITE, what=what, **record) for what in whats),
        *(post(name, *WRONG, what=what, **record) for what in whats),
        get(name, *GONE, what="nothing", **record),
    )


ADDRESSES: tuple[Address, ...] = (
    *_lists("promotion_funnel", "trips", "promo_events", "return_visits", "supplier_lists",
            "term_sheets", "negotiations"),
    *_forms("trip_new", "trip_team_new", "promo_event_new", "return_visit_new",
            "return_visit_signing", "supplier_list_new", "term_sheet_new", "negotiation_new"),
    get("promotion_funnel", *READ, query="?show=contact&channel=visit&team={f_team}"),
    get("promotion_funnel", *READ, query="?show=signing-skipped"),
    get("promotion_funnel", 400, 400, 403, 403, query="?first=2026-05-01&last=2026-04-01"),
    get("promotion_funnel", 400, 400, 403, 403, query="?team=x&channel=none"),
    post("promotion_funnel_export", *READ, data={"city": "宁波"}),
    get("trips", *READ, query="?city=%E5%AE%81%E6%B3%A2&first=2026-01-01"),
    get("trips", 400, 400, 403, 403, query="?first=yesterday"),
    post("trip_export", *READ, data={"channel": "visit"}),
    post("trip_team_new", *DONE, data={"name": "示例第二小分队", "unit": "office"}),
    post("trip_new", *DONE, data={
        "team": "{f_team}", "title": "赴苏州", "channel": "visit", "purpose": "招商",
        "stops": "苏州 2026-04-01 2026-04-03", "leader": "f-head"}),
    post("trip_new", *WRONG, data={
        "team": "{f_team}", "title": "赴苏州", "channel": "visit", "purpose": "招商",
        "stops": "苏州 四月初", "leader": "f-head"}),
    get("trip", *READ, **TRIP),
    get("trip", *GONE, pk=NOWHERE),
    *_acts("trip_act", TRIP, "change", "cancel", "report", "meet"),
    post("trip_act", *DONE, what="meet", **TRIP, data={
        "city": "{f_city}", "on": DAY, "firm": "示例压铸科技有限公司", "said": "介绍园区"}),
    post("trip_act", *DONE, what="report", **TRIP, data={"report": "对接一户", "cost": "100"}),
    get("promo_events", 400, 400, 403, 403, query="?channel=none"),
    get("promo_event", *READ, **EVENT),
    get("promo_event", *GONE, pk=NOWHERE),
    *_acts("promo_event_act", EVENT, "invite", "hold", "cancel"),
    post("promo_event_act", *DONE, what="invite", **EVENT, data={
        "firms": "示例压铸科技有限公司\n示例注塑模具厂", "on": DAY}),
    get("promo_event_guest", *WRITE, pk="{f_guest}"),
    post("promo_event_guest", *DONE, pk="{f_guest}", data={"attended": "yes"}),
    post("promo_event_guest", *WRONG, pk="{f_guest}", data={"attended": "perhaps"}),
    get("promo_event_guest", *GONE, pk=NOWHERE),
    post("return_visit_new", *DONE, data={
        "firm": "示例压铸科技有限公司", "on": DAY, "said": "考察", "unit": "office",
        "host": "f-head"}),
    post("return_visit_signing", *WRONG, data={
        "project": "{f_project}", "firm": "示例压铸科技有限公司"}),
    get("trip_lead", *WRITE, kind="trip", pk="{f_met}"),
    get("trip_lead", *WRITE, kind="event", pk="{f_guest}"),
    get("trip_lead", *WRITE, kind="visit", pk="{f_visit}"),
    get("trip_lead", *GONE, kind="dream", pk="{f_met}"),
    post("trip_lead", *WRONG, kind="event", pk="{f_guest}", data={"title": "未到会"}),
    post("supplier_list_new", *DONE, data={
        "leader": "示例第二链主", "source": "名录", "as_of": DAY, "unit": "office"}),
    get("supplier_list", *READ, **LIST),
    get("supplier_list", *READ, query="?state=none&gap=on", **LIST),
    get("supplier_list", 400, 400, 403, 403, query="?state=asleep", **LIST),
    get("supplier_list", *GONE, pk=NOWHERE),
    get("supplier_new", *WRITE, **LIST),
    post("supplier_new", *DONE, **LIST, data={"name": "示例线束有限公司"}),
    post("supplier_new", *WRONG, **LIST, data={"name": "示例线束有限公司", "uscc": "9134"}),
    post("supplier_export", *READ, **LIST, data={"state": "none"}),
    get("supplier_books", *WRITE, **LIST),
    post("supplier_books", *WRONG, **LIST),
    get("supplier_book", *WRITE, pk="{f_book}"),
    get("supplier_book", *GONE, pk=NOWHERE),
    post("supplier_book_act", *DONE, pk="{f_book}", step="apply"),
    post("supplier_book_act", *DONE, pk="{f_book}", step="discard"),
    post("supplier_book_act", *GONE, pk="{f_book}", step="burn"),
    get("supplier_mark", *WRITE, pk="{f_supplier}"),
    post("supplier_mark", *DONE, pk="{f_supplier}", data={"state": "interested", "on": DAY}),
    post("supplier_mark", *WRONG, pk="{f_supplier}", data={"state": "project", "on": DAY}),
    get("supplier_lead", *WRITE, pk="{f_supplier}"),
    post("supplier_lead", *DONE, pk="{f_supplier}"),
    get("supplier_lead", *GONE, pk=NOWHERE),
    post("term_sheet_new", *DONE, data={
        "title": "示例框架", "template": "framework", "project": "{f_project}",
        "unit": "office", "owner": "f-head"}),
    get("term_sheet", *READ, **TERMS),
    get("term_sheet", *READ, query="?version=2&against=1", **TERMS),
    get("term_sheet", *READ, query="?version=x&against=99999999", **TERMS),
    get("term_sheet", *GONE, pk=NOWHERE),
    get("term_sheet_change", *WRITE, **TERMS),
    post("term_sheet_change", *DONE, **TERMS, data={"place": "示例二园", "total": "9"}),
    post("term_sheet_change", *WRONG, **TERMS, data={"place": "示例二园", "seen": "1"}),
    post("term_sheet_change", *WRONG, **TERMS, data={"total": "很多"}),
    *_acts("term_sheet_act", TERMS, "line", "attach", "drop", "agreement"),
    post("term_sheet_act", *WRONG, what="agreement", **TERMS, data={"number": "示例1号"}),
    post("term_sheet_paper", *READ, kind="word", **TERMS),
    post("term_sheet_paper", *GONE[:2], 403, 403, kind="stone", **TERMS),
    post("term_sheet_line", *DONE, pk="{f_line}", step="ask"),
    post("term_sheet_line", *DONE, pk="{f_line}", step="agree"),
    post("term_sheet_line", *DONE, pk="{f_line}", step="drop"),
    post("term_sheet_line", 403, 404, 403, 403, pk="{f_line}", step="burn"),
    get("negotiation", *READ, **TALKS),
    get("negotiation", *GONE, pk=NOWHERE),
    post("negotiation_new", *DONE, data={
        "firm": "示例压铸科技有限公司", "topic": "条款", "at": "2026-03-03T10:00",
        "channel": "online_talks", "platform": "video", "unit": "office", "ours": "{clerk}",
        "theirs": "王经理", "agreed": "同意考察", "open_1": "用电容量", "owner_1": "f-head",
        "due_1": "2030-01-01"}),
    post("negotiation_new", *WRONG, data={
        "firm": "示例压铸科技有限公司", "topic": "条款", "at": "2026-03-03T10:00",
        "channel": "online_talks", "platform": "video", "unit": "office", "ours": "{clerk}",
        "theirs": "王经理", "open_1": "用电容量"}),
    get("negotiation_point", *WRITE, **TALKS),
    post("negotiation_point", *DONE, **TALKS, data={
        "text": "用水", "owner": "f-head", "due": "2030-01-01"}),
    post("negotiation_point", *WRONG, **TALKS),
    get("negotiation_settle", *WRITE, pk="{f_point}"),
    post("negotiation_settle", *DONE, pk="{f_point}", data={"outcome": "已答复"}),
    post("negotiation_settle", *WRONG, pk="{f_point}"),
    get("negotiation_settle", *GONE, pk=NOWHERE),
)  # fmt: skip

MARCH = dt.date(2026, 3, 2)


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    hand: dict[str, Any] = {"actor": actor, "now": now}
    unit = zone.charge.unit
    head = create_user(actor=actor, username="f-head")
    team = trips.open_team(actor=actor, name="示例小分队", unit=unit)
    trip = trips.plan_trip(
        **hand, team=team, title="赴宁波", channel="visit", purpose="补链", leader=head,
        stops=[Stop("宁波", MARCH, MARCH + dt.timedelta(days=2))], gaps=["压铸"],
    )  # fmt: skip
    firm = record_investor(**hand, name="示例冲压件有限公司", sure=True, synthetic=True)
    met = trips.meet(
        **hand, trip=trip, city=trip.cities.get(), investor=firm,
        on=MARCH + dt.timedelta(days=1), said="介绍园区",
    )  # fmt: skip
    event = events.plan_event(
        **hand, title="示例推介会", channel="offline_fair", begins=MARCH, ends=MARCH, unit=unit,
        owner=head,
    )  # fmt: skip
    guest = events.invite(actor=actor, event=event, investors=[firm], on=MARCH)[0]
    visit = returns.receive(
        **hand, investor=firm, on=MARCH + dt.timedelta(days=9), unit=unit, host=head, said="考察"
    )
    listing = suppliers.make_list(
        **hand, leader="示例链主汽车", source="公开名录", as_of=MARCH, unit=unit
    )
    supplier = suppliers.add_supplier(
        actor=actor, listing=listing, name="示例座椅有限公司", product="座椅", gap=True
    )
    book = check_suppliers(
        **hand, listing=listing, file_name="名单.csv", as_of=today,
        data="企业名称,供应产品\n示例电机有限公司,电机\n".encode(),
    )  # fmt: skip
    project = create_project(
        **hand, name="示例条款项目", pipeline="six_batches", on=MARCH, lead_unit=unit,
        synthetic=True,
    )  # fmt: skip
    terms = termsheets.open_sheet(
        **hand, title="示例投资条款", template="investment", unit=unit, owner=head,
        zone_name="示例园区", project=project,
    )  # fmt: skip
    line = term_lines.add_line(
        **hand, sheet=terms, text="示例厂房补贴", kind="reward", due=MARCH, amount=Decimal(1)
    )
    talks = negotiations.record_negotiation(
        **hand, investor=firm, topic="示例洽谈", at=now, platform="video", unit=unit,
        ours=[head], theirs="李总", points=[Point("用地", head, today, open=True)],
    )  # fmt: skip
    made = {
        "team": team, "trip": trip, "city": trip.cities.get(), "met": met, "event": event,
        "guest": guest, "visit": visit, "list": listing, "supplier": supplier, "book": book,
        "terms": terms, "line": line, "talks": talks, "point": talks.points.get(),
        "project": project, "head": head,
    }  # fmt: skip
    return {f"f_{name}": row.pk for name, row in made.items()}
