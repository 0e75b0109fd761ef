"""Firms that came to look (来访考察), and signings, each bound to the project's own stage log."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Project
from openzone.zone.projects.writing import locked
from openzone.zone.promotion.field_packs import field
from openzone.zone.promotion.models import (
    Contact,
    Investor,
    Lead,
    PromotionEvent,
    ReturnVisit,
    Signing,
    Trip,
)
from openzone.zone.promotion.selectors.alike import same
from openzone.zone.promotion.selectors.signings import signed_entry
from openzone.zone.promotion.services.field_links import ensure_of, spoken
from openzone.zone.promotion.services.writing import ensure_come, locked_investor, note

TWICE = Text("“{name}”当日来访已登记", "that “{name}” came on this day is recorded already")
BEFORE = Text("来访早于对接（{day}）", "that is before they were met ({day})")
NOT_SIGNED = Text(
    "项目“{name}”的阶段记录中没有有效的签约，请先在项目页面办理签约",
    "the stage log of “{name}” has no signing that stands: enter it on the project's page first",
)
LINKED = Text(
    "项目“{name}”的签约已记在“{investor}”名下",
    "the signing of “{name}” is recorded for “{investor}”",
)
OTHER_LEAD = Text(
    "该项目由“{investor}”的线索转化而来", "this project came of a lead of “{investor}”"
)


@transaction.atomic
def receive(
    *, actor: Actor, investor: Investor, on: dt.date, unit: Unit, host: User, said: str,
    now: dt.datetime, people: int | None = None, trip: Trip | None = None,
    event: PromotionEvent | None = None, lead: Lead | None = None,
    contact: Contact | None = None, user: User | None = None, synthetic: bool = False,
) -> ReturnVisit:  # fmt: skip
    """Record a firm that came to look; with a lead, it is an interaction of it as well."""
    firm = locked_investor(investor)
    ensure_come(on, now)
    ensure_of(firm, lead=lead, contact=contact)
    if ReturnVisit.objects.filter(investor=firm, on=on).exists():
        raise Refused(TWICE.format(name=firm.name), field="investor")
    if trip is not None and on < trip.begins:
        raise Refused(BEFORE.format(day=trip.begins), field="on")
    made = ReturnVisit(
        investor=firm, on=on, unit=unit, host=host, people=people, said=said.strip(), trip=trip,
        event=event, lead=lead, recorded_by=user, recorded_at=now, synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(made)
    made.interaction = spoken(
        actor=actor, channel="", lead=lead, on=on, said=made.said, contact=contact, user=user,
        now=now, kind=field().return_visit,
    )  # fmt: skip
    made.save()
    note(
        action="return_visit.recorded", actor=actor, subject=f"investor:{firm.pk}",
        payload={"visit": made.pk, "on": on.isoformat()},
    )  # fmt: skip
    return made


@transaction.atomic
def record_signing(
    *, actor: Actor, project: Project, investor: Investor, now: dt.datetime,
    event: PromotionEvent | None = None, user: User | None = None,
) -> Signing:  # fmt: skip
    """Bind the signing in a project's stage log to the investor who signed; once a project."""
    fresh, firm = locked(project), locked_investor(investor)
    known = Signing.objects.select_related("investor").filter(project=fresh).first()
    if known is not None:
        raise Refused(_told(LINKED, fresh, known.investor))
    lead = Lead.objects.select_related("investor").filter(project=fresh).first()
    if lead is not None and not same(lead.investor, firm):
        raise Refused(OTHER_LEAD.format(investor=lead.investor.name), field="investor")
    entry = signed_entry(fresh)
    if entry is None:
        raise Refused(NOT_SIGNED.format(name=fresh.name), field="project")
    made = Signing(
        project=fresh, investor=firm, entry=entry, event=event, recorded_by=user, recorded_at=now
    )
    ensure_valid(made)
    made.save()
    note(
        action="signing.recorded", actor=actor, subject=f"project:{fresh.pk}",
        payload={"investor": firm.pk, "on": entry.on.isoformat()},
    )  # fmt: skip
    return made


def _told(text: Text, project: Project, investor: Investor) -> Text:
    return text.format(name=project.name, investor=investor.name)
