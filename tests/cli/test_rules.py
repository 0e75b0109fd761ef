"""``openzone rules``: what is in force, and whether a pack can be used."""

from pathlib import Path

import pytest

from openzone.packs.loading import NATIONAL
from tests.cli.conftest import Command

CALENDAR = """
calendar: 示例
title: {zh: 示例, en: Example}
notices:
  - source: {title: 示例通知}
    days:
      - {kind: holiday, date: 2026-03-03, name: 示例日}
"""


def lines(text: str) -> dict[str, list[str]]:
    return {line.split("\t")[0]: line.split("\t")[1:] for line in text.splitlines()}


def test_the_rules_of_a_day_with_version_title_document_and_end(run: Command) -> None:
    answer = run("rules", "list", "--as-of", "2026-03-31")
    assert (answer.code, answer.err) == (0, "")
    rules = lines(answer.out)
    assert len(rules) == 7
    assert rules["cn.high_tech"] == ["2016", "High-tech enterprise", "国科发火〔2016〕32号", ""]
    assert rules["cn.srdi_sme"][0] == "2022"
    assert rules["cn.srdi_sme"][3] == "≤ 2026-03-31"


def test_a_rule_without_a_version_that_day_is_listed_without_one(run: Command) -> None:
    assert lines(run("rules", "list", "--as-of", "2016-06-30").out)["cn.srdi_sme"][0] == "-"


def test_the_national_pack_is_in_order(run: Command) -> None:
    answer = run("rules", "check", NATIONAL)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("In order: 7 rules, ")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("rules/local.bad.yaml", "rule: [\n", "rules/local.bad.yaml:"),
        ("rules/local.bad.yaml", "rule: local.bad\n", "rules/local.bad.yaml:1: title: "),
        ("rules/local.bad.yaml", "", "rules/local.bad.yaml:1: "),
        ("facts.yaml", "series: 5\n", "facts.yaml:1: "),
        ("calendars/a.yaml", CALENDAR.replace("03-03", "03-33"), "calendars/a.yaml: line 7, date"),
        ("calendars/a.yaml", CALENDAR.replace("kind", "kid"), "calendars/a.yaml: line 7, kid"),
    ],
)
def test_a_fault_of_a_pack_is_named_by_file_and_line(
    run: Command, tmp_path: Path, name: str, text: str, said: str
) -> None:
    good = tmp_path / "rules" / "cn.tech_sme.yaml"
    good.parent.mkdir()
    good.write_bytes((NATIONAL / "rules" / "cn.tech_sme.yaml").read_bytes())
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    answer = run("rules", "check", tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{tmp_path}/{said}")


@pytest.mark.parametrize(
    ("folder", "said"), [("nowhere", "not a folder"), (".", "the folder holds no rule files")]
)
def test_a_folder_that_is_no_pack(run: Command, folder: str, said: str) -> None:
    answer = run("rules", "check", folder)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
