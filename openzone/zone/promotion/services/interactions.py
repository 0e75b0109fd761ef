"""What was said to an investor, and how ripe a lead is by it."""

import datetime as dt
from collections.abc import Mapping
from typing import TypedDict, Unpack

from django.db import transaction

from openzone.engines.projects.maturity import assess
from openzone.engines.text import Text
from openzone.packs.promotion import UNGRADED
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.promotion.enums import LeadEventKind, LeadState
from openzone.zone.promotion.models import Contact, Grading, Interaction, Lead
from openzone.zone.promotion.packs import ensure_known, pack
from openzone.zone.promotion.selectors.alike import same
from openzone.zone.promotion.services.contacts import ensure_reachable
from openzone.zone.promotion.services.writing import (
    append,
    derive,
    ensure_come,
    note,
    opened,
)

UNASSIGNED = Text("请先分派招商顾问再登记联系", "assign an adviser before recording talks")
OTHERS = Text("“{name}”不是该投资方的联系人", "“{name}” is not a contact of this investor")
BEFORE = Text("下一步不能早于联系日期", "the next step is not before the talk")
OF_ANOTHER = Text("不是该线索的记录", "this belongs to another lead")
CORRECTED = Text("该记录已更正过", "this was corrected already")
NO_QUESTION = Text("清单中没有“{name}”", "the checklist has no “{name}”")
OPEN_QUESTION = Text("“{name}”应为是、否或不清楚", "“{name}” is yes, no or not known")


class Said(TypedDict, total=False):
    """What may be said of an interaction beside its kind, day and summary."""

    channel: str
    contact: Contact | None
    with_whom: str
    next_step: str
    next_on: dt.date | None


@transaction.atomic
def record_interaction(
    *, actor: Actor, lead: Lead, kind: str, on: dt.date, summary: str, now: dt.datetime,
    user: User | None = None, **said: Unpack[Said],
) -> Interaction:  # fmt: skip
    """Write down a talk; the first one puts the lead in contact.

    A lead nobody follows is followed from then on by who talked, where that is an adviser.
    """
    fresh = opened(lead)
    made = Interaction(
        lead=fresh, kind=kind, on=on, summary=summary.strip(), by=user, recorded_at=now, **said
    )
    _keep(made, now)
    _put_in_contact(fresh, on, now, user)
    note(
        action="interaction.added", actor=actor, subject=fresh,
        payload={"interaction": made.pk, "kind": kind, "on": on.isoformat()},
    )  # fmt: skip
    return made


@transaction.atomic
def correct_interaction(
    *, actor: Actor, interaction: Interaction, kind: str, on: dt.date, summary: str,
    now: dt.datetime, user: User | None = None, **said: Unpack[Said],
) -> Interaction:  # fmt: skip
    """Write a talk down rightly; the wrong one stays and counts nowhere."""
    fresh = opened(interaction.lead)
    if Interaction.objects.filter(corrects=interaction.pk).exists():
        raise Refused(CORRECTED)
    made = Interaction(
        lead=fresh, kind=kind, on=on, summary=summary.strip(), by=user, recorded_at=now,
        corrects=interaction, **said,
    )  # fmt: skip
    _keep(made, now)
    derive(fresh)
    note(
        action="interaction.corrected", actor=actor, subject=fresh,
        payload={"interaction": made.pk, "corrects": interaction.pk},
    )  # fmt: skip
    return made


@transaction.atomic
def grade_lead(
    *, actor: Actor, lead: Lead, answers: Mapping[str, bool | None], on: dt.date,
    now: dt.datetime, user: User | None = None,
) -> Grading:  # fmt: skip
    """Answer the checklist; the grade follows. None: nobody knows, which is no no.

    What is not asked this time is carried over from the last answers.
    """
    fresh = opened(lead)
    ensure_come(on, now)
    before = fresh.gradings.filter(on__lte=on).last()
    known = {**(before.answers if before else {}), **_sound(answers)}
    reached = assess(pack().as_grades, known).grade
    made = Grading(
        lead=fresh, on=on, answers=known, grade=reached.id if reached else UNGRADED, by=user, at=now
    )
    ensure_valid(made)
    made.save()
    derive(fresh)
    note(
        action="lead.graded", actor=actor, subject=fresh,
        payload={"grade": made.grade, "on": on.isoformat()},
    )  # fmt: skip
    return made


def _keep(made: Interaction, now: dt.datetime) -> None:
    ensure_known(pack().interactions, made.kind, "kind")
    if made.channel:
        ensure_known(pack().channels, made.channel, "channel")
    ensure_come(made.on, now)
    contact = made.contact
    if contact is not None and not same(contact.investor, made.lead.investor):
        raise Refused(OTHERS.format(name=contact.name), field="contact")
    ensure_reachable(contact, made.on)
    if made.next_on is not None and made.next_on < made.on:
        raise Refused(BEFORE, field="next_on")
    ensure_valid(made)
    made.save()


def _put_in_contact(lead: Lead, on: dt.date, now: dt.datetime, user: User | None) -> None:
    if lead.state == LeadState.NEW:
        if user is None or not user.adviser_terms.filter(on_day(on)).exists():
            raise Refused(UNASSIGNED)
        lead.adviser = user
        append(lead, LeadEventKind.ASSIGNED, LeadState.ASSIGNED, on, now, user=user)
    if lead.state == LeadState.ASSIGNED:
        append(lead, LeadEventKind.MOVED, LeadState.IN_CONTACT, on, now, user=user)
    else:
        derive(lead)


def _sound(answers: Mapping[str, bool | None]) -> dict[str, bool | None]:
    known = {one.id for grade in pack().grades for one in grade.asks}
    for name, answer in answers.items():
        if name not in known:
            raise Refused(NO_QUESTION.format(name=name), field=name)
        if answer is not None and not isinstance(answer, bool):
            raise Refused(OPEN_QUESTION.format(name=name), field=name)
    return dict(answers)
