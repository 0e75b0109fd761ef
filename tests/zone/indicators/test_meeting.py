"""The papers of a meeting, filled from small records, read as the press printed them."""

import datetime as dt

import pytest

from openzone.engines.series.periods import Period
from openzone.zone.errors import Refused
from openzone.zone.indicators.models import MeetingPack
from openzone.zone.indicators.selectors.meeting import compared, material
from openzone.zone.indicators.services.meeting_packs import digest, keep_meeting_pack
from openzone.zone.people.enums import Role
from tests.zone.indicators.figures_world import NOW, recorded, row, zone

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)
TODAY = dt.date(2026, 7, 1)


@pytest.fixture
def here(db, actor):
    return zone(actor)


@pytest.fixture
def chief(make_user, office):
    return make_user("chief", Role.CENTRE, office)


def sentences(content, language="zh"):
    shown = {one["n"]: one["shown"][language] for one in content["numbers"]}
    return [
        "".join(piece if isinstance(piece, str) else shown[piece["n"]]
                for piece in sentence["pieces"][language])
        for part in content["parts"]
        for sentence in part["sentences"]
    ]  # fmt: skip


def notes(content, key):
    found = next(one for one in content["numbers"] if one["key"] == key)
    return "；".join(one["zh"] for one in found["notes"])


def test_output_of_may_as_qionglai_printed_it_with_its_bases_in_footnotes(actor, here, chief):
    iva = "规模以上工业增加值"
    recorded(actor, [
        row(here, "2024年5月", "19.3亿元", growth="15.9%"),
        row(here, "2024年1-5月", "77.7亿元", growth="28.5%"),
        row(here, "2024年5月", "", iva, growth="10.03%"),
        row(here, "2024年1-5月", "", iva, growth="8.3%", basis="加权口径"),
    ], chief)  # fmt: skip
    chosen = ["industrial_output", "industrial_value_added"]
    made = material(here, Period(2024, 5, 1), chosen, TODAY)
    assert sentences(made)[0] == (
        "5月，规上工业产值19.3亿元，同比增长15.9%，增加值增速10.03%；"
        "前5个月77.7亿元，同比增长28.5%，增加值增速8.3%（加权口径）。"
    )
    assert "加权口径" in notes(made, "output.iva")
    assert "可比价" in notes(made, "output.iva")
    assert "不可比" in notes(made, "output.value")
    assert "名义" in notes(made, "output.growth")
    assert "统计月报" in notes(made, "output.month_value")


def test_gdp_of_the_half_year_is_said_to_be_expected(actor, here, chief):
    recorded(actor, [
        row(here, "2023年1-6月", "108.8亿元", "地区生产总值", growth="3%", status="预计"),
    ], chief)  # fmt: skip
    made = material(here, Period(2023, 6, 1), ["gdp"], TODAY)
    assert sentences(made) == ["上半年，预计完成地区生产总值108.8亿元，同比增长3%。"]
    assert "预计数" in notes(made, "gdp.value")
    assert made["table"][0]["status"] == "expected"


def test_money_in_place_and_foreign_investment_are_over_half(actor, here, chief):
    recorded(actor, [
        row(here, "2023年1-6月", "157.6亿元", "到位资金", target="284亿元"),
        row(here, "2023年1-6月", "1590万美元", "实际使用外资", target="700万美元"),
    ], chief)  # fmt: skip
    made = material(here, Period(2023, 6, 1), ["funds_in_place", "foreign_capital"], TODAY)
    assert sentences(made) == [
        (
            "上半年，完成到位资金157.6亿元，占今年任务的55.49%；"
            "实现外商直接投资1,590万美元，完成年度任务的227.14%。"
        ),
        "有年度目标的指标实现“双过半”。",
    ]
    assert "目标 284亿元" in notes(made, "money.funds_share")


def test_ten_periods_among_the_first_ten(actor, here, chief):
    among = {"group": "383", "among": "全国县级市"}
    rows = [row(here, f"2023年{month}月末", "88", "城市信用综合指数", rank="9", **among)
            for month in range(1, 10)]  # fmt: skip
    last = row(here, "2023年10月末", "88.68", "城市信用综合指数", rank="4", **among)
    recorded(actor, [*rows, last], chief)
    made = material(here, Period(2023, 10, 1), ["credit_index"], TODAY)
    assert sentences(made) == [
        "城市信用综合指数88.68，在383个参评城市中排名第4位，连续10期进入全国县级市前10位。"
    ]


def test_april_brought_the_first_growth_of_the_year(actor, here, chief):
    grown = {"2020年1-2月": "-18.1%", "2020年3月": "-2%", "2020年4月": "3.5%"}
    recorded(actor, [row(here, when, "", growth=rate) for when, rate in grown.items()], chief)
    said = sentences(material(here, Period(2020, 4, 1), ["industrial_output"], TODAY))
    assert "工业经济4月实现今年以来首次正增长。" in said


def test_what_is_missing_is_named_and_never_zero(actor, here, chief):
    recorded(actor, [row(here, "2024年1-5月", "77.7亿元")], chief)
    chosen = ["industrial_output", "gdp", "tax"]
    made = material(here, Period(2024, 5, 1), chosen, TODAY)
    assert sentences(made) == ["5月，规上工业产值（缺数据）；前5个月77.7亿元。"]
    assert {one["indicator"] for one in made["missing"]} >= {"gdp", "tax", "industrial_output"}
    assert [one["cells"][2] for one in made["table"]][1:] == [None, None]


def test_a_pack_stays_what_it_was_and_says_what_changed_since(actor, here, chief):
    first = row(here, "2024年1-5月", "77.7亿元", published="2024-06-15")
    recorded(actor, [first], chief)
    period, chosen = Period(2024, 5, 1), ["industrial_output"]
    made = material(here, period, chosen, TODAY)
    kept = keep_meeting_pack(
        actor=actor, user=chief, title="5月分析会", entity=here, period=str(period),
        indicators=chosen, as_of=TODAY, known_at=None, version=made["version"], content=made,
        now=NOW, synthetic=False,
    )  # fmt: skip
    recorded(actor, [row(here, "2024年1-5月", "78.1亿元", published="2024-07-15", status="调整")],
             chief, now=LATER)  # fmt: skip
    again = MeetingPack.objects.get(pk=kept.pk)
    assert digest(again.content) == again.sha256
    now = material(here, period, chosen, TODAY)
    [value] = [one for one in compared(again.content, now)
               if (one["after"] or one["before"])["key"] == "output.value"]  # fmt: skip
    assert value["state"] == "changed"
    assert [value[side]["shown"]["zh"] for side in ("before", "after")] == ["77.7亿元", "78.1亿元"]
    then = material(here, period, chosen, TODAY, known_at=dt.date(2024, 7, 1))
    assert sentences(then) == sentences(again.content)


def test_a_pack_of_nothing_is_refused(actor, here, chief):
    made = material(here, Period(2024, 5, 1), ["gdp"], TODAY)
    with pytest.raises(Refused, match="没有任何数据"):
        keep_meeting_pack(
            actor=actor, user=chief, title="空", entity=here, period="2024-01/2024-05",
            indicators=["gdp"], as_of=TODAY, known_at=None, version="1", content=made, now=NOW,
            synthetic=False,
        )  # fmt: skip
