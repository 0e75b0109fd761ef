"""The demo's study of complexity: made-up cities that can be told apart, one too small to count."""

import datetime as dt

import pytest

from openzone.demo.loading import _create_places
from openzone.demo.parameters import parameters
from openzone.demo.people import create_people
from openzone.demo.scenes.cast import cast_of
from openzone.demo.scenes.comparing import comparing
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.selectors.complexity import read_study, studies
from openzone.zone.registry.services.enterprises import create_enterprise


@pytest.mark.django_db
@pytest.mark.parametrize("today", [dt.date(2026, 11, 2), dt.date(2027, 1, 1)])
def test_cities_stand_by_what_they_make_and_the_own_one_has_something_near(today: dt.date):
    actor = Actor.system("demo")
    _create_places(actor, parameters())
    firm = create_enterprise(
        actor=actor, name="示例企业", synthetic=True, external_id=parameters().login_firm
    )
    create_people(actor, "demo-9f8e7d6c", firm, since=today.replace(month=1, day=1))
    comparing(cast_of(actor, today))
    study = studies().get()
    found = read_study(study)
    assert study.synthetic
    assert found.left_places == ("示例小镇",)
    index = {one.name: one.eci for one in found.places}
    assert index["示例东市"] > index["示例本市"] > index["示例川市"]
    assert found.chances("示例本市")[0].score > 0
