"""One spokesperson per unit and day; hand-over in one act; nobody silently missing."""

import datetime as dt

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import DatabaseError

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.services import deactivate_user, end_membership
from openzone.zone.policies.services.items import publish_item
from openzone.zone.spokespersons.models import Absence, Spokesperson
from openzone.zone.spokespersons.selectors.register import (
    Gap,
    duties_on,
    gaps,
    speaker_of,
    speaks_for,
    without_speaker,
)
from openzone.zone.spokespersons.services import register
from tests.zone.spokespersons.conftest import DAY, LONG_AGO

TOMORROW = DAY + dt.timedelta(days=1)
REFUSALS = (IntegrityError, InternalError, DatabaseError)


def _appoint(actor, unit, user, first, last=None):
    return register.appoint(
        actor=actor, unit=unit, user=user, phone="0551-00000002", valid_from=first, valid_to=last
    )


def test_a_second_spokesperson_of_a_unit_is_refused(actor, bureaus, term):
    with pytest.raises(Refused, match="只有一名"):
        _appoint(actor, bureaus.tech, bureaus.deputy, DAY)
    assert Spokesperson.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (dt.date(2026, 6, 30), None),
        (dt.date(2026, 6, 1), dt.date(2026, 6, 1)),
        (dt.date(2026, 1, 1), dt.date(2026, 6, 1)),
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    ],
)
def test_the_database_itself_refuses_two_on_one_day(actor, bureaus, first, last):
    _appoint(actor, bureaus.tech, bureaus.speaker, dt.date(2026, 6, 1), dt.date(2026, 6, 30))
    second = Spokesperson(
        unit=bureaus.tech, user=bureaus.deputy, phone="1", valid_from=first, valid_to=last
    )
    with pytest.raises(REFUSALS, match=r"发言人|UNIQUE|unique"), transaction.atomic():
        second.save()


def test_the_database_refuses_to_stretch_a_term_into_the_next(actor, bureaus):
    early = _appoint(actor, bureaus.tech, bureaus.speaker, dt.date(2026, 1, 1), DAY)
    _appoint(actor, bureaus.tech, bureaus.deputy, TOMORROW)
    early.valid_to = TOMORROW
    with pytest.raises(REFUSALS, match="发言人"), transaction.atomic():
        early.save()


def test_terms_that_touch_and_terms_of_other_units_stand_side_by_side(actor, bureaus):
    _appoint(actor, bureaus.tech, bureaus.speaker, dt.date(2026, 1, 1), DAY)
    _appoint(actor, bureaus.tech, bureaus.deputy, TOMORROW)
    _appoint(actor, bureaus.finance, bureaus.accountant, DAY)
    assert Spokesperson.objects.count() == 3


def test_who_does_not_work_in_the_unit_does_not_speak_for_it(actor, bureaus):
    with pytest.raises(Refused, match="不在示例科技局任职") as refusal:
        _appoint(actor, bureaus.tech, bureaus.accountant, DAY)
    assert refusal.value.field == "user"


def test_a_term_that_ends_before_it_begins_is_refused(actor, bureaus):
    with pytest.raises(Refused, match="早于"):
        _appoint(actor, bureaus.tech, bureaus.speaker, DAY, DAY - dt.timedelta(days=1))


def test_a_hand_over_ends_the_old_term_the_day_before_the_new_begins(actor, bureaus, term):
    new = register.hand_over(
        actor=actor, unit=bureaus.tech, user=bureaus.deputy, phone="1", valid_from=TOMORROW
    )
    term.refresh_from_db()
    assert (term.valid_to, new.valid_from) == (DAY, TOMORROW)
    assert gaps(Spokesperson.objects.all(), TOMORROW) == []
    assert speaker_of(bureaus.tech, DAY).user == bureaus.speaker
    assert speaker_of(bureaus.tech, TOMORROW).user == bureaus.deputy


def test_a_hand_over_is_one_event_that_counts_the_open_questions(actor, bureaus, term, joint, put):
    put(document=joint)
    register.hand_over(
        actor=actor, unit=bureaus.tech, user=bureaus.deputy, phone="1", valid_from=TOMORROW
    )
    event = Event.objects.get(action="spokespersons.handed_over")
    assert '"open_questions":1' in event.payload


@pytest.mark.parametrize(
    ("who", "day", "said"),
    [("speaker", TOMORROW, "现任"), ("deputy", LONG_AGO, "才开始"), ("accountant", DAY, "不在")],
)
def test_a_hand_over_that_makes_no_sense_changes_nothing(actor, bureaus, term, who, day, said):
    with pytest.raises(Refused, match=said):
        register.hand_over(
            actor=actor,
            unit=bureaus.tech,
            user=getattr(bureaus, who),
            phone="1",
            valid_from=day,
        )
    term.refresh_from_db()
    assert term.valid_to is None


def test_there_must_be_somebody_to_hand_over(actor, bureaus):
    with pytest.raises(Refused, match="没有可交接"):
        register.hand_over(
            actor=actor, unit=bureaus.tech, user=bureaus.deputy, phone="1", valid_from=DAY
        )


def test_gaps_between_terms_and_since_the_last_one_are_found(actor, bureaus):
    _appoint(actor, bureaus.tech, bureaus.speaker, dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    _appoint(actor, bureaus.tech, bureaus.deputy, dt.date(2026, 3, 1), dt.date(2026, 5, 31))
    assert gaps(Spokesperson.objects.all(), DAY) == [
        Gap(dt.date(2026, 2, 1), dt.date(2026, 2, 28)),
        Gap(dt.date(2026, 6, 1), None),
    ]


def test_the_substitute_answers_on_the_days_of_absence_only(actor, bureaus, term):
    register.record_absence(
        actor=actor, term=term, substitute=bureaus.deputy, first=DAY, last=TOMORROW
    )
    before, during = DAY - dt.timedelta(days=1), speaker_of(bureaus.tech, TOMORROW)
    assert speaker_of(bureaus.tech, before).user == bureaus.speaker
    assert (during.user, during.term) == (bureaus.deputy, term)
    assert speaks_for(bureaus.speaker, DAY) == frozenset()
    assert speaks_for(bureaus.deputy, DAY) == {bureaus.tech.pk}


@pytest.mark.parametrize(
    ("who", "first", "last", "field"),
    [
        ("speaker", DAY, DAY, "substitute"),
        ("accountant", DAY, DAY, "substitute"),
        ("deputy", TOMORROW, DAY, "last"),
        ("deputy", LONG_AGO - dt.timedelta(days=1), DAY, "first"),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(actor, bureaus, term, who, first, last, field):
    with pytest.raises(Refused) as refusal:
        register.record_absence(
            actor=actor, term=term, substitute=getattr(bureaus, who), first=first, last=last
        )
    assert refusal.value.field == field
    assert not Absence.objects.exists()


def test_two_absences_on_one_day_are_refused(actor, bureaus, term):
    given = {"actor": actor, "term": term, "substitute": bureaus.deputy}
    register.record_absence(**given, first=DAY, last=TOMORROW)
    with pytest.raises(Refused, match="已有代理人"):
        register.record_absence(**given, first=TOMORROW, last=TOMORROW)


def test_who_is_back_early_answers_again(actor, bureaus, term):
    absence = register.record_absence(
        actor=actor, term=term, substitute=bureaus.deputy, first=DAY, last=TOMORROW
    )
    register.end_absence(actor=actor, absence=absence, last_day=DAY)
    assert speaker_of(bureaus.tech, TOMORROW).user == bureaus.speaker
    struck = register.end_absence(actor=actor, absence=absence, last_day=DAY - dt.timedelta(days=1))
    assert struck is None
    assert not Absence.objects.exists()


def test_an_absence_is_not_stretched(actor, bureaus, term):
    absence = register.record_absence(
        actor=actor, term=term, substitute=bureaus.deputy, first=DAY, last=DAY
    )
    with pytest.raises(Refused, match="提前"):
        register.end_absence(actor=actor, absence=absence, last_day=TOMORROW)


def _close(actor, bureaus):
    deactivate_user(actor=actor, user=bureaus.speaker, on=DAY)


def _leave(actor, bureaus):
    role = bureaus.speaker.memberships.get()
    end_membership(actor=actor, membership=role, last_day=DAY - dt.timedelta(days=1))


@pytest.mark.parametrize("how", [_close, _leave])
def test_who_left_answers_no_longer_and_the_next_morning_ends_the_term(actor, bureaus, term, how):
    how(actor, bureaus)
    bureaus.speaker.refresh_from_db()
    speaker = speaker_of(bureaus.tech, DAY)
    assert (speaker.user, speaker.departed) == (None, True)
    assert register.end_departed(actor=actor, on=DAY) == [term]
    term.refresh_from_db()
    assert term.valid_to == DAY - dt.timedelta(days=1)
    assert register.end_departed(actor=actor, on=DAY) == []


def test_units_that_make_or_redeem_policies_need_somebody(bureaus, term, joint, actor, item):
    publish_item(actor=actor, item=item, on=DAY)
    duties = {duty.unit: duty for duty in duties_on(DAY)}
    assert set(duties) == {bureaus.tech, bureaus.finance}
    assert duties[bureaus.finance].items == (item,)
    assert [duty.unit for duty in without_speaker(DAY)] == [bureaus.finance]


def test_before_its_first_day_a_document_needs_nobody(bureaus, joint):
    assert duties_on(dt.date(2025, 12, 31)) == []


def test_the_telephone_is_corrected_with_its_event(actor, term):
    register.change_phone(actor=actor, term=term, phone=" 0551-00000009 ")
    term.refresh_from_db()
    assert term.phone == "0551-00000009"
    assert Event.objects.filter(action="spokespersons.phone_changed").count() == 1
    with pytest.raises(Refused):
        register.change_phone(actor=actor, term=term, phone="")
