"""Who sees a parcel, who writes, who checks; lists and pages follow one rule."""

import pytest

from openzone.zone.land import permissions as may
from openzone.zone.land.models import Delivery, Parcel
from openzone.zone.land.services.deliveries import set_delivery
from openzone.zone.land.services.parcels import link_project
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.services import create_unit
from openzone.zone.projects.services.projects import join_team
from tests.zone.land.conftest import JANUARY, NOW, TODAY, mu

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(land, actor, committee, make_user, admin, leader, stranger):
    centre = create_unit(
        actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE, parent=committee
    )
    office = create_unit(
        actor=actor, code="trade", name="示例投促局", kind=UnitKind.DEPARTMENT, parent=committee
    )
    return {
        "clerk": land.clerk, "investor": land.investor, "stranger": stranger, "leader": leader,
        "admin": admin, "centre": make_user("fuwu", Role.CENTRE, centre),
        "other": make_user("toucu", Role.HANDLER, office),
    }  # fmt: skip


def _who(crowd, allowed):
    return {name for name, user in crowd.items() if allowed(user).allowed}


def test_who_sees_a_parcel(crowd, land):
    seen = _who(crowd, lambda user: may.may_see(user, land.parcel, TODAY))
    assert seen == {"clerk", "leader", "admin", "centre"}


def test_the_list_shows_what_the_page_shows(crowd, land):
    for user in crowd.values():
        listed = may.visible(user, TODAY).filter(pk=land.parcel.pk).exists()
        assert listed == may.may_see(user, land.parcel, TODAY).allowed


def test_the_team_of_a_project_on_it_sees_the_parcel(crowd, land, actor):
    other = crowd["other"]
    link_project(actor=actor, parcel=land.parcel, project=land.factory, area_m2=mu(10))
    join_team(actor=actor, project=land.factory, user=other, role="manager", on=JANUARY)
    assert may.may_see(other, land.parcel, TODAY).allowed
    assert not may.may_keep(other, land.parcel, TODAY).allowed
    assert list(may.visible(other, TODAY)) == [land.parcel]


def test_who_writes(crowd, land):
    assert _who(crowd, lambda user: may.may_keep(user, land.parcel, TODAY)) == {"clerk", "centre"}
    assert _who(crowd, lambda user: may.may_tidy(user, TODAY)) == {"admin", "centre"}


def test_a_parcel_of_no_unit_is_the_centres(crowd, land):
    Parcel.objects.update(unit=None)
    land.parcel.refresh_from_db()
    assert _who(crowd, lambda user: may.may_keep(user, land.parcel, TODAY)) == {"centre"}


def test_who_checks(crowd, land, standard):
    """The clerk recorded the signing, the investor promised."""
    allowed = _who(crowd, lambda user: may.may_check(user, standard, TODAY))
    assert allowed == {"leader", "centre"}
    assert may.may_check(land.colleague, standard, TODAY).allowed


def test_nobody_checks_a_draft(crowd, drafted):
    draft = drafted()
    assert _who(crowd, lambda user: may.may_check(user, draft, TODAY)) == set()


def test_who_sees_and_keeps_a_delivery(crowd, land, actor):
    task = set_delivery(
        actor=actor, title="示例", unit=land.unit, set_on=JANUARY, due=TODAY, now=NOW,
        parts={land.parcel: None},
    )  # fmt: skip
    seen = _who(crowd, lambda user: may.may_see_delivery(user, task, TODAY))
    assert seen == {"clerk", "leader", "admin", "centre"}
    kept = _who(crowd, lambda user: may.may_keep_delivery(user, task, TODAY))
    assert kept == {"clerk", "centre"}
    assert Delivery.objects.count() == 1
