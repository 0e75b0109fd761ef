import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.db.transaction import TransactionManagementError

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import GENESIS
from openzone.zone.audit.models import ChainHead, Event
from openzone.zone.audit.services import record
from openzone.zone.audit.verification import verify


@pytest.mark.django_db
def test_an_event_says_who_did_what_to_what(admin):
    event = record(
        "registry.fact.corrected",
        actor=Actor.of(admin),
        subject="enterprise:12",
        payload={"new": "300", "old": None},
    )
    stored = Event.objects.get(pk=event.pk)
    assert (stored.actor_kind, stored.actor_id, stored.actor_label) == (
        "user",
        str(admin.pk),
        "admin",
    )
    assert stored.subject == "enterprise:12"
    assert stored.details == {"new": "300", "old": None}


@pytest.mark.django_db
def test_each_event_points_to_the_one_before(actor):
    first, second = record("a.b", actor=actor), record("a.b", actor=actor)
    assert (first.seq, first.previous) == (1, GENESIS)
    assert (second.seq, second.previous) == (2, first.hash)
    assert ChainHead.objects.get().hash == second.hash


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused(actor):
    with pytest.raises(TransactionManagementError):
        record("a.b", actor=actor)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_of_a_rolled_back_change_is_gone_and_leaves_no_gap(actor):
    with transaction.atomic():
        record("a.b", actor=actor)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert record("a.c", actor=actor).seq == 1
    assert verify().intact


def test_nobody_in_particular_cannot_act():
    with pytest.raises(ValueError, match="saved user"):
        Actor.of(AnonymousUser())


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_never_fork_the_chain(actor, at_the_same_time):
    writers, each = 4, 15

    def write() -> None:
        for number in range(each):
            with transaction.atomic():
                record("test.raced", actor=actor, payload={"n": number})

    at_the_same_time(writers, write)
    assert list(Event.objects.values_list("seq", flat=True)) == list(range(1, writers * each + 1))
    assert verify().intact


@pytest.mark.django_db
def test_a_log_that_was_cut_takes_no_more_events(ten_events, actor, tamper):
    """What is not noticed by anybody must at least not go on."""
    tamper("DELETE FROM audit_event WHERE seq = 10")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        record("a.b", actor=actor)
    assert verify().seq == 9
