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
    ],
)
def test_a_level_for_each_mu_says_so(
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
