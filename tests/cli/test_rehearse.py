"""``openzone rules rehearse``: who gains, who loses, what it costs, before anything is changed."""

import csv
import json
import re
import shlex
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from openzone.packs.loading import NATIONAL
from tests.cli.conftest import Command, write_csv
from tests.cli.rehearsing import DAY, FIRMS, RULE, write_packs


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "firms.csv", FIRMS)


@pytest.fixture
def packs(tmp_path: Path) -> tuple[Path, Path]:
    return write_packs(tmp_path)


@pytest.fixture(autouse=True)
def _installed(packs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENZONE_PACKS", str(packs[0]))
    monkeypatch.setenv("OPENZONE_DATA", str(tmp_path / "data"))


def rehearse(run: Command, before: object, after: object, *options: object) -> Any:
    return run(
        "rules", "rehearse", "--from", before, "--to", after, "--enterprises", "firms.csv",
        *DAY, *options,
    )  # fmt: skip


def result(run: Command, before: object, after: object) -> dict[str, Any]:
    answer = rehearse(run, before, after, "--json")
    assert answer.code == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def grant(found: dict[str, Any]) -> dict[str, Any]:
    (one,) = [rule for rule in found["rules"] if rule["rule"] == "local.grant"]
    return dict(one)


# ---- what it says -------------------------------------------------------------------------


@pytest.mark.usefixtures("firms")
def test_the_json_says_who_moves_and_what_it_costs(run: Command) -> None:
    found = result(run, "installed", "draft")
    one = grant(found)
    assert (found["as_of"], found["enterprises"]) == ("2026-06-30", 5)
    assert (found["from"]["kind"], found["to"]["kind"]) == ("installed", "folder")
    assert len(found["from"]["digest"]) == len(found["to"]["digest"]) == 64
    assert (one["from_version"], one["to_version"], one["status"]) == ("1", "1", "changed")
    assert (one["gains"], one["loses"]) == (["A2"], [])
    assert (one["becomes_unknown"], one["settled"], one["unchanged"]) == ([], [], 4)
    assert one["changed_amount"] == []
    assert one["before"] == {"met": 2, "not_met": 2, "unknown": 1}
    assert one["after"] == {"met": 3, "not_met": 1, "unknown": 1}
    assert one["cost"] == {
        "before": 2_000_000,
        "after": 2_300_000,
        "difference": 300_000,
        "unknown_before": 1,
        "unknown_after": 1,
    }
    assert [difference["where"] for difference in one["differences"]] == ["clause:big", "amount"]
    others = [rule for rule in found["rules"] if rule["rule"] != "local.grant"]
    assert len(others) == 7
    assert all(rule["status"] == "same" and rule["unchanged"] == 5 for rule in others)
    assert found["totals"]["enterprises_affected"] == 1
    assert found["totals"]["rules"] == {"new": 0, "removed": 0, "changed": 1, "same": 7}


@pytest.mark.usefixtures("firms")
def test_the_text_says_the_same(run: Command) -> None:
    answer = rehearse(run, "installed", "draft")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Day of evaluation 2026-06-30, enterprises: 5"
    assert lines[1].startswith("Before: installed (")
    assert lines[4:8] == [
        "local.grant  Example: R&D grant  1 → 1  [changed]",
        (
            "  1 gain, 4 unchanged, amounts 2 million yuan → 2.3 million yuan, 300,000 yuan more"
            " (amount unknown and not counted: 1 before, 1 after)"
        ),
        "  gain: A2",
        (
            "  * Revenue: Operating revenue (last year) is at least 80 million yuan → "
            "Operating revenue (last year) is at least 50 million yuan"
        ),
    ]
    assert "7 more rules change nothing" in lines
    assert "1 of 5 enterprises are affected" in lines


@pytest.mark.usefixtures("firms")
def test_and_in_chinese(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENZONE_LANG", "zh")
    lines = rehearse(run, "installed", "draft").out.splitlines()
    assert lines[0] == "评价日 2026-06-30，企业5家"
    assert lines[4] == "local.grant  示例：研发补助  1 → 1  [有修改]"
    assert lines[5].startswith("  新增符合1家，不变4家，金额200万元 → 230万元，增加30万元")


def test_a_long_list_is_cut_in_text_and_whole_in_json(run: Command, tmp_path: Path) -> None:
    many = [FIRMS[1] | {"id": f"B{number}"} for number in range(30)]
    write_csv(tmp_path / "firms.csv", many)
    text = rehearse(run, "installed", "draft").out
    assert "B19 … and 10 more" in text
    assert "B20" not in text
    assert len(grant(result(run, "installed", "draft"))["gains"]) == 30


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize("name", ["changes.csv", "changes.xlsx", "changes.jsonl"])
def test_every_change_is_written_with_its_reason(run: Command, tmp_path: Path, name: str) -> None:
    answer = rehearse(run, "draft", "now", "--out", name)
    assert (answer.code, answer.err) == (0, f"1 changes written to {name}\n")
    path = tmp_path / name
    if name.endswith("csv"):
        (row,) = csv.DictReader(path.open(encoding="utf-8-sig"))
    elif name.endswith("xlsx"):
        head, cells = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        row = dict(zip(head, cells, strict=True))
    else:
        row = json.loads(path.read_text("utf-8"))
        row |= {"clauses": ", ".join(row["clauses"]), "reason": row["reason"]["en"]}
    assert row["rule"] == "local.grant"
    assert (row["id"], row["move"], row["before"], row["after"]) == (
        "A2",
        "loses",
        "met",
        "not_met",
    )
    assert (row["clauses"], row["reason"]) == ("big", "not met: Revenue")
    assert float(row["amount_before"]) == 300_000


def test_the_order_of_rows_and_the_language_do_not_change_the_json(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_csv(tmp_path / "firms.csv", FIRMS)
    one = rehearse(run, "installed", "draft", "--json").out
    monkeypatch.setenv("OPENZONE_LANG", "zh")
    assert rehearse(run, "installed", "draft", "--json").out == one


@pytest.mark.usefixtures("firms")
def test_the_example_of_the_page_is_what_the_command_says(run: Command) -> None:
    page = (Path(__file__).parents[2] / "docs" / "rehearsal.md").read_text("utf-8")
    command, _, output = page.split("```console\n$ openzone ")[1].split("```")[0].partition("\n")
    answer = run(*shlex.split(command))
    assert answer.code == 0
    assert re.fullmatch(re.escape(output).replace("…", ".*"), answer.out), answer.out


# ---- which rules are meant ----------------------------------------------------------------


@pytest.mark.usefixtures("firms")
def test_every_way_to_name_the_same_rules_gives_the_same_answer(
    run: Command, packs: tuple[Path, Path], tmp_path: Path
) -> None:
    digest = run("rules", "pack", packs[0], "--out", "now.json").out.strip()
    run("rules", "pack", packs[0])
    wanted = result(run, "installed", "draft")
    for given in ("now", "now.json", "current", digest, digest[:8], "2026-05-01", "1"):
        found = result(run, given, "draft")
        assert found["from"]["digest"] == digest
        assert found["rules"] == wanted["rules"], given


@pytest.mark.usefixtures("firms")
def test_a_digest_finds_a_stored_set_that_is_no_longer_installed(
    run: Command, packs: tuple[Path, Path]
) -> None:
    digest = run("rules", "pack", packs[1]).out.strip()
    found = result(run, "installed", digest[:12])
    assert found["to"] == {
        "given": digest[:12], "kind": "digest", "digest": digest, "rules": 8, "versions": {},
        "day": None,
    }  # fmt: skip
    assert grant(found)["gains"] == ["A2"]


def test_a_version_name_evaluates_that_version_though_it_is_out_of_force(
    run: Command, tmp_path: Path
) -> None:
    firms = [{"id": "A1", "niche_years": 2}, {"id": "A2", "niche_years": 3}]
    write_csv(tmp_path / "firms.csv", firms)
    (one,) = [
        rule
        for rule in result(run, "cn.srdi_sme@2022", "installed")["rules"]
        if rule["rule"] == "cn.srdi_sme"
    ]
    assert (one["from_version"], one["to_version"]) == ("2022", "2026")
    assert (one["settled"], one["unchanged"]) == (["A1"], 1)
    both = result(run, "2022", "installed")
    assert both["from"]["versions"] == {
        "cn.innovative_sme": "2022", "cn.little_giant": "2022", "cn.srdi_sme": "2022",
    }  # fmt: skip


def test_a_day_takes_the_versions_of_that_day_and_the_facts_of_the_day_of_evaluation(
    run: Command, tmp_path: Path
) -> None:
    write_csv(tmp_path / "firms.csv", [{"id": "A1", "niche_years": 2}])
    found = result(run, "2026-03-31", "installed")
    versions = {rule["rule"]: rule["from_version"] for rule in found["rules"]}
    assert (versions["cn.srdi_sme"], versions["cn.little_giant"]) == ("2022", "2022")
    assert found["from"]["day"] == "2026-03-31"
    before = result(run, "2025-12-31", "installed")
    assert grant(before)["status"] == "new"


def test_a_draft_may_bring_facts_of_its_own(
    run: Command, packs: tuple[Path, Path], tmp_path: Path
) -> None:
    (packs[1] / "facts.yaml").write_text(
        "series:\n  - {name: floors, type: number, period: moment, label: {zh: 层数, en: Floors},"
        " source: {zh: 走访, en: Visit}, proof: {zh: 证明, en: Proof}}\n",
        "utf-8",
    )
    path = packs[1] / "rules" / "local.grant.yaml"
    text = path.read_text("utf-8").replace("fact: revenue_y1", "fact: floors")
    path.write_text(text.replace('"5000万"', "3"), "utf-8")
    write_csv(tmp_path / "firms.csv", [{"id": "A1", "revenue_y1": 90_000_000, "floors": 2}])
    found = result(run, "installed", "draft")
    assert grant(found)["loses"] == ["A1"]


# ---- what is refused ----------------------------------------------------------------------


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("side", "given", "said"),
    [
        (
            "--from",
            "1999",
            "--from: no file, folder or day, and no digest or version that is known",
        ),
        ("--from", "local.grant@9", "there are local.grant@1"),
        ("--from", "abcdef0123", "--from: no file, folder or day"),
        ("--from", "2026-13-01", "--from: there is no day “2026-13-01”"),
        ("--from", "1990-01-01", "no rule was in force on 1990-01-01"),
        ("--from", "", "--from: must not be empty"),
        ("--to", "nowhere/pack", "--to: no such file or folder: “nowhere/pack”"),
        ("--to", "lost.json", "--to: no such file or folder: “lost.json”"),
        ("--to", "empty", "empty:1: the folder holds no rule files (*.yaml)"),
        ("--to", "wrong", "local.grant.yaml:11: versions[0].when.all[0].fact: the fact catalogue"),
        ("--to", "firms.csv", "firms.csv:1: not a set of rules (not JSON)"),
        ("--to", "cut.json", "cut.json:1: not a set of rules (not JSON)"),
    ],
)
def test_rules_that_cannot_be_told_or_used(
    run: Command, packs: tuple[Path, Path], tmp_path: Path, side: str, given: str, said: str
) -> None:
    (tmp_path / "empty").mkdir()
    wrong = tmp_path / "wrong" / "rules"
    wrong.mkdir(parents=True)
    text = RULE.format(limit="5000万", share="10%").replace("revenue_y1", "revenu_y1")
    (wrong / "local.grant.yaml").write_text(text, "utf-8")
    run("rules", "pack", packs[0], "--out", "whole.json")
    (tmp_path / "cut.json").write_bytes((tmp_path / "whole.json").read_bytes()[:5000])
    sides = {"--from": "installed", "--to": "draft"} | {side: given}
    answer = rehearse(run, sides["--from"], sides["--to"], "--out", "changes.csv")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert not (tmp_path / "changes.csv").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "File not found: firms.csv"),
        ("", "firms.csv: The file is empty"),
        ("id,revenue_y1\n", "there is no data under the header"),
        ("id,employees\nA1,5\n", "holds none of the columns that the rules look at; needed: rd_"),
        ("id,revenu_y1\nA1,5\n", "the column “revenu_y1” is not known"),
        ("id,revenue_y1\nA1,many\n", "“many” is not a number"),
        ("id,revenue_y1\nA1,5\nA1,6\n", "same “A1” as row 3, but different content"),
        ("id,revenue_y1\nA1,5\n,6\n", "row 3"),
    ],
)
def test_enterprises_that_cannot_be_read(
    run: Command, tmp_path: Path, text: str | None, said: str
) -> None:
    if text is not None:
        (tmp_path / "firms.csv").write_text(text, "utf-8")
    answer = rehearse(run, "installed", "draft", "--out", "changes.csv")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert not (tmp_path / "changes.csv").exists()


def test_a_column_that_is_not_there_is_told(run: Command, tmp_path: Path) -> None:
    write_csv(tmp_path / "firms.csv", [{"id": "A1", "revenue_y1": 60_000_000}])
    answer = rehearse(run, "installed", "draft")
    assert answer.code == 0
    assert answer.err == (
        "The file has no such columns, so that clauses stay unknown: rd_expense_y1\n"
    )


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "changes.doc",
            "--out: the format of changes.doc is not supported, use .csv, .jsonl, .xlsx",
        ),
        ("firms.csv", "--out: firms.csv is the file being read; choose another name"),
        ("nowhere/changes.csv", "--out: there is no folder nowhere"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_first(
    run: Command, name: str, said: str
) -> None:
    answer = rehearse(run, "installed", "draft", "--out", name)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"{said}\n"


@pytest.mark.usefixtures("firms")
def test_a_digest_that_begins_two_sets_is_refused(run: Command, tmp_path: Path) -> None:
    store = tmp_path / "data" / "rulesets"
    store.mkdir(parents=True)
    for end in ("0", "1"):
        (store / f"abcdef{end}.json").write_text("{}", "utf-8")
    answer = rehearse(run, "abcdef", "draft")
    assert answer.code == 2
    assert answer.err == "--from: “abcdef” begins several digests: abcdef0, abcdef1\n"


@pytest.mark.usefixtures("firms")
def test_sets_that_mean_different_things_by_a_fact_are_not_compared(
    run: Command, packs: tuple[Path, Path]
) -> None:
    for pack, kind in zip(packs, ("number", "yuan"), strict=True):
        (pack / "facts.yaml").write_text(
            f"series:\n  - {{name: floors, type: {kind}, period: moment,"
            " label: {zh: 层数, en: Floors}, source: {zh: 走访, en: Visit},"
            " proof: {zh: 证明, en: Proof}}\n",
            "utf-8",
        )
    answer = rehearse(run, "now", "draft")
    assert answer.code == 2
    assert answer.err.startswith("the two sets mean different things by the fact floors")


def test_the_national_folder_is_the_installed_rules(
    run: Command, monkeypatch: pytest.MonkeyPatch, firms: Path
) -> None:
    monkeypatch.delenv("OPENZONE_PACKS")
    found = result(run, "installed", NATIONAL)
    assert found["from"]["digest"] == found["to"]["digest"]
    assert found["totals"]["enterprises_affected"] == 0
