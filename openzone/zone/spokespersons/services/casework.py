"""A question is a case: one number, who holds it, its clock. Every step is written there too.

Who may do what is decided here, by the register of spokespersons; so the system writes the event
in the name of who did it. The case's clock is the one the question is measured by.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from openzone.engines.cases.events import Party
from openzone.engines.cases.state import State
from openzone.engines.text import Text
from openzone.engines.worktime.durations import Duration
from openzone.engines.worktime.localtime import to_aware
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel as CaseChannel
from openzone.zone.cases.enums import RequesterKind
from openzone.zone.cases.folding import state_of
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.intake import Requester, centre_unit, open_case
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit
from openzone.zone.spokespersons.enums import Channel
from openzone.zone.spokespersons.models import Consultation

KIND = "policy_question"
_CHANNELS = {
    Channel.ONLINE: CaseChannel.PORTAL,
    Channel.PHONE: CaseChannel.PHONE,
    Channel.COUNTER: CaseChannel.COUNTER,
    Channel.LIVE: CaseChannel.LIVE,
}
_TITLE = 80


def begin(consultation: Consultation, who: Actor) -> Case:
    """Open the case of a question that was just asked."""
    lead = consultation.unit or centre_unit()
    opened = open_case(
        actor=who,
        kind=KIND,
        title=_title(consultation.text),
        text=consultation.text,
        now=consultation.asked_at,
        channel=_CHANNELS[Channel(consultation.channel)],
        requester=_requester(consultation),
        fields=_fields(consultation),
        unit=lead,
        origin=f"consultation:{consultation.pk}",
        recorded_by=consultation.recorded_by,
    )
    return opened.case


def step(
    consultation: Consultation,
    who: Actor,
    action: str,
    now: dt.datetime,
    data: Mapping[str, Any],
    unit: Unit | None = None,
) -> Case:
    """Write down in the case what was done with the question, in the name of who did it."""
    name = who.label or "系统"
    party = Party("system", f"{who.kind}:{who.id}", name, unit.code if unit else None, "system")
    return act(
        actor=who, case=case_of(consultation), action=action, now=now, data=data, instead=party
    )


def involve(
    consultation: Consultation, who: Actor, unit: Unit, asks: str, now: dt.datetime
) -> None:
    """Ask a unit for its part in the case too; the unit that leads there has none to give."""
    if unit.code != state(consultation).lead:
        words = asks or "联合发文单位补充 / a joint issuer's part"
        step(consultation, who, "involve", now, {"unit": unit.code, "asks": words})


def pass_on(
    consultation: Consultation, who: Actor, unit: Unit | None, why: str, now: dt.datetime
) -> None:
    """Let the case go to another unit, which then owes no part of its own."""
    to, before = unit or centre_unit(), state(consultation)
    if to.code in before.unanswered:
        step(consultation, who, "excuse", now, {"unit": to.code, "reason": why})
    if to.code != before.lead:
        step(consultation, who, "pass_on", now, {"unit": to.code, "reason": why})


def contribute(
    consultation: Consultation, who: Actor, unit: Unit, text: str, now: dt.datetime
) -> None:
    """Write down a unit's part."""
    if unit.code in state(consultation).unanswered:
        step(consultation, who, "contribute", now, {"text": text}, unit)


def reply(consultation: Consultation, who: Actor, text: str, now: dt.datetime) -> None:
    """Answer; parts that nobody gave are waited for no longer."""
    for code in state(consultation).unanswered:
        reason = "答复单位已答复 / the responsible unit has answered"
        step(consultation, who, "excuse", now, {"unit": code, "reason": reason})
    lead = consultation.unit or centre_unit()
    step(consultation, who, "reply", now, {"text": text}, lead)


def lengthen(consultation: Consultation, who: Actor, by: Duration, now: dt.datetime) -> None:
    """Measure a question by a longer limit of the scheme: it was promised for questions like it."""
    clock = next((one for one in state(consultation).clocks.values() if one.active), None)
    if clock is None:
        return
    more = {"clock": clock.id, "limit": by.text.en, "reason": "按承诺的较长时限答复"}
    step(consultation, who, "ask_limit", now, more)
    granted = Party("system", "rule", "承诺时限规则 / the promised scheme", None, "system")
    act(actor=who, case=case_of(consultation), action="grant_limit", now=now, instead=granted)


def due_at(case: Case) -> dt.datetime | None:
    """Return the end of the clock a question is measured by now, ``None`` where none runs."""
    active = [clock for clock in state_of(case).clocks.values() if clock.active]
    return to_aware(active[0].due) if active else None


def case_of(consultation: Consultation) -> Case:
    """Return the case of a question."""
    if consultation.case is None:
        raise Refused(Text("该问题尚未立案，请稍后再试", "its case is not opened yet, try again"))
    return consultation.case


def state(consultation: Consultation) -> State:
    """Return what is so in the case of a question."""
    return state_of(case_of(consultation))


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1]}…"


def _fields(consultation: Consultation) -> dict[str, str]:
    fields = {"limit": consultation.limit}
    if consultation.document is not None:
        fields["document"] = consultation.document.title[:200]
    if consultation.item is not None:
        fields["item"] = consultation.item.title[:200]
    return fields


def _requester(consultation: Consultation) -> Requester:
    user, name, phone = consultation.asked_by, consultation.caller, consultation.caller_phone
    if consultation.enterprise is not None:
        return Requester(RequesterKind.ENTERPRISE, consultation.enterprise, user, None, name, phone)
    if user is not None or name:
        return Requester(RequesterKind.PERSON, user=user, name=name, phone=phone)
    return Requester(RequesterKind.ANONYMOUS, phone=phone)
