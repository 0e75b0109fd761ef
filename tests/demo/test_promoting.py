"""The published shapes come out of the demo's leads."""

import datetime as dt

import pytest

from openzone.demo.loading import _create_places
from openzone.demo.parameters import parameters
from openzone.demo.people import create_people
from openzone.demo.scenes.cast import cast_of
from openzone.demo.scenes.promoting import IN_TALKS, promotion
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.promotion.enums import LeadState
from openzone.zone.promotion.models import Contact, Investor, Lead
from openzone.zone.promotion.selectors.advisers import roster
from openzone.zone.promotion.selectors.listing import Filter, leads
from openzone.zone.promotion.selectors.quiet import quiet_leads
from openzone.zone.promotion.selectors.waiting import to_answer
from openzone.zone.registry.services.enterprises import create_enterprise


@pytest.mark.django_db
def test_five_advisers_and_sixty_in_talks():
    today = dt.date(2026, 3, 2)  # nothing happens before New Year
    actor = Actor.system("demo")
    _create_places(actor, parameters())
    firm = create_enterprise(
        actor=actor, name="示例企业", synthetic=True, external_id=parameters().login_firm
    )
    create_people(actor, "demo-9f8e7d6c", firm, since=dt.date(2026, 1, 1))
    promotion(cast_of(actor, today))
    centre = User.objects.get(username="centre")
    assert roster(today).count() == 5
    assert leads(Filter(state="in_talks"), centre, today).count() == IN_TALKS == 60
    assert set(Lead.objects.values_list("state", flat=True)) == set(LeadState) - {LeadState.NEW}
    assert not Lead.objects.filter(synthetic=False).exists()
    assert not Investor.objects.exclude(name__startswith="示例").exists()
    assert not Contact.objects.exclude(phone__startswith="0000").exclude(phone="").exists()
    assert quiet_leads(Lead.objects.all(), today)
    assert to_answer(User.objects.get(username="handler"), today).count() == 1
