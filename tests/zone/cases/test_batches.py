"""One action on many cases: preview, doing it, stopping it, and workers that die over it."""

import pytest
from django.test import override_settings

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.audit.verification import verify
from openzone.zone.cases.enums import BatchRowState, BatchState
from openzone.zone.cases.jobs import check_batch, do_batch
from openzone.zone.cases.models import Batch, BatchRow, Case, CaseEvent
from openzone.zone.cases.selectors.batches import tally, why_not
from openzone.zone.cases.services.batches import (
    begin_batch,
    discard_batch,
    do_row,
    end_batch,
    keep_preview,
    open_batch,
    stop_batch,
)
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.worker import run_next
from openzone.zone.people.models import User
from tests.factories import TESTS
from tests.zone.cases.people import NOW, People
from tests.zone.jobs.conftest import (  # noqa: F401 - fixtures
    _nothing_scheduled,
    short_lease,
    wait_until,
    worker_process,
)


def asked(people: People, user: User, verb: str, *cases: Case) -> Batch:
    return open_batch(
        actor=Actor.of(user), user=user, verb=verb, cases=[one.pk for one in cases], now=NOW
    )


def looked_at(people: People, user: User, verb: str, *cases: Case) -> Batch:
    batch = asked(people, user, verb, *cases)
    found = {row.pk: why_not(user, row.case, verb, NOW, NOW.date()) for row in batch.rows.all()}
    return keep_preview(actor=TESTS, batch=batch, found=found, now=NOW)


def begun(people: People, user: User, verb: str, *cases: Case, **said: object) -> Batch:
    batch = looked_at(people, user, verb, *cases)
    return begin_batch(actor=Actor.of(user), user=user, batch=batch, said=said, now=NOW)


def states(batch: Batch) -> list[str]:
    return list(batch.rows.order_by("pk").values_list("state", flat=True))


@pytest.mark.django_db
def test_the_preview_says_with_how_many_and_why_not_with_each_other(people: People):
    fresh, taken = people.open().case, people.accepted()
    batch = looked_at(people, people.handler, "accept", fresh, taken)
    assert (tally(batch).may, tally(batch).may_not, tally(batch).total) == (1, 1, 2)
    reason = batch.rows.get(case=taken).reason
    assert isinstance(reason, Text)
    assert reason.zh
    assert reason.en
    assert CaseEvent.objects.filter(case=fresh).count() == 1  # nothing was done yet


@pytest.mark.django_db
def test_what_the_preview_promised_is_what_happens(people: People):
    cases = [people.open().case, people.accepted(), people.closed()]
    batch = begun(people, people.handler, "accept", *cases)
    for row in batch.rows.order_by("pk"):
        do_row(actor=Actor.of(people.handler), row=row, now=NOW)
    assert states(batch) == ["done", "may_not", "may_not"]
    assert end_batch(actor=TESTS, batch=batch, now=NOW).state == BatchState.DONE
    assert Case.objects.get(pk=cases[0].pk).handler == people.handler


@pytest.mark.django_db
def test_a_case_that_moved_on_after_the_preview_is_refused_with_its_reason(people: People):
    one, two = people.open().case, people.open().case
    batch = begun(people, people.handler, "accept", one, two)
    people.do(one, people.second, "accept")
    for row in batch.rows.all():
        do_row(actor=Actor.of(people.handler), row=row, now=NOW)
    assert states(batch) == ["refused", "done"]
    assert batch.rows.get(case=one).reason


@pytest.mark.django_db
def test_of_a_stranger_a_handler_and_a_colleague_only_who_asked_has_it_done(people: People):
    case = people.open().case
    outsider = looked_at(people, people.stranger, "accept", case)
    assert states(outsider) == ["may_not"]  # not theirs to do, and it says why
    with pytest.raises(Refused):
        begin_batch(
            actor=TESTS, user=people.stranger, batch=outsider, said={}, now=NOW
        )  # nothing to do
    own = looked_at(people, people.handler, "accept", case)
    for other in (people.second, people.stranger):
        with pytest.raises(Refused):
            begin_batch(actor=Actor.of(other), user=other, batch=own, said={}, now=NOW)
        with pytest.raises(Refused):
            discard_batch(actor=Actor.of(other), user=other, batch=own, now=NOW)
    running = begin_batch(actor=TESTS, user=people.handler, batch=own, said={}, now=NOW)
    with pytest.raises(Refused):
        stop_batch(actor=TESTS, user=people.second, batch=running, now=NOW)


@pytest.mark.django_db
def test_an_account_closed_meanwhile_does_nothing_more(people: People):
    batch = begun(people, people.handler, "accept", people.open().case)
    people.handler.is_active = False
    people.handler.save()
    row = do_row(actor=Actor.of(people.handler), row=batch.rows.get(), now=NOW)
    assert row is not None
    assert row.state == BatchRowState.REFUSED


@pytest.mark.django_db
def test_after_a_stop_no_further_case_is_touched(people: People):
    cases = [people.open().case for _ in range(3)]
    batch = begun(people, people.handler, "accept", *cases)
    first, second, _third = batch.rows.order_by("pk")
    do_row(actor=TESTS, row=first, now=NOW)
    stop_batch(actor=TESTS, user=people.handler, batch=batch, now=NOW)
    assert do_row(actor=TESTS, row=second, now=NOW) is None
    assert states(batch) == ["done", "may", "may"]
    assert end_batch(actor=TESTS, batch=batch, now=NOW).state == BatchState.STOPPED
    with pytest.raises(Refused):
        begin_batch(actor=TESTS, user=people.handler, batch=batch, said={}, now=NOW)


@pytest.mark.django_db
@override_settings(BULK_LIMIT=1)
def test_more_cases_than_the_setting_allows_are_refused_with_both_numbers(people: People):
    cases = [people.open().case, people.open().case]
    with pytest.raises(Refused) as refused:
        asked(people, people.handler, "accept", *cases)
    assert "1" in refused.value.reason.zh
    assert "2" in refused.value.reason.en
    assert not Batch.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["close", "nonsense", ""])
def test_an_action_not_meant_for_many_is_refused(people: People, verb: str):
    with pytest.raises(Refused):
        asked(people, people.handler, verb, people.open().case)


@pytest.mark.django_db
def test_a_note_on_many_is_a_note_and_no_call_to_the_requester(people: People):
    batch = begun(people, people.handler, "note", people.accepted(), text="已电话核实")
    do_row(actor=TESTS, row=batch.rows.get(), now=NOW)
    assert CaseEvent.objects.latest("pk").action == "note"


@pytest.mark.django_db
def test_nothing_chosen_is_said_so(people: People):
    with pytest.raises(Refused) as refused:
        asked(people, people.handler, "accept")
    assert refused.value.field == "case"


@pytest.mark.django_db(transaction=True)
def test_two_who_press_begin_at_once_begin_it_once(people: People, at_the_same_time):
    batch = looked_at(people, people.handler, "accept", people.open().case)

    def begin() -> bool:
        try:
            begin_batch(actor=TESTS, user=people.handler, batch=batch, said={}, now=NOW)
        except Refused:
            return False
        return True

    assert sorted(at_the_same_time(3, begin)) == [False, False, True]
    assert Event.objects.filter(action="cases.batch.running").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_case_do_it_once(people: People, at_the_same_time):
    batch = begun(people, people.handler, "note", people.accepted(), text="已电话核实")
    row = batch.rows.get()
    answers = at_the_same_time(3, lambda: do_row(actor=TESTS, row=row, now=NOW))
    assert sum(one is not None for one in answers) == 1
    assert CaseEvent.objects.filter(action="note").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_stop_and_the_next_case_never_cross(people: People, at_the_same_time):
    batch = begun(people, people.handler, "note", people.accepted(), text="已电话核实")
    row, hands = batch.rows.get(), iter(["stop", "do"])

    def act() -> None:
        if next(hands) == "do":
            do_row(actor=TESTS, row=row, now=NOW)
        else:
            stop_batch(actor=TESTS, user=people.handler, batch=batch, now=NOW)

    at_the_same_time(2, act)
    batch.refresh_from_db()
    assert batch.state == BatchState.STOPPED
    done = CaseEvent.objects.filter(action="note").count()
    assert states(batch) == (["done"] if done else ["may"])


def test_a_worker_killed_over_it_is_followed_by_one_that_does_the_rest(
    people: People,
    worker_process,  # noqa: F811 - the fixture
):
    cases = [people.accepted() for _ in range(25)]
    batch = asked(people, people.handler, "note", *cases)
    enqueue_once(check_batch, "check", batch=batch.pk)
    wait_until(lambda: Batch.objects.filter(pk=batch.pk, state=BatchState.READY).exists())
    begin_batch(
        actor=Actor.of(people.handler), user=people.handler, batch=batch,
        said={"text": "已电话核实"}, now=NOW,
    )  # fmt: skip
    enqueue_once(do_batch, "do", batch=batch.pk)
    done = BatchRow.objects.filter(batch=batch, state=BatchRowState.DONE)
    wait_until(lambda: done.count() >= 3)
    worker_process.kill()
    worker_process.wait()
    assert CaseEvent.objects.filter(action="note").count() == done.count() < len(cases)
    wait_until(lambda: run_next("second"))
    assert Job.objects.get(unique_key="do").attempts == 2
    assert {one.events.filter(action="note").count() for one in cases} == {1}
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == (BatchState.DONE, ["done"] * 25)
    assert verify().intact
