"""Leads to assign and to call, next steps that were promised, referrals to answer."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.zone.promotion.models import Lead
from openzone.zone.promotion.selectors.quiet import Quiet
from openzone.zone.promotion.selectors.waiting import quiet_of, steps_due, to_answer, to_assign

AREA = Text("招商线索", "Promotion")
_TALK = Text("登记联系", "Record an interaction")
_ASSIGN = Text("分派", "Assign it")
_ANSWER = Text("答复", "Answer it")
_NEW = Text("新线索待分派", "A new lead to assign")
_QUIET = Text(
    "{days} 天无人联系（应不超过 {allowed} 天）",
    "Nobody called for {days} days ({allowed} at most)",
)
_STEP = Text("约定的下一步：{step}", "The next step: {step}")
_REFERRED = Text("转介待答复", "A referral to answer")


def items(asker: Asker) -> Iterator[Item]:
    """Yield what promotion asks of somebody. A lead with a step due is not asked about twice."""
    for one in to_answer(asker.user, asker.day):
        page = reverse("referral_answer", args=[one.pk, "talk"])
        yield Item(AREA, _REFERRED, str(one.lead), page, "send", end_of(one.due), _ANSWER,
                   outside=True)  # fmt: skip
    for lead in to_assign(asker.user, asker.day):
        page = reverse("lead_act", args=[lead.pk, "assign"])
        yield Item(AREA, _NEW, str(lead), page, "user", None, _ASSIGN)
    due = list(steps_due(asker.user, asker.until))
    yield from map(_step, due)
    known = {lead.pk for lead in due}
    yield from (_quiet(one) for one in quiet_of(asker.user, asker.day) if one.lead.pk not in known)


def _step(lead: Lead) -> Item:
    why = _STEP.format(step=lead.next_step)
    return Item(AREA, why, str(lead), _talk(lead), "flag", end_of(lead.next_on), _TALK)


def _quiet(one: Quiet) -> Item:
    why = _QUIET.format(days=one.days, allowed=one.allowed)
    return Item(AREA, why, str(one.lead), _talk(one.lead), "phone", None, _TALK)


def _talk(lead: Lead) -> str:
    return reverse("lead_act", args=[lead.pk, "talk"])
