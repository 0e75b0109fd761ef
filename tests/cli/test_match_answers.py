"""The answers of ``openzone match``: the record, and the limits of the documents."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command, write_csv
from tests.packs import (
    test_high_tech,
    test_innovative_sme,
    test_little_giant,
    test_srdi_sme,
    test_tech_sme,
)

Facts = Mapping[str, object]
FIELDS = [
    "id", "rule", "version", "outcome", "value", "failed", "missing", "near",
    "amount", "amount_missing", "relations",
]  # fmt: skip
RULES = [
    "cn.above_scale",
    "cn.high_tech",
    "cn.innovative_sme",
    "cn.little_giant",
    "cn.size_class",
    "cn.srdi_sme",
    "cn.tech_sme",
]
BEFORE, AFTER = "2026-03-31", "2026-04-01"
JUNE = "2026-06-30"


def sized(employees: float, revenue: float) -> Facts:
    """An industrial firm; revenue in 万元, as the document has it."""
    return {"industry": "C3841", "employees": employees, "revenue_y1": round(revenue * 10_000)}


def high_tech(sales: int, spent: int, score: int = 71) -> Facts:
    return test_high_tech.with_sales(sales, spent) | {"innovation_score": score}


# day, rule, facts, what comes out: (outcome, value, failed clauses)
CASES: dict[str, tuple[str, str, Facts, tuple[str, str | None, list[str]]]] = {
    # 国统字〔2017〕213号: the class whose limits are all reached
    "size: X 1000, Y 39999": (JUNE, "cn.size_class", sized(1000, 39_999), ("met", "medium", [])),
    "size: X 999, Y 40000": (JUNE, "cn.size_class", sized(999, 40_000), ("met", "medium", [])),
    "size: X 1000, Y 40000": (JUNE, "cn.size_class", sized(1000, 40_000), ("met", "large", [])),
    "size: X 20, Y 300": (JUNE, "cn.size_class", sized(20, 300), ("met", "small", [])),
    "size: X 20, Y 299.99": (JUNE, "cn.size_class", sized(20, 299.99), ("met", "micro", [])),
    # 国科发火〔2016〕32号: sales of exactly 5000万 and 2亿 belong to the lower band
    "5000万, 5 %": (JUNE, "cn.high_tech", high_tech(50_000_000, 2_500_000), ("met", None, [])),
    "5000万, 4.99 %": (
        JUNE, "cn.high_tech", high_tech(50_000_000, 2_495_000), ("not_met", None, ["rd_share"]),
    ),
    "2亿, 4 %": (JUNE, "cn.high_tech", high_tech(200_000_000, 8_000_000), ("met", None, [])),
    "2亿, 3.99 %": (
        JUNE, "cn.high_tech", high_tech(200_000_000, 7_980_000), ("not_met", None, ["rd_share"]),
    ),
    "score 70": (
        JUNE, "cn.high_tech", high_tech(40_000_000, 2_500_000, 70),
        ("not_met", None, ["innovation"]),
    ),
    "score 71": (JUNE, "cn.high_tech", high_tech(40_000_000, 2_500_000, 71), ("met", None, [])),
    # 国科发政〔2017〕115号: no points for staff below 10 %, however many for the rest
    "staff 9.99 %": (
        JUNE, "cn.tech_sme",
        test_tech_sme.firm(
            employees=500, science_staff=49, ip_class1=1, rd_expense_y1=10_000_000,
        ),
        ("not_met", None, ["score_or_direct"]),
    ),
    # 工信部企业〔2022〕63号: 60 points and the least of every part, or a direct route
    "growth 10, enough in all": (
        JUNE, "cn.innovative_sme",
        test_innovative_sme.firm(
            total_liabilities_y1=56, ip_class1_highvalue=1, ip_class1=1,
        ),
        ("not_met", None, ["score_or_direct"]),
    ),
    "growth 10, national award": (
        JUNE, "cn.innovative_sme",
        test_innovative_sme.firm(total_liabilities_y1=56, science_award_3y=True),
        ("met", None, []),
    ),
    # the day between the two versions of 专精特新中小企业
    "1200万, two years, the day before": (
        BEFORE, "cn.srdi_sme", test_srdi_sme.in_2022(revenue_y1=12_000_000), ("met", None, []),
    ),
    "1200万, two years, the day after": (
        AFTER, "cn.srdi_sme", test_srdi_sme.in_2026(revenue_y1=12_000_000, niche_years=2),
        ("not_met", None, ["niche", "scale"]),
    ),
    # “小巨人” of 2022: 6 % of research below 1亿, equity below 5000万
    "6000万, 6 %": (
        BEFORE, "cn.little_giant",
        test_little_giant.in_2022(
            revenue_y1=60_000_000, revenue_y2=60_000_000,
            main_business_revenue_y1=54_000_000, main_business_revenue_y2=50_000_000,
            main_business_revenue_y3=47_000_000,
            rd_expense_y1=3_600_000, rd_expense_y2=3_600_000,
        ),
        ("met", None, []),
    ),
    "6000万, 5.9 %": (
        BEFORE, "cn.little_giant",
        test_little_giant.in_2022(
            revenue_y1=60_000_000, revenue_y2=60_000_000,
            main_business_revenue_y1=54_000_000, main_business_revenue_y2=50_000_000,
            main_business_revenue_y3=47_000_000,
            rd_expense_y1=3_540_000, rd_expense_y2=3_600_000,
        ),
        ("not_met", None, ["innovation"]),
    ),
}  # fmt: skip


@pytest.fixture
def answers(run: Command, tmp_path: Path) -> Any:
    """``answers(rows, day)``: the records of a file with these rows."""

    def ask(rows: list[Facts], day: str, *options: str) -> list[dict[str, Any]]:
        path = write_csv(tmp_path / "firms.csv", rows)
        answer = run("match", "--enterprises", path, "--as-of", day, *options)
        assert answer.code == 0, answer.err
        return [json.loads(line) for line in answer.out.splitlines()]

    return ask


@pytest.mark.parametrize("day", [BEFORE, AFTER, JUNE])
def test_every_limit_of_the_documents_holds_in_a_file(answers: Any, day: str) -> None:
    cases = {name: case for name, case in CASES.items() if case[0] == day}
    records = answers([{"id": name, **facts} for name, (_, _, facts, _) in cases.items()], day)
    found = {(record["id"], record["rule"]): record for record in records}
    for name, (_, rule, _, expected) in cases.items():
        record = found[name, rule]
        assert (record["outcome"], record["value"], record["failed"]) == expected, name


def test_one_record_per_enterprise_and_rule_in_a_stable_order(answers: Any) -> None:
    records = answers([{"id": "B2", "employees": 5}, {"id": "A1", "employees": 6}], JUNE)
    assert [list(record) for record in records] == [FIELDS] * 14
    expected = [(firm, rule) for firm in ("B2", "A1") for rule in RULES]
    assert [(record["id"], record["rule"]) for record in records] == expected


def test_each_answer_names_the_version_it_was_given_by(answers: Any) -> None:
    firm = [{"id": "A1", "employees": 5}]
    versions = {
        day: {record["rule"]: record["version"] for record in answers(firm, day)}
        for day in (BEFORE, AFTER)
    }
    assert versions[BEFORE]["cn.srdi_sme"] == versions[BEFORE]["cn.little_giant"] == "2022"
    assert versions[AFTER]["cn.srdi_sme"] == versions[AFTER]["cn.little_giant"] == "2026"
    assert versions[BEFORE]["cn.high_tech"] == versions[AFTER]["cn.high_tech"] == "2016"


def test_what_is_not_known_is_unknown_and_named(answers: Any) -> None:
    facts = {name: value for name, value in test_high_tech.FIRM.items() if name != "employees"}
    (record,) = answers([{"id": "A1", **facts}], JUNE, "--rule", "cn.high_tech")
    assert (record["outcome"], record["failed"], record["missing"]) == (
        "unknown",
        [],
        ["employees"],
    )


def test_an_empty_cell_is_not_zero(answers: Any) -> None:
    zero, empty = answers(
        [{"id": "zero", **sized(20, 0)}, {"id": "empty", "industry": "C3841", "employees": 20}],
        JUNE,
        "--rule",
        "cn.size_class",
    )
    assert (zero["outcome"], zero["value"]) == ("met", "micro")
    assert (empty["outcome"], empty["value"], empty["missing"]) == (
        "unknown",
        None,
        ["revenue_y1"],
    )


def test_a_certificate_that_is_stated_not_to_exist_leaves_nothing_open(answers: Any) -> None:
    facts = test_tech_sme.firm(**test_tech_sme.WITHOUT_SCORE)
    none, empty = answers(
        [
            {"id": "A1", **facts, "hightech_certificate_valid_to": "无"},
            {"id": "A2", **facts, "hightech_certificate_valid_to": None},
        ],
        JUNE,
        "--rule",
        "cn.tech_sme",
    )
    assert (none["outcome"], none["failed"]) == ("not_met", ["score_or_direct"])
    assert (empty["outcome"], empty["missing"]) == ("unknown", ["hightech_certificate_valid_to"])


def test_a_near_miss_tells_its_distance(answers: Any) -> None:
    (record,) = answers(
        [{"id": "A1", **test_high_tech.firm(innovation_score=70)}],
        JUNE,
        "--rule",
        "cn.high_tech",
    )
    assert record["near"] == [{"fact": "innovation_score", "have": 70, "need": 71, "gap": 1}]


def test_only_the_rules_asked_for_are_answered(answers: Any) -> None:
    options = ("--rule", "cn.tech_sme", "--rule", "cn.above_scale")
    records = answers([{"id": "A1", "employees": 5}], JUNE, *options)
    assert [record["rule"] for record in records] == ["cn.above_scale", "cn.tech_sme"]


def test_rows_without_any_code_are_called_by_their_row(answers: Any) -> None:
    records = answers([{"employees": 5, "industry": "C3841"}] * 2, JUNE, "--rule", "cn.size_class")
    assert [record["id"] for record in records] == ["2", "3"]
