"""Spokespersons and the questions put to them."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership
from openzone.zone.spokespersons.enums import Rating
from openzone.zone.spokespersons.services.answers import rate, reply
from openzone.zone.spokespersons.services.consultations import ask, involve
from openzone.zone.spokespersons.services.register import appoint, record_absence
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

LONG_AGO = dt.date(2020, 1, 1)
TODAY = "2026-11-20"

# ``asked`` waits at the service centre, whose questions administrators answer too, with a part of
# the office; ``done`` was answered badly. Both are of the owner's enterprise. ``spoken`` is a unit
# with a spokesperson.
ADDRESSES: tuple[Address, ...] = (
    Address("spokespersons", (200,) * 4, anonymous=200),
    Address("spokespersons_export", (200,) * 4, method="POST", anonymous=200),
    get("spokespersons_register", 200, 200, 403, 403),
    get("spokespersons_unit", 200, 200, 403, 403, pk="{spoken}"),
    get("spokespersons_unit", 200, 200, 403, 403, pk="{unit}"),
    get("spokespersons_unit", 404, 404, 403, 403, pk=NOWHERE),
    get("spokesperson_new", 200, 403, 403, 403),
    post("spokesperson_new", 302, 403, 403, 403, data={"unit": "office"}),
    post("spokesperson_new", 400, 403, 403, 403, data={"unit": "nowhere"}),
    get("spokesperson_appoint", 200, 403, 403, 403, pk="{unit}"),
    post("spokesperson_appoint", 302, 403, 403, 403, pk="{unit}", data={
        "user": "clerk", "phone": "0551-1", "valid_from": TODAY}),
    post("spokesperson_appoint", 400, 403, 403, 403, pk="{spoken}", data={
        "user": "speaker", "phone": "0551-1", "valid_from": TODAY}),
    get("spokesperson_hand_over", 200, 403, 403, 403, pk="{spoken}"),
    post("spokesperson_hand_over", 302, 403, 403, 403, pk="{spoken}", data={
        "user": "deputy", "phone": "0551-1", "valid_from": TODAY}),
    post("spokesperson_hand_over", 400, 403, 403, 403, pk="{spoken}", data={
        "user": "speaker", "phone": "0551-1", "valid_from": TODAY}),
    get("spokesperson_end", 200, 403, 403, 403, pk="{term}"),
    post("spokesperson_end", 302, 403, 403, 403, pk="{term}", data={"last_day": TODAY}),
    post("spokesperson_end", 400, 403, 403, 403, pk="{term}", data={"last_day": "2001-01-01"}),
    get("spokesperson_phone", 200, 403, 403, 403, pk="{term}"),
    post("spokesperson_phone", 302, 403, 403, 403, pk="{term}", data={"phone": "0551-2"}),
    get("spokesperson_absence", 200, 403, 403, 403, pk="{term}"),
    post("spokesperson_absence", 302, 403, 403, 403, pk="{term}", data={
        "substitute": "deputy", "first": "2026-12-01", "last": "2026-12-02"}),
    post("spokesperson_absence", 400, 403, 403, 403, pk="{term}", data={
        "substitute": "deputy", "first": "2026-12-02", "last": "2026-12-01"}),
    get("spokesperson_absence_end", 200, 403, 403, 403, pk="{absence}"),
    post("spokesperson_absence_end", 302, 403, 403, 403, pk="{absence}", data={
        "last_day": "2026-06-01"}),
    get("consultations", 200, 200, 200, 200),
    get("consultations", 200, 200, 200, 200, query="?state=open&unit=office&q=%E8%A1%A5"),
    get("consultations", 200, 200, 200, 200, query="?unit=service-centre&first=2026-01-01"),
    get("consultations", 400, 400, 200, 200, query="?state=lost"),
    post("consultations_export", 200, 200, 403, 403, data={"state": "open"}),
    get("consultation_new", 200, 200, 200, 403),
    get("consultation_new", 200, 200, 200, 403, query="?text=%E6%80%8E%E4%B9%88"),
    post("consultation_new", 302, 302, 400, 403, data={"channel": "phone", "text": "怎么申请？"}),
    post("consultation_new", 400, 400, 400, 403, data={"text": ""}),
    post("consultation_new", 400, 400, 302, 403, data={
        "text": "怎么申请？", "enterprise": "{near}"}),
    get("consultation_alike", 200, 200, 200, 403, query="?text=%E6%80%8E%E4%B9%88"),
    get("consultations_overview", 200, 200, 403, 403),
    get("consultations_overview", 400, 400, 403, 403, query="?first=x"),
    post("consultations_overview_export", 200, 200, 403, 403),
    get("consultation", 200, 200, 200, 403, pk="{asked}"),
    get("consultation", 200, 200, 200, 403, pk="{done}"),
    get("consultation", 404, 404, 404, 404, pk=NOWHERE),
    get("consultation_reply", 200, 403, 403, 403, pk="{asked}"),
    post("consultation_reply", 302, 403, 403, 403, pk="{asked}", data={
        "text": "每年三月。", "published_question": "什么时候申请？"}),
    post("consultation_reply", 400, 403, 403, 403, pk="{asked}"),
    get("consultation_pass_on", 200, 403, 403, 403, pk="{asked}"),
    post("consultation_pass_on", 302, 403, 403, 403, pk="{asked}", data={
        "unit": "spoken", "reason": "由其负责"}),
    get("consultation_involve", 200, 403, 403, 403, pk="{asked}"),
    post("consultation_involve", 302, 403, 403, 403, pk="{asked}", data={
        "unit": "spoken", "asks": "资金何时到账"}),
    post("consultation_involve", 400, 403, 403, 403, pk="{asked}", data={
        "unit": "office", "asks": "重复"}),
    get("consultation_part", 200, 403, 403, 403, pk="{asked}", part="{part}"),
    post("consultation_part", 302, 403, 403, 403, pk="{asked}", part="{part}", data={
        "text": "五个工作日内。"}),
    get("consultation_part", 404, 404, 404, 403, pk="{done}", part="{part}"),
    get("consultation_limit", 200, 403, 403, 403, pk="{asked}"),
    post("consultation_limit", 302, 403, 403, 403, pk="{asked}", data={"limit": "usual"}),
    post("consultation_limit", 400, 403, 403, 403, pk="{asked}", data={"limit": "someday"}),
    get("consultation_help", 200, 403, 403, 403, pk="{asked}"),
    post("consultation_help", 302, 403, 403, 403, pk="{asked}", data={"note": "陪同填写"}),
    get("consultation_publish", 200, 403, 403, 403, pk="{done}", row="{reply}"),
    post("consultation_publish", 302, 403, 403, 403, pk="{done}", row="{reply}", data={
        "question": "什么时候申请？"}),
    get("consultation_rate", 403, 403, 200, 403, pk="{done}", row="{reply}"),
    post("consultation_rate", 403, 403, 400, 403, pk="{done}", row="{reply}", data={
        "rating": "5"}),
    get("consultation_again", 403, 403, 200, 403, pk="{done}", row="{reply}"),
    post("consultation_again", 403, 403, 302, 403, pk="{done}", row="{reply}", data={
        "why": "没说材料"}),
    post("consultation_again", 404, 404, 404, 403, pk="{asked}", row="{reply}", data={
        "why": "没说材料"}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need in the example zone, and return their numbers."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    office = zone.charge.unit
    spoken = create_unit(actor=actor, code="spoken", name="示例科技局", kind=UnitKind.DEPARTMENT)
    people = [_member(actor, name, spoken) for name in ("speaker", "deputy")]
    term = appoint(
        actor=actor, unit=spoken, user=people[0], phone="0551-00000001", valid_from=LONG_AGO
    )
    absence = record_absence(
        actor=actor,
        term=term,
        substitute=people[1],
        first=today + dt.timedelta(days=30),
        last=today + dt.timedelta(days=31),
    )
    question = {"actor": actor, "now": now, "enterprise": zone.near}
    asked = ask(text="研发补助怎么申请？", **question)
    part = involve(
        actor=actor, consultation=asked, unit=office, asks="资金何时到账", now=timezone.now()
    )
    done = ask(text="需要哪些材料？", **question)
    answered = reply(
        actor=actor, consultation=done, text="见指南。", by=zone.clerk, now=now, on=today
    )
    rate(actor=actor, reply=answered, rating=Rating.BAD, now=now)
    made = {"spoken": spoken, "term": term, "absence": absence, "asked": asked, "part": part}
    return {name: row.pk for name, row in made.items()} | {"done": done.pk, "reply": answered.pk}


def _member(actor: Actor, name: str, unit: Unit) -> User:
    user = create_user(actor=actor, username=name)
    grant_membership(actor=actor, user=user, unit=unit, role=Role.HANDLER, valid_from=LONG_AGO)
    return user
