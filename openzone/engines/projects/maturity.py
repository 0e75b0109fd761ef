"""How ripe a project of the reserve is: grades that build on each other, and what is next.

A grade is reached when everything it asks for, and everything of the grades below, is answered
with yes. “Not known” is not “no”: it keeps a grade open and is told apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openzone.engines.text import Text


@dataclass(frozen=True, slots=True)
class Question:
    """One item of the checklist."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and what it asks for beyond the grade below."""

    id: str
    label: Text
    asks: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Maturity:
    """The grade reached (None: not even the lowest) and what the next one still needs."""

    grade: Grade | None
    next: Grade | None
    to_do: tuple[Question, ...]
    to_find_out: tuple[Question, ...]


def assess(grades: Sequence[Grade], answers: Mapping[str, bool | None]) -> Maturity:
    """Grade a project. ``grades`` from the lowest up; a question without an answer is unknown."""
    reached: Grade | None = None
    for grade in grades:
        if any(answers.get(one.id) is not True for one in grade.asks):
            no = tuple(_answered(grade, answers, False))
            return Maturity(reached, grade, no, tuple(_answered(grade, answers, None)))
        reached = grade
    return Maturity(reached, None, (), ())


def _answered(
    grade: Grade, answers: Mapping[str, bool | None], answer: bool | None
) -> Iterator[Question]:
    return (one for one in grade.asks if answers.get(one.id) is answer)
