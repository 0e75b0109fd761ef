"""Assisted orders: taken on for a resident, carried through the hands, reviewed, delivered."""

from typing import Any

from django.shortcuts import get_object_or_404
from pydantic import Field

from openzone.engines.text import Text
from openzone.www.api.areas import custody
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.community import (
    HandOverOut,
    OrderDetail,
    OrderPart,
    PaperHeldOut,
    TakenOut,
    TripOut,
)
from openzone.www.api.values import Day, FileIn, Id, Line
from openzone.www.forms import neighbourhood as page
from openzone.www.forms.filings import TripForm
from openzone.www.forms.service import WhyForm
from openzone.zone.community import permissions
from openzone.zone.community.enums import OrderStatus, ReviewStep
from openzone.zone.community.models import Agent, Order, Resident
from openzone.zone.community.selectors.roster import on_roster
from openzone.zone.community.selectors.work import held, orders, overdue_custody, unsigned
from openzone.zone.community.services import orders as services
from openzone.zone.community.services.custody import PaperSpec
from openzone.zone.community.services.trips import record_trip
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.COMMUNITY)
STATUSES = ("open", "all", *OrderStatus.values)
RELATED = (
    "case", "resident__community", "item", "consent", "duty", "point", "agent__community__parent",
    "agent__user",
)  # fmt: skip


@desk.read("/orders", Text("代办订单", "List orders"), OrderPart)
def list_orders(asked: Asked, status: Line = "open", after: After = 0, limit: Limit = 50) -> Any:
    """Orders, the latest first; an agent sees their own. `status`: open, all, or one status."""
    if status not in STATUSES:
        raise Refused(Text("没有这种状态", "there is no such status"), field="status")
    agents = None
    if not permissions.may_see_service(asked.user, asked.on).allowed:
        require(permissions.may_act_as_agent(asked.user, asked.on))
        agents = permissions.agents_of(asked.user, asked.on)
    found = orders(status, agents).select_related(*RELATED)
    return latest(found, after, limit)


@desk.read("/orders/{pk}", Text("订单详情", "One order"), OrderDetail)
def get_order(asked: Asked, pk: Id) -> Any:
    """Where it stands, its papers, every hand they went through, the reviews."""
    return _seen(asked, pk)


class OrderIn(Body):
    """What is done for a resident, by which agent."""

    resident: Id
    item: Line = Field(description="事项代码 / code of the service item")
    agent: Line = Field(description="代办员代码 / code of the agent")
    point: Line = Field("", description="服务点代码 / code of the point")
    duty: Id | None = None
    home_visit: bool = False


@desk.act("/orders", Text("受理代办", "Take an order on"), OrderIn, TakenOut, status=201)
def take_order(asked: Asked, sent: OrderIn) -> Any:
    """Take an order on for a resident whose consent is in force."""
    rows = Resident.objects.select_related("community")
    resident = get_object_or_404(rows, pk=sent.resident)
    hide(permissions.may_see_resident(asked.user, resident.community, asked.on))
    require(permissions.may_take_order(asked.user, resident.community, asked.on))
    own = [one.pk for one in permissions.agents_of(asked.user, asked.on)]
    agents = on_roster(Agent.objects.filter(community=resident.community), day=asked.on)
    form = Sent(page.OrderForm, sent)
    given = form.given(resident, agents.filter(pk__in=own) if own else agents)
    taken = services.take_order(
        actor=asked.actor, resident=resident, now=asked.now, by=asked.user, **given
    )
    return {"order": _seen(asked, taken.order.pk), "receipt": taken.receipt}


class PaperIn(Body):
    """A paper, and whether it is an original."""

    name: Line
    original: bool = False


class PapersIn(Body):
    """Papers; the resident signed for handing them over."""

    papers: list[PaperIn]
    signed: bool
    photos: list[FileIn] = []


@desk.act("/orders/{pk}/collect", Text("收取材料", "Collect papers"), PapersIn, OrderDetail)
def collect(asked: Asked, sent: PapersIn, pk: Id) -> Any:
    """The agent has the papers now; the resident signed for it."""
    order = _own(asked, pk)
    if not sent.signed:
        raise Refused(Text("须由居民签字", "the resident has to sign"), field="signed")
    papers = [PaperSpec(one.name, one.original) for one in sent.papers]
    services.collect(
        actor=asked.actor, order=order, papers=papers, by=asked.user, now=asked.now,
        photos=custody.photos_of(asked, sent.photos),
    )  # fmt: skip
    return _seen(asked, pk)


class VisitIn(Body):
    """The day of the visit, and what shows it."""

    on: Day
    note: Line = ""
    photos: list[FileIn] = []


@desk.act("/orders/{pk}/visit", Text("记录上门", "Home visited"), VisitIn, OrderDetail)
def visit_home(asked: Asked, sent: VisitIn, pk: Id) -> Any:
    """The agent visited the home, with photographs that show it."""
    services.visit(
        actor=asked.actor, order=_own(asked, pk), on=sent.on, note=sent.note, now=asked.now,
        photos=custody.photos_of(asked, sent.photos),
    )  # fmt: skip
    return _seen(asked, pk)


class ReviewIn(Body):
    """Whose review it is, and what it found."""

    step: str = Field(json_schema_extra={"enum": list[Any](ReviewStep.values)})
    passed: bool
    reason: Line = ""


@desk.act("/orders/{pk}/review", Text("审核", "Review"), ReviewIn, OrderDetail)
def review_order(asked: Asked, sent: ReviewIn, pk: Id) -> Any:
    """The community, then the street, passes the papers or returns them with a reason."""
    if sent.step not in ReviewStep.values:
        raise Refused(Text("没有这一审核环节", "there is no such step"), field="step")
    order = _seen(asked, pk)
    services.review(
        actor=asked.actor,
        order=order,
        step=sent.step,
        passed=sent.passed,
        reason=sent.reason,
        by=asked.user,
        now=asked.now,
    )
    return _seen(asked, pk)


@desk.act("/orders/{pk}/deliver", Text("送达结果", "Deliver the result"), page.DeliverForm,
          OrderDetail)  # fmt: skip
def deliver_result(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The agent brings the result."""
    order = _own(asked, pk)
    services.deliver(actor=asked.actor, order=order, by=asked.user, now=asked.now, **sent.given())
    return _seen(asked, pk)


@desk.act("/orders/{pk}/close", Text("回访并办结", "Call back and close"), page.RatingForm,
          OrderDetail)  # fmt: skip
def close_order(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Somebody other than the agent calls back and closes."""
    order = _seen(asked, pk)
    services.close(actor=asked.actor, order=order, by=asked.user, now=asked.now, **sent.given())
    return _seen(asked, pk)


@desk.act("/orders/{pk}/withdraw", Text("撤销订单", "Take the order back"), WhyForm, OrderDetail)
def withdraw_order(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The resident does not want it any more."""
    order = _own(asked, pk)
    services.withdraw(actor=asked.actor, order=order, by=asked.user, now=asked.now, **sent.given())
    return _seen(asked, pk)


@desk.act("/orders/{pk}/trips", Text("记录跑动", "Record a trip"), TripForm, TripOut, status=201)
def order_trip(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The resident had to come all the same."""
    order = _seen(asked, pk)
    return record_trip(actor=asked.actor, case=order.case, item=order.item, **sent.given())


@desk.read("/custody/held", Text("我手中的材料", "Papers in my hands"), list[PaperHeldOut])
def held_papers(asked: Asked) -> Any:
    """The papers that are with the agent, and until when they may be."""
    require(permissions.may_act_as_agent(asked.user, asked.on))
    return held(permissions.agents_of(asked.user, asked.on))


@desk.read("/custody/overdue", Text("超期保管", "Papers kept too long"), list[PaperHeldOut])
def overdue_papers(asked: Asked) -> Any:
    """Originals that are kept longer than they may be."""
    require(permissions.may_see_service(asked.user, asked.on))
    return overdue_custody(asked.now)


@desk.read("/custody/unsigned", Text("待签收", "Hand-overs not signed for"), list[HandOverOut])
def unsigned_papers(asked: Asked) -> Any:
    """Hand-overs that one side has signed only, for too long."""
    require(permissions.may_see_service(asked.user, asked.on))
    return unsigned(asked.now).prefetch_related("papers")


def _seen(asked: Asked, pk: int) -> Order:
    rows = Order.objects.select_related(*RELATED)
    found = get_object_or_404(rows, pk=pk)
    hide(permissions.may_see_order(asked.user, found, asked.on))
    return found


def _own(asked: Asked, pk: int) -> Order:
    found = _seen(asked, pk)
    require(permissions.may_take_order(asked.user, found.agent.community, asked.on))
    return found


custody.offer(desk, "/orders", _seen)
