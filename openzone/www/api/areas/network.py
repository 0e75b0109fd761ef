"""The service network: the roster, who looks after whom, who is overdue."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, slice_of
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import CountOut
from openzone.www.api.shapes.visits import AssignmentOut, AssignmentPart, DuePart, PostOut
from openzone.www.api.values import Id
from openzone.www.forms import visits as page
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import Enterprise
from openzone.zone.visits.models import Post
from openzone.zone.visits.permissions import may_keep_network, may_visit
from openzone.zone.visits.selectors.due import Line, lines, overdue
from openzone.zone.visits.selectors.network import Cover, Holder, Network
from openzone.zone.visits.services.assigning import assign, put_in_grid
from openzone.zone.visits.services.handover import hand_over
from openzone.zone.visits.services.roster import appoint, end_post

desk = Desk(KeyArea.VISITS)


@desk.read("/visits/assignments", Text("包保名单", "Who looks after whom"), AssignmentPart)
def assignments(asked: Asked, orphans: bool = False, after: After = 0, limit: Limit = 50) -> Any:
    """Every enterprise with who looks after it today; `orphans`: only those nobody has."""
    require(may_visit(asked.user, asked.on))
    network = Network(asked.on)
    chosen = [
        one for one in network.covers
        if not orphans or not (one.sponsor or one.officer or one.posts)
    ]  # fmt: skip
    part = slice_of(chosen, lambda one: one.enterprise, after, limit)
    return {**part, "items": _rows(network, part["items"])}


@desk.read("/visits/overdue", Text("逾期未走访", "Overdue visits"), DuePart)
def overdue_visits(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Enterprises whose last whole period fell short, who was not met for longest first."""
    require(may_visit(asked.user, asked.on))
    network = Network(asked.on)
    part = slice_of(overdue(lines(network)), lambda one: one.enterprise, after, limit)
    found: list[Line] = part["items"]
    rows = _rows(network, [line.cover for line in found])
    return {**part, "items": [_due(row, line) for row, line in zip(rows, found, strict=True)]}


def _due(row: dict[str, Any], line: Line) -> dict[str, Any]:
    due = line.next_due
    return {
        **row,
        "last_met": line.last_met,
        "overdue": line.is_overdue,
        "next_due": due.period.last if due else None,
    }


def _rows(network: Network, covers: Sequence[Cover]) -> list[dict[str, Any]]:
    firms = Enterprise.objects.defer("search_text").in_bulk([one.enterprise for one in covers])
    held = [who for one in covers for who in (one.sponsor, one.officer) if who and who.user]
    people = User.objects.in_bulk({who.user for who in held})

    def name(who: Holder | None) -> str:
        if who is None:
            return ""
        return str(people[who.user]) if who.user else who.name

    return [
        {
            "enterprise": firms[one.enterprise],
            "sponsor": name(one.sponsor),
            "officer": name(one.officer),
            "grid": network.places[one.grid].name if one.grid is not None else "",
            "grid_officer": "、".join(str(post.user) for _level, post in one.posts),
        }
        for one in covers
    ]


@desk.read("/visits/roster", Text("服务人员名册", "Roster"), list[PostOut])
def roster(asked: Asked) -> Any:
    """Who has which duty today."""
    require(may_visit(asked.user, asked.on))
    rows = Post.objects.filter(on_day(asked.on)).select_related("user", "unit", "place")
    return rows.order_by("unit__code", "user__username", "pk")


@desk.act("/visits/roster", Text("加入名册", "Put somebody on the roster"), page.PostForm,
          PostOut, status=201)  # fmt: skip
def put_on_roster(asked: Asked, sent: Sent) -> Any:
    """Give somebody a duty from a day on."""
    require(may_keep_network(asked.user, asked.on))
    return appoint(actor=asked.actor, **sent.given())


@desk.act("/visits/roster/{pk}/end", Text("结束任职", "End a place on the roster"), page.EndForm,
          PostOut)  # fmt: skip
def end_on_roster(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The last day of a duty."""
    require(may_keep_network(asked.user, asked.on))
    post = get_object_or_404(Post.objects.select_related("user", "unit"), pk=pk)
    return end_post(actor=asked.actor, post=post, last_day=sent.given()["last_day"])


@desk.act("/visits/hand-over", Text("整体移交", "Hand over"), page.HandOverForm, CountOut)
def hand_all_over(asked: Asked, sent: Sent) -> Any:
    """Enterprises, places on the roster and planned visits go to a successor."""
    require(may_keep_network(asked.user, asked.on))
    return {"count": hand_over(actor=asked.actor, **sent.given())}


@desk.act("/enterprises/{pk}/assignment", Text("指定包保人", "Assign who looks after it"),
          page.AssignForm, AssignmentOut)  # fmt: skip
def assign_person(asked: Asked, sent: Sent, pk: Id) -> Any:
    """A leader or service officer looks after an enterprise from a day on."""
    require(may_keep_network(asked.user, asked.on))
    firm = _firm(pk)
    assign(actor=asked.actor, enterprise=firm, **sent.given())
    return _assigned(asked, firm)


@desk.act("/enterprises/{pk}/grid", Text("划入网格", "Put into a grid"), page.GridForm,
          AssignmentOut)  # fmt: skip
def assign_grid(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The grid an enterprise lies in from a day on."""
    require(may_keep_network(asked.user, asked.on))
    firm = _firm(pk)
    put_in_grid(actor=asked.actor, enterprise=firm, **sent.given())
    return _assigned(asked, firm)


def _firm(pk: int) -> Enterprise:
    return get_object_or_404(Enterprise.objects.select_related("root"), pk=pk).root


def _assigned(asked: Asked, firm: Enterprise) -> dict[str, Any]:
    network = Network(asked.on)
    return _rows(network, [one for one in network.covers if one.enterprise == firm.pk])[0]
