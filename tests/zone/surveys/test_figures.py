"""Every figure has its n; nothing is shown of fewer than three; calls are counted apart."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.engines.surveys.scoring import Share
from openzone.zone.surveys.selectors import figures as selectors
from openzone.zone.surveys.selectors.assessment import assessment
from openzone.zone.surveys.services.answering import answer, call_back
from openzone.zone.surveys.services.asking import open_survey
from tests.zone.surveys.conftest import AFTER, DAY, GOOD, NOW

POOR = {"overall": "poor", "response": "fair", "undisturbed": "very_good"}


@pytest.fixture
def survey(actor, firm, looked_after, make_user):
    """``survey({"li": [GOOD, None]})``: how the enterprises of each sponsor answered."""

    def make(answers):
        firms = {
            (who, place): firm(f"{who}{place}")
            for who, given in answers.items()
            for place, _ in enumerate(given)
        }
        people = {who: make_user(who) for who in answers}
        for (who, _), one in firms.items():
            looked_after(one, people[who])
        made = open_survey(actor=actor, form="service", day=DAY, today=DAY)
        for (who, place), one in firms.items():
            if (given := answers[who][place]) is not None:
                answer(
                    actor=actor,
                    user=one.person,
                    invitation=made.invitations.get(enterprise=one.enterprise),
                    answers=given,
                    now=NOW,
                    remark=f"{who}{place}的话",
                )
        return made

    return make


def _by(survey, as_of=AFTER):
    return {user.username: got for user, got in selectors.by_assignee(survey, as_of).items()}


def test_the_score_comes_with_its_formula_and_n(survey):
    """0.6×(100+100+30)/3 + 0.2×(80+80+60)/3 + 0.2×(80+80+100)/3 = 78.0."""
    found = selectors.figures(survey({"li": [GOOD, GOOD, POOR, None]}), AFTER)
    assert found.response == Share(3, 4)
    assert (found.opinion.score.value, found.opinion.score.n) == (Decimal("78.0"), 3)
    assert (found.opinion.satisfied, found.opinion.top, found.opinion.bad) == (
        Share(2, 3),
        Share(2, 3),
        Share(1, 3),
    )
    assert found.opinion.by_question["overall"]["poor"] == 1


def test_two_answers_are_counted_and_not_told(survey):
    made = survey({"li": [GOOD, POOR, None]})
    found = selectors.figures(made, AFTER)
    assert (found.response, found.opinion, found.why_hidden) == (Share(2, 3), None, "few")
    assert selectors.remarks(made, AFTER) == []


def test_no_answer_is_no_zero(survey):
    found = selectors.figures(survey({"li": [None, None, None]}), AFTER)
    assert (found.response, found.opinion, found.why_hidden) == (Share(0, 3), None, "none")


def test_while_the_survey_runs_nobody_can_watch_an_answer_come_in(survey):
    made = survey({"li": [GOOD] * 4})
    assert selectors.figures(made, made.closes_on).why_hidden == "running"
    assert selectors.figures(made, made.closes_on + dt.timedelta(days=1)).opinion is not None


def test_a_small_group_cannot_be_had_by_subtraction(survey):
    found = _by(survey({"a": [GOOD] * 5, "b": [GOOD] * 3, "c": [POOR]}))
    assert {who: got.why_hidden for who, got in found.items()} == {"a": "", "b": "few", "c": "few"}


def test_remarks_are_shown_without_who_wrote_them(survey):
    written = selectors.remarks(survey({"b": [GOOD], "a": [GOOD, GOOD]}), AFTER)
    assert written == ["a0的话", "a1的话", "b0的话"]


def test_calls_never_mix_into_the_rate(survey, actor, admin):
    made = survey({"li": [GOOD] * 3 + [None] * 3})
    for invitation in made.invitations.filter(response__isnull=True):
        call_back(
            actor=actor, user=admin, invitation=invitation, now=NOW, reached=True, answers=POOR
        )
    assert selectors.figures(made, AFTER).opinion.satisfied == Share(3, 3)
    by_phone = selectors.calls(made)
    assert (by_phone.made, by_phone.reached) == (3, 3)
    assert by_phone.opinion.satisfied == Share(0, 3)


def test_the_quarter_of_hefei(survey):
    """合肥经开 HF-04: the sponsored enterprises very satisfied, no complaint, no bad review."""
    made = survey({f"leader{n}": [GOOD] * (6 if n < 2 else 5) for n in range(3)})
    found = assessment(DAY, AFTER)
    assert found.survey == made
    assert sum(line.figures.opinion.top.part for line in found.lines) == 17
    assert {(line.figures.opinion.bad.part, line.complaints) for line in found.lines} == {(0, 0)}


def test_a_quarter_without_a_survey_is_unknown(db):
    found = assessment(DAY, AFTER)
    assert (found.survey, found.lines) == (None, ())


def test_the_environment_is_asked_of_everybody_once(actor, firm):
    """杨凌 YL-03."""
    firms = [firm(name) for name in "甲乙丙"]
    made = open_survey(
        actor=actor, form="environment", day=DAY, today=DAY,
        enterprises=[one.enterprise.pk for one in firms],
    )  # fmt: skip
    grades = dict.fromkeys(("overall", "approvals", "policies", "market", "order"), "good")
    for one in firms:
        answer(
            actor=actor,
            user=one.person,
            invitation=made.invitations.get(enterprise=one.enterprise),
            answers=grades,
            now=NOW,
        )
    found = selectors.figures(made, AFTER).opinion.score
    assert (found.value, found.n, len(found.means)) == (Decimal("80.0"), 3, 5)
