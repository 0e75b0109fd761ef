"""``openzone rules check``: every fault that keeps a rule from use, as people see it."""

from pathlib import Path

import pytest

from openzone.packs.loading import NATIONAL
from tests.cli.conftest import Command

RULE = """\
rule: local.big
title: {zh: 示例：大企业, en: "Example: big"}
kind: subsidise
versions:
  - version: "1"
    source: {title: 示例办法, number: 示例〔2026〕1号, issuer: 示例园区}
    effective_from: 2026-01-01
    effective_to: 2026-12-31
    verified: L
    when:
      all:
        - {id: big, label: {zh: 营收, en: Revenue}, fact: revenue_y1, gte: "5000万"}
        - {id: staff, label: {zh: 人数, en: Staff}, fact: employees, gte: 10}
    amount:
      number: {min: [{mul: ["10%", rd_expense_y1]}, "200万"]}
"""
BIG = 'fact: revenue_y1, gte: "5000万"}'
STAFF = "fact: employees, gte: 10}"
CASES = """cases: [
            {{when: {{fact: employees, {one}}}, then: {{fact: patents_held, gte: 1}}}},
            {{when: {{fact: employees, {two}}}, then: {{fact: ip_class1, gte: 1}}}}{rest}]}}"""
SECOND = """\
  - version: "2"
    source: {title: 示例办法, number: 示例〔2026〕2号, issuer: 示例园区}
    effective_from: 2026-06-01
    verified: L
    when: {id: staff, label: {zh: 人数, en: Staff}, fact: employees, gte: 10}
"""


def cases(one: str, two: str, rest: str = "") -> str:
    return CASES.format(one=one, two=two, rest=rest).replace("patents_held", "ip_class1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pack" / "rules").mkdir(parents=True)
    return tmp_path / "pack"


def checked(run: Command, folder: Path, text: str, *options: str) -> tuple[int, list[str]]:
    path = folder / "rules" / "local.big.yaml"
    path.write_bytes(text.encode())
    answer = run("rules", "check", folder, *options)
    assert answer.out == ""
    return answer.code, answer.err.replace(f"{path}:", "").splitlines()


PROBLEMS = [
    ("an unknown fact", STAFF, "fact: employes, gte: 10}", 13, "no employes; closest: employees"),
    ("a wrong unit", STAFF, 'fact: employees, gte: "10万"}', 13, "not to be written in yuan"),
    (
        "two clauses that exclude each other",
        STAFF,
        'fact: revenue_y1, lt: "2000万"}',
        13,
        "these tests contradict: never met (“Revenue” and “Staff”)",
    ),
    (
        "clauses that exclude each other inside",
        STAFF,
        'any: [{fact: revenue_y1, lt: "2000万"}, {fact: revenue_y1, lt: "3000万"}]}',
        13,
        "these tests contradict: never met",
    ),
    ("a clause that contradicts itself", STAFF, "fact: employees, gte: 5, lt: 3}", 13, "never met"),
    (
        "a clause that is always met",
        STAFF,
        "any: [{fact: employees, gte: 5}, {fact: employees, lt: 5}]}",
        13,
        "always met (item 1 and item 2)",
    ),
    (
        "codes that exclude each other",
        BIG,
        "all: [{fact: industry, prefix: [C38]}, {fact: industry, in: [D44]}]}",
        12,
        "these tests contradict: never met",
    ),
    (
        "days that exclude each other",
        STAFF,
        "fact: registered_on, before: 2020-01-01, at_or_after: {as_of: -3y}}",
        13,
        "these tests contradict: never met",
    ),
    (
        "overlapping bands",
        STAFF,
        cases("lte: 100", "gte: 50, lte: 500", ", {else: {fact: ip_class1, gte: 1}}"),
        15,
        "overlaps the bands before it: from 50 and up to 100 is already theirs",
    ),
    (
        "a gap between bands",
        STAFF,
        cases("lte: 100", "gte: 200"),
        13,
        "a gap between the bands: above 100 and below 200 is in none",
    ),
    (
        "a band that is never reached",
        STAFF,
        cases("lte: 100", "lte: 50"),
        15,
        "the cases before leave nothing for this one",
    ),
    (
        "two versions in force at once",
        "    amount:\n      number: {min: [{mul: [\"10%\", rd_expense_y1]}, \"200万\"]}\n",
        SECOND,
        16,
        "in force at the same time as 1",
    ),
    (
        "a document without a number",
        "number: 示例〔2026〕1号, ",
        "number: null, ",
        6,
        "without a document number, notes must say why",
    ),
    ("a document whose number is forgotten", "number: 示例〔2026〕1号, ", "", 6, "key is missing"),
    ("an end before the beginning", "2026-12-31", "2025-12-31", 8, "before effective_from"),
    ("a rule without a title", 'title: {zh: 示例：大企业, en: "Example: big"}\n', "", 1, "missing"),
    ("an empty title", "示例：大企业", '""', 2, "must not be empty"),
    ("a day that does not exist", "2026-12-31", "2026-02-30", 8, "no such day: 2026-02-30"),
    ("a cap below zero", '"200万"', '"-200万"', 15, "nothing is ever paid"),
    ("a cap of zero", '"200万"', '"0元"', 15, "at most 0 yuan: nothing is ever paid"),
    ("a negative rate", '"10%"', '"-10%"', 15, "the rate -10.00% is not above zero"),
    ("an amount of no money", '{mul: ["10%", rd_expense_y1]}', "employees", 15, "units differ"),
    ("a key written twice", "kind: subsidise", "kind: subsidise\nkind: reduce", 4, "written twice"),
    ("no YAML", "kind: subsidise", "kind: [subsidise", 4, "not valid YAML"),
    ("an alias of nothing", "kind: subsidise", "kind: *kind", 3, "undefined alias"),
    ("a tag", "kind: subsidise", "kind: !!python/name:os.system x", 3, "is not supported"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"), [case[1:] for case in PROBLEMS], ids=[c[0] for c in PROBLEMS]
)
def test_a_fault_is_refused_at_its_line_in_both_languages(
    run: Command,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    old: str,
    new: str,
    line: int,
    reason: str,
) -> None:
    if "amount" in old:
        new = RULE[RULE.index("    amount:") :] + new
        line = RULE.count("\n") + 3
    assert old in RULE
    code, said = checked(run, folder, RULE.replace(old, new, 1))
    assert code == 2
    assert [one for one in said if one.startswith(f"{line}: ") and reason in one], said
    monkeypatch.setenv("OPENZONE_LANG", "zh")
    code, chinese = checked(run, folder, RULE.replace(old, new, 1))
    assert code == 2
    assert len(chinese) == len(said)
    assert all(any("一" <= letter <= "鿿" for letter in one) for one in chinese)


WARNINGS = [
    (
        "a clause that another implies",
        STAFF,
        'fact: revenue_y1, gte: "2000万"}',
        13,
        "adds nothing: met whenever “Revenue” is met",
    ),
    (
        "a branch that cannot hold here",
        STAFF,
        'any: [{fact: revenue_y1, lt: "2000万"}, {fact: employees, gte: 10}]}',
        13,
        "contradicts the clauses beside it: never met here",
    ),
    (
        "a band without an end",
        STAFF,
        cases("lte: 100", "gt: 100, lte: 500"),
        13,
        "above 500 is in no case and therefore not met",
    ),
    ("a rate over 100 %", '"10%"', '"120%"', 15, "the rate 120.00% is over 100 %"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"), [case[1:] for case in WARNINGS], ids=[c[0] for c in WARNINGS]
)
def test_a_warning_is_told_and_keeps_nothing_unless_strict(
    run: Command, folder: Path, old: str, new: str, line: int, reason: str
) -> None:
    text = RULE.replace(old, new, 1)
    code, said = checked(run, folder, text)
    assert code == 0
    assert said[0].startswith(f"warning: {line}: ")
    assert reason in said[0]
    assert said[1].startswith("In order: 1 rules, ")
    code, said = checked(run, folder, text, "--strict")
    assert (code, len(said)) == (2, 1)


def test_a_rule_in_order_has_nothing_said_of_it(run: Command, folder: Path) -> None:
    code, said = checked(run, folder, RULE, "--strict")
    assert (code, len(said)) == (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + RULE,
        RULE.replace("\n", "\r\n"),
        RULE.replace("kind: subsidise", "kind: &k subsidise"),
    ],
    ids=["byte order mark", "Windows line ends", "an anchor"],
)
def test_what_editors_add_does_not_matter(run: Command, folder: Path, text: str) -> None:
    assert checked(run, folder, text)[0] == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (RULE.encode("gb18030"), "the file is not UTF-8"),
        (RULE.encode("utf-16"), "the file is not UTF-8"),
        (b"\x00\x01", "holds a character that cannot be used: U+0000"),
        (b"# " + b"x" * 7_000_000, "at most"),
        (b"a: " + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_bytes_that_are_no_rule_are_refused(
    run: Command, folder: Path, data: bytes, reason: str
) -> None:
    path = folder / "rules" / "local.big.yaml"
    path.write_bytes(data)
    answer = run("rules", "check", folder)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{path}:1: {reason}") or reason in answer.err
    assert answer.err.count("\n") == 1


def test_a_file_with_another_ending_is_not_passed_over(run: Command, folder: Path) -> None:
    checked(run, folder, RULE)
    (folder / "rules" / "local.more.yml").write_text(RULE, "utf-8")
    answer = run("rules", "check", folder)
    assert answer.code == 2
    assert "local.more.yml:1: end the name in .yaml, or it is not read" in answer.err


# ---- artefacts ----------------------------------------------------------------------------


def test_a_pack_is_written_as_one_file_and_checked_again(run: Command, folder: Path) -> None:
    checked(run, folder, RULE)
    answer = run("rules", "pack", folder, "--out", "a.json")
    assert (answer.code, answer.err) == (0, "8 rules written to a.json\n")
    digest = answer.out.strip()
    assert len(digest) == 64
    assert run("rules", "check", "a.json").err == f"Intact: 8 rules, 98 facts, digest {digest}\n"
    again = run("rules", "pack", folder, "--out", "b.json")
    assert again.out == answer.out
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


def test_a_pack_without_a_place_is_kept_under_its_digest(
    run: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENZONE_DATA", str(tmp_path / "data"))
    checked(run, folder, RULE)
    digest = run("rules", "pack", folder).out.strip()
    assert [path.name for path in (tmp_path / "data" / "rulesets").iterdir()] == [f"{digest}.json"]


def test_an_altered_artefact_is_refused_with_what_was_altered(run: Command, folder: Path) -> None:
    checked(run, folder, RULE)
    run("rules", "pack", folder, "--out", "a.json")
    text = Path("a.json").read_text("utf-8")
    Path("a.json").write_text(text.replace("示例：大企业", "示例：小企业"), "utf-8")
    answer = run("rules", "check", "a.json")
    assert answer == (
        2,
        "",
        "a.json:1: the set of rules was altered: rule local.big does not fit its digest\n",
    )


def test_a_pack_with_a_fault_is_not_written(run: Command, folder: Path) -> None:
    checked(run, folder, RULE.replace(STAFF, "fact: employes, gte: 10}"))
    answer = run("rules", "pack", folder, "--out", "a.json")
    assert (answer.code, answer.out) == (2, "")
    assert not Path("a.json").exists()


def test_the_national_rules_have_no_warnings(run: Command) -> None:
    answer = run("rules", "check", NATIONAL, "--strict")
    assert (answer.code, answer.err.count("\n")) == (0, 1)
