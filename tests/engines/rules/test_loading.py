"""Rule files that cannot be used: every problem, with its file, line and path."""

import datetime as dt
import re
from typing import Any

import pytest

from openzone.engines.rules.loading import load_rule, load_rules
from openzone.engines.rules.problems import PackError, PackProblem
from tests.engines.rules.sample import CATALOGUE, LABEL, clause, load, rule, version, written

GOOD = """\
rule: test.rule
title: {zh: 规则, en: Rule}
kind: qualify
region: ["3205"]
versions:
  - version: "1"
    source: {title: 办法, number: 示例〔2020〕1号, issuer: 示例, issued_on: 2020-01-01}
    effective_from: 2020-01-01
    effective_to: null
    verified: V
    notes: [{zh: 读法, en: reading}]
    let:
      share: {ratio: [rd_expense_y1, revenue_y1]}
    when:
      all:
        - id: share
          label: {zh: 占比, en: share}
          ref: 第一条
          verified: K
          note: {zh: 未核实, en: not verified}
          number: {let: share}
          gte: "3%"
        - {id: staff, label: {zh: 人数, en: staff}, fact: employees, gte: 10}
"""


def problems(text: str) -> tuple[PackProblem, ...]:
    with pytest.raises(PackError) as caught:
        load_rule(text, "rule.yaml", CATALOGUE)
    return caught.value.problems


def test_a_good_file_is_read_whole() -> None:
    found = load_rule(GOOD, "rule.yaml", CATALOGUE)
    assert found.versions[0].effective_from == dt.date(2020, 1, 1)
    assert found.region == ("3205",)


@pytest.mark.parametrize(
    ("replace", "by", "line", "path", "reason"),
    [
        ("kind: qualify", "kind: quality", 3, "kind", "qualify"),
        ('"3205"', "3205", 4, "region[0]", "put codes in quotes"),
        ("verified: V\n", "verified: X\n", 10, "versions[0].verified", "one of"),
        (
            "effective_from: 2020-01-01",
            "effective_from: soon",
            8,
            "versions[0].effective_from",
            "day",
        ),
        ("number: 示例〔2020〕1号, ", "", 7, "versions[0].source.number", "missing"),
        ("ref: 第一条", "reff: 第一条", 18, "versions[0].when.all[0].reff", "no such key"),
        ('gte: "3%"', 'gte: "3 percent"', 22, "versions[0].when.all[0].gte", "not a number"),
        ("gte: 10}", "gte: [10]}", 23, "versions[0].when.all[1].gte", "not a number"),
        ("fact: employees, ", "", 23, "versions[0].when.all[1]", "one of these forms"),
        (
            "fact: employees, gte: 10",
            "fact: employees",
            23,
            "versions[0].when.all[1]",
            "without a test",
        ),
        ("{let: share}\n", "{lett: share}\n", 21, "versions[0].when.all[0].number", "ratio"),
        ("      all:", "      every:", 14, "versions[0].when", "at_least"),
        ("gte: 10", "gte: .nan", 23, "versions[0].when.all[1].gte", "not a number"),
        ("gte: 10", "gte: yes", 23, "versions[0].when.all[1].gte", "not a number"),
    ],
)
def test_a_mistake_is_named_where_it_is(
    replace: str, by: str, line: int, path: str, reason: str
) -> None:
    assert replace in GOOD
    (problem,) = problems(GOOD.replace(replace, by, 1))
    assert (problem.file, problem.line, problem.path) == ("rule.yaml", line, path)
    assert reason in problem.reason.en
    assert problem.reason.zh


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace("kind: qualify", "kind: quality").replace('gte: "3%"', "gte: many")
    assert [problem.line for problem in problems(text)] == [3, 22]


def test_a_key_written_twice_is_refused() -> None:
    (problem,) = problems(GOOD.replace("gte: 10}", "gte: 10, gte: 20}"))
    assert (problem.line, problem.reason.en) == (23, "key gte is written twice")


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1", 1), ("a: b: c", 1), ("- a\n- b", 1), ("", 1), ("1: one", 1), ("a: 2026-02-30", 1)],
)
def test_what_is_no_yaml_mapping_is_refused_without_a_traceback(text: str, line: int) -> None:
    assert problems(text)[0].line == line


def test_a_problem_reads_as_file_line_path_reason() -> None:
    (problem,) = problems(GOOD.replace("kind: qualify", "kind: quality"))
    assert re.fullmatch(r"rule\.yaml:3: kind: 只能是 .* / must be one of .*", str(problem))


def test_the_problems_of_all_files_come_together() -> None:
    texts = {
        "a.yaml": GOOD.replace("kind: qualify", "kind: quality"),
        "b.yaml": GOOD.replace("gte: 10", "gte: many"),
    }
    with pytest.raises(PackError) as caught:
        load_rules(texts, CATALOGUE)
    assert [problem.file for problem in caught.value.problems] == ["a.yaml", "b.yaml"]


# ---- between rules ------------------------------------------------------------------------


def refused(*rules: dict[str, Any]) -> list[str]:
    texts = {f"{index}.yaml": written(value) for index, value in enumerate(rules)}
    with pytest.raises(PackError) as caught:
        load_rules(texts, CATALOGUE)
    return [f"{problem.file} {problem.reason.en}" for problem in caught.value.problems]


def refers(name: str, other: str, **test: Any) -> dict[str, Any]:
    return rule(name, when=[clause("base", rule=other, **test)])


def test_a_rule_that_does_not_exist_cannot_be_referred_to() -> None:
    assert refused(refers("test.a", "test.b", is_="met")) == ["0.yaml there is no rule test.b"]


def test_rules_cannot_refer_to_each_other_in_a_circle() -> None:
    found = refused(
        refers("test.a", "test.b", is_="met"),
        refers("test.b", "test.c", is_="met"),
        refers("test.c", "test.a", is_="met"),
    )
    assert found == ["0.yaml rules refer to each other: test.a → test.b → test.c → test.a"]


def test_a_value_must_be_one_that_the_other_rule_gives() -> None:
    levels = {"levels": ["big", "small"], "labels": {"big": LABEL, "small": LABEL}}
    row = {
        "id": "r",
        "label": LABEL,
        "when": {"fact": "certified", "is": True},
        "big": {"employees": 9},
    }
    size = rule("test.size", classify={**levels, "rows": [row]})
    found = refused(size, refers("test.a", "test.size", in_=["small", "tiny"]))
    assert found == ["1.yaml rule test.size has no value tiny"]


def test_two_files_cannot_hold_the_same_rule() -> None:
    same = rule("test.a", when=[clause("c", fact="certified", is_=True)])
    assert refused(same, same) == ["0.yaml rule test.a is in two files"]


def test_versions_may_follow_each_other_without_a_gap() -> None:
    parts = {"when": [clause("c", fact="certified", is_=True)]}
    one = version(version="1", effective_to=dt.date(2025, 12, 31), **parts)
    two = version(version="2", effective_from=dt.date(2026, 1, 1), **parts)
    assert len(load(rule("test.a", one, two)).versions) == 2
