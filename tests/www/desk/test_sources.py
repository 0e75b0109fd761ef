"""What other areas put on somebody's desk, in one order with their cases."""

import datetime as dt
import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openzone.engines.worktime.localtime import to_local
from openzone.www import desk
from openzone.www.cases.asking import Moment
from openzone.www.desk.items import Asker
from openzone.www.desk.lines import everything
from openzone.www.desk.sources import SOURCES, waiting
from openzone.zone.commitments.models import Commitment
from openzone.zone.people.models import User
from openzone.zone.surveys.models import Survey, SurveyInvitation
from openzone.zone.visits.models import Visit, VisitParty
from tests.factories import make_enterprise
from tests.zone.commitments.test_commitments import granted, notified, signed
from tests.zone.community.test_orders import collected
from tests.zone.community.town import Town, at

pytestmark = pytest.mark.django_db


def moment(now: dt.datetime) -> Moment:
    return Moment(now, to_local(now), timezone.localdate(now))


def plan(user: User, day: dt.date, name: str = "示例走访公司") -> Visit:
    """Plan a visit: how one is planned has tests of its own."""
    visit = Visit.objects.create(
        enterprise=make_enterprise(name), kind="visit", state="planned", planned_on=day
    )
    VisitParty.objects.create(visit=visit, user=user, unit=user.memberships.get().unit)
    return visit


def ask(user: User, day: dt.date, number: int = 1) -> SurveyInvitation:
    """Ask somebody: how a survey is opened has tests of its own."""
    first = dt.date(2026, number, 1)
    survey = Survey.objects.create(
        form="example", title=f"示例问卷{number}", definition={}, first=first, last=day,
        opens_on=first, closes_on=day, opened_by="tests",
    )  # fmt: skip
    return SurveyInvitation.objects.create(
        survey=survey, person=user, invited_on=first, answer_by=day
    )


def test_what_hurts_next_comes_first_whatever_area_it_is_of(town: Town):
    collected(town)  # originals, kept until the end of the 17th
    plan(town.walker, dt.date(2026, 11, 19))
    ask(town.walker, dt.date(2026, 11, 23))
    now = moment(at(18))
    found = waiting(town.walker, now)
    assert [item.area.zh for item in found] == ["便民服务", "走访", "满意度"]
    assert [item.at < now.aware for item in found] == [True, False, False]
    drawn = everything(town.walker, now, 50)
    assert drawn[0].why.zh == "已超期：原件保管超期"
    assert drawn[0].colour == "red"


def test_what_falls_due_after_the_days_of_the_pack_is_not_there_yet(town: Town):
    plan(town.walker, dt.date(2026, 11, 27))
    assert waiting(town.walker, moment(at(19))) == []
    assert len(waiting(town.walker, moment(at(20)))) == 1


def test_a_promise_to_check_is_on_anothers_desk_with_its_page(town: Town):
    one = granted(signed(notified(town)), town.clerk)
    Commitment.objects.filter(pk=one.pk).update(check_by=dt.date(2026, 11, 20))
    now = moment(at(19))
    assert waiting(town.clerk, now) == []
    (item,) = waiting(town.checker, now)
    assert item.href == reverse("commitment", args=[one.pk])


def test_nobody_finds_what_is_somebody_elses_on_their_desk(town: Town):
    collected(town)
    plan(town.walker, dt.date(2026, 11, 19))
    ask(town.walker, dt.date(2026, 11, 23))
    assert [waiting(user, moment(at(18))) for user in (town.clerk, town.officer)] == [[], []]


def test_every_area_is_there_once():
    modules = [import_module(f"{desk.__name__}.{one.name}") for one in iter_modules(desk.__path__)]
    written = {
        module.items for module in modules if inspect.isfunction(getattr(module, "items", 0))
    }
    assert written == set(SOURCES)
    assert len(SOURCES) == len(written) >= 13


def test_more_things_cost_no_more_queries(town: Town):
    counts = []
    for names in ([1], [2, 3, 4]):
        for number in names:
            plan(town.walker, dt.date(2026, 11, 19), f"示例{number}公司")
            ask(town.walker, dt.date(2026, 11, 23), number)
            one = signed(notified(town))
            Commitment.objects.filter(pk=one.pk).update(check_by=dt.date(2026, 11, 20))
        now = at(18)
        asker = Asker(town.walker, now, now.date(), now.date() + dt.timedelta(days=7))
        for source in SOURCES:
            list(source(asker))  # what is kept in the process is read once
        with CaptureQueriesContext(connection) as queries:
            found = [item for source in SOURCES for item in source(asker)]
        counts.append(len(queries))
        assert found
    assert counts[0] == counts[1]
    assert counts[0] <= 60


def test_the_desk_page_shows_them(town: Town, visit):
    ask(town.desk, timezone.localdate() + dt.timedelta(days=2))
    page = visit(town.desk).get(reverse("my_desk")).content.decode()
    assert "示例问卷1" in page
    assert "请您评价" in page
