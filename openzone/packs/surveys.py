"""Forms of satisfaction surveys: questions, grades with points, weights: ``surveys.yaml``."""

from fractions import Fraction
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.surveys import scoring
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "surveys.yaml"


class Grade(Entry):
    """A grade, its points, and what it counts as."""

    id: str
    title: Bilingual
    points: int = Field(ge=0, le=100)
    satisfied: bool = False
    top: bool = False
    bad: bool = False


class Scale(Entry):
    """Grades from the best to the worst, and where they come from."""

    id: str
    source: Bilingual
    verified: Mark
    note: Bilingual | None = None
    grades: tuple[Grade, ...] = Field(min_length=2)


class Question(Entry):
    """A graded question; its weight counts against those of the others."""

    id: str
    text: Bilingual
    section: str = ""
    weight: str = "1"
    required: bool = True

    @property
    def as_weight(self) -> Fraction:
        """The weight as a number."""
        return Fraction(self.weight)


class Section(Entry):
    """A heading inside a form."""

    id: str
    title: Bilingual


class Form(Entry):
    """A form: who is asked when, and what. ``overall`` is the question that rates speak of."""

    id: str
    title: Bilingual
    when: Literal["case", "quarter"]
    about: Literal["case", "assignee", "zone"]
    source: Bilingual
    verified: Mark
    note: Bilingual | None = None
    scale: str
    overall: str
    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = Field(min_length=1)
    open_days: int = Field(ge=1)

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        if self.overall not in {one.id for one in self.questions}:
            raise ValueError(f"no question {self.overall}")
        if any(one.as_weight < 0 for one in self.questions) or not any(
            one.as_weight for one in self.questions
        ):
            raise ValueError("weights are not negative, and one is more than 0")
        return self


class SurveysPack(Entry):
    """The whole file. ``least`` is how many must have responded before a figure is shown."""

    least: int = Field(ge=3)
    call_back_source: Bilingual
    scales: tuple[Scale, ...]
    forms: tuple[Form, ...]

    @model_validator(mode="after")
    def _scales_are_there(self) -> Self:
        known = {one.id for one in self.scales}
        if missing := [one.scale for one in self.forms if one.scale not in known]:
            raise ValueError(f"no scale {', '.join(missing)}")
        return self

    def scale(self, form: Form) -> Scale:
        """Return the scale of a form."""
        return next(one for one in self.scales if one.id == form.scale)


def as_questions(form: Form, scale: Scale) -> tuple[scoring.Question, ...]:
    """Return the questions of a form as the engine counts them."""
    grades = tuple(
        scoring.Grade(one.id, one.points, one.satisfied, one.top, one.bad) for one in scale.grades
    )
    return tuple(scoring.Question(one.id, one.as_weight, grades) for one in form.questions)


def load_surveys(folder: Path | None) -> SurveysPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), SurveysPack)
