"""Opening a survey and asking: each enterprise once, about whoever looks after it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.engines.visiting.cadence import Per, Period, period_of
from openzone.packs.surveys import Form
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.errors import Refused
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.enums import ChargeRole
from openzone.zone.registry.models import Enterprise, PersonInCharge
from openzone.zone.surveys.models import Survey, SurveyInvitation
from openzone.zone.surveys.packs import form_named, pack

_TWICE = Text("该季度的这项调查已开展", "this survey was opened for that quarter already")
_NO_FORM = Text("没有这张表", "there is no such form")
_NOBODY = Text("没有可邀请的企业", "there is nobody to ask")
_ASSESSED = (ChargeRole.SPONSOR, ChargeRole.SERVICE_OFFICER)
AFTER_CASE = "after_case"
_BATCH = 2_000


@transaction.atomic
def open_survey(
    *,
    actor: Actor,
    form: str,
    day: dt.date,
    today: dt.date,
    enterprises: Iterable[int] | None = None,
) -> Survey:
    """Open a quarter's survey and ask everybody it concerns.

    ``day`` lies in the quarter that is asked about. A form about an assignee asks the enterprises
    that have a sponsor, else a service officer; one about the zone asks ``enterprises``.
    """
    chosen = form_named(form)
    if chosen is None or chosen.when != "quarter":
        raise Refused(_NO_FORM, field="form")
    quarter = period_of(day, Per.QUARTER)
    if Survey.objects.filter(form=form, first=quarter.first).exists():
        raise Refused(_TWICE, field="day")
    survey = _opened(actor, chosen, quarter, today, today + dt.timedelta(days=chosen.open_days))
    asked = (
        _of_assignees(survey, today, enterprises)
        if chosen.about == "assignee"
        else _of_enterprises(survey, today, enterprises or ())
    )
    if not asked:
        raise Refused(_NOBODY)
    SurveyInvitation.objects.bulk_create(asked, batch_size=_BATCH)
    payload: dict[str, JSON] = {"form": form, "from": quarter.first, "asked": len(asked)}
    record("surveys.opened", actor=actor, subject=f"survey:{survey.pk}", payload=payload)
    return survey


@transaction.atomic
def ask_after_closing(*, actor: Actor, case: Case, today: dt.date) -> SurveyInvitation | None:
    """Ask who brought a case, once it is closed; ``None`` if there is nobody to ask.

    Anonymous requests and those of units are not asked; asking twice changes nothing.
    """
    form = form_named(AFTER_CASE)
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    known = SurveyInvitation.objects.filter(case=locked).first()
    if known is not None or form is None or not _can_be_asked(locked):
        return known
    survey = _of_quarter(actor, form, period_of(_closed_on(locked), Per.QUARTER))
    made = SurveyInvitation.objects.create(
        survey=survey,
        enterprise=locked.enterprise.root if locked.enterprise else None,
        person=None if locked.enterprise else locked.requester_user,
        case=locked,
        about_user=locked.handler,
        about_unit=locked.lead,
        invited_on=today,
        answer_by=today + dt.timedelta(days=form.open_days),
    )
    _postpone(survey, made.answer_by)
    record(
        "surveys.asked",
        actor=actor,
        subject=f"survey:{survey.pk}",
        payload={"case": locked.number, "by": made.answer_by},
    )
    return made


def _opened(actor: Actor, form: Form, quarter: Period, opens: dt.date, closes: dt.date) -> Survey:
    year, number = quarter.first.year, (quarter.first.month + 2) // 3
    definition = {
        "form": form.model_dump(mode="json"),
        "scale": pack().scale(form).model_dump(mode="json"),
        "least": pack().least,
    }
    return Survey.objects.create(
        form=form.id,
        title=f"{form.title.zh} {year}Q{number}",
        definition=definition,
        first=quarter.first,
        last=quarter.last,
        opens_on=opens,
        closes_on=closes,
        opened_by=actor.label[:150],
    )


def _of_quarter(actor: Actor, form: Form, quarter: Period) -> Survey:
    """Return the running survey after cases of a quarter; the first closed case begins it."""
    found = Survey.objects.filter(form=form.id, first=quarter.first).first()
    closes = quarter.last + dt.timedelta(days=form.open_days)
    return found or _opened(actor, form, quarter, quarter.first, closes)


def _postpone(survey: Survey, day: dt.date) -> None:
    """Keep a survey open until the last who was asked may answer."""
    if survey.closes_on < day:
        survey.closes_on = day
        survey.save(update_fields=["closes_on"])


def _can_be_asked(case: Case) -> bool:
    if not case.closed or case.merged_into_id:
        return False
    if case.requester_kind == RequesterKind.ENTERPRISE:
        return case.enterprise_id is not None
    return case.requester_kind == RequesterKind.PERSON and case.requester_user_id is not None


def _closed_on(case: Case) -> dt.date:
    if case.closed_at is None:
        raise Refused(Text("事项尚未办结", "the case is not closed"))
    return timezone.localdate(case.closed_at)


def _of_assignees(
    survey: Survey, today: dt.date, only: Iterable[int] | None
) -> list[SurveyInvitation]:
    wanted = None if only is None else set(only)
    charges = PersonInCharge.objects.filter(
        on_day(today), role__in=_ASSESSED, subject__enterprise__isnull=False, user__isnull=False
    ).select_related("subject__enterprise")
    chosen: dict[int, PersonInCharge] = {}
    # In the order of the roles: the sponsor is who is assessed where there is one.
    for charge in sorted(charges, key=lambda one: (_ASSESSED.index(ChargeRole(one.role)), one.pk)):
        chosen.setdefault(charge.subject.enterprise.root_id, charge)
    return [
        _invitation(survey, pk, today, charge)
        for pk, charge in sorted(chosen.items())
        if wanted is None or pk in wanted
    ]


def _of_enterprises(
    survey: Survey, today: dt.date, numbers: Iterable[int]
) -> list[SurveyInvitation]:
    roots = Enterprise.objects.filter(pk__in=list(numbers)).order_by("root")
    return [
        _invitation(survey, pk, today, None)
        for pk in roots.values_list("root", flat=True).distinct()
    ]


def _invitation(
    survey: Survey, enterprise: int, today: dt.date, charge: PersonInCharge | None
) -> SurveyInvitation:
    return SurveyInvitation(
        survey=survey,
        enterprise_id=enterprise,
        about_user_id=charge.user_id if charge else None,
        about_unit_id=charge.unit_id if charge else None,
        invited_on=today,
        answer_by=survey.closes_on,
    )
