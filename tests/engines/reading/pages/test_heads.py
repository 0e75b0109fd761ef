"""What figures count: their own noun, that of the figure before, that of the sentence before."""

import pytest

from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.reader import read_page


def read(text: str, lexicon: Lexicon) -> list[tuple[str, float | str, str]]:
    facts = read_page(text, lexicon, PageDate(2024, 9)).facts
    return [(one.attribute, one.value, one.unit or "") for one in facts if one.source == "fact"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例园区引进项目34个，其中21个已回到示例县。", ("project_count", 21, "个")),
        ("示例区有住房3620套，前者2100套，后者1520套。", ("housing_count", 1520, "套")),
        ("示例区去年签的项目多，有68个，邻区只有45个。", ("project_count", 45, "个")),
        ("示例县研发经费投入5亿元，其中企业投入4亿元。", ("rd_spend", 400_000_000, "元")),
        ("示例区最看重亩均税收。去年是11.3万元，居首位。", ("tax_revenue", 113_000, "元/亩")),
        ("甲园区有规上企业120家，乙园区90家。", ("enterprise_count", 90, "家")),
        ("示例县茶产值曾有30亿元。去年涨到90亿元。", ("output_value", 9_000_000_000, "元")),
        ("示例区签约项目：12个。", ("project_count", 12, "个")),
        ("示例区300套人才公寓交付。", ("housing_count", 300, "套")),
        ("示例区高新技术产业产值占比提高到58.4%。", ("share", 58.4, "%")),
        ("公寓560套，已入住320套。", ("housing_count", 320, "套")),
        ("示例区看重税收贡献。全年实现8600万元。", ("tax_revenue", 86_000_000, "元")),
        ("示例县财政每年拿出3000万元专项资金。", ("fund_size_policy", 30_000_000, "元")),
        ("示例区工业产值，产业集聚区去年为215亿元。", ("output_value", 21_500_000_000, "元")),
        ("示例县签约项目41个。其中，绿色食品链11个。", ("project_count", 11, "个")),
        ("示例公司研发投入3亿元，占营收的14%。", ("share", 14, "%")),
        ("示例公司建4条储能电池生产线。", ("equipment_count", 4, "条")),
        ("示例区办结诉求861件。尚有32件因规划暂缓。", ("requests_pending", 32, "件")),
        ("示例区产值90亿元。示例园增速最快，达27.6%。", ("output_value_yoy", 27.6, "%")),
        ("示例公司今年做了420万把。", ("output_volume", 4_200_000, "把")),
    ],
)
def test_a_figure_without_a_noun_goes_on_with_what_was_told(
    lexicon: Lexicon, text: str, expected: tuple[str, float, str]
) -> None:
    found = [
        (code.replace("industrial_output", "output_value"), *rest)
        for code, *rest in read(text, lexicon)
    ]
    assert expected in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例高新区亩均税收达到30.6万元。", ("tax_revenue", 306_000, "元/亩")),
        ("示例高新区亩均税收达到30.6万元/亩。", ("tax_revenue", 306_000, "元/亩")),
        ("示例高新区税收达到30.6万元。", ("tax_revenue", 306_000, "元")),
        ("示例区要求亩均投资不低于380万元。", ("threshold", 3_800_000, "元/亩")),
        ("示例污水厂日处理能力3万吨。", ("capacity", 30_000, "吨/天")),
        ("示例食堂日均接待1400人次。", ("tourist_count", 1400, "人次/天")),
    ],
)
def test_a_level_for_each_mu_or_day_says_so(
    lexicon: Lexicon, text: str, expected: tuple[str, float, str]
) -> None:
    assert expected in read(text, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "示例区内设机构由21个压减到9个。",
        "示例区把原来的21个科室整合成9个科室。",
        "示例区科室从21个归并为9个。",
    ],
)
def test_where_a_number_began_is_no_fact_of_its_own(lexicon: Lexicon, text: str) -> None:
    assert read(text, lexicon) == [("team_count", 9, "个")]


def test_where_a_number_began_at_a_time_of_its_own_is_a_fact(lexicon: Lexicon) -> None:
    text = "示例区税收由2020年的9.2亿元增至2024年的41.7亿元。"
    facts = [one for one in read_page(text, lexicon).facts if one.attribute == "tax_revenue"]
    assert [(one.value, one.period) for one in facts] == [
        (920_000_000, "2020"),
        (4_170_000_000, "2024"),
    ]


def test_a_share_that_rose_keeps_where_it_began(lexicon: Lexicon) -> None:
    assert read("示例社区满意率由82.6%升到99.2%。", lexicon) == [("satisfaction_rate", 99.2, "%")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例公司亏损380万元。", ("profit", -3_800_000, "元")),
        ("示例区增速比全市低7个百分点。", ("growth_change", -7, "百分点")),
        ("示例区出口降幅比上半年收窄5个百分点。", ("growth_change", 5, "百分点")),
        ("示例公司出口掉了两成。", ("trade_value_yoy", -20, "%")),
    ],
)
def test_losses_and_falls_are_negative(
    lexicon: Lexicon, text: str, expected: tuple[str, float, str]
) -> None:
    assert expected in read(text, lexicon)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("截至8月底，示例区今年累计税收6亿元。", "2024-01/2024-08"),
        ("今年以来，示例区税收6亿元。", "2024-01/.."),
        ("截至8月底，示例区税收6亿元。", "../2024-08"),
        ("示例区税收6亿元\n记者从示例区获悉，去年示例区税收6亿元。", "2023"),
    ],
)
def test_times_are_told_with_their_ends(lexicon: Lexicon, text: str, period: str) -> None:
    facts = read_page(text, lexicon, PageDate(2024, 9)).facts
    assert {one.period for one in facts if one.attribute == "tax_revenue"} == {period}


def test_a_rank_risen_to_is_read(lexicon: Lexicon) -> None:
    assert ("rank", 19, "位") in read("示例高新区从全省第31位升到第19位。", lexicon)


@pytest.mark.parametrize(
    "text", ["示例园区用43天走完程序。", "从签约到开工，示例项目前后43天。", "示例项目43天建成。"]
)
def test_time_taken_is_read(lexicon: Lexicon, text: str) -> None:
    assert ("duration", 43, "天") in read(text, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "示例区近3年建成厂房。",
        "示例区打造百亿元产业集群。",
        "示例区聚焦千亿级产业。",
        "示例区办两件事。",
    ],
)
def test_times_gone_by_and_sizes_are_no_facts(lexicon: Lexicon, text: str) -> None:
    assert read(text, lexicon) == []
