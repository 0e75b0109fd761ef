from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.jobs import schedule
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.worker import run_pending
from tests.zone.jobs import tasks
from tests.zone.jobs.conftest import effects_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nightly(_nothing_scheduled: None) -> None:
    """One task a day, from two o'clock on, and no other."""
    schedule.daily(tasks.note, at=time(2, 0))


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_nothing_is_queued_before_its_hour():
    schedule.enqueue_due(_at(20, 1, 59))
    assert not Job.objects.exists()


def test_the_task_is_queued_once_a_day_and_told_the_day():
    for moment in (_at(20, 2), _at(20, 2, 1), _at(20, 23), _at(21, 2)):
        schedule.enqueue_due(moment)
    assert run_pending() == 2
    assert (effects_of("2026-11-20"), effects_of("2026-11-21")) == (1, 1)


def test_the_day_is_the_zones_own_not_the_worlds():
    schedule.enqueue_due(_at(20, 7).astimezone(ZoneInfo("UTC")))
    run_pending()
    assert effects_of("2026-11-20") == 1


@pytest.mark.django_db(transaction=True)
def test_workers_that_wake_together_queue_it_once(at_the_same_time):
    at_the_same_time(4, lambda: schedule.enqueue_due(_at(20, 2)))
    assert Job.objects.count() == 1


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """One task every five minutes, and no other."""
    monkeypatch.setattr(schedule, "_ticks", [])
    schedule.every(tasks.note, minutes=5)


def test_a_task_of_every_five_minutes_is_queued_once_a_turn_and_told_which(often):
    for moment in (_at(20, 9, 34), _at(20, 9, 35), _at(20, 9, 39), _at(20, 9, 40)):
        schedule.enqueue_due(moment)
    assert run_pending() == 3
    assert [effects_of(f"2026-11-20T09:{minute}") for minute in (30, 35, 40)] == [1, 1, 1]


def test_turns_missed_are_not_made_up(often):
    schedule.enqueue_due(_at(20, 9, 0))
    schedule.enqueue_due(_at(20, 12, 0))
    assert Job.objects.count() == 2


@pytest.mark.parametrize("minutes", [0, 7, -5])
def test_turns_must_divide_the_day(often, minutes):
    with pytest.raises(ValueError, match="divide a day"):
        schedule.every(tasks.note, minutes=minutes)


@pytest.mark.django_db(transaction=True)
def test_workers_that_wake_together_queue_a_turn_once(often, at_the_same_time):
    at_the_same_time(4, lambda: schedule.enqueue_due(_at(20, 9, 35)))
    assert Job.objects.count() == 1
