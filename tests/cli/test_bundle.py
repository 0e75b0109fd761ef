"""``openzone bundle`` and ``--rules``: a folder of rules with amounts and relations."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Command, write_csv
from tests.engines.rules.related import paying, relation

DAY = "2026-06-30"
FIRMS = [
    {"id": "A1", "name": "示例甲有限公司", "employees": 300, "rd_expense_y1": 8_000_000},
    {"id": "A2", "name": "示例乙有限公司", "employees": 300},
    {"id": "A3", "name": "示例丙有限公司", "employees": 3, "rd_expense_y1": 8_000_000},
]
WHEN = [
    {
        "id": "staff",
        "label": {"zh": "职工人数", "en": "Staff"},
        "fact": "employees",
        "gte": 100,
    }
]
SHARE = {
    "number": {"min": [{"mul": ["10%", "rd_expense_y1"]}, "200万"]},
    "round": {"to": "1万", "mode": "down"},
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Two subsidies of which one can be had."""
    folder = tmp_path / "pack"
    (folder / "rules").mkdir(parents=True)
    rules = [paying("test.a", "50万", when=WHEN), paying("test.b", SHARE, when=WHEN)]
    for rule in rules:
        _write(folder / "rules" / f"{rule['rule']}.yaml", rule)
    of = ["test.a", "test.b"]
    related = [relation("exclusive", of=of), relation("once_in", of=of, years=3)]
    _write(folder / "relations.yaml", {"relations": related})
    return folder


def _write(path: Path, value: Any) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "firms.csv", FIRMS)


def bundles(run: Command, *arguments: object) -> list[dict[str, Any]]:
    said = run("bundle", *arguments, "--as-of", DAY, "--json")
    assert (said.code, said.err) == (0, "")
    try:
        return [json.loads(said.out)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in said.out.splitlines()]


def test_each_enterprise_of_a_file_has_its_bundle(run: Command, pack: Path, firms: Path) -> None:
    found = bundles(run, "--enterprise", firms, "--rules", pack)
    assert [(one["id"], one["total"], one["complete"]) for one in found] == [
        ("A1", 800_000, True),
        ("A2", 500_000, False),
        ("A3", 0, True),
    ]
    unknown = {item["rule"]: item for item in found[1]["items"]}["test.b"]
    assert (unknown["status"], unknown["missing"]) == ("amount_unknown", ["rd_expense_y1"])


def test_one_of_a_file_is_named_by_its_id(run: Command, pack: Path, firms: Path) -> None:
    said = run("bundle", "--enterprise", firms, "--id", "A1", "--as-of", DAY, "--rules", pack)
    assert said.out.splitlines()[0] == "Enterprise: A1 示例甲有限公司"
    assert "✓ Rule B: 800,000 yuan" in said.out
    assert "✗ Rule A: left out: only one of it and “Rule B” (Clause)" in said.out
    assert said.out.splitlines()[-1] == "Total: 800,000 yuan"


@pytest.mark.parametrize(
    "heads", [("id", "rule", "granted_on", "amount"), ("企业", "规则", "发放日期", "金额")]
)
def test_what_was_received_counts(
    run: Command, pack: Path, firms: Path, tmp_path: Path, heads: tuple[str, ...]
) -> None:
    rows = [("A1", "test.b", "2025-03-01", 700_000), ("A3", "test.a", "2025-03-01", "")]
    grants = write_csv(tmp_path / "g.csv", [dict(zip(heads, row, strict=True)) for row in rows])
    found = bundles(run, "--enterprise", firms, "--received", grants, "--rules", pack)
    assert [one["total"] for one in found] == [500_000, 500_000, 0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"id": "A1", "rule": "test.bb", "granted_on": "2025-03-01"}], "no rule “test.bb”; close"),
        ([{"rule": "test.b", "granted_on": "2025-03-01"}], "no column “Enterprise”"),
        ([{"id": "A1", "rule": "test.b", "granted_on": "2025-13-01"}], "no such day"),
        ([{"id": "A1", "rule": "test.b", "granted_on": ""}], "“Granted on” is required"),
    ],
)
def test_grants_that_cannot_be_used_are_named(
    run: Command, pack: Path, firms: Path, tmp_path: Path, rows: list[dict[str, Any]], said: str
) -> None:
    grants = write_csv(tmp_path / "g.csv", rows)
    answer = run("bundle", "--enterprise", firms, "--received", grants, "--rules", pack)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_answers_carry_amounts_and_relations(
    run: Command, pack: Path, firms: Path, tmp_path: Path
) -> None:
    arguments = ["match", "--enterprises", firms, "--as-of", DAY, "--rules", pack]
    lines = run(*arguments, "--rule", "test.b").out.splitlines()
    first, second, third = map(json.loads, lines)
    assert (first["amount"], first["amount_missing"]) == (800_000, [])
    assert first["relations"] == [{"id": "exclusive", "relation": "exclusive", "with": ["test.a"]}]
    assert (second["amount"], second["amount_missing"]) == (None, ["rd_expense_y1"])
    assert (third["outcome"], third["amount"], third["relations"]) == ("not_met", None, [])


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_tables_carry_them_too(
    run: Command, pack: Path, firms: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"a.{suffix}"
    run("match", "--enterprises", firms, "--as-of", DAY, "--rules", pack, "--out", out)
    rows = {(row["id"], row["rule"]): row for row in _read(out)}
    assert float(rows["A1", "test.b"]["amount"]) == 800_000
    assert not rows["A2", "test.b"]["amount"]
    assert "exclusive" in str(rows["A1", "test.a"]["relations"])


def _read(path: Path) -> list[dict[str, Any]]:
    import csv

    import openpyxl
    import pyarrow.parquet as pq

    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    header, *found = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in found]


def test_a_folder_of_rules_holds_for_one_command_only(
    run: Command, pack: Path, firms: Path
) -> None:
    run("match", "--enterprises", firms, "--as-of", DAY, "--rules", pack)
    after = run("match", "--enterprises", firms, "--as-of", DAY, "--rule", "test.b")
    assert after.code == 2


def test_what_is_no_pack_folder_is_refused(run: Command, firms: Path, tmp_path: Path) -> None:
    for command in ("match", "bundle"):
        option = "--enterprises" if command == "match" else "--enterprise"
        said = run(command, option, firms, "--rules", tmp_path / "nowhere")
        assert (said.code, said.out) == (2, "")
        assert "no such file or folder" in said.err


def test_faults_of_the_relations_are_named_by_line(run: Command, pack: Path, firms: Path) -> None:
    _write(pack / "relations.yaml", {"relations": [relation("exclusive", of=["test.a", "test.x"])]})
    said = run("bundle", "--enterprise", firms, "--rules", pack)
    assert said.code == 2
    assert "relations.yaml:" in said.err
    assert "there is no rule test.x" in said.err
