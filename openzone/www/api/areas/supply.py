"""Supply matching: needs and offers, who fits, invitations to a result, events, figures."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import supply as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Id, Line
from openzone.www.forms import supply as page
from openzone.www.views.supply.entries import GONE
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.permissions import may_see_console
from openzone.zone.registry.models import Enterprise
from openzone.zone.supply import permissions
from openzone.zone.supply.enums import Side
from openzone.zone.supply.models import Invitation, MatchEvent, SupplyEntry
from openzone.zone.supply.selectors import listing, matching
from openzone.zone.supply.services import entries, events, inviting

desk = Desk(KeyArea.SUPPLY)
Given = dict[str, Any]


class PartnerIn(Body):
    """The entry of the firm that is invited."""

    partner: Id


class PairsIn(Body):
    """Pairs of the proposal, by the ids of need and offer."""

    pairs: list[list[Id]]


@desk.read("/supply", Text("供需信息", "Needs and offers"), shapes.EntryPart)
def list_entries(
    asked: Asked, side: Line = "", kind: Line = "", state: Line = "", q: Line = "",
    mine: bool = False, after: After = 0, limit: Limit = 50,
) -> Any:  # fmt: skip
    """Needs and offers, the latest first; `mine`: of the firms the caller speaks for."""
    _look(asked)
    found = listing.entries(listing.Asked(side, kind, state, q[:60]))
    if mine:
        found = found & listing.own_entries(asked.user, asked.on)
    part = latest(found, after, limit)
    return {**part, "items": [_entry(asked, one) for one in part["items"]]}


@desk.read("/supply/entries/{pk}", Text("供需详情", "One need or offer"), shapes.EntryOut)
def get_entry(asked: Asked, pk: Id) -> Any:
    """An entry; how to reach its firm only once an invitation was accepted."""
    return _entry(asked, _found(asked, pk))


@desk.read("/supply/entries/{pk}/partners", Text("匹配结果", "Who fits"), list[shapes.PairOut])
def list_partners(asked: Asked, pk: Id) -> Any:
    """Who could deal with an entry, the best first, with the reasons."""
    found = _found(asked, pk)
    return [
        {"partner": _entry(asked, one.offer if found.side == Side.NEED else one.need),
         "score": one.score, "reasons": [Words.of(text) for text in one.reasons],
         "invitation": one.live.pk if one.live else None}
        for one in matching.partners(found)
    ]  # fmt: skip


@desk.act("/supply/enterprises/{enterprise}/{side}", Text("发布供需", "Publish"), page.EntryFields,
          shapes.EntryOut, status=201)  # fmt: skip
def publish(asked: Asked, sent: Sent, enterprise: Id, side: Line) -> Any:
    """Publish a `need` or an `offer` of a firm."""
    _look(asked)
    firm = get_object_or_404(Enterprise, pk=enterprise)
    require(permissions.may_publish(asked.user, firm, asked.on))
    if side not in Side.values:
        raise Http404
    given = sent.form().given()
    made = entries.publish(**of(asked, "now", "user"), side=side, enterprise=firm, **given)
    return _entry(asked, made)


@desk.act("/supply/entries/{pk}/change", Text("修改供需", "Change"), page.EntryFields,
          shapes.EntryOut)  # fmt: skip
def change(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Describe an open entry anew."""
    found = _kept(asked, pk)
    return _entry(
        asked, entries.change_entry(**of(asked, "now"), entry=found, **sent.form().given())
    )


@desk.act("/supply/entries/{pk}/close", Text("结束供需", "Close"), page.WhySupplyForm,
          shapes.EntryOut)  # fmt: skip
def close(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Close an entry none of whose invitations is under way."""
    found = _kept(asked, pk)
    given = {**of(asked), "entry": found, "on": asked.on, **sent.given()}
    return _entry(asked, entries.close_entry(**given))


@desk.act("/supply/entries/{pk}/invitations", Text("发出邀请", "Invite a partner"), PartnerIn,
          shapes.InvitationOut, status=201)  # fmt: skip
def invite(asked: Asked, sent: PartnerIn, pk: Id) -> Any:
    """Invite the firm of an entry that fits; it answers."""
    found = _kept(asked, pk)
    pair = next(
        (one for one in matching.partners(found) if sent.partner in (one.need.pk, one.offer.pk)),
        None,
    )
    if pair is None or sent.partner == found.pk:
        raise Refused(GONE, field="partner")
    other = pair.offer if found.side == Side.NEED else pair.need
    made = inviting.invite(
        **of(asked, "now"), need=pair.need, offer=pair.offer, asked=other.side,
        score=pair.score, reasons=list(pair.reasons),
    )  # fmt: skip
    return _invitation(made)


@desk.read("/supply/invitations", Text("对接邀请", "Invitations"), list[shapes.InvitationOut])
def list_invitations(asked: Asked, state: Line = "", limit: Limit = 50) -> Any:
    """The invitations the caller may see, the latest first."""
    _look(asked)
    rows = _with_steps(listing.invitations(asked.user, asked.on, state))
    return [_invitation(one) for one in rows[:limit]]


def _step(
    what: str, summary: Text, form: type[forms.Form] | None, may: Callable[..., Any],
    do: Callable[..., Invitation],
) -> None:  # fmt: skip
    def act(asked: Asked, sent: Any, pk: Id) -> Any:
        _look(asked)
        found = get_object_or_404(listing.invitations(asked.user, asked.on), pk=pk)
        require(may(asked.user, found, asked.on))
        given = sent.given() if form is not None else {}
        return _invitation(do(**of(asked, "now"), invitation=found, **given))

    act.__name__, act.__doc__ = f"{what}_invitation", f"{summary.en}."
    desk.act(f"/supply/invitations/{{pk}}/{what}", summary, form, shapes.InvitationOut)(act)


_step("accept", Text("接受邀请", "Accept an invitation"), None, permissions.may_answer,
      inviting.accept)  # fmt: skip
_step("decline", Text("谢绝邀请", "Decline an invitation"), page.WhySupplyForm,
      permissions.may_answer, inviting.decline)  # fmt: skip
_step("met", Text("登记已对接", "Record that both met"), page.MetForm, permissions.may_follow,
      inviting.record_meeting)  # fmt: skip
_step("deal", Text("登记成交", "Record a deal"), page.DealForm, permissions.may_follow,
      inviting.record_deal)  # fmt: skip
_step("none", Text("登记未成交", "Record that there is no deal"), page.NoDealForm,
      permissions.may_follow, inviting.record_no_deal)  # fmt: skip


@desk.act("/supply/events", Text("新建对接会", "Plan an event"), page.EventForm, shapes.EventOut,
          status=201)  # fmt: skip
def plan_event(asked: Asked, sent: Sent) -> Any:
    """Plan a matchmaking event, for all kinds or for one."""
    require(permissions.may_handle(asked.user, asked.on))
    return _event(events.plan_event(**of(asked, "now", "user"), **sent.given()))


@desk.read("/supply/events/{pk}", Text("对接会与建议", "An event and its proposal"),
           shapes.EventOut)  # fmt: skip
def get_event(asked: Asked, pk: Id) -> Any:
    """An event with the pairs that together meet most of what is needed."""
    require(may_see_console(asked.user, asked.on))
    return _event(get_object_or_404(MatchEvent, pk=pk))


@desk.act("/supply/events/{pk}/invitations", Text("按建议邀请", "Invite pairs"), PairsIn,
          shapes.EventOut)  # fmt: skip
def invite_pairs(asked: Asked, sent: PairsIn, pk: Id) -> Any:
    """Invite the offering firms of pairs of the proposal; all or none."""
    require(permissions.may_handle(asked.user, asked.on))
    event = get_object_or_404(MatchEvent, pk=pk)
    wanted = {tuple(pair) for pair in sent.pairs}
    pairs = [one for one in matching.proposal(event.kind)
             if (one.need.pk, one.offer.pk) in wanted]  # fmt: skip
    if len(pairs) < len(wanted):
        raise Refused(GONE, field="pairs")
    events.invite_pairs(**of(asked, "now"), event=event, pairs=pairs)
    return _event(event)


@desk.read("/supply/statistics", Text("供需对接统计", "Figures"), shapes.StatisticsOut)
def get_statistics(asked: Asked, first: dt.date, last: dt.date) -> Any:
    """Entries published and invitations sent in a period, both days included."""
    require(may_see_console(asked.user, asked.on))
    return listing.statistics(first, last)._asdict()


def _look(asked: Asked) -> None:
    require(permissions.may_list(asked.user, asked.on))


def _found(asked: Asked, pk: int) -> SupplyEntry:
    _look(asked)
    return get_object_or_404(SupplyEntry.objects.select_related("enterprise__place"), pk=pk)


def _kept(asked: Asked, pk: int) -> SupplyEntry:
    found = _found(asked, pk)
    require(permissions.may_publish(asked.user, found.enterprise, asked.on))
    return found


def _entry(asked: Asked, one: SupplyEntry) -> Given:
    reach = permissions.may_reach(asked.user, one, asked.on).allowed
    names = ("side", "kind", "title", "text", "quantity", "unit", "by_on", "certificates", "place",
             "state", "expires_on")  # fmt: skip
    return {
        "id": one.pk, "enterprise": one.enterprise_id, "enterprise_name": one.enterprise.name,
        **{name: getattr(one, name) for name in names},
        "contact": one.contact if reach else None, "phone": one.phone if reach else None,
    }  # fmt: skip


def _invitation(one: Invitation) -> Given:
    names = ("asked", "state", "since", "answer_by", "score", "reasons", "quantity", "amount",
             "reason")  # fmt: skip
    return {
        "id": one.pk, "need": one.need_id, "offer": one.offer_id, "event": one.event_id,
        **{name: getattr(one, name) for name in names}, "steps": list(one.steps.all()),
    }  # fmt: skip


def _with_steps(rows: "QuerySet[Invitation]") -> "QuerySet[Invitation]":
    return rows.prefetch_related("steps")


def _event(one: MatchEvent) -> Given:
    return {
        "id": one.pk, "title": one.title, "on": one.on, "venue": one.venue, "kind": one.kind,
        "pairs": [[pair.need.pk, pair.offer.pk] for pair in matching.proposal(one.kind)],
        "invitations": list(one.invitations.values_list("pk", flat=True)),
    }  # fmt: skip
