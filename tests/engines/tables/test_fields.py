"""The fact catalogue as the vocabulary of tables."""

import pytest

from openzone.engines.facts.catalogue import Bilingual, Catalogue, FactType, PeriodKind, SeriesSpec
from openzone.engines.tables.columns import Choice, Field
from openzone.engines.tables.fields import vocabulary_of
from openzone.packs.codes import CHECKS
from openzone.packs.loading import national_catalogue
from tests.engines.tables.builders import AS_OF, read, values, xlsx

PAPER = Bilingual(zh="示例材料", en="An example paper")


def series(name: str, label: str, **more: object) -> SeriesSpec:
    fixed = {"period": PeriodKind.NONE, "source": PAPER, "proof": PAPER}
    return SeriesSpec(name=name, label=Bilingual(zh=label, en=name), **(fixed | more))


CATALOGUE = Catalogue(
    (
        series("name", "企业名称", type=FactType.TEXT),
        series("revenue", "营业收入", type=FactType.YUAN, period=PeriodKind.YEAR, years=2),
        series("power", "用电量(千瓦时)", type=FactType.NUMBER, aliases=("用电量",)),
        series(
            "level", "级别", type=FactType.TEXT,
            choices={"top": Bilingual(zh="一级", en="First")},
        ),
    )
)  # fmt: skip


def test_every_fact_name_is_a_field() -> None:
    words = vocabulary_of(CATALOGUE, required=frozenset({"name"}))
    assert [each.name for each in words] == ["name", "revenue_y1", "revenue_y2", "power", "level"]
    assert words["name"].required
    assert (words["revenue_y2"].series, words["revenue_y2"].year_offset) == ("revenue", 2)
    assert words["level"].choices == (Choice("top", ("一级", "First")),)


def test_the_unit_of_a_number_is_read_from_its_label() -> None:
    data = xlsx([["企业名称", "用电量（万千瓦时）", "级别"], ["示例甲公司", 3, "一级"]])
    reading = read(data, vocabulary=vocabulary_of(CATALOGUE))
    assert values(reading) == [{"name": "示例甲公司", "power": 30_000, "level": "top"}]


NATIONAL = vocabulary_of(national_catalogue())


@pytest.mark.parametrize("field", NATIONAL.fields, ids=lambda field: field.name)
def test_every_national_fact_is_found_by_its_name_and_labels(field: Field) -> None:
    for header in (field.name, field.label_zh, field.label_en):
        assert NATIONAL.match((header,), AS_OF).field is field


@pytest.mark.parametrize("field", NATIONAL.fields, ids=lambda field: field.name)
def test_every_national_alias_means_one_series(field: Field) -> None:
    for alias in field.aliases:
        found = NATIONAL.match((f"2025年{alias}",) if field.series else (alias,), AS_OF).field
        assert found is not None, alias
        assert (found.series or found.name) == (field.series or field.name)


def test_a_code_comes_in_its_standard_form_and_is_no_code_without_one() -> None:
    words = vocabulary_of(national_catalogue(), checks=CHECKS)
    data = xlsx(
        [
            ["企业名称", "行业代码"],
            ["示例甲公司", 3841],
            ["示例乙公司", "批发业"],
            ["示例丙公司", "电池"],
        ]
    )
    reading = read(data, vocabulary=words)
    assert [row.get("industry") for row in values(reading)] == ["C3841", "F51", None]
    assert [(each.code, each.row, each.column) for each in reading.problems] == [
        ("code_invalid", 4, "B")
    ]


def test_a_count_is_never_negative_unless_its_series_says_so() -> None:
    catalogue = Catalogue(
        (
            series("name", "企业名称", type=FactType.TEXT),
            series("employees", "从业人员数", type=FactType.NUMBER),
            series("land_area", "用地面积", type=FactType.AREA),
            series("profit", "净利润", type=FactType.YUAN),
            series("net_inflow", "净流入人数", type=FactType.NUMBER, below_zero=True),
        )
    )
    header = ["企业名称", "从业人员数", "用地面积（平方米）", "净利润（元）", "净流入人数"]
    reading = read(
        xlsx([header, ["示例甲公司", -5, "-1亩", -7, -9]]), vocabulary=vocabulary_of(catalogue)
    )
    assert values(reading) == [{"name": "示例甲公司", "profit": -7, "net_inflow": -9}]
    assert [(each.code, each.column) for each in reading.problems] == [
        ("number_negative", "B"),
        ("number_negative", "C"),
    ]
