"""A page with pictures of chains beside the real pages: what any page does with them."""

import datetime as dt
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from openzone.engines.chains.drawing import Action, Facts, Figure, Firm, State
from openzone.engines.chains.model import Chain, Edge, Need, Node, Relation
from openzone.engines.chains.report import Report, report
from openzone.engines.chains.standing import At, Standing
from openzone.engines.drawing.maps import Boundary, Region
from openzone.engines.text import Text
from openzone.packs.chains import chain_pack
from openzone.www import chain_pictures
from openzone.www.urls import *  # noqa: F403 - error handlers too
from openzone.www.urls import urlpatterns as real

DAY = dt.date(2026, 11, 1)
SOURCE = chain_pictures.Source(dt.date(2026, 11, 21), "示例名录", synthetic=True)
PAGE = """{% extends "console.html" %}
{% block title %}Pictures{% endblock %}
{% block head %}{% include "chains/pictures/head.html" %}{% endblock %}
{% block main %}<h1>Pictures</h1>{% for picture in pictures %}
{% include "chains/pictures/picture.html" %}{% endfor %}{% endblock %}"""


def lithium() -> Report:
    """The shipped chain, with invented firms at two nodes of three."""
    chain = chain_pack("lithium_battery", None).as_chain
    placements = [
        At(f"示例{node}{number}有限公司", node, output=10.0 * number + 5)
        for place, node in enumerate(chain.ids)
        if place % 3
        for number in range(1 + 2 * (place % 4) * (place % 3 == 1))
    ]
    return report(Standing.of(chain, placements))


def facts_of(found: Report) -> dict[str, Facts]:
    """Facts of every node that has firms: links, a figure, an action, a day of its own."""
    return {
        node: Facts(
            firms=[Firm(one.firm, "/enterprises/", output=one.output) for one in at],
            figures=[Figure(Text("产能", "Capacity"), "12 GWh", DAY, "示例统计")],
            actions=[Action(Text("安排拜访", "Arrange a visit"), "/visits/")],
            url="/enterprises/",
            on=DAY,
            badge="+1" if node == "cell" else "",
        )
        for node, at in found.standing.firms.items()
    }


def large(nodes: int = 2000, edges: int = 4000) -> Chain:
    """A chain at the limit: twelve stages, links to the next ones, a few returns."""
    stages = tuple(f"环节{number}" for number in range(12))
    made = {
        str(one): Node(str(one), Text(f"示例节点{one}", f"Node {one}"), stages[one * 12 // nodes])
        for one in range(nodes)
    }
    step = max(1, nodes // 12)
    found = dict[tuple[int, int], Edge]()
    for number in range(edges):
        source = number * 7919 % (nodes - 1)
        target = min(nodes - 1, source + 1 + number * 104_729 % (2 * step))
        back = number % 80 == 0
        ends = (target, source) if back else (source, target)
        relation = Relation.RETURN if back else Relation.INPUT
        found[ends] = Edge(str(ends[0]), str(ends[1]), relation, Need.REQUIRED)
    assert all(one != other for one, other in pairwise(found))
    return Chain("large", Text("大链", "Large"), "1", stages, made, tuple(found.values()))


def dots() -> list[chain_pictures.Dot]:
    """Twelve invented opportunities, one of them without a measure."""
    states = (State.STRONG, State.WEAK, State.MISSING, State.EXTENDABLE)
    return [
        chain_pictures.Dot(
            str(one), Text(f"示例产品{one}", f"Product {one}"), (one * 37 % 100) / 100,
            None if one == 5 else one * 53 % 17 - 8, size=one * 11 % 90, state=states[one % 4],
        )
        for one in range(12)
    ]  # fmt: skip


def spots(count: int = 40) -> list[chain_pictures.Spot]:
    """Invented firms round a zone; the first two stand together, the last has no coordinates."""
    return [
        chain_pictures.Spot(
            str(one), Text(f"示例企业{one}", f"Firm {one}"),
            None if one == count - 1 else 112.0 + max(one, 1) * 37 % 101 / 100,
            31.0 + max(one, 1) * 53 % 89 / 100,
            facts=Facts(url="/enterprises/"), place=f"示例路{one}号",
        )
        for one in range(count)
    ]  # fmt: skip


OUTLINE = Boundary(
    [
        Region("01", "示例甲区", [[(111.9, 30.9), (112.5, 30.9), (112.5, 31.9), (111.9, 31.9)]]),
        Region("02", "示例乙区", [[(112.5, 30.9), (113.1, 30.9), (113.1, 31.9), (112.5, 31.9)]]),
    ],
    "示例审图号",
    "示例边界",
)


def pictures() -> list[chain_pictures.Picture]:
    found = lithium()
    facts = facts_of(found)
    axes = chain_pictures.Axes(
        Text("关联密度", "Density"), Text("复杂度增益", "Gain"), Text("市场规模", "Market")
    )
    return [
        chain_pictures.graph_picture(found, facts, source=SOURCE),
        chain_pictures.flow_picture(found, facts, source=SOURCE),
        chain_pictures.structure_picture(found, facts, source=SOURCE),
        chain_pictures.opportunity_picture(dots(), axes, source=SOURCE),
        chain_pictures.map_picture(spots(), source=SOURCE),
        chain_pictures.map_picture(
            spots(),
            source=SOURCE,
            outline=OUTLINE,
            values={"01": 12, "示例乙区": 30},
            key="regions",
        ),
    ]


def page(request: HttpRequest) -> HttpResponse:
    drawn = pictures()
    if (file := chain_pictures.exported(request, *drawn)) is not None:
        return file
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"pictures": drawn}, request))


def large_page(request: HttpRequest) -> HttpResponse:
    drawn = [chain_pictures.graph_picture(large(), source=SOURCE)]
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"pictures": drawn}, request))


urlpatterns = [path("pictures/", page), path("pictures/large/", large_page), *real]
