"""Satisfaction by period, and the rows behind what is counted."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from openzone.zone.cases.models import Case
from openzone.zone.surveys.services.asking import open_survey
from openzone.zone.visits.enums import Duty
from openzone.zone.visits.services.assigning import assign
from openzone.zone.visits.services.cases import complain
from openzone.zone.visits.services.roster import appoint

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2020, 1, 1)


@pytest.fixture
def charge(actor, zone, colleague, office):
    """The colleague looks after the first enterprise; a survey asks about it."""
    post = appoint(
        actor=actor, user=colleague, duty=Duty.SERVICE_OFFICER, unit=office, place=None,
        valid_from=LONG_AGO,
    )  # fmt: skip
    made = assign(actor=actor, enterprise=zone.near, post=post, valid_from=LONG_AGO)
    today = timezone.localdate()
    open_survey(actor=actor, form="service", day=today, today=today)
    return made


def _page(visit, user, name, query=""):
    return visit(user).get(reverse(name) + query).content.decode()


def test_the_surveys_of_one_form_stand_period_by_period(actor, zone, visit, admin, charge):
    today = timezone.localdate()
    for day in (today, today - dt.timedelta(days=120)):
        open_survey(
            actor=actor, form="environment", day=day, today=today, enterprises=[zone.near.pk]
        )
    titles = re.compile(r'<th scope="row"><a href="/surveys/\d+/">([^<]+)</a>')
    everything = titles.findall(_page(visit, admin, "surveys"))
    own = titles.findall(_page(visit, admin, "surveys", "?form=environment"))
    assert (len(everything), len(own)) == (3, 2)
    assert own == sorted(own, reverse=True), "the latest period first"
    assert titles.findall(_page(visit, admin, "surveys", "?form=nonsense")) == everything


def test_nothing_answered_is_said_and_is_no_zero(visit, admin, charge):
    (row,) = re.findall(r"<tbody>(.*?)</tbody>", _page(visit, admin, "surveys"), re.S)
    assert '<td class="num" colspan="4">' in row, "no satisfied, no bad review, no score"
    assert "尚无填写" in row


def test_a_count_of_complaints_leads_to_as_many_cases(
    actor, visit, admin, charge, enterprise_owner
):
    bare = _page(visit, admin, "survey_assessment")
    assert "origin=assignee" not in bare, "none is no link"
    complain(
        actor=actor, user=enterprise_owner, charge=charge, matter="unreachable",
        text="电话一直没人接", now=timezone.now(), today=timezone.localdate(),
    )  # fmt: skip
    page = _page(visit, admin, "survey_assessment")
    found = re.search(r'href="([^"]*origin=assignee[^"]*)">(\d+)<', page)
    assert found is not None
    address, count = found[1].replace("&amp;", "&"), int(found[2])
    rows = visit(admin).get(address).context["page"].paginator.count
    assert (count, rows) == (1, 1)
    case = Case.objects.get(origin__startswith="assignee:")
    assert case.number in visit(admin).get(address).content.decode()
