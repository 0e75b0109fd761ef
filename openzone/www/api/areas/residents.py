"""Residents who are served at home: consents, deadlines, homes to visit."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import RevealedOut
from openzone.www.api.shapes.community import HomeOut, ResidentDetail, ResidentPart
from openzone.www.api.values import Id, Line
from openzone.www.forms import neighbourhood as page
from openzone.www.forms.service import LookForm
from openzone.zone.catalogue.services.looks import log_look
from openzone.zone.community import permissions
from openzone.zone.community.models import Consent, Resident, ResidentDuty
from openzone.zone.community.selectors.duties import home_visits
from openzone.zone.community.services import residents as services
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.permissions import Decision

desk = Desk(KeyArea.COMMUNITY)
RELATED = ("community", "estate")


@desk.read("/residents", Text("服务居民", "List residents"), ResidentPart)
def list_residents(asked: Asked, text: Line = "", after: After = 0, limit: Limit = 50) -> Any:
    """Residents of the communities the caller serves; `text` is part of a name."""
    rows = _within(asked)
    return latest(rows.filter(name__contains=text) if text else rows, after, limit)


def _within(asked: Asked) -> QuerySet[Resident]:
    """Return the residents of the agent's communities, or all for people of the zone."""
    rows = Resident.objects.select_related(*RELATED)
    agents = permissions.agents_of(asked.user, asked.on)
    if permissions.may_see_service(asked.user, asked.on).allowed:
        return rows
    require(permissions.may_act_as_agent(asked.user, asked.on))
    return rows.filter(community__in=[agent.community_id for agent in agents])


@desk.read("/residents/homes", Text("上门队列", "Homes to visit"), list[HomeOut])
def homes(asked: Asked) -> Any:
    """Homes to visit, whose day comes nearest first."""
    agents = permissions.agents_of(asked.user, asked.on)
    if permissions.may_see_service(asked.user, asked.on).allowed:
        return home_visits(asked.on)
    require(permissions.may_act_as_agent(asked.user, asked.on))
    return home_visits(asked.on, [agent.community_id for agent in agents])


@desk.read("/residents/{pk}", Text("居民", "One resident"), ResidentDetail)
def get_resident(asked: Asked, pk: Id) -> Any:
    """A resident with consents and deadlines; numbers are asked for with `reveal`."""
    return _seen(asked, pk)


@desk.act("/residents", Text("登记居民", "Write a resident down"), page.ResidentForm,
          ResidentDetail, status=201)  # fmt: skip
def register_resident(asked: Asked, sent: Sent) -> Any:
    """Write down a resident who wants to be served at home."""
    _is_somebody(asked)
    given = sent.given()
    require(permissions.may_take_order(asked.user, given["community"], asked.on))
    values = services.ResidentValues(**given)
    return services.save_resident(actor=asked.actor, values=values)


@desk.act("/residents/{pk}", Text("修改居民", "Change a resident"), page.ResidentForm,
          ResidentDetail)  # fmt: skip
def change_resident(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Write a resident down anew, whole."""
    found, given = _handled(asked, pk), sent.given()
    require(permissions.may_take_order(asked.user, given["community"], asked.on))
    values = services.ResidentValues(**given)
    return services.save_resident(actor=asked.actor, values=values, resident=found)


@desk.act("/residents/{pk}/reveal", Text("查看证件号", "See the numbers"), LookForm, RevealedOut)
def reveal_resident(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Identity number, telephone and address, once; the look is logged with its reason."""
    found = _seen(asked, pk)
    require(permissions.may_reveal(asked.user, asked.on))
    names, reason = ["identity", "phone", "address"], sent.given()["reason"]
    log_look(actor=asked.actor, subject=services.subject(found), names=names, reason=reason)
    return found


@desk.act("/residents/{pk}/consents", Text("登记授权", "Record a consent"), page.ConsentGivenForm,
          ResidentDetail, status=201)  # fmt: skip
def give_consent(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Without a consent in force nothing is filed for anybody."""
    found = _handled(asked, pk)
    services.give_consent(actor=asked.actor, resident=found, **sent.given())
    return _seen(asked, pk)


@desk.act("/consents/{pk}/withdraw", Text("撤回授权", "Consent taken back"),
          page.WithdrawConsentForm, ResidentDetail)  # fmt: skip
def withdraw_consent(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Nothing new is begun under a consent that was taken back."""
    row = get_object_or_404(Consent, pk=pk)
    _handled(asked, row.resident_id)
    services.withdraw_consent(actor=asked.actor, consent=row, **sent.given())
    return _seen(asked, row.resident_id)


@desk.act("/residents/{pk}/duties", Text("登记期限事项", "Record a deadline"), page.DutyForm,
          ResidentDetail, status=201)  # fmt: skip
def add_duty(asked: Asked, sent: Sent, pk: Id) -> Any:
    """What must be done by a day that an office named."""
    services.add_duty(actor=asked.actor, resident=_handled(asked, pk), **sent.given())
    return _seen(asked, pk)


@desk.act("/duties/{pk}/done", Text("期限事项已办", "Deadline met"), page.ProofForm,
          ResidentDetail)  # fmt: skip
def finish_duty(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The resident did it without an order."""
    row = get_object_or_404(ResidentDuty, pk=pk)
    _handled(asked, row.resident_id)
    services.finish_duty(actor=asked.actor, duty=row, **sent.given())
    return _seen(asked, row.resident_id)


def _is_somebody(asked: Asked) -> None:
    """Refuse who is neither an agent nor of the zone, before anything is looked up."""
    agent: Decision = permissions.may_act_as_agent(asked.user, asked.on)
    if not agent.allowed:
        require(permissions.may_receive(asked.user, asked.on))


def _seen(asked: Asked, pk: int) -> Resident:
    found = get_object_or_404(Resident.objects.select_related(*RELATED), pk=pk)
    hide(permissions.may_see_resident(asked.user, found.community, asked.on))
    return found


def _handled(asked: Asked, pk: int) -> Resident:
    found = _seen(asked, pk)
    require(permissions.may_take_order(asked.user, found.community, asked.on))
    return found
