"""The form of a survey as it was when the survey was opened."""

from openzone.engines.surveys import scoring
from openzone.packs.surveys import Form, Scale, as_questions
from openzone.zone.surveys.models import Survey


def form_of(survey: Survey) -> Form:
    """Return the form the survey was opened with."""
    return Form.model_validate(survey.definition["form"])


def scale_of(survey: Survey) -> Scale:
    """Return the grades the survey was opened with."""
    return Scale.model_validate(survey.definition["scale"])


def questions_of(survey: Survey) -> tuple[scoring.Question, ...]:
    """Return the questions as the engine counts them."""
    return as_questions(form_of(survey), scale_of(survey))


def least_of(survey: Survey) -> int:
    """Return how many must have responded before a figure is shown."""
    return int(survey.definition["least"])
