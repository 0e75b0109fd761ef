"""Numbers of people are kept with consent, seen by who needs them, and erased when it ends."""

import json

import pytest
from django.db import IntegrityError, transaction

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.promotion.enums import Consent
from openzone.zone.promotion.models import Contact
from openzone.zone.promotion.permissions import may_reach, may_see_people
from openzone.zone.promotion.selectors.people import masked_email, masked_phone, people
from openzone.zone.promotion.services.contacts import (
    add_contact,
    renew_contact,
    reveal_numbers,
    withdraw_consent,
)
from openzone.zone.promotion.services.following import let_in, let_out
from tests.zone.promotion.conftest import CAME, DAY, NOW, TODAY


def test_without_consent_no_number_is_kept(stage, actor):
    with pytest.raises(Refused) as refused:
        add_contact(actor=actor, investor=stage.firm, name="某人", phone="13800000000", now=NOW)
    assert refused.value.field == "consent_on"
    known = add_contact(actor=actor, investor=stage.firm, name="某人", now=NOW)
    assert known.consent is Consent.NONE
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=known.pk).update(phone="13800000000")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"consent_on": CAME}, "consent_by"),
        ({"consent_by": "card"}, "consent_on"),
        ({"consent_on": TODAY + DAY, "consent_by": "card"}, "consent_on"),
        ({"consent_on": CAME, "consent_by": "guess"}, "consent_by"),
        ({"consent_on": CAME, "consent_by": "card", "email": "no address"}, "email"),
    ],
)
def test_consent_has_a_day_and_a_way(stage, actor, given, field):
    with pytest.raises(Refused) as refused:
        add_contact(actor=actor, investor=stage.firm, name="某人", now=NOW, **given)
    assert refused.value.field == field


def test_a_look_at_numbers_is_logged_without_them(person, actor):
    assert reveal_numbers(actor=actor, contact=person) == ("13800001234", "wang@example.com")
    look = Event.objects.get(action="promotion.contact.revealed")
    assert json.loads(look.payload) == {"contact": person.pk}
    assert not any("13800001234" in str(one.payload) for one in Event.objects.all())


def test_withdrawn_consent_erases_the_numbers_and_forbids_contact(stage, lead, person, talk, actor):
    gone = withdraw_consent(actor=actor, contact=person, on=TODAY - 2 * DAY, now=NOW)
    assert (gone.phone, gone.email, gone.consent) == ("", "", Consent.WITHDRAWN)
    assert not may_reach(stage.adviser, gone, TODAY).allowed
    with pytest.raises(Refused, match="撤回同意"):
        reveal_numbers(actor=actor, contact=gone)
    with pytest.raises(Refused, match="不得再联系"):
        talk(lead, contact=gone, on=TODAY)
    assert talk(lead, contact=gone, on=TODAY - 5 * DAY), "what was said before may be written down"
    with pytest.raises(Refused, match="撤回同意"):
        renew_contact(
            actor=actor, contact=gone, phone="1", consent_on=CAME, consent_by="card", now=NOW
        )
    back = renew_contact(
        actor=actor, contact=gone, phone="13900004321", consent_on=TODAY, consent_by="spoken",
        now=NOW,
    )  # fmt: skip
    assert back.consent is Consent.GIVEN


def test_who_sees_the_people_of_an_investor(stage, lead, person, make_user, leader, actor):
    centre = make_user("zhongxin", Role.CENTRE, stage.bureau.parent)
    sees = {one: may_see_people(one, stage.firm, TODAY).allowed for one in
            (stage.adviser, stage.clerk, centre, leader, stage.other, stage.keeper)}  # fmt: skip
    reaches = {one: may_reach(one, person, TODAY).allowed for one in sees}
    assert list(sees.values()) == [True, True, True, True, False, False]
    assert list(reaches.values()) == [True, True, True, False, False, False]
    assert people(stage.firm, stage.other, TODAY) is None
    [masked] = people(stage.firm, leader, TODAY) or []
    assert (masked.phone, masked.email, masked.reachable) == (
        "138****1234", "w***@example.com", False,
    )  # fmt: skip
    helper = let_in(actor=actor, lead=lead, user=stage.other, on=TODAY)
    assert may_reach(stage.other, person, TODAY).allowed, "permitted by who follows the lead"
    let_out(actor=actor, helper=helper, on=TODAY)
    assert not may_reach(stage.other, person, TODAY + DAY).allowed


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13800001234", "138****1234"), ("", ""), ("12345", "*****"), ("1234567", "*******")],
)
def test_numbers_are_masked(number, shown):
    assert masked_phone(number) == shown


def test_addresses_are_masked():
    assert masked_email("a@b.cn") == "a***@b.cn"
    assert masked_email("nonsense") == "********"
