"""YAML files as people and accidents write them: read whole, or refused at the right line."""

import pytest

from openzone.engines.rules.document import DEEPEST, LARGEST, read_document
from openzone.engines.rules.problems import PackError

BILLION = "a0: &a0 [1]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)


def refusal(text: str) -> tuple[int, str, str]:
    with pytest.raises(PackError) as caught:
        read_document(text, "a.yaml")
    (problem,) = caught.value.problems
    assert problem.reason.zh != problem.reason.en
    return problem.line, problem.path, problem.reason.en


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffa: 1\nb: [2]\n",
        "a: 1\r\nb: [2]\r\n",
        "a: 1\rb: [2]\r",
        "# note\n---\na: 1\nb: [2]\n...",
    ],
)
def test_byte_order_marks_and_line_ends_of_other_systems_do_not_matter(text: str) -> None:
    assert read_document(text, "a.yaml").value == {"a": 1, "b": [2]}


@pytest.mark.parametrize(
    ("text", "line", "path", "reason"),
    [
        ("a: 1\nb:\n  - c: 2026-02-30\n", 3, "b[0].c", "there is no such day: 2026-02-30"),
        ("a: 0000-01-01\n", 1, "a", "there is no such day: 0000-01-01"),
        ("a: 1\nb: 16:30\n", 2, "b", "YAML reads 16:30 in base 60; put it in quotes"),
        ("b: !!int many\n", 1, "b", "there is no such value: many"),
        ('a: 1\nb: "\\ud800"\n', 2, "b", "there is no such value: \ud800"),
        ("a: 1\nb: !new x\n", 2, "b", "the YAML tag !new is not supported"),
        ("a: !!set {x}\n", 1, "a", "the YAML tag tag:yaml.org,2002:set is not supported"),
        ("a: 1\nb: *x\n", 2, "", "not valid YAML: found undefined alias 'x'"),
        ("a: 1\nb: &x [1, *x]\n", 2, "", "a YAML alias (*) stands for what it is part of"),
        (BILLION, 6, "", "too much once YAML aliases are written out; at most 200,000"),
        ("a: {b: 1}\n<<: {c: 2}\n", 2, "", "a key must be text"),
        ("a: 1\nb: 2\na: 3\n", 3, "a", "key a is written twice"),
        ("a: 1\n---\nb: 2\n", 2, "", "not valid YAML: one document a file"),
        ("a:\n\t- b\n", 2, "", "not valid YAML: a tab; indent with spaces"),
        ("a: b: c\n", 1, "", "not valid YAML: a colon out of place"),
        ("a: 1\nb: \x00\n", 2, "", "holds a character that cannot be used: U+0000"),
        (f"a: {'[' * 5000}", 1, "", f"nested too deeply; at most {DEEPEST} levels"),
        ("# nothing but a note\n", 1, "", "the file must be a mapping (key: value)"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_line(
    text: str, line: int, path: str, reason: str
) -> None:
    found = refusal(text)
    assert found[:2] == (line, path)
    assert found[2].startswith(reason)


def test_an_alias_stands_for_what_its_anchor_says() -> None:
    assert read_document("a: &x {b: 1}\nc: *x\n", "a.yaml").value == {"a": {"b": 1}, "c": {"b": 1}}


def test_a_file_larger_than_any_rule_is_not_read() -> None:
    assert refusal(f"a: {'x' * LARGEST}")[2] == "2,000,003 bytes; at most 2,000,000 are read"


def test_every_day_that_does_not_exist_is_named() -> None:
    with pytest.raises(PackError) as caught:
        read_document("a: 2026-02-30\nb: [2026-04-31, 2026-04-30]\n", "a.yaml")
    assert [(p.line, p.path) for p in caught.value.problems] == [(1, "a"), (2, "b[0]")]
