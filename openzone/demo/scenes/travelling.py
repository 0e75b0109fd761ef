"""Promotion in the field: last year's eight trips as a funnel, events, suppliers, terms.

Eight trips to seven cities, forty firms met, 27 that came to look and 24 signings at three
ceremonies, twenty events online and on site, and sixty suppliers of a leading firm are published
figures of three places; the firms, the people and what was said are made up.
"""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from openzone.demo.scenes.cast import Cast
from openzone.engines.tables.writing import write_table
from openzone.zone.agreements.services import incentives
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import (
    FieldTeam,
    Investor,
    Lead,
    PromotionEvent,
    SupplierList,
    TermSheet,
    Trip,
)
from openzone.zone.promotion.services import (
    events,
    negotiations,
    returns,
    supplier_sheets,
    suppliers,
    term_lines,
    termsheets,
    trips,
)
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.negotiations import Point
from openzone.zone.promotion.services.trips import Stop

CITIES: Final = ("宁波", "台州", "苏州", "无锡", "东莞", "佛山", "重庆")
TRIPS, FIRMS, RETURNS, SIGNINGS, EVENTS, SUPPLIERS = 8, 40, 27, 24, 20, 60
_BETWEEN: Final = dt.timedelta(days=40)
_FIRST_SIGNED: Final = 18
"""The book numbers its investors; those of last year begin here."""
_CHANNELS: Final = ("offline_fair", "online_fair", "roadshow", "stationed", "agent")
_PARTS: Final = ("座椅", "线束", "压铸件", "电机", "空调", "玻璃", "灯具", "轮毂", "仪表", "内饰")
_PDF: Final = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
_TERMS: Final = {
    "zone": "示例高新区管委会", "investor": "示例投资方甲", "project": "示例条款项目",
    "content": "建设示例生产线", "place": "示例园区", "total": "350000000",
    "start": "2027-03-01", "finish": "2028-06-30", "output": "500000000", "jobs": "300",
    "full_output": "2029-12-31", "land": "80", "land_by": "2027-01-31", "land_way": "transfer",
}  # fmt: skip


def travelling(cast: Cast) -> None:
    """Let a team travel, events be held, suppliers be asked, terms be negotiated."""
    unit = cast.units["industry"]
    team = trips.open_team(actor=cast.actor, name="示例第一招商小分队", unit=unit, synthetic=True)
    _last_year(cast, team)
    _this_year(cast, team)
    _events(cast)
    _suppliers(cast)
    _talks(cast, _terms(cast))


def _hand(cast: Cast) -> dict[str, Any]:
    """Return who records all this: the reviewer of the industry bureau, an adviser too."""
    actor, user = cast.who("reviewer")
    return {"actor": actor, "user": user, "now": cast.at(0)}


def _firm(cast: Cast, name: str) -> Investor:
    known = Investor.objects.filter(name=name, merged_into=None).first()
    return known or record_investor(**_hand(cast), name=name, sure=True, synthetic=True)


def _last_year(cast: Cast, team: FieldTeam) -> None:
    new_year = dt.date(cast.today.year - 1, 1, 2)
    made = [_trip(cast, team, n, new_year + n * _BETWEEN) for n in range(TRIPS)]
    names = [f"示例投资方{_FIRST_SIGNED + n}" for n in range(SIGNINGS)]
    names += [f"示例对接企业{n}（外地）" for n in range(FIRMS - SIGNINGS)]
    firms = [_firm(cast, name) for name in names]
    for n, firm in enumerate(firms):
        _meet(cast, made[n // 5], firm, n)
    for n, firm in enumerate(firms[:RETURNS]):
        trip = made[n // 5]
        returns.receive(
            **_hand(cast), investor=firm, on=trip.ends + dt.timedelta(days=3), unit=team.unit,
            host=cast.users["reviewer"], people=3, said="实地考察厂房和用地（示例）", trip=trip,
            synthetic=True,
        )  # fmt: skip
    _signings(cast, firms[:SIGNINGS], new_year)
    for trip in made:
        trips.report_trip(
            **_hand(cast), trip=trip, report="对接5户，形成意向清单（示例）", today=cast.today,
            cost=Decimal(18_600),
        )  # fmt: skip


def _trip(cast: Cast, team: FieldTeam, number: int, begins: dt.date, **given: Any) -> Trip:
    city = CITIES[number % len(CITIES)]
    return trips.plan_trip(
        **_hand(cast), team=team, title=f"赴{city}上门招商（示例）", channel="visit",
        purpose="对接汽车零部件企业，补本地链条缺口（示例）", gaps=["压铸", "线束"],
        stops=[Stop(city, begins, begins + dt.timedelta(days=2))],
        leader=cast.users["reviewer"], members=[cast.users["handler"]], synthetic=True, **given,
    )  # fmt: skip


def _meet(cast: Cast, trip: Trip, firm: Investor, number: int) -> None:
    city = trip.cities.get()
    trips.meet(
        **_hand(cast), trip=trip, city=city, investor=firm,
        on=city.begins + dt.timedelta(days=number % 3), said="介绍园区条件，邀请来访（示例）",
    )  # fmt: skip


def _signings(cast: Cast, firms: list[Investor], new_year: dt.date) -> None:
    """Bind last year's contracts of the book to the firms, at three ceremonies."""
    for n, firm in enumerate(firms):
        project = Project.objects.filter(investor_name=firm.name, signing=None).first()
        if project is not None:
            returns.record_signing(
                **_hand(cast), project=project, investor=firm,
                event=_ceremony(cast, new_year, n // 8),
            )  # fmt: skip


def _ceremony(cast: Cast, new_year: dt.date, number: int) -> PromotionEvent:
    title = f"示例集中签约活动（第{number + 1}次）"
    known = PromotionEvent.objects.filter(title=title).first()
    on = new_year + dt.timedelta(days=120 * (number + 1))
    return known or _event(cast, title, "ceremony", on, held=True)


def _event(
    cast: Cast, title: str, channel: str, on: dt.date, *, held: bool = False
) -> PromotionEvent:
    hand = _hand(cast)
    made = events.plan_event(
        actor=hand["actor"], now=hand["now"], title=title, channel=channel, begins=on, ends=on,
        unit=cast.units["industry"], owner=cast.users["reviewer"], synthetic=True,
        city="" if channel == "online_fair" else CITIES[on.month % len(CITIES)],
        venue="视频会议" if channel == "online_fair" else "示例会议中心",
    )  # fmt: skip
    if held:
        events.hold_event(
            actor=hand["actor"], event=made, summary="活动按计划举办（示例）", today=cast.today
        )
    return made


def _this_year(cast: Cast, team: FieldTeam) -> None:
    """One trip of some weeks ago waits for its report, and the next one is planned."""
    trip = _trip(cast, team, 2, cast.day(20))
    for n in range(3):
        _meet(cast, trip, _firm(cast, f"示例对接企业{n}（外地）"), n)
    _trip(cast, team, 3, cast.today + dt.timedelta(days=10))


def _events(cast: Cast) -> None:
    """Twenty events, online and on site; of the guests some came and some did not."""
    actor, user = cast.who("reviewer")
    for n in range(EVENTS):
        ago = 300 - n * 15
        channel = _CHANNELS[n % len(_CHANNELS)]
        event = _event(cast, f"示例招商推介（第{n + 1}场）", channel, cast.day(ago))
        firms = [_firm(cast, f"示例对接企业{(n + k) % 12}（外地）") for k in range(2)]
        guests = events.invite(actor=actor, event=event, investors=firms, on=event.begins)
        for k, guest in enumerate(guests[: 1 + n % 2]):
            events.attend(
                actor=actor, guest=guest, attended=k == 0, now=cast.at(0), user=user,
                said="了解政策和厂房（示例）",
            )  # fmt: skip
        events.hold_event(
            actor=actor, event=event, summary="会后逐户回访（示例）", today=cast.today
        )


def _suppliers(cast: Cast) -> None:
    """Sixty suppliers of a leading firm, read in from a workbook, come as far as they come."""
    hand = _hand(cast)
    listing = suppliers.make_list(
        **hand, leader="示例智能汽车（链主）", source="链主公开供应商名录（示例）", chain="汽车",
        as_of=cast.day(90), unit=cast.units["industry"], synthetic=True,
    )  # fmt: skip
    sheet = supplier_sheets.check_suppliers(
        **hand, listing=listing, file_name="示例供应链企业名单.xlsx", data=_workbook(),
        as_of=cast.today,
    )  # fmt: skip
    supplier_sheets.apply_suppliers(actor=hand["actor"], sheet=sheet)
    _reach(cast, listing)


def _workbook() -> bytes:
    stream = BytesIO()
    rows = [
        (f"示例{_PARTS[n % 10]}第{n + 1}有限公司", _PARTS[n % 10], _PARTS[n % 10],
         CITIES[n % 7], 1 + n % 2, "是" if n % 10 in (1, 2) else "否")
        for n in range(SUPPLIERS)
    ]  # fmt: skip
    headers = ["企业名称", "供应产品", "链条环节", "所在地", "供应层级", "补缺口"]
    write_table(stream, headers, rows, title="示例供应链企业名单", note="示例数据")
    return stream.getvalue()


def _reach(cast: Cast, listing: SupplierList) -> None:
    hand = _hand(cast)
    for n, one in enumerate(listing.suppliers.all()[:30]):
        suppliers.mark_supplier(
            actor=hand["actor"], now=hand["now"], supplier=one, on=cast.day(60 - n),
            state="interested" if n % 3 == 0 else "contacted", remark="电话对接（示例）",
        )  # fmt: skip
    for one in listing.suppliers.filter(state="interested")[:4]:
        suppliers.supplier_to_lead(
            **hand, supplier=one, adviser=cast.users["reviewer"], on=cast.day(10), sure=True
        )


def _terms(cast: Cast) -> TermSheet:
    """Terms of a project: three versions, one incentive reviewed and agreed, one that waits."""
    hand = _hand(cast)
    project = Project.objects.filter(investor_name="示例新能源").first()
    made = termsheets.open_sheet(
        **hand, title="示例投资协议条款", template="investment", unit=cast.units["industry"],
        owner=cast.users["reviewer"], zone_name="示例高新区管委会", synthetic=True,
        project=project or Project.objects.filter(merged_into=None).order_by("pk")[0],
    )  # fmt: skip
    known = made.versions.get().values
    termsheets.write_version(
        **hand, sheet=made, values=_TERMS | known, note_text="首轮报价（示例）"
    )
    termsheets.write_version(
        **hand, sheet=made, values=_TERMS | known | {"total": "420000000", "jobs": "360"},
        note_text="投资方追加投资（示例）",
    )  # fmt: skip
    due = dt.date(2028, 12, 31)
    first, _second = (
        term_lines.add_line(
            **hand, sheet=made, text=text, kind=kind, due=due, amount=Decimal(2_000_000)
        )
        for text, kind in (
            ("按普惠政策给予首台套奖励（示例）", "general"), ("标准厂房租金补贴（示例）", "reward"),
        )
    )  # fmt: skip
    _cleared(cast, term_lines.ask_review(**hand, line=first))
    return made


def _cleared(cast: Cast, line: Any) -> None:
    actor, user = cast.who("centre")
    incentives.review(
        actor=actor, user=user, incentive=line.incentive, conclusion="allowed",
        basis_kind="open_policy", basis="示例普惠政策第三条", on=cast.day(5),
        file_name="示例审查表.pdf", data=_PDF, now=cast.at(5), today=cast.today,
    )  # fmt: skip
    term_lines.agree_line(**_hand(cast), line=line)


def _talks(cast: Cast, sheet: TermSheet) -> None:
    """Two negotiations: an open point that is late, one due soon, one settled."""
    hand, week = _hand(cast), dt.timedelta(days=7)
    reviewer, handler = cast.users["reviewer"], cast.users["handler"]
    lead = Lead.objects.filter(state="negotiating").first()
    for ago, due in ((21, cast.day(14)), (3, cast.today + week)):
        made = negotiations.record_negotiation(
            **hand, investor=lead.investor if lead else _firm(cast, "示例投资方甲"), synthetic=True,
            topic=f"线上洽谈投资条款（示例，{ago}天前）", at=cast.at(ago), platform="video",
            unit=cast.units["industry"], ours=[reviewer, handler], minutes=90,
            theirs="示例投资方：王经理、李工", summary=f"围绕“{sheet.title}”逐条磋商（示例）",
            points=[
                Point("同意分两期建设（示例）"),
                Point("核实双回路供电容量（示例）", reviewer, due, open=True),
                Point("补充环评前期资料（示例）", handler, cast.today + week, open=True),
            ],
        )  # fmt: skip
        settled = made.points.order_by("pk").last()
        if ago > 7 and settled is not None:
            negotiations.settle_point(
                actor=hand["actor"], point=settled, outcome="资料已补齐（示例）", user=handler,
                now=hand["now"],
            )  # fmt: skip
