"""Whole pages: what is read, whose it is, and that every quote is a slice of the page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.reader import read_page
from openzone.engines.reading.pages.records import Fact
from openzone.packs.reading import reading
from tests.engines.reading.pages.conftest import Read
from tests.engines.reading.pages.samples import COLUMNS, MARKDOWN, TRAILING

PAGES = [MARKDOWN, COLUMNS, TRAILING]


@pytest.mark.parametrize("page", PAGES)
def test_every_quote_is_a_slice_of_the_page(lexicon: Lexicon, page: str) -> None:
    facts = read_page(page, lexicon).facts
    assert facts
    for fact in facts:
        assert fact.quote == page[fact.start : fact.end].replace("\n", "")
        assert fact.rule
        assert 0 < fact.confidence <= 1


@given(
    st.text(alphabet="示例甲高新区企业12３亿元,，。%\n #□记者本报讯“”《》（）项目", max_size=120)
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_given_no_page_fails(page: str) -> None:
    for fact in read_page(page, reading()).facts:
        assert fact.quote == page[fact.start : fact.end].replace("\n", "")


def table(facts: list[Fact]) -> dict[tuple[str, float | str], str | None]:
    return {(fact.attribute, fact.value): fact.subject for fact in facts}


def test_figures_of_a_markdown_page_belong_to_whom_they_are_told_of(read: Read) -> None:
    found = table(read(MARKDOWN))
    zone, project = "示例甲高新区", "高端传感器产业化项目"
    assert found["industrial_output", 12_050_000_000] == zone
    assert found["project_count", 15] == zone
    assert found["signed_amount", 8_600_000_000] == zone
    assert found["total_investment", 1_250_000_000] == project
    assert found["area_land", 180] == project
    assert found["expected_output", 2_000_000_000] == project
    assert found["person_count", 600] == project
    assert found["enterprise", "示例乙科技有限公司"] == project
    assert found["enterprise_count", 168] == "示例丙经开区"
    assert found["requests_resolved", 320] == "示例丙经开区"
    assert found["resolve_rate", 98.6] == "示例丙经开区"
    assert found["name", "支持科技创新若干措施"] == "示例丙经开区"
    assert found["designation", "国家知识产权示范园区"] == "示例丙经开区"


def test_growth_and_targets_stay_with_their_level(read: Read) -> None:
    (fact,) = [one for one in read(MARKDOWN) if one.attribute == "industrial_output"]
    assert fact.qualifiers["yoy_pct"] == 9.8
    assert fact.qualifiers["target_pct"] == 27.5
    assert fact.period == "2023-01/2023-03"


def test_broken_columns_read_as_running_text(read: Read) -> None:
    found = table(read(COLUMNS))
    assert found["industrial_output", 7_770_000_000] == "示例甲高新区"
    assert found["industrial_value_added_yoy", 8.3] == "示例甲高新区"
    assert found["output_value", 2_000_000_000] == "示例丁新材料有限公司"
    assert found["rd_spend", 210_000_000] == "示例丁新材料有限公司"
    assert found["patent_count", 35] == "示例丁新材料有限公司"


@pytest.mark.parametrize(
    ("sentence", "attribute", "value", "subject"),
    [
        (
            "投资12亿元的汽车线束生产基地项目落户示例甲高新区。",
            "total_investment",
            12e8,
            "汽车线束生产基地项目",
        ),
        (
            "示例甲公司董事长说，示例甲高新区完成固定资产投资8亿元。",
            "fixed_asset_investment",
            8e8,
            "示例甲高新区",
        ),
        (
            "位于示例甲高新区的示例乙新材料有限公司实现营业收入3亿元。",
            "revenue",
            3e8,
            "示例乙新材料有限公司",
        ),
        (
            "示例甲高新区与示例乙经开区签约，示例甲高新区引进项目5个。",
            "project_count",
            5,
            "示例甲高新区",
        ),
        (
            "示例甲公司总投资10亿元的半导体材料项目签约落户，投产后年产值15亿元。",
            "expected_output",
            15e8,
            "半导体材料项目",
        ),
        (
            "示例甲公司投资20亿元建设储能电池项目。全部达产后，预计年产值80亿元。",
            "expected_output",
            80e8,
            "储能电池项目",
        ),
        (
            "⽰例甲⾼新区2025年⼯业总产值完成5亿元，同⽐增⻓8%。",
            "industrial_output",
            5e8,
            "示例甲高新区",
        ),
        (
            "示例甲公司的储能电池项目开工。达产后年产值可达60亿元。",
            "expected_output",
            60e8,
            "储能电池项目",
        ),
    ],
)
def test_subjects_follow_the_grammar(
    read: Read, sentence: str, attribute: str, value: float, subject: str
) -> None:
    assert table(read(sentence))[attribute, value] == subject


def test_a_fall_is_negative_and_a_threshold_is_no_fact(read: Read) -> None:
    facts = read("示例甲高新区完成工业投资43亿元，下降2.8%。新开工亿元以上项目9个。")
    assert facts[0].qualifiers["yoy_pct"] == -2.8
    assert [fact.value for fact in facts if fact.attribute == "project_count"] == [9]
    assert not [fact for fact in facts if fact.value == 100_000_000]


def test_ranks_and_streaks(read: Read) -> None:
    found = table(read("示例甲市信用指数88.68，在全省排名第4位，连续10期进入全省前10位。"))
    assert found["index_score", 88.68] == found["rank", 4] == found["streak", 10] == "示例甲市"


def test_nobody_is_named_where_nobody_is(read: Read) -> None:
    (fact,) = read("去年实现销售收入3.2亿元。")
    assert fact.subject is None


@pytest.mark.parametrize(
    ("page", "period"),
    [
        (
            "在2022年全省大会上，示例甲高新区受到表彰。今年5月，示例甲高新区实现工业产值3亿元。",
            "2022-05",
        ),
        ("2022年，示例甲高新区发展加快。今年5月，示例甲高新区实现工业产值3亿元。", "2023-05"),
    ],
)
def test_the_year_comes_from_the_page_when_none_is_given(
    lexicon: Lexicon, page: str, period: str
) -> None:
    def read_in(date: PageDate | None) -> str | None:
        facts = read_page(page, lexicon, date).facts
        (fact,) = [one for one in facts if one.attribute == "industrial_output"]
        return fact.period

    assert read_in(None) == period
    assert read_in(PageDate(2030)) == "2030-05"


def test_rates_told_respectively_go_to_their_levels(read: Read) -> None:
    trade, exports = read("示例甲高新区进出口总额6亿美元，出口3亿美元，分别增长3.2%、5.6%。")[:2]
    assert (trade.qualifiers["yoy_pct"], exports.qualifiers["yoy_pct"]) == (3.2, 5.6)


def test_where_a_figure_started_is_kept(read: Read) -> None:
    (fact,) = read("示例甲高新区办理时间由15个工作日压缩至3个工作日。")
    assert (fact.value, fact.qualifiers["from"]) == (3, 15)


def test_a_stage_is_the_word_alone(read: Read) -> None:
    found = {
        (fact.attribute, fact.value) for fact in read("示例乙储能电池项目已经投产，发展良好。")
    }
    assert ("stage", "投产") in found


def test_growth_over_the_month_before_is_no_growth_over_the_year(read: Read) -> None:
    (fact,) = read("示例保税区4月进出口值8.9亿元，环比增长12.7%，同比增长46.3%。")
    assert (fact.qualifiers["mom_pct"], fact.qualifiers["yoy_pct"]) == (12.7, 46.3)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "示例甲高新区、示例乙经开区分别完成税收9亿元、7亿元。",
            {("tax_revenue", 9e8): "示例甲高新区", ("tax_revenue", 7e8): "示例乙经开区"},
        ),
        (
            "示例甲高新区税收、产值分别完成2亿元、9亿元。",
            {("tax_revenue", 2e8): "示例甲高新区", ("output_value", 9e8): "示例甲高新区"},
        ),
    ],
)
def test_rows_told_respectively(read: Read, sentence: str, expected: object) -> None:
    assert table(read(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "attribute", "value"),
    [
        ("示例高新区存款余额50亿元，较年初增加4亿元。", "deposit_change", 4e8),
        ("去年销售额5亿元的示例乙科技有限公司落户示例高新区。", "revenue", 5e8),
        ("示例高新区亩均税收由9.6万元提高到14.2万元。", "tax_revenue", 142_000),
        ("示例高新区签约3亿元项目。", "total_investment", None),
    ],
)
def test_wordings_that_mislead(
    read: Read, sentence: str, attribute: str, value: float | None
) -> None:
    found = [(fact.attribute, fact.value) for fact in read(sentence)]
    assert value is None or (attribute, value) in found
    assert not any(fact.qualifiers.get("approx") for fact in read(sentence))


def test_moves_in_a_ranking_and_titles_of_documents_hold_no_figures(read: Read) -> None:
    facts = read("示例高新区前进5位，出台《示例若干政策三十条》，新签约亿元以上项目8个。")
    assert [fact.value for fact in facts if not isinstance(fact.value, str)] == [8]


@pytest.mark.parametrize(
    ("type_", "sentence"),
    [
        ("policy", "示例高新区印发《支持科技创新若干措施》，兑现奖补资金8600万元。"),
        ("service", "示例高新区为企业办结诉求320件，企业满意率99%。"),
        ("finance", "“园区贷”为示例高新区46家企业发放贷款3.2亿元。"),
        ("event", "示例高新区举办生物医药产业招商推介会。"),
        ("project", "示例储能电池项目总投资12亿元，正式开工。"),
        ("enterprise", "示例乙科技有限公司成立于2007年，注册资本5000万元。"),
        ("zone", "示例高新区规划面积30平方公里。"),
        ("indicator", "示例高新区完成固定资产投资85亿元。"),
    ],
)
def test_every_kind_of_content_gives_facts(read: Read, type_: str, sentence: str) -> None:
    assert type_ in {fact.type for fact in read(sentence)}


def test_who_is_quoted_is_meant(read: Read) -> None:
    page = "“二期投产后，产能将提升到5万吨。”示例乙锂业有限公司负责人介绍。"
    assert {fact.subject for fact in read(page)} == {"示例乙锂业有限公司"}


def test_names_of_a_record_are_known(lexicon: Lexicon) -> None:
    page = "北湖片产值3亿元。卓勤扩产，产值2亿元。"
    knowing = lexicon.knowing(
        zones=["北湖片"], enterprises={"卓勤": "示例卓勤新材料有限公司"}, places=["示例县"]
    )
    found = {fact.value: fact.subject for fact in read_page(page, knowing).facts}
    assert found[300_000_000] == "北湖片"
    assert found[200_000_000] == "示例卓勤新材料有限公司"
    assert {fact.value: fact.subject for fact in read_page(page, lexicon).facts} != found
