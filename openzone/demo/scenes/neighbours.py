"""Service in the neighbourhood: agents and residents, papers on their way, other regions."""

import datetime as dt
from decimal import Decimal

from openzone.demo.scenes.cast import PHONE, Cast
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.catalogue.services.regions import offer_region
from openzone.zone.community.models import Agent, Filing, Order, Resident, ServicePoint
from openzone.zone.community.services import filings, orders, points, residents
from openzone.zone.community.services.custody import PaperSpec, Signature, give, sign_for
from openzone.zone.community.services.roster import AgentValues, save_agent
from openzone.zone.community.services.trips import record_trip


def neighbourhood(cast: Cast) -> None:
    """Open points, enter agents and residents, and let orders stand at every step."""
    items = list(ServiceItem.objects.filter(code__startswith="demo-daily").order_by("pk"))
    point, pension = _points(cast, items), items[1]
    agent = _agents(cast)
    for number in range(len(_RESIDENTS)):
        _resident(cast, number, pension)
    _orders(cast, agent, point, pension)


def _agents(cast: Cast) -> Agent:
    """Enter two agents of one community; return the one with an account."""
    east, since = cast.units["community"], cast.day(365)
    first = AgentValues(
        name="示例代办员", community=east, valid_from=since, sources=["party_member"],
        user=cast.users["agent"], phone=PHONE.format(3),
    )  # fmt: skip
    second = AgentValues(
        name="示例代办员乙", community=east, valid_from=since, sources=["activist", "volunteer"]
    )
    agent = save_agent(actor=cast.actor, code="demo-agent-1", values=first)
    save_agent(actor=cast.actor, code="demo-agent-2", values=second)
    return agent


def _resident(cast: Cast, number: int, pension: ServiceItem) -> None:
    """Enter a resident with a deadline; all but the last gave their consent."""
    name, why, due = _RESIDENTS[number]
    values = residents.ResidentValues(
        name=name, identity=f"1101011940010100{number:02d}", community=cast.units["community"],
        phone=PHONE.format(number), address=f"示例东路{number + 1}号楼101室", vulnerability=why,
    )  # fmt: skip
    person = residents.save_resident(actor=cast.actor, values=values)
    residents.add_duty(
        actor=cast.actor, resident=person, duty="pension", item=pension,
        due_on=cast.today + dt.timedelta(days=due), source="示例社保中心通知",
    )  # fmt: skip
    if number < len(_RESIDENTS) - 1:
        residents.give_consent(
            actor=cast.actor, resident=person, form="paper",
            document=f"示例委托书{number + 1}号", given_on=cast.day(60), all_items=True,
        )  # fmt: skip


_RESIDENTS: tuple[tuple[str, list[str], int], ...] = (
    ("示例奶奶甲", ["aged", "alone"], 12),
    ("示例爷爷乙", ["disabled"], 5),
    ("示例奶奶丙", ["bedridden"], 20),
    ("示例爷爷丁", ["aged"], 25),
    ("示例居民戊", [], 40),
)
# Estate, kind, residents, walk in minutes: declared, estimated from coordinates, or not known.
_ESTATES = (
    ("示例花园", "estate", 1860, 3, None),
    ("示例新村", "estate", 2240, 4.5, None),
    ("示例公寓", "estate", 960, 8, None),
    ("示例家园", "estate", 1420, None, 0.004),
    ("示例村改居", "village", 780, None, None),
    ("示例人才房", "estate", None, 2, None),
)


def _points(cast: Cast, items: list[ServiceItem]) -> ServicePoint:
    point = points.save_point(
        actor=cast.actor,
        code="demo-point-1",
        values=points.PointValues(
            name="示例东社区便民代办点",
            community=cast.units["community"],
            valid_from=cast.day(365),
            address="示例东路1号",
            hours="09:00–18:00",
            longitude=118.24,
            latitude=24.62,
        ),
        items=items,
    )
    points.save_point(
        actor=cast.actor,
        code="demo-point-2",
        values=points.PointValues(
            name="示例西社区便民代办点",
            community=cast.units["community-2"],
            valid_from=cast.day(200),
        ),
        items=items[:8],
    )
    for number, (name, kind, count, declared, away) in enumerate(_ESTATES):
        estate = points.save_estate(
            actor=cast.actor,
            code=f"demo-estate-{number}",
            values=points.EstateValues(
                name=name,
                kind=kind,
                community=cast.units["community" if number < 4 else "community-2"],
                residents=count,
                longitude=118.24 if away else None,
                latitude=24.62 + away if away else None,
            ),
        )
        if declared:
            points.declare_walk(
                actor=cast.actor, estate=estate, point=point, minutes=Decimal(str(declared))
            )
    return point


def _orders(cast: Cast, agent: Agent, point: ServicePoint, item: ServiceItem) -> None:
    """One order closed, one with the street, one with papers the agent keeps too long, one new."""
    people = list(Resident.objects.order_by("pk"))
    stops = (("close", 9), ("community", 4), ("collect", 6), ("", 0))
    for person, (stop, ago) in zip(people, stops, strict=False):
        actor, user = cast.who("agent")
        order = orders.take_order(
            actor=actor,
            resident=person,
            item=item,
            agent=agent,
            now=cast.at(ago, 9 if ago else 0),
            by=user,
            point=point,
            duty=person.duties.get(),
            home_visit=True,
        ).order
        if stop:
            papers = [PaperSpec("身份证（示例）", original=True), PaperSpec("近照（示例）")]
            orders.collect(actor=actor, order=order, papers=papers, by=user, now=cast.at(ago, 11))
        if stop in ("close", "community"):
            _hand(cast, order, "community", "agent", "shequ", ago)
            _review(cast, order, "community", "shequ", ago - 1)
        if stop == "close":
            _finish(cast, order, ago)


def _finish(cast: Cast, order: Order, ago: int) -> None:
    _hand(cast, order, "street", "shequ", "jiedao", ago - 1)
    _review(cast, order, "street", "jiedao", ago - 2)
    _hand(cast, order, "community", "jiedao", "shequ", ago - 2)
    _hand(cast, order, "agent", "shequ", "agent", ago - 3)
    _hand(cast, order, "applicant", "agent", "", ago - 3)
    actor, user = cast.who("agent")
    orders.deliver(
        actor=actor, order=order, result="认证通过（示例）", delivery="home",
        delivered_to=order.resident.name, by=user, now=cast.at(ago - 4),
    )  # fmt: skip
    actor, user = cast.who("centre")
    orders.close(
        actor=actor, order=order, rating=5, remark="上门很及时（示例）", by=user,
        now=cast.at(ago - 5),
    )  # fmt: skip


def _hand(cast: Cast, order: Order, taker: str, giving: str, taking: str, ago: int) -> None:
    actor, giver = cast.who(giving)
    by = Signature(cast.users[taking]) if taking else Signature(name=order.resident.name)
    hand_over = give(
        actor=actor, of=order, papers=list(order.papers.all()), taker=taker,
        by=Signature(giver), now=cast.at(ago, 15),
    )  # fmt: skip
    sign_for(actor=actor, hand_over=hand_over, by=by, now=cast.at(ago, 16))


def _review(cast: Cast, order: Order, step: str, who: str, ago: int) -> None:
    actor, by = cast.who(who)
    orders.review(
        actor=actor, order=order, step=step, passed=True, reason="", by=by, now=cast.at(ago, 10)
    )


def regions(cast: Cast) -> None:
    """Offer items with two regions, and let filings stand at several steps."""
    items = list(ServiceItem.objects.filter(code__startswith="demo-daily").order_by("pk")[:6])
    offers = [
        offer_region(
            actor=cast.actor,
            item=item,
            division=("500152", "510900")[number % 2],
            region=("重庆潼南（示例）", "四川遂宁（示例）")[number % 2],
            mode=("collect", "joint", "online")[number % 3],
            authority="示例对方政务中心",
            valid_from=cast.day(300),
            document="示例通办清单",
        )
        for number, item in enumerate(items)
    ]
    for number, offered in enumerate(offers[:3]):
        actor, user = cast.who("centre")
        filing = filings.receive(
            actor=actor,
            offer=offered,
            person=filings.Person(
                name=f"示例办事人{number + 1}",
                identity=f"50010119900101000{number}",
                phone=PHONE.format(number),
                address="示例北路8号",
            ),
            by=user,
            unit=cast.units["centre"],
            now=cast.at(10 - number, 9),
        ).filing
        if number < 2:
            filings.send(
                actor=actor, filing=filing, identity_checked=True, tracking="SF-示例",
                by=user, now=cast.at(10 - number, 11),
            )  # fmt: skip
            filings.accept(actor=actor, filing=filing, by=user, now=cast.at(8 - number, 10))
        else:
            filings.notice(
                actor=actor, filing=filing, missing="近照一张、委托书（示例）", by=user,
                now=cast.at(8, 11),
            )  # fmt: skip
        if number == 0:
            _decided(cast, filing)


def _decided(cast: Cast, filing: Filing) -> None:
    actor, user = cast.who("centre")
    filings.decide(
        actor=actor, filing=filing, granted=True, decision="渝示〔示例〕1号", by=user,
        now=cast.at(6),
    )  # fmt: skip
    filings.deliver(actor=actor, filing=filing, delivery="post", by=user, now=cast.at(4))
    record_trip(
        actor=actor, case=filing.case, item=filing.offer.item, on=cast.day(10),
        where="示例企业服务中心", why="提交申请（示例）",
    )  # fmt: skip
    actor, user = cast.who("handler")
    filings.rate(actor=actor, filing=filing, rating=4, remark="方便（示例）", by=user,
                 now=cast.at(3))  # fmt: skip
