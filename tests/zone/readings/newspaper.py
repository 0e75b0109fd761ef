"""A synthetic page that was read, and people who judge it."""

import datetime as dt
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.reader import read_page
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user
from openzone.zone.readings.linking import linked
from openzone.zone.readings.models import JudgedFact, Page
from openzone.zone.readings.packs import lexicon
from openzone.zone.readings.services.bringing import Appeared, bring_page, keep_reading
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise

NOW = dt.datetime(2026, 7, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
REASON = Text("没有文字（示例）", "no text (example)")
TEXT = """示例高新区上半年工业经济稳中有进
　　本报讯（记者 示例）今年上半年，示例高新区实现规上工业总产值19.3亿元，同比增长15.9%；
完成固定资产投资8.2亿元。示例高新区新增企业120家。
　　2025年，示例电池有限公司实现营业收入3.6亿元，同比增长12%。
　　示例高新区签约项目19个，总投资176.3亿元。
"""


class Desk(NamedTuple):
    """A page with two people who judge."""

    page: Page
    firm: Enterprise
    one: User
    two: User


def brought(actor: Actor, text: str = TEXT, name: str = "示例日报.txt", **more: Any) -> Page:
    appeared = Appeared("示例日报", dt.date(2026, 7, 15), "3", "https://news.example.cn/3")
    return bring_page(
        actor=actor, user=more.pop("user", None), name=name, data=text.encode(),
        appeared=appeared, now=more.pop("now", NOW), today=more.pop("today", TODAY),
        synthetic=True,
    )  # fmt: skip


def read(actor: Actor, text: str = TEXT, **more: Any) -> Page:
    page = brought(actor, text, **more)
    found = read_page(text, lexicon(), PageDate(2026, 7))
    return keep_reading(actor=actor, page=page, text=text, found=found, now=NOW,
                        links=linked(found.facts))  # fmt: skip


def desk(actor: Actor) -> Desk:
    firm = create_enterprise(actor=actor, name="示例电池有限公司", synthetic=True)
    one, two = (create_user(actor=actor, username=name) for name in ("tongji", "jingban"))
    return Desk(read(actor), firm, one, two)


def fact(page: Page, attribute: str) -> JudgedFact:
    rows = JudgedFact.objects.select_related("fact", "page").filter(page=page)
    return rows.filter(attribute=attribute).order_by("fact_id")[0]
