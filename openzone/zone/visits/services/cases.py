"""What could not be answered there and then becomes a case; so does a complaint about service."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import PersonInCharge
from openzone.zone.registry.permissions import speaks_for
from openzone.zone.surveys.selectors.assessment import complaint_origin
from openzone.zone.visits.models import Finding

FINDING, COMPLAINT = "visit_finding", "service_complaint"
_TITLE = 60
_NOT_OWN = Text("由企业人员提出", "for the enterprise's own people")


@transaction.atomic
def make_case(*, actor: Actor, user: User, finding: Finding, now: dt.datetime) -> Case:
    """Open a case for a finding. A second time gives the case it has."""
    current = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if current.case is not None:
        return current.case
    opened = open_case(
        actor=actor,
        kind=FINDING,
        title=current.text[:_TITLE],
        text=current.text,
        now=now,
        channel=Channel.VISIT if current.visit_id else Channel.CLINIC,
        requester=_requester(current),
        fields={"topic": current.topic, "said_there": current.answer or None},
        place=current.session.place if current.session else None,
        origin=current.origin,
        recorded_by=user,
        request_id=f"finding:{current.pk}",
    )
    current.case = opened.case
    current.save(update_fields=["case"])
    record(
        "visits.finding.passed_on",
        actor=actor,
        subject=current.origin,
        payload={"finding": current.pk, "case": opened.case.number},
    )
    return opened.case


@transaction.atomic
def complain(
    *,
    actor: Actor,
    user: User,
    charge: PersonInCharge,
    matter: str,
    text: str,
    now: dt.datetime,
    today: dt.date,
) -> Case:
    """Complain about who looks after an enterprise; it goes to the centre, not to their unit."""
    enterprise = charge.subject.enterprise.root
    if not speaks_for(user, enterprise, today):
        raise Refused(_NOT_OWN)
    if charge.user is None:
        raise Refused(Text("此人没有账号，请联系服务中心", "this person has no account"))
    return open_case(
        actor=actor,
        kind=COMPLAINT,
        title=f"服务投诉：{charge}"[:_TITLE],
        text=text,
        now=now,
        channel=Channel.PORTAL,
        requester=Requester(RequesterKind.ENTERPRISE, enterprise=enterprise, user=user),
        fields={"matter": matter},
        about_unit=charge.unit,
        origin=complaint_origin(charge.user),
    ).case


def _requester(finding: Finding) -> Requester:
    if finding.enterprise is not None:
        return Requester(
            RequesterKind.ENTERPRISE,
            enterprise=finding.enterprise.root,
            name=finding.name,
            phone=finding.phone,
        )
    if finding.name:
        return Requester(RequesterKind.PERSON, name=finding.name, phone=finding.phone)
    return Requester(RequesterKind.ANONYMOUS, phone=finding.phone)
