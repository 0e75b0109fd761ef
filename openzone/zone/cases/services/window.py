"""The window for what could not be done: a matter of conduct goes two ways at once.

The matter itself stays with the centre and never goes back to where it failed; the conduct becomes
a confidential case about the unit, which the engine never routes to that unit.
"""

import datetime as dt

from django.db import transaction

from openzone.engines.cases.events import Party
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import Channel, LinkKind, RequesterKind
from openzone.zone.cases.models import Case, Link
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.cases.services.intake import Requester, centre_unit, open_case
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User

WINDOW = "cannot_get_it_done"
REFERRAL = "conduct_referral"
_NOT_WINDOW = Text("只有“办不成事”事项可以移送", "only a case of the window is referred")
_NO_FINDING = Text("请写明甄别依据", "say what shows it")
_NO_PROOF = Text("甄别为“不给办”须附证据", "finding a matter of conduct takes evidence")


@transaction.atomic
def refer_conduct(
    *,
    actor: Actor,
    by: User,
    case: Case,
    about: Unit,
    finding: str,
    now: dt.datetime,
    happened_on: dt.date | None = None,
    evidence: Upload | None = None,
) -> Case:
    """Find a matter of conduct: refer it to supervision, keep the matter at the centre.

    Returns the referral. The event of the window's case says nothing of what was found.
    """
    if case.kind != WINDOW:
        raise Refused(_NOT_WINDOW)
    if not finding.strip():
        raise Refused(_NO_FINDING, field="finding")
    if evidence is None:
        raise Refused(_NO_PROOF, field="evidence")
    centre = centre_unit()
    found = Party("system", f"user:{by.pk}", str(by), centre.code, "system")
    kept = act(
        actor=actor, case=case, action="find_conduct", now=now, data={"unit": centre.code},
        instead=found,
    )  # fmt: skip
    fields = {"window_case": kept.number, "finding": finding.strip()}
    referral = open_case(
        actor=actor,
        kind=REFERRAL,
        title=f"{kept.number} 作风问题移送",
        text="",
        now=now,
        channel=Channel.SYSTEM,
        requester=Requester(RequesterKind.UNIT, unit=_referring(centre, about), user=None),
        fields=fields | ({"happened_on": happened_on} if happened_on else {}),
        about_unit=about,
        origin=kept.subject,
        recorded_by=by,
        files=(evidence,),
    ).case
    Link.objects.create(
        kind=LinkKind.RELATED, source=kept, target=referral, made_at=now, made_by=actor.label
    )
    record("cases.conduct.referred", actor=actor, subject=kept.subject, payload={
        "referral": referral.number})  # fmt: skip
    return referral


def _referring(centre: Unit, about: Unit) -> Unit:
    """Return who refers: the centre, and what stands above it where the centre is meant."""
    above = Unit.objects.filter(parent=None).exclude(pk=about.pk).order_by("pk").first()
    return centre if centre != about else above or centre
