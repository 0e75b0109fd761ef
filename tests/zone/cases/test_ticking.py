"""Reminders, the escalation ladder and the no-response rule: once each, and never for nothing."""

import datetime as dt

import pytest

from openzone.zone.cases.models import Case, CaseEvent, Notification, OutboxMessage, Reminder
from openzone.zone.cases.services import ticking
from openzone.zone.cases.services.ticking import Ticked
from tests.zone.cases.people import DAY, HOUR, NOW, People

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


def told(action: str) -> set[str]:
    lines = Notification.objects.filter(action=action)
    return set(lines.values_list("user__username", flat=True))


def test_nothing_happens_before_its_time(people: People):
    people.open()
    assert ticking.run(NOW + 29 * MINUTE) == Ticked()


def test_the_unit_is_reminded_at_half_the_time_and_only_once(people: People):
    people.open()
    at = NOW + 30 * MINUTE
    assert ticking.run(at) == Ticked(reminders=1)
    assert ticking.run(at) == ticking.run(at + MINUTE) == Ticked()
    assert told("reminder") == {"handler", "second"}
    text = Notification.objects.filter(action="reminder").first()
    assert text is not None
    assert "50%" in text.text_zh


def test_even_a_case_that_forgot_when_it_was_looked_after_reminds_nobody_twice(people: People):
    case = people.open().case
    ticking.run(NOW + 30 * MINUTE)
    Case.objects.filter(pk=case.pk).update(wake_at=NOW, ticked_at=None)
    assert ticking.run(NOW + 31 * MINUTE) == Ticked()
    assert Reminder.objects.count() == 1


def test_who_was_away_is_reminded_of_the_latest_share_only(people: People):
    people.open()
    assert ticking.run(NOW + 2 * HOUR) == Ticked(reminders=1)
    assert "100%" in Notification.objects.filter(action="reminder")[0].text_zh
    assert told("reminder") == {"handler", "second", "head"}


def test_a_paused_clock_and_a_closed_case_remind_nobody(people: People):
    paused = people.accepted()
    people.do(
        paused, people.handler, "ask_requester", what="合同", reason="material", document="通知书"
    )
    people.closed()
    Reminder.objects.all().delete()
    assert ticking.run(NOW + 6 * DAY).reminders == 0


def test_a_case_that_is_late_goes_up_to_leaders_by_name(people: People):
    case = people.accepted()
    done = ticking.run(NOW + 7 * DAY + 8 * HOUR)  # the Monday after: five working days are over
    assert done.escalations == 1
    event = CaseEvent.objects.get(case=case, action="escalate")
    assert (event.data["level"], event.data["leader"], event.by_kind) == ("head", "head", "system")
    assert "head" in told("escalate")
    ticking.run(NOW + 11 * DAY)
    second = CaseEvent.objects.filter(case=case, action="escalate").last()
    assert second is not None
    assert (second.data["level"], second.data["leader"]) == ("leader", "leader")
    assert Case.objects.get(pk=case.pk).escalated == "leader"
    assert ticking.run(NOW + 12 * DAY).escalations == 0


def test_a_silent_requester_is_called_before_the_case_is_closed(people: People):
    case = people.proposed()
    late = NOW + 8 * DAY
    assert ticking.run(late).lapses == 0
    assert told("no_response") == {"handler"}
    for hour in (1, 2):
        attempt = {"text": "未接", "attempt": "电话138****5678无人接听"}
        people.do(case, people.handler, "note", late + hour * HOUR, **attempt)
    assert ticking.run(late + 3 * HOUR).lapses == 0  # it is looked after with the next moment
    Case.objects.filter(pk=case.pk).update(wake_at=late)
    assert ticking.run(late + 4 * HOUR).lapses == 1
    closed = Case.objects.get(pk=case.pk)
    assert (closed.closed, closed.satisfaction) == (True, None)
    lapse = CaseEvent.objects.get(case=case, action="lapse")
    assert len(lapse.data["attempts"]) == 2


def test_a_pause_ends_by_itself_at_its_limit(people: People):
    case = people.accepted()
    case = people.do(
        case, people.handler, "ask_requester", what="合同", reason="material", document="通知书"
    )
    assert (case.holder, case.due_at) == ("requester", None)
    ticking.run(NOW + 20 * DAY)
    case.refresh_from_db()
    assert (case.holder_unit, case.due_clock) == (people.finance, "resolve")


@pytest.mark.django_db(transaction=True)
def test_two_workers_remind_once(people: People, at_the_same_time):
    people.open()
    done = at_the_same_time(3, lambda: ticking.run(NOW + 31 * MINUTE).reminders)
    assert sum(done) == 1
    assert Notification.objects.filter(action="reminder").count() == 2


def test_who_has_an_address_is_mailed_where_mail_is_set_up(people: People, settings):
    settings.MAIL_ENABLED = True
    people.handler.email = "handler@example.org"
    people.handler.save()
    people.open()
    ticking.run(NOW + 30 * MINUTE)
    assert [m.address for m in OutboxMessage.objects.all()] == ["handler@example.org"]
