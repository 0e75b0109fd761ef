"""The questions of the calculator: real facts, or a refusal that names the line."""

from pathlib import Path

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs.calculator import NAME, load_questions
from openzone.packs.loading import national_catalogue


def test_the_national_questions_are_facts() -> None:
    questions = load_questions(None, national_catalogue())
    assert set(questions.first) <= {fact.name for fact in national_catalogue()}
    assert questions.further > 0


def test_a_zone_asks_its_own(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("first: [employees]\nfurther: 2\n", encoding="utf-8")
    assert load_questions(tmp_path, national_catalogue()).first == ("employees",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("first: [staff]\nfurther: 2\n", 1),
        ("first: [employees]\nfurther: 0\n", 2),
        ("further: 2\n", 1),
        ("first: [employees]\nfurther: 2\nmore: 1\n", 3),
    ],
)
def test_what_is_no_question_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refusal:
        load_questions(tmp_path, national_catalogue())
    assert [problem.line for problem in refusal.value.problems] == [line]
