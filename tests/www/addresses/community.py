"""Neighbourhood agents, service points, cross-region service."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.cases.services.attaching import Upload
from openzone.zone.catalogue.models import RegionOffer
from openzone.zone.community.services.custody import PaperSpec, Signature, give
from openzone.zone.community.services.filings import Person, receive
from openzone.zone.community.services.orders import collect, take_order
from openzone.zone.community.services.points import (
    EstateValues,
    PointValues,
    declare_walk,
    save_estate,
    save_point,
)
from openzone.zone.community.services.proofs import Photos
from openzone.zone.community.services.residents import add_duty
from tests.files import JPEG
from tests.www.addresses.address import Address, get, post
from tests.www.addresses.commitments import STATE
from tests.zone.community.town import ACTOR, LONG_AGO

if TYPE_CHECKING:
    from tests.www.conftest import Zone

PHOTO = Upload("交接.jpg", JPEG, "photos")
WHO = {"name": "示例人", "identity": "350213194001010052"}
DAY = "2026-11-20"

# None of the visitors is on the roster: agents have tests of their own. ``collected`` is with its
# agent, who has given a paper to the community; the desk sees it and signs for nothing.
ADDRESSES: tuple[Address, ...] = (
    *(get(name, 403, 403, 403, 403) for name in (
        "agent_orders", "agent_custody", "agent_visits")),
    get("agents", 200, 200, 403, 403),
    get("agent_new", 200, 403, 403, 403),
    post("agent_new", 302, 403, 403, 403, data={
        "code": "a-9", "name": "示例甲", "community": "town-community", "valid_from": DAY}),
    post("agent_new", 400, 403, 403, 403, data={
        "code": "town-agent-1", "name": "示例甲", "community": "town-community",
        "valid_from": DAY}),
    get("agents_import", 200, 403, 403, 403),
    post("agents_import", 400, 403, 403, 403),
    post("agents_export", 200, 200, 403, 403),
    get("agent_edit", 200, 403, 403, 403, pk="{nb_agent}"),
    post("agent_edit", 302, 403, 403, 403, pk="{nb_agent}", data={
        "name": "示例甲", "community": "town-community", "valid_from": "2020-01-01"}),
    get("agent_end", 200, 403, 403, 403, pk="{nb_agent}"),
    post("agent_end", 400, 403, 403, 403, pk="{nb_agent}", data={"last_day": DAY}),
    get("service_points", 200, 200, 403, 403),
    get("service_point_new", 200, 403, 403, 403),
    post("service_point_new", 302, 403, 403, 403, data={
        "code": "p-9", "name": "示例点", "community": "town-community", "valid_from": DAY,
        "items": "town-pension"}),
    post("service_point_new", 400, 403, 403, 403, data={
        "code": "p-9", "name": "示例点", "community": "town-community", "valid_from": DAY,
        "longitude": "118"}),
    get("service_point", 200, 200, 403, 403, pk="{nb_point}"),
    get("service_point_edit", 200, 403, 403, 403, pk="{nb_point}"),
    post("service_point_edit", 302, 403, 403, 403, pk="{nb_point}", data={
        "name": "示例点", "community": "town-community", "valid_from": DAY}),
    get("estate_new", 200, 403, 403, 403),
    post("estate_new", 302, 403, 403, 403, data={
        "code": "e-9", "name": "示例小区", "kind": "estate", "community": "town-community"}),
    get("estate_edit", 200, 403, 403, 403, pk="{nb_estate}"),
    post("estate_edit", 302, 403, 403, 403, pk="{nb_estate}", data={
        "name": "示例小区", "kind": "village", "community": "town-community"}),
    get("estate_walk", 200, 403, 403, 403, pk="{nb_estate}"),
    post("estate_walk", 302, 403, 403, 403, pk="{nb_estate}", data={
        "point": "town-p1", "minutes": "4"}),
    post("estate_walk", 400, 403, 403, 403, pk="{nb_estate}", data={
        "point": "town-p1", "minutes": "0"}),
    get("residents", 200, 200, 403, 403),
    get("residents", 200, 200, 403, 403, query="?q=%E7%A4%BA%E4%BE%8B"),
    get("resident_new", 200, 200, 403, 403),
    post("resident_new", 302, 302, 403, 403, data=WHO | {"community": "town-community"}),
    post("resident_new", 400, 400, 403, 403, data=WHO),
    get("resident", 200, 200, 403, 403, pk="{nb_resident}"),
    post("resident_reveal", 200, 200, 403, 403, pk="{nb_resident}", data={"reason": "上门前联系"}),
    post("resident_reveal", 400, 400, 403, 403, pk="{nb_resident}"),
    get("consent_new", 200, 200, 403, 403, pk="{nb_resident}"),
    post("consent_new", 302, 302, 403, 403, pk="{nb_resident}", data={
        "form": "paper", "document": "2号", "all_items": "on", "given_on": DAY}),
    post("consent_new", 400, 400, 403, 403, pk="{nb_resident}", data={
        "form": "paper", "document": "2号", "given_on": DAY}),
    get("consent_end", 200, 200, 403, 403, pk="{nb_consent}"),
    post("consent_end", 302, 302, 403, 403, pk="{nb_consent}", data={"on": DAY}),
    get("resident_duty_new", 200, 200, 403, 403, pk="{nb_resident}"),
    post("resident_duty_new", 302, 302, 403, 403, pk="{nb_resident}", data={
        "duty": "pension", "due_on": "2027-01-31", "source": "社保中心"}),
    get("resident_duty_done", 200, 200, 403, 403, pk="{nb_duty}"),
    post("resident_duty_done", 302, 302, 403, 403, pk="{nb_duty}", data={
        "on": DAY, "proof": "回执"}),
    post("resident_duty_done", 400, 400, 403, 403, pk="{nb_duty}", data={"on": DAY}),
    get("order_new", 200, 200, 403, 403, pk="{nb_resident}"),
    post("order_new", 302, 302, 403, 403, pk="{nb_resident}", data={
        "item": "town-pension", "agent": "town-agent-1"}),
    post("order_new", 400, 400, 403, 403, pk="{nb_resident}", data={
        "item": "town-licence", "agent": "town-agent-1"}),
    get("home_visits", 200, 200, 403, 403),
    get("custody", 200, 200, 403, 403),
    get("orders", 200, 200, 403, 403),
    get("orders", 200, 200, 403, 403, query="?status=closed"),
    get("orders", 400, 400, 403, 403, query="?status=lost"),
    get("order", 200, 200, 403, 403, pk="{nb_collected}"),
    get("order", 404, 404, 404, 404, pk=999),
    post("proof_file", 200, 200, 403, 403, pk="{nb_photo}"),
    post("proof_file", 404, 404, 404, 404, pk=999),
    get("hand_over_photos", 403, 403, 403, 403, pk="{nb_hand_over}"),
    post("custody_export", 200, 200, 403, 403, kind="orders", pk="{nb_collected}"),
    post("custody_export", 404, 404, 404, 404, kind="nonsense", pk=1),
    get("order_trip", 200, 200, 403, 403, pk="{nb_collected}"),
    post("order_trip", 302, 302, 403, 403, pk="{nb_collected}", data={
        "on": DAY, "where": "窗口", "why": "补件"}),
    *(get("order_step", 200, 200, 403, 403, pk="{nb_collected}", name=name) for name in (
        "visit", "collect", "review-community", "review-street", "deliver", "close",
        "withdraw")),
    get("order_step", 404, 404, 403, 403, pk="{nb_collected}", name="nothing"),
    post("order_step", 400, 400, 403, 403, pk="{nb_collected}", name="review-community", data={
        "passed": "yes"}),
    post("order_step", 400, 400, 403, 403, pk="{nb_collected}", name="close", data={"rating": "5"}),
    post("order_step", 302, 302, 403, 403, pk="{nb_taken}", name="withdraw", data={
        "why": "不办了"}),
    get("hand_over", 200, 200, 403, 403, kind="orders", pk="{nb_collected}"),
    get("hand_over", 404, 404, 404, 404, kind="nothing", pk="{nb_collected}"),
    post("hand_over", 400, 400, 403, 403, kind="orders", pk="{nb_collected}", data={
        "papers": "{nb_paper}", "taker": "community"}),
    get("hand_over", 200, 200, 403, 403, kind="filings", pk="{nb_filing}"),
    get("hand_over_sign", 200, 200, 403, 403, pk="{nb_hand_over}"),
    post("hand_over_sign", 400, 400, 403, 403, pk="{nb_hand_over}"),
    post("hand_over_strike", 302, 302, 403, 403, pk="{nb_hand_over}"),
    get("filings", 200, 200, 403, 403),
    get("filings", 200, 200, 403, 403, query="?status=all"),
    get("filings", 400, 400, 403, 403, query="?status=lost"),
    get("filing_new", 200, 200, 403, 403),
    post("filing_new", 302, 302, 403, 403, data=WHO | {"offer": "{com_region}"}),
    post("filing_new", 400, 400, 403, 403, data=WHO),
    get("filing", 200, 200, 403, 403, pk="{nb_filing}"),
    get("filing", 404, 404, 404, 404, pk=999),
    post("filing_reveal", 200, 200, 403, 403, pk="{nb_filing}", data={"reason": "联系补件"}),
    get("filing_papers", 403, 200, 403, 403, pk="{nb_filing}"),
    post("filing_papers", 403, 302, 403, 403, pk="{nb_filing}", data={"papers": "身份证*"}),
    get("filing_liability", 200, 200, 403, 403, pk="{nb_filing}"),
    post("filing_liability", 302, 302, 403, 403, pk="{nb_filing}", data={
        "side": "courier", "what": "破损"}),
    get("filing_trip", 200, 200, 403, 403, pk="{nb_filing}"),
    post("filing_trip", 302, 302, 403, 403, pk="{nb_filing}", data={
        "on": DAY, "where": "窗口", "why": "补件"}),
    *(get("filing_step", 200, 200, 403, 403, pk="{nb_filing}", name=name) for name in (
        "notice", "complete", "send", "accept", "decide", "deliver", "rate", "withdraw")),
    get("filing_step", 404, 404, 403, 403, pk="{nb_filing}", name="nothing"),
    post("filing_step", 400, 302, 403, 403, pk="{nb_filing}", name="notice", data={
        "missing": "申请书"}),
    post("filing_step", 400, 302, 403, 403, pk="{nb_filing}", name="send", data={
        "identity_checked": "on"}),
    post("filing_step", 400, 400, 403, 403, pk="{nb_filing}", name="decide", data={
        "granted": "yes", "decision": "1号"}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need; the town is the one of the commitments."""
    now, town = timezone.now(), STATE["town"]
    order = {"actor": ACTOR, "resident": town.resident, "agent": town.agent, "now": now}
    order |= {"item": town.pension, "by": town.walker, "home_visit": True}
    taken, begun = (take_order(**order).order for _ in range(2))
    specs = [PaperSpec("身份证", original=True), PaperSpec("照片")]
    collected = collect(actor=ACTOR, order=begun, papers=specs, by=town.walker, now=now)
    first, second = collected.papers.all()
    hand_over = give(
        actor=ACTOR, of=collected, papers=[second], taker="community",
        by=Signature(town.walker), now=now, photos=Photos(town.walker, [PHOTO]),
    )  # fmt: skip
    point = save_point(
        actor=ACTOR,
        code="town-p1",
        values=PointValues(name="示例点", community=town.community, valid_from=LONG_AGO),
        items=[town.pension],
    )
    estate = save_estate(
        actor=ACTOR,
        code="town-e1",
        values=EstateValues(
            name="示例小区", kind="estate", community=town.community, residents=500
        ),
    )
    declare_walk(actor=ACTOR, estate=estate, point=point, minutes=Decimal(4))
    duty = add_duty(
        actor=ACTOR,
        resident=town.resident,
        duty="pension",
        due_on=timezone.localdate(now) + dt.timedelta(days=5),
        source="社保中心",
    )
    filing = receive(
        actor=ACTOR,
        offer=RegionOffer.objects.get(item=town.licence),
        person=Person(name="示例办事人", identity="500101199001010011"),
        by=town.clerk,
        unit=zone.charge.unit,
        now=now,
    ).filing
    rows = {
        "nb_agent": town.agent,
        "nb_resident": town.resident,
        "nb_consent": town.consent,
        "nb_taken": taken,
        "nb_collected": collected,
        "nb_paper": first,
        "nb_hand_over": hand_over,
        "nb_photo": hand_over.proofs.get(),
        "nb_point": point,
        "nb_estate": estate,
        "nb_duty": duty,
        "nb_filing": filing,
    }
    return {name: row.pk for name, row in rows.items()}
