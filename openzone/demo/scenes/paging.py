"""Reading of pages: one synthetic page, half judged, with a figure the record has otherwise."""

from decimal import Decimal
from typing import Any, Final

from openzone.demo.scenes.cast import Cast
from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.reader import read_page
from openzone.zone.indicators.models import Figure
from openzone.zone.readings.linking import linked
from openzone.zone.readings.models import JudgedFact, Page
from openzone.zone.readings.packs import lexicon
from openzone.zone.readings.services.bringing import Appeared, bring_page, keep_reading
from openzone.zone.readings.services.judging import accept_fact, link_fact, reject_fact

YI: Final = Decimal(100_000_000)
TEXT: Final = """示例高新区工业经济稳中有进（示例）
　　本报讯（记者 示例）{year}年上半年，示例高新区实现规上工业总产值{output}亿元，同比增长9.6%；
完成固定资产投资{invested}亿元，签约项目19个，协议总投资46.3亿元。
　　{before}年，{firm}实现营业收入3.6亿元，研发投入2100万元。
　　示例高新区力争全年新增高新技术企业30家，为企业办理服务事项1260件。

示例园区储能项目开工（示例）
　　本报讯（记者 示例）近日，示例储能装备项目开工建设。该项目总投资12亿元，占地面积150亩，
建成后预计年产值20亿元，带动就业600人。
"""
"""The output is not what the record says, and that is the point."""


def paging(cast: Cast) -> None:
    """Bring a page in, read it, judge some of it."""
    page = _read(cast)
    actor, user = cast.who("stats")
    facts = list(JudgedFact.objects.filter(page=page, fact__names=False).select_related("fact"))
    given: dict[str, Any] = {"actor": actor, "user": user, "now": cast.at(3)}
    for one in facts:
        if one.attribute == "revenue":
            link_fact(**given, judged=one, what="enterprise", record=cast.firm.pk)
        if one.attribute in ("revenue", "fixed_asset_investment", "project_count", "area_land"):
            accept_fact(**given, judged=one)
        elif one.fact.qualifiers.get("forecast"):
            reject_fact(**given, judged=one, reason="不是实际数（目标、计划、门槛）")


def _read(cast: Cast) -> Page:
    actor, user = cast.who("stats")
    text, day = _text(cast), cast.day(5)
    page = bring_page(
        actor=actor, user=user, name="示例日报第3版.txt", data=text.encode(), now=cast.at(4),
        today=cast.today, appeared=Appeared("示例日报（示例）", day, "3"), synthetic=True,
    )  # fmt: skip
    found = read_page(text, lexicon(), PageDate(day.year, day.month))
    return keep_reading(
        actor=actor, page=page, text=text, found=found, now=cast.at(4), links=linked(found.facts)
    )


def _text(cast: Cast) -> str:
    year = cast.today.year - 1
    return TEXT.format(
        year=year, before=year, firm=cast.firm.name, invested="54.2",
        output=_known(f"{year}-01/{year}-06") + Decimal("7.5"),
    )  # fmt: skip


def _known(period: str) -> Decimal:
    """Return the output on record in 亿元, so that the page can say another one."""
    rows = Figure.objects.filter(
        entity__code="demo-zone", indicator="industrial_output", period=period
    )
    figure = rows.order_by("-pk").first()
    return round((figure.value or YI) / YI, 1) if figure else Decimal(100)
