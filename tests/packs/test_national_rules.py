"""What every national rule must say about itself: its document, its days, what is not verified."""

import datetime as dt

import pytest

from openzone.engines.rules.schema import Rule, Version
from openzone.packs.loading import national_rules

IDS = {
    "cn.size_class",
    "cn.above_scale",
    "cn.high_tech",
    "cn.tech_sme",
    "cn.innovative_sme",
    "cn.srdi_sme",
    "cn.little_giant",
}
VERSIONS = [(rule, version) for rule in national_rules() for version in rule.versions]
BY_NAME = {(rule.rule, version.version): version for rule, version in VERSIONS}

NUMBERS = [
    ("cn.size_class", "2017", "国统字〔2017〕213号", "2017-12-28"),
    ("cn.high_tech", "2016", "国科发火〔2016〕32号", "2016-01-01"),
    ("cn.tech_sme", "2017", "国科发政〔2017〕115号", "2017-05-03"),
    ("cn.innovative_sme", "2022", "工信部企业〔2022〕63号", "2022-08-01"),
    ("cn.srdi_sme", "2022", "工信部企业〔2022〕63号", "2022-08-01"),
    ("cn.little_giant", "2022", "工信部企业〔2022〕63号", "2022-08-01"),
]
NOT_FOUND = [("cn.above_scale", "2023"), ("cn.srdi_sme", "2026"), ("cn.little_giant", "2026")]


def test_the_seven_rules_of_the_contract_are_there() -> None:
    assert {rule.rule for rule in national_rules()} == IDS


@pytest.mark.parametrize(("rule", "version", "number", "first_day"), NUMBERS)
def test_a_version_names_its_document_and_first_day(
    rule: str, version: str, number: str, first_day: str
) -> None:
    found = BY_NAME[rule, version]
    assert found.source.number == number
    assert found.effective_from == dt.date.fromisoformat(first_day)


@pytest.mark.parametrize(("rule", "version"), NOT_FOUND)
def test_a_number_that_was_not_found_is_not_invented_but_noted(rule: str, version: str) -> None:
    found = BY_NAME[rule, version]
    assert found.source.number is None
    assert any("文号" in note.zh and "不臆造" in note.zh for note in found.notes)
    assert any("not invented" in note.en for note in found.notes)


def test_every_version_is_in_one_of_the_two_lists() -> None:
    listed = {(rule, version) for rule, version, *_ in NUMBERS} | set(NOT_FOUND)
    assert set(BY_NAME) == listed


@pytest.mark.parametrize(
    ("rule", "version"), VERSIONS, ids=lambda value: getattr(value, "rule", "")
)
def test_every_version_has_title_issuer_and_notes(rule: Rule, version: Version) -> None:
    assert version.source.title
    assert version.source.issuer
    assert version.notes
    assert rule.region == ()


@pytest.mark.parametrize("rule", ["cn.srdi_sme", "cn.little_giant"])
def test_the_versions_meet_without_a_gap_on_1_april_2026(rule: str) -> None:
    assert BY_NAME[rule, "2022"].effective_to == dt.date(2026, 3, 31)
    assert BY_NAME[rule, "2026"].effective_from == dt.date(2026, 4, 1)


@pytest.mark.parametrize("rule", ["cn.srdi_sme", "cn.little_giant"])
def test_numbers_read_in_secondary_pages_are_marked_so(rule: str) -> None:
    version = BY_NAME[rule, "2026"]
    assert version.verified == "V2"
    assert any("二手资料" in note.zh for note in version.notes)


UNVERIFIED_ROWS = {
    "industry",  # its scope in 2017
    "transport",
    "storage",
    "information_transmission",
    "property_management",  # medium revenue
    "leasing_business",  # medium assets
    "other",  # medium employees
}


def test_unverified_rows_of_the_size_classes_are_never_shown_as_read() -> None:
    classify = BY_NAME["cn.size_class", "2017"].classify
    assert classify is not None
    marked = {row.id for row in classify.rows if row.verified == "K"}
    assert marked == UNVERIFIED_ROWS
    assert all(row.note is not None for row in classify.rows if row.verified == "K")


def test_unverified_parts_of_the_self_assessment_are_never_shown_as_read() -> None:
    innovation = BY_NAME["cn.srdi_sme", "2022"].scores["self_assessment"].parts[2]  # type: ignore[index]
    marked = {part.id for part in innovation.parts or () if part.verified == "K"}
    assert marked == {"ip", "rd_staff", "rd_institution"}


@pytest.mark.parametrize(
    ("rule", "version", "words"),
    [
        ("cn.size_class", "2017", "未核实（K）"),
        ("cn.above_scale", "2023", "未核实（K）"),
        ("cn.high_tech", "2016", "各档分值未核实（K）"),
        ("cn.high_tech", "2016", "有效期 3 年未核实（K）"),
        ("cn.srdi_sme", "2022", "未核实（K）"),
    ],
)
def test_what_is_general_knowledge_is_said_to_be(rule: str, version: str, words: str) -> None:
    assert any(words in note.zh for note in BY_NAME[rule, version].notes)


@pytest.mark.parametrize("rule", ["cn.high_tech", "cn.innovative_sme", "cn.srdi_sme"])
def test_open_boundaries_come_with_the_reading_taken(rule: str) -> None:
    version = next(version for (name, _), version in BY_NAME.items() if name == rule)
    assert any("含" in note.zh or "恰为" in note.zh for note in version.notes)
