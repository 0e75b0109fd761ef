"""Coverage: who of the holders of a title holds others too."""

from decimal import Decimal

import pytest
from django.urls import reverse

from openzone.zone.cultivation.packs import coverage_named
from openzone.zone.cultivation.selectors.coverage import coverage
from openzone.zone.cultivation.services.recognitions import enter_recognition
from openzone.zone.people.enums import Role
from tests.factories import make_enterprise
from tests.zone.cultivation.conftest import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(factory, actor):
    """Three factories and a shop on the roster, one of no known industry, a factory that is not."""
    made = {name: factory(industry=code) for name, code in (
        ("digital", "C3841"), ("smart", "D4415"), ("plain", "C3841"), ("shop", "F5211"),
        ("outside", "C3841"))}  # fmt: skip
    made["unplaced"] = make_enterprise("示例无行业厂")
    for name in ("digital", "smart", "plain", "shop", "unplaced"):
        give(actor, made[name], "above_scale")
    give(actor, made["digital"], "digital_transformed")
    give(actor, made["smart"], "smart_factory")
    give(actor, made["outside"], "digital_workshop")
    return made


def give(actor, firm, title):
    enter_recognition(actor=actor, enterprise=firm, title=title, year=2026, source="示例公告")


def found():
    spec = coverage_named("digital")
    assert spec is not None
    return coverage(spec, DAY)


def test_only_industry_on_the_roster_is_the_whole(firms):
    made = found()
    assert {one.pk for one in made.covered} == {firms["digital"].pk, firms["smart"].pk}
    assert [one.pk for one in made.left] == [firms["plain"].pk]
    assert made.share == Decimal(2) / 3


def test_who_has_no_industry_is_named_and_not_counted(firms):
    assert [one.pk for one in found().unplaced] == [firms["unplaced"].pk]


def test_of_nobody_there_is_no_share():
    assert found().share is None


def test_the_register_leads_to_who_is_still_to_come(firms, client, make_user, office):
    client.force_login(make_user("centre", Role.CENTRE, office))
    register = client.get(reverse("cultivation_recognitions")).content.decode()
    assert "2 / 3 · 66.7%" in register
    page = client.get(reverse("cultivation_coverage", args=["digital"])).content.decode()
    assert firms["plain"].name in page
    assert firms["outside"].name not in page
