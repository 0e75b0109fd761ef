"""A lead becomes a project, once, in one transaction."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.projects.enums import AmountKind, TeamRole
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.amounts import state_amount
from openzone.zone.projects.services.projects import create_project, join_team
from openzone.zone.promotion.enums import LeadEventKind, LeadState
from openzone.zone.promotion.models import Investor, Lead
from openzone.zone.promotion.packs import pack
from openzone.zone.promotion.services.following import ensure_no_referral, ensure_talked
from openzone.zone.promotion.services.telling import tell_ended
from openzone.zone.promotion.services.writing import append, ensure_come, note, opened

NO_UNIT = Text("请选择项目牵头单位", "name the unit that leads the project")


@transaction.atomic
def become_project(
    *, actor: Actor, lead: Lead, name: str, on: dt.date, now: dt.datetime,
    pipeline: str = "", user: User | None = None, seen: int | None = None,
) -> Project:  # fmt: skip
    """Make a project of a lead that was talked about; what is known of it goes along.

    The adviser joins its team. The lead stays on record with all that was said.

    Raises:
        Refused: it has become one already, nothing was said yet, a referral is open, or no unit
            follows it.

    """
    fresh = opened(lead, seen)
    ensure_come(on, now)
    ensure_talked(fresh)
    ensure_no_referral(fresh)
    if fresh.unit is None:
        raise Refused(NO_UNIT, field="unit")
    project = _project(actor, fresh, name.strip() or fresh.title, on, now, pipeline)
    if fresh.wished is not None:
        state_amount(
            actor=actor, project=project, kind=AmountKind.TOTAL, value=fresh.wished, on=on,
            now=now, currency=fresh.currency, wording=fresh.number, user=user,
        )  # fmt: skip
    if fresh.adviser is not None:
        join_team(actor=actor, project=project, user=fresh.adviser, role=TeamRole.PROMOTION, on=on)
    fresh.project = project
    append(fresh, LeadEventKind.PROJECT, LeadState.PROJECT, on, now, user=user)
    tell_ended(fresh, user, now)
    payload = {"project": project.pk, "number": project.number}
    note(action="lead.became_project", actor=actor, subject=fresh, payload=payload)
    return project


def _project(
    actor: Actor, lead: Lead, name: str, on: dt.date, now: dt.datetime, pipeline: str
) -> Project:
    investor: Investor = lead.investor.root or lead.investor
    return create_project(
        actor=actor, name=name, pipeline=pipeline or pack().pipeline, on=on, now=now,
        synthetic=lead.synthetic, summary=lead.summary, industry=lead.industry,
        chain=[one for one in (lead.node or lead.chain,) if one], origin=investor.origin,
        place=lead.place, lead_unit=lead.unit, investor=investor.enterprise,
        investor_name=investor.name,
    )  # fmt: skip
