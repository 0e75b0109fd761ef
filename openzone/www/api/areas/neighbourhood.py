"""Neighbourhood service: points with their catalogue, estates, the roster of agents."""

from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.community import (
    AgentLoadOut,
    AgentOut,
    CoverageOut,
    EstateOut,
    PointDetail,
    PointOut,
)
from openzone.www.api.values import Day, Line
from openzone.www.forms import neighbourhood as page
from openzone.zone.community.models import Agent, Estate, ServicePoint
from openzone.zone.community.permissions import may_keep_service, may_see_service
from openzone.zone.community.selectors.coverage import points_on, report
from openzone.zone.community.selectors.roster import balance
from openzone.zone.community.services.points import (
    EstateValues,
    PointValues,
    declare_walk,
    save_estate,
    save_point,
)
from openzone.zone.community.services.roster import AgentValues, end_agent, save_agent
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.COMMUNITY)


@desk.read("/service-points", Text("便民服务点", "Service points"), list[PointOut])
def list_points(asked: Asked, on: Day | None = None) -> Any:
    """The points that are open on a day, today unless another is named."""
    require(may_see_service(asked.user, asked.on))
    return points_on(on or asked.on)


@desk.read("/service-points/coverage", Text("覆盖报告", "Coverage report"), CoverageOut)
def coverage(asked: Asked, on: Day | None = None) -> Any:
    """How many minutes every estate is from its nearest point, and who has none."""
    require(may_see_service(asked.user, asked.on))
    day = on or asked.on
    found = report(day)
    return {
        "day": day,
        "points": found.points,
        "estates": found.estates,
        "ways": [way for one in found.communities for way in one.estates],
        "without_point": [one.unit for one in found.without_point],
    }


@desk.read("/service-points/{code}", Text("服务点与事项", "A point, its catalogue"), PointDetail)
def get_point(asked: Asked, code: Line) -> Any:
    """One point and the items it offers."""
    require(may_see_service(asked.user, asked.on))
    return _shown(get_object_or_404(ServicePoint.objects.select_related("community"), code=code))


def _shown(point: ServicePoint) -> ServicePoint:
    offers = point.offers.select_related("item").order_by("item__code")
    point.items = [offer.item for offer in offers]  # type: ignore[attr-defined]
    return point


@desk.act("/service-points", Text("设立或修改服务点", "Open or change a point"), page.PointForm,
          PointDetail)  # fmt: skip
def keep_point(asked: Asked, sent: Sent) -> Any:
    """Write a point down whole; one with the same code is changed."""
    require(may_keep_service(asked.user, asked.on))
    given = sent.given()
    code, items = given.pop("code"), list(given.pop("items"))
    return _shown(
        save_point(actor=asked.actor, code=code, values=PointValues(**given), items=items)
    )


@desk.act("/estates", Text("登记或修改小区", "Write down or change an estate"), page.EstateForm,
          EstateOut)  # fmt: skip
def keep_estate(asked: Asked, sent: Sent) -> Any:
    """Write an estate down whole; one with the same code is changed."""
    require(may_keep_service(asked.user, asked.on))
    given = sent.given()
    return save_estate(actor=asked.actor, code=given.pop("code"), values=EstateValues(**given))


@desk.act("/estates/{code}/walk", Text("登记步行时间", "Declare a walk"), page.WalkForm, EstateOut)
def walk(asked: Asked, sent: Sent, code: Line) -> Any:
    """How many minutes an estate is from a point on foot, measured."""
    require(may_keep_service(asked.user, asked.on))
    estate = get_object_or_404(Estate.objects.select_related("community"), code=code)
    declare_walk(actor=asked.actor, estate=estate, **sent.given())
    return estate


@desk.read("/agents", Text("代办员名册", "Roster of agents"), list[AgentLoadOut])
def list_agents(asked: Asked, on: Day | None = None) -> Any:
    """The agents of a day, with what each has open; telephones are on the page."""
    require(may_see_service(asked.user, asked.on))
    return balance(on or asked.on).loads


@desk.act("/agents", Text("登记或修改代办员", "Put an agent on the roster"), page.AgentForm,
          AgentOut)  # fmt: skip
def keep_agent(asked: Asked, sent: Sent) -> Any:
    """Write an agent down whole; one with the same code is changed."""
    require(may_keep_service(asked.user, asked.on))
    given = sent.given()
    return save_agent(actor=asked.actor, code=given.pop("code"), values=AgentValues(**given))


@desk.act("/agents/{code}/end", Text("代办员离任", "Let an agent leave"), page.EndAgentForm,
          AgentOut)  # fmt: skip
def end(asked: Asked, sent: Sent, code: Line) -> Any:
    """The last day of an agent, and who takes the open orders over."""
    require(may_keep_service(asked.user, asked.on))
    agent = get_object_or_404(Agent, code=code)
    return end_agent(actor=asked.actor, agent=agent, **sent.given(agent))
