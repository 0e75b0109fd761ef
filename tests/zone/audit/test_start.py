"""A log begins with its head, once."""

import pytest
from django.core.management import call_command
from django.db import connection

from openzone.zone.audit.chain import GENESIS
from openzone.zone.audit.models import ChainHead, Event


@pytest.mark.django_db
def test_a_new_log_has_its_head_and_no_event():
    head = ChainHead.objects.get()
    assert (head.seq, head.hash) == (0, GENESIS)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_log_that_lost_its_head_is_not_given_another(ten_events, tamper):
    tamper("DELETE FROM audit_chainhead")
    call_command("migrate", verbosity=0)
    assert not ChainHead.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_another_application_can_be_migrated_before_the_log_exists():
    call_command("migrate", "audit", "zero", verbosity=0)
    try:
        call_command("migrate", "contenttypes", verbosity=0)
        assert "audit_event" not in connection.introspection.table_names()
    finally:
        call_command("migrate", verbosity=0)
    assert ChainHead.objects.get().seq == 0
