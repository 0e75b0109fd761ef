"""The proof of one answer, for people and for programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command, write_csv
from tests.packs import test_high_tech, test_innovative_sme

DAY = ("--as-of", "2026-06-30")
HIGH_TECH = ("--rule", "cn.high_tech", *DAY)

# What docs/cli.md promises; more may be added, nothing may go.
PROOF = {
    "id", "name", "rule", "version", "title", "source_title", "source_number", "as_of", "kind",
    "outcome", "value", "value_label", "failed", "missing", "other_missing", "near", "when", "rows",
    "scores", "digest",
}  # fmt: skip
CLAUSE = {
    "id", "form", "label", "ref", "sentence", "subject", "state", "wanted", "kind", "actual",
    "actual_text", "unit", "tests", "facts", "score", "children",
}  # fmt: skip
TEST = {"key", "limit", "text", "state", "gap", "gap_text"}
FACT = {
    "fact", "label", "value", "text", "unit", "source", "period", "known_on", "age_days", "proof",
}  # fmt: skip
PART = {
    "id", "label", "ref", "lowest", "highest", "max", "subject", "actual", "actual_text", "bands",
    "facts", "parts",
}  # fmt: skip


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    own = {"id": "A1", "uscc": "91340100MA2NQXFL02", "name": "合肥示例精密机械有限公司"}
    other = {"id": "A2", "name": "合肥示例软件有限公司"}
    return write_csv(
        tmp_path / "台账.csv",
        [{**own, **test_high_tech.firm(innovation_score=70)}, {**other, "major_offence_1y": True}],
    )


@pytest.fixture
def prove(run: Command) -> Any:
    def ask(*arguments: object) -> dict[str, Any]:
        answer = run("explain", *arguments, "--json")
        assert answer.code == 0, answer.err
        proof: dict[str, Any] = json.loads(answer.out)
        return proof

    return ask


def clauses_of(clause: dict[str, Any]) -> list[dict[str, Any]]:
    return [clause, *(inner for child in clause["children"] for inner in clauses_of(child))]


def parts_of(part: dict[str, Any]) -> list[dict[str, Any]]:
    return [part, *(inner for each in part["parts"] for inner in parts_of(each))]


def test_the_shape_of_a_proof_is_the_documented_one(prove: Any, firms: Path) -> None:
    proof = prove("--enterprise", firms, "--id", "A1", *HIGH_TECH)
    assert set(proof) >= PROOF
    clauses = clauses_of(proof["when"])
    assert all(set(clause) >= CLAUSE for clause in clauses)
    tests = [test for clause in clauses for test in clause["tests"]]
    facts = [fact for clause in clauses for fact in clause["facts"]]
    assert tests
    assert facts
    assert all(set(test) >= TEST for test in tests)
    assert all(set(fact) >= FACT for fact in facts)
    assert set(proof["title"]) == {"zh", "en"}


def test_scores_are_shown_part_by_part(prove: Any, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [{"id": "A1", **test_innovative_sme.FIRM}])
    proof = prove("--enterprise", path, "--rule", "cn.innovative_sme", *DAY)
    scores = dict(proof["scores"])
    parts = parts_of(scores["total"])
    assert all(set(part) >= PART for part in parts)
    assert (scores["total"]["lowest"], scores["total"]["highest"]) == (60, 60)
    assert {"text", "points", "reached"} == set(next(p for p in parts if p["bands"])["bands"][0])


def test_a_classification_shows_the_rows_that_apply(prove: Any, tmp_path: Path) -> None:
    facts = {"industry": "C3841", "employees": 300, "revenue_y1": 20_000_000}
    path = write_csv(tmp_path / "a.csv", [{"id": "A1", **facts}])
    proof = prove("--enterprise", path, "--rule", "cn.size_class", *DAY)
    assert (proof["value"], proof["value_label"]["zh"]) == ("medium", "中型")
    (row,) = proof["rows"]
    assert set(row) == {"id", "label", "when", "levels"}
    assert [(level["level"], level["state"]) for level in row["levels"]][:2] == [
        ("large", False),
        ("medium", True),
    ]


def test_the_proof_says_the_same_as_the_record(prove: Any, run: Command, firms: Path) -> None:
    records = run("match", "--enterprises", firms, *HIGH_TECH).out.splitlines()
    for record in map(json.loads, records):
        proof = prove("--enterprise", firms, "--id", record["id"], *HIGH_TECH)
        for name in ("id", "rule", "version", "outcome", "value", "failed", "near"):
            assert proof[name] == record[name]
        assert [use["fact"] for use in proof["missing"]] == record["missing"]


def test_a_fact_tells_its_value_its_file_and_its_year(prove: Any, firms: Path) -> None:
    proof = prove("--enterprise", firms, "--id", "A1", *HIGH_TECH)
    facts = {use["fact"]: use for each in clauses_of(proof["when"]) for use in each["facts"]}
    income = facts["hightech_income_y1"]
    assert (income["value"], income["source"]) == (24_000_000, "台账.csv")
    assert (income["period"]["first"], income["period"]["last"]) == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize("identifier", ["A1", "91340100MA2NQXFL02", "合肥示例精密机械有限公司"])
def test_a_row_is_found_by_number_code_or_name(prove: Any, firms: Path, identifier: str) -> None:
    proof = prove("--enterprise", firms, "--id", identifier, *HIGH_TECH)
    assert (proof["id"], proof["name"]) == ("A1", "合肥示例精密机械有限公司")
    assert proof["failed"] == ["innovation"]


def test_people_read_the_value_the_limit_the_distance_and_the_source(
    run: Command, firms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("explain", "--enterprise", firms, "--id", "A1", *HIGH_TECH)
    english = run(*arguments).out
    assert english.startswith("Enterprise: A1 合肥示例精密机械有限公司\n")
    monkeypatch.setenv("OPENZONE_LANG", "zh")
    chinese = run(*arguments).out
    assert chinese.startswith("企业：A1 合肥示例精密机械有限公司\n高新技术企业认定")
    line = next(line for line in chinese.splitlines() if "企业创新能力评价大于70分" in line)
    for said in ("✗", "70", "要求不低于 71", "还差 1", "台账.csv"):
        assert said in line


def test_a_file_of_one_needs_no_id(prove: Any, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [{"id": "A1", **test_high_tech.FIRM}])
    assert prove("--enterprise", path, *HIGH_TECH)["outcome"] == "met"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "there are 2; name one with --id, for example: A1, A2"),
        (["--id", "A9"], "--id: the file has no “A9”; it has, for example: A1, A2"),
    ],
)
def test_which_enterprise_must_be_clear(
    run: Command, firms: Path, options: list[str], said: str
) -> None:
    answer = run("explain", "--enterprise", firms, *options, *HIGH_TECH)
    assert answer == (2, "", said + "\n")


def test_an_id_without_a_file_is_a_mistake(run: Command) -> None:
    answer = run("explain", "--enterprise", "A1", "--id", "A2", *HIGH_TECH)
    assert answer == (2, "", "--id is for a file, and “A1” is none\n")
