"""Programs answer for who is asked, and read what a survey says once it may be shown."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import ChargeRole
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.people import assign_person_in_charge
from openzone.zone.surveys.models import CallBack, SurveyResponse
from tests.factories import LONG_AGO, TESTS
from tests.www.api.conftest import Program, done, refused

pytestmark = pytest.mark.django_db


class Asked(NamedTuple):
    """Who is asked about whom, by which desk."""

    owner: Program
    desk: Program
    sponsor: Program
    survey: int


@pytest.fixture
def asked(
    firm: Enterprise, owner: Program, handler: Program, centre: Unit, office: Unit,
    make_user: Callable[..., User], program_of: Callable[..., Program],
) -> Asked:  # fmt: skip
    sponsor = make_user("sponsor", Role.HANDLER, office)
    assign_person_in_charge(
        actor=TESTS, subject=firm, role=ChargeRole.SPONSOR, user=sponsor, unit=office,
        valid_from=LONG_AGO,
    )  # fmt: skip
    sent = {"form": "service", "day": timezone.localdate().isoformat()}
    made = done(handler.post("/surveys", sent), 201)
    assert (made["form"], made["first"] <= sent["day"] <= made["last"]) == ("service", True)
    return Asked(owner, handler, program_of(sponsor), made["id"])


def answers(invitation: Any) -> dict[str, str]:
    grade = invitation["questionnaire"]["grades"][0]["id"]
    return {one["id"]: grade for one in invitation["questionnaire"]["questions"]}


def test_an_enterprise_answers_once_and_nobody_answers_for_it(asked: Asked) -> None:
    invitation = done(asked.owner.get("/surveys/mine"))[0]
    path = f"/surveys/invitations/{invitation['id']}"
    detail = done(asked.owner.get(path))
    assert detail["about_user"]["username"] == "sponsor"
    sent = {"answers": answers(detail), "remark": "响应及时"}
    refused(asked.desk.post(f"{path}/answer", sent), 404)
    refused(asked.sponsor.get(path), 404)
    assert done(asked.owner.post(f"{path}/answer", sent))["id"] == invitation["id"]
    kept = SurveyResponse.objects.get()
    assert (kept.remark, kept.answers) == ("响应及时", sent["answers"])
    assert done(asked.owner.get("/surveys/mine")) == []
    assert asked.owner.post(f"{path}/answer", sent).status_code in (403, 409)


def test_the_centre_calls_back_where_nobody_answered(asked: Asked) -> None:
    path = f"/surveys/invitations/{done(asked.owner.get('/surveys/mine'))[0]['id']}"
    sent = {"reached": True, "answers": answers(done(asked.owner.get(path))), "remark": "电话中说"}
    refused(asked.sponsor.post(f"{path}/call", sent), 403)
    wrong = asked.desk.post(f"{path}/call", sent | {"answers": {"no_such_question": "good"}})
    assert refused(wrong, 422)["field"] == "answers.no_such_question"
    done(asked.desk.post(f"{path}/call", sent))
    assert CallBack.objects.get().remark == "电话中说"


def test_results_wait_until_they_may_be_shown(asked: Asked, stranger: Program) -> None:
    listed = done(asked.desk.get("/surveys"))["items"]
    assert [one["id"] for one in listed] == [asked.survey]
    found = done(asked.desk.get(f"/surveys/{asked.survey}"))
    assert (found["response"], found["opinion"]) == ({"part": 0, "whole": 1}, None)
    assert found["why_hidden"]
    assert isinstance(done(asked.desk.get("/assessment")), list)
    for path in ("/surveys", f"/surveys/{asked.survey}", "/assessment"):
        refused(stranger.get(path), 403, "sponsor", "示例精密")
    assert done(stranger.get("/surveys/mine")) == []
    refused(stranger.post("/surveys", {"form": "service", "day": "2026-11-21"}), 403)
