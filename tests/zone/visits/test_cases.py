"""What came up becomes a case, is closed, and who brought it is asked how it was."""

import datetime as dt

import pytest

from openzone.packs.services import service_types
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.services import create_unit
from openzone.zone.surveys.jobs import ask_all
from openzone.zone.surveys.models import SurveyInvitation
from openzone.zone.surveys.selectors.assessment import assessment
from openzone.zone.surveys.selectors.figures import to_answer
from openzone.zone.surveys.services.answering import answer
from openzone.zone.surveys.services.asking import ask_after_closing, open_survey
from openzone.zone.visits.enums import Condition, ContactKind, Duty, SessionKind
from openzone.zone.visits.packs import pack
from openzone.zone.visits.services.assigning import assign
from openzone.zone.visits.services.cases import COMPLAINT, FINDING, complain, make_case
from openzone.zone.visits.services.findings import add_finding, add_question
from openzone.zone.visits.services.sessions import plan_session
from openzone.zone.visits.services.visits import record_contact
from tests.factories import make_staff
from tests.files import PDF
from tests.zone.visits.conftest import DAY, LONG_AGO, NOW

LATER = NOW + dt.timedelta(days=1)
PROOF = Upload("完工照片.pdf", PDF, "evidence")


@pytest.fixture
def centre(actor, committee):
    return create_unit(
        actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE, parent=committee
    )


@pytest.fixture
def helper(make_user, centre):
    return make_user("helper", Role.CENTRE, centre)


@pytest.fixture
def visited(actor, firm, colleague, office):
    """A firm that was visited, and its manager."""
    return record_contact(
        actor=actor, user=colleague, unit=office, enterprise=firm("甲"),
        kind=ContactKind.VISIT, met_on=DAY, summary="生产正常", present="示例经理",
        condition=Condition.RUNNING, now=NOW, today=DAY,
    )  # fmt: skip


def _find(actor, visit, user, **given):
    given = {"topic": "parking", "text": "厂区门口停车难，早晚高峰堵塞"} | given
    return add_finding(actor=actor, user=user, visit=visit, now=NOW, **given)


def test_the_topics_of_findings_are_those_of_the_case_type():
    field = next(one for one in service_types()[FINDING].form if one.id == "topic")
    assert [one.id for one in field.choices] == [one.id for one in pack().topics]


def test_a_finding_of_a_visit_becomes_one_case(actor, visited, colleague, centre):
    finding = _find(actor, visited, colleague, answer="先疏导")
    case = make_case(actor=actor, user=colleague, finding=finding, now=NOW)
    assert (case.channel, case.origin) == (Channel.VISIT, f"visit:{visited.pk}")
    assert (case.enterprise, case.requester_name) == (visited.enterprise, "示例经理")
    assert (case.recorded_by, case.topic) == (colleague, "parking")
    assert case.fields["said_there"] == "先疏导"
    again = make_case(actor=actor, user=colleague, finding=finding, now=LATER)
    assert (again, Case.objects.count()) == (case, 1)


def test_a_clinic_and_a_village_meeting_open_cases_too(
    actor, office, colleague, centre, firm, area
):
    session = plan_session(
        actor=actor, kind=SessionKind.MEETING, title="坝坝会（示例）", unit=office,
        address="示例村", place=area.one, starts_at=NOW, ends_at=LATER,
    )  # fmt: skip
    given = {"actor": actor, "user": colleague, "session": session, "now": NOW}
    given |= {"topic": "municipal", "text": "村道坑洼"}
    asked = [
        add_question(**given),
        add_question(**given, name="示例村民", phone="000-1"),
        add_question(**given, enterprise=firm("甲")),
    ]
    cases = [make_case(actor=actor, user=colleague, finding=one, now=NOW) for one in asked]
    assert [case.requester_kind for case in cases] == [
        RequesterKind.ANONYMOUS,
        RequesterKind.PERSON,
        RequesterKind.ENTERPRISE,
    ]
    assert {(case.channel, case.origin, case.place) for case in cases} == {
        (Channel.CLINIC, f"site_session:{session.pk}", area.one)
    }


def _do(case, user, action, now=LATER, files=(), **data):
    return act(
        actor=Actor.of(user), case=case, action=action, now=now, user=user, data=data, files=files
    )


@pytest.fixture
def closed(actor, visited, colleague, helper, make_user):
    """A finding's case, solved by the centre and confirmed by the firm."""
    manager = make_user("manager")
    make_staff(manager, visited.enterprise)
    finding = _find(actor, visited, colleague, topic="policy", text="设备补贴怎么申报")
    case = make_case(actor=actor, user=colleague, finding=finding, now=NOW)
    case = _do(case, helper, "accept")
    case = _do(case, helper, "finish", text="已上门辅导申报", files=[PROOF])
    return _do(case, manager, "confirm", satisfied=5), manager


def test_from_the_visit_to_the_word_of_who_brought_it_up(actor, closed, helper):
    case, manager = closed
    assert (case.closed, case.outcome, case.satisfaction) == (True, "solved", 5)
    assert ask_all(LATER + dt.timedelta(hours=1)) == 1
    assert ask_all(LATER + dt.timedelta(hours=2)) == 0
    invitation = SurveyInvitation.objects.get()
    assert (invitation.case, invitation.about_unit) == (case, case.lead)
    assert list(to_answer(manager, DAY)) == [invitation]
    grades = dict.fromkeys(("overall", "speed", "attitude", "result"), "very_good")
    with pytest.raises(Refused, match="园区工作人员不能代为评价"):
        answer(actor=actor, user=helper, invitation=invitation, answers=grades, now=LATER)
    answer(actor=actor, user=manager, invitation=invitation, answers=grades, now=LATER)
    assert list(to_answer(manager, DAY)) == []


def test_the_survey_of_a_quarter_stays_open_for_who_was_asked_last(actor, closed):
    case, _ = closed
    end = dt.date(2026, 12, 31)
    invitation = ask_after_closing(actor=actor, case=case, today=end + dt.timedelta(days=3))
    assert invitation.survey.last == end
    assert invitation.survey.closes_on >= invitation.answer_by > end + dt.timedelta(days=30)


def test_an_open_or_anonymous_case_is_not_asked_about(actor, visited, colleague, centre):
    finding = _find(actor, visited, colleague)
    case = make_case(actor=actor, user=colleague, finding=finding, now=NOW)
    assert ask_after_closing(actor=actor, case=case, today=DAY) is None
    assert ask_all(LATER) == 0


@pytest.fixture
def looked_after(actor, firm, post, make_user, centre):
    """A firm with a sponsor, and somebody who speaks for it."""
    enterprise, manager = firm("乙"), make_user("manager")
    make_staff(manager, enterprise)
    sponsor = post("li", Duty.SPONSOR)
    return (
        assign(actor=actor, enterprise=enterprise, post=sponsor, valid_from=LONG_AGO),
        manager,
    )


def _complain(actor, charge, user):
    return complain(
        actor=actor, user=user, charge=charge, matter="unreachable", text="电话一直没人接",
        now=NOW, today=DAY,
    )  # fmt: skip


def test_a_complaint_never_goes_to_the_unit_it_is_about(actor, looked_after, office, centre):
    charge, manager = looked_after
    case = _complain(actor, charge, manager)
    assert (case.kind, case.about_unit, case.lead) == (COMPLAINT, office, centre)
    with pytest.raises(Refused):
        _do(case, charge.user, "accept")


def test_only_the_enterprise_complains(actor, looked_after, admin):
    with pytest.raises(Refused, match="由企业人员提出"):
        _complain(actor, looked_after[0], admin)


def test_the_assessment_counts_complaints_by_who_they_are_about(actor, looked_after):
    charge, manager = looked_after
    open_survey(actor=actor, form="service", day=DAY, today=DAY)
    assert [line.complaints for line in assessment(DAY, DAY).lines] == [0]
    _complain(actor, charge, manager)
    assert [line.complaints for line in assessment(DAY, DAY).lines] == [1]
    assert assessment(dt.date(2026, 8, 1), DAY).survey is None
