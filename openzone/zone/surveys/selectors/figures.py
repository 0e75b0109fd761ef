"""What a survey says: rates and scores with their n, and what is not shown.

Opinions are shown when the survey is over and enough responded; before, one could watch a single
answer come in. What was asked and how many responded is shown at any time.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from openzone.engines.surveys.scoring import (
    Answers,
    Score,
    Share,
    distribution,
    score,
    share,
    withheld,
)
from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import EnterpriseStaff
from openzone.zone.surveys.models import CallBack, Survey, SurveyInvitation, SurveyResponse
from openzone.zone.surveys.selectors.forms import form_of, least_of, questions_of


@dataclass(frozen=True, slots=True)
class Opinion:
    """What so many respondents said. ``None`` in place of it: it is not shown."""

    score: Score | None
    satisfied: Share
    top: Share
    bad: Share
    by_question: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """A survey or a group of it. ``why_hidden`` is empty where the opinion is shown."""

    response: Share
    opinion: Opinion | None
    why_hidden: str


@dataclass(frozen=True, slots=True)
class Calls:
    """The call-backs of a survey: a source of its own, made by the zone."""

    made: int
    reached: int
    opinion: Opinion | None


RUNNING, FEW, NONE = "running", "few", "none"


def figures(survey: Survey, as_of: dt.date) -> Figures:
    """Return what a whole survey says."""
    invited = survey.invitations.count()
    answers = list(_answers(SurveyResponse.objects.filter(invitation__survey=survey)))
    return _figures(survey, invited, answers, as_of, hidden=len(answers) < least_of(survey))


def by_assignee(survey: Survey, as_of: dt.date) -> dict[User, Figures]:
    """Return what a survey says about each person assessed, in the order of their accounts.

    A group that could be had by subtracting the others from the whole is hidden with the small
    ones.
    """
    invited: dict[int, int] = {}
    for (user,) in survey.invitations.order_by().values_list("about_user"):
        if user is not None:
            invited[user] = invited.get(user, 0) + 1
    answers: dict[int, list[Answers]] = {user: [] for user in invited}
    rows = SurveyResponse.objects.filter(invitation__survey=survey).order_by("pk")
    for user, given in rows.values_list("invitation__about_user", "answers"):
        if user is not None:
            answers[user].append(given)
    hidden = withheld({user: len(got) for user, got in answers.items()}, least_of(survey))
    people = User.objects.filter(pk__in=invited).order_by("username")
    return {
        user: _figures(survey, invited[user.pk], answers[user.pk], as_of, user.pk in hidden)
        for user in people
    }


def calls(survey: Survey) -> Calls:
    """Return what call-backs say, apart from everything else."""
    made = CallBack.objects.filter(invitation__survey=survey)
    reached = list(_answers(made.filter(reached=True)))
    enough = len(reached) >= least_of(survey)
    return Calls(made.count(), len(reached), _opinion(survey, reached) if enough else None)


def remarks(survey: Survey, as_of: dt.date) -> list[str]:
    """Return what people wrote, without who wrote it and in no telling order."""
    if figures(survey, as_of).why_hidden:
        return []
    written = SurveyResponse.objects.filter(invitation__survey=survey).exclude(remark="")
    return sorted(written.values_list("remark", flat=True))


def to_answer(user: User, on: dt.date) -> QuerySet[SurveyInvitation]:
    """Return what somebody is asked and has not answered, the most urgent first."""
    firms = EnterpriseStaff.objects.filter(on_day(on), user=user).values("enterprise__root")
    asked = SurveyInvitation.objects.filter(answer_by__gte=on, response__isnull=True)
    own = asked.filter(enterprise__in=firms) | asked.filter(person=user)
    related = own.select_related("survey", "enterprise", "case", "about_user", "about_unit")
    return related.order_by("answer_by", "pk")


def answered(user: User, on: dt.date) -> QuerySet[SurveyInvitation]:
    """Return what was answered for the enterprises somebody speaks for, or by the person."""
    firms = EnterpriseStaff.objects.filter(on_day(on), user=user).values("enterprise__root")
    done = SurveyInvitation.objects.filter(response__isnull=False)
    own = done.filter(enterprise__in=firms) | done.filter(person=user)
    return own.select_related("survey", "enterprise", "case", "response").order_by("-pk")


def _answers(rows: "QuerySet[SurveyResponse] | QuerySet[CallBack]") -> Iterable[Answers]:
    return rows.order_by("pk").values_list("answers", flat=True)


def _figures(
    survey: Survey, invited: int, answers: Sequence[Answers], as_of: dt.date, hidden: bool
) -> Figures:
    response = Share(len(answers), invited)
    why = NONE if not answers else RUNNING if as_of <= survey.closes_on else FEW if hidden else ""
    return Figures(response, None if why else _opinion(survey, answers), why)


def _opinion(survey: Survey, answers: Sequence[Answers]) -> Opinion:
    form, questions = form_of(survey), questions_of(survey)
    overall = next(one for one in questions if one.id == form.overall)
    return Opinion(
        score(questions, answers, least_of(survey)),
        share(overall, answers, "satisfied"),
        share(overall, answers, "top"),
        share(overall, answers, "bad"),
        {question.id: distribution(question, answers) for question in questions},
    )
