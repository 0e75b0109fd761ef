"""The report of projects says what four places published, from ledgers that hold their figures."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.demo.projects_book import split
from openzone.zone.performance.selectors.report import Number, Period, number, report
from tests.zone.performance.conftest import MARCH, TODAY, YI, arrived, invested

pytestmark = pytest.mark.django_db

MAY = Period(dt.date(2026, 1, 1), dt.date(2026, 5, 31), dt.date(2026, 5, 31))
HALF = Period(dt.date(2026, 1, 1), TODAY, TODAY)


def _said(period, name, language="zh-hans"):
    for part in report(period):
        for one in part.said:
            if one.sentence.id == name:
                return one.text(language)
    return None


def _numbers(period):
    return [
        one
        for part in report(period)
        for said in part.said
        for one in said.pieces("en")
        if isinstance(one, Number)
    ]


def test_zhaoqing_started_completed_in_production(ledger):
    """肇庆: 1-5月促进新开工项目51个、竣工项目42个、投产项目32个,制造业项目实际投资额41.11亿元."""
    plants = []
    for n in range(51):
        days = {"started": dt.date(2026, 1, 5)}
        if n < 42:
            days["completed"] = dt.date(2026, 5, 1)
        if n < 32:
            days["in_production"] = dt.date(2026, 5, 31)
        plants.append(ledger(f"工厂{n}", 1, days, industry="C384"))
    ledger("去年开工", 1, {"started": dt.date(2025, 12, 31)}, industry="C384")
    ledger("六月开工", 1, {"started": dt.date(2026, 6, 1)}, industry="C384")
    invested(plants[0], dt.date(2026, 1, 1), 40)
    invested(plants[1], dt.date(2026, 5, 1), "1.11")
    invested(plants[2], dt.date(2026, 6, 1), 3)
    invested(ledger("物流", 1, industry="G591"), dt.date(2026, 2, 1), 5)
    assert _said(MAY, "stages") == (
        "1-5月新开工项目51个、竣工项目42个、投产项目32个，制造业项目实际投资额41.11亿元。"
    )
    assert _said(MAY, "stages", "en").startswith("January to May: 51 projects started, 42")


def test_qionglai_nineteen_contracts_of_three_sectors(signed):
    """邛崃: 今年以来,签约引进三次产业项目19个,总投资176.3亿元."""
    for n, amount in enumerate(split(Decimal("176.3"), 19, Decimal(1))):
        signed(f"合同{n}", amount, sector=1 if n < 3 else 2 if n < 13 else 3)
    signed("框架", 50, framework=True, sector=2)
    assert _said(MAY, "sectors") == (
        "今年以来，签约引进三次产业项目19个，总投资176.3亿元。其中一产3个、二产10个、三产6个。"
    )


def test_baoji_twenty_one_of_100_million_and_more(signed):
    """宝鸡: 亿元以上招商引资项目21个,总投资规模达92.03亿元 (12, 10.3, 8 the largest)."""
    top = [Decimal(12), Decimal("10.3"), Decimal(8)]
    for n, amount in enumerate([*top, *split(Decimal("92.03") - sum(top), 18, Decimal(1))]):
        signed(f"大项目{n}", amount)
    for n in range(3):
        signed(f"小项目{n}", "0.99")
    assert _said(MAY, "over_100_million") == "亿元以上招商引资项目21个，总投资规模达92.03亿元。"


def test_chenzhou_seventeen_with_size_and_whole_chain(signed):
    """郴州: 新引进17个项目,其中投资5亿元以上项目3个,全产业链项目1个,签约资金83.44亿元."""
    for n, amount in enumerate(["30", "20", "5", *["2"] * 13, "2.44"]):
        signed(
            f"项目{n}", amount, tags=["全产业链", "示例"] if n == 1 else ["链"] if n == 2 else []
        )
    assert _said(MAY, "size_and_chain") == (
        "新引进17个项目，其中投资5亿元以上项目3个，全产业链项目1个，签约资金83.44亿元。"
    )


@pytest.fixture
def baoji(signed, target):
    """157.6亿元 of 284 arrived, and 1590万美元 of 700."""
    plant, other = signed("工厂"), signed("外资工厂")
    target("funds_in_place", 284 * YI)
    target("foreign_investment", 7_000_000)
    arrived(plant, 100)
    arrived(plant, "57.6", dt.date(2026, 6, 30), kind="working")
    arrived(plant, 9, dt.date(2025, 12, 31))
    arrived(other, "0.159", currency="USD", foreign=True, usd=Decimal(15_900_000))
    return plant, other


def test_baoji_over_half_of_both_targets(baoji):
    """宝鸡: 到位资金157.6亿元,占今年任务的55.49%; 1590万美元,完成年度任务的227.14%; 双过半."""
    assert _said(HALF, "money") == (
        "今年以来完成到位资金157.6亿元，占今年任务的55.49%；"
        "实现外商直接投资1590万美元，完成年度任务的227.14%。"
    )
    assert _said(HALF, "over_half") == "招商引资工作实现“双过半”。"


def test_at_49_99_per_cent_nobody_says_over_half(signed, target):
    plant = signed("工厂")
    target("funds_in_place", 100 * YI)
    target("foreign_investment", 7_000_000)
    arrived(plant, "49.99")
    arrived(plant, "0.159", currency="USD", foreign=True, usd=Decimal(15_900_000))
    assert "占今年任务的49.99%" in _said(HALF, "money")
    assert _said(HALF, "over_half") is None


def test_a_target_nobody_set_is_a_missing_figure_and_no_zero(signed):
    arrived(signed("工厂"), 1)
    assert _said(HALF, "money").startswith("今年以来完成到位资金1亿元，占今年任务的（缺数据）%；")
    assert _said(HALF, "over_half") is None


def test_every_number_has_its_footnote_and_its_rows_add_up_to_it(baoji, ledger):
    ledger("开工", 3, {"started": MARCH}, industry="C384")
    numbers = _numbers(HALF)
    assert [one.note for one in numbers] == list(range(1, len(numbers) + 1))
    for one in numbers:
        assert one.basis.zh
        assert one.basis.en
        again = number(one.sentence, one.slot, HALF)
        assert again.measured == one.measured
        parts = sum(part.value for part in one.measured.parts)
        if one.unit.id != "percent":
            assert parts == one.measured.value
    assert number("money", "nothing", HALF) is None


def test_dollars_nobody_stated_leave_no_total(signed):
    arrived(signed("外资一"), 1, foreign=True, usd=Decimal(1_000_000))
    silent = signed("外资二")
    arrived(silent, 1, foreign=True)
    found = number("money", "foreign", HALF)
    assert (found.shown.zh, found.measured.unstated) == ("（缺数据）", (silent.number,))
