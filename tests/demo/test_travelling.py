"""The published funnel comes out of the demo's trips."""

import datetime as dt

import pytest

from openzone.demo.loading import _create_places
from openzone.demo.parameters import parameters
from openzone.demo.people import create_people
from openzone.demo.scenes.cast import cast_of
from openzone.demo.scenes.investing import investment
from openzone.demo.scenes.promoting import promotion
from openzone.demo.scenes.travelling import travelling
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.promotion.models import Investor, PromotionEvent, SupplierList, TermSheet
from openzone.zone.promotion.selectors.field import open_points, reports_wanted
from openzone.zone.promotion.selectors.funnel import Asked, parts, result
from openzone.zone.promotion.selectors.suppliers import coverage, suppliers
from openzone.zone.promotion.selectors.termsheets import last_version, reviewed
from openzone.zone.registry.services.enterprises import create_enterprise


@pytest.mark.django_db
def test_eight_trips_forty_firms_27_returns_24_signings():
    today = dt.date(2026, 11, 21)
    actor = Actor.system("demo")
    _create_places(actor, parameters())
    firm = create_enterprise(
        actor=actor, name="示例企业", synthetic=True, external_id=parameters().login_firm
    )
    create_people(actor, "demo-9f8e7d6c", firm, since=dt.date(2026, 1, 1))
    cast = cast_of(actor, today)
    investment(cast)
    promotion(cast)
    travelling(cast)
    centre, reviewer = (User.objects.get(username=name) for name in ("centre", "reviewer"))
    found = result(Asked(dt.date(2025, 1, 1), dt.date(2025, 12, 31)), centre, today)
    assert len(found.rows.trips) == 8
    assert [step.count for step in found.steps] == [40, 27, 24]
    assert all(not step.skipped for step in found.steps)
    assert len(parts(found, found.rows, "city", str)) == 7
    this_year = PromotionEvent.objects.filter(begins__year=2026)
    assert this_year.count() == 20
    assert PromotionEvent.objects.filter(channel="ceremony", signings__isnull=False).count() == 24
    counted = coverage(suppliers(SupplierList.objects.get()))
    assert (counted.total, counted.reached, counted.states["lead"]) == (60, 30, 4)
    lines = reviewed(last_version(TermSheet.objects.get()))
    assert [one.why_not is None for one in lines] == [True, False]
    assert reports_wanted(reviewer, today).count() == 1
    assert open_points(reviewer, today).count() == 1
    assert not Investor.objects.filter(synthetic=False).exists()
