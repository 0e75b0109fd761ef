"""The demo's figures: three years, a restatement, a slip sent back, and peers as reported."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.demo.loading import _create_places
from openzone.demo.parameters import parameters
from openzone.demo.people import create_people
from openzone.demo.scenes.cast import cast_of
from openzone.demo.scenes.figuring import figuring
from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.models import Batch, Entity, Figure
from openzone.zone.indicators.selectors.behind import series_of
from openzone.zone.registry.services.enterprises import create_enterprise


@pytest.mark.django_db
@pytest.mark.parametrize("today", [dt.date(2026, 11, 2), dt.date(2027, 1, 1)])
def test_figures_have_vintages_a_forecast_and_a_slip_that_was_caught(today: dt.date):
    actor = Actor.system("demo")
    _create_places(actor, parameters())
    firm = create_enterprise(
        actor=actor, name="示例企业", synthetic=True, external_id=parameters().login_firm
    )
    create_people(actor, "demo-9f8e7d6c", firm, since=today.replace(month=1, day=1))
    figuring(cast_of(actor, today))
    zone = Entity.objects.get(kind="zone")
    found = series_of(zone, "industrial_output", "", today, None)
    assert [one.kind for one in found.derived if one.kind == "revision"] == ["revision"]
    [forecast] = found.forecasts
    assert forecast.more["low"] < forecast.value < forecast.more["high"]
    sent_back = Batch.objects.get(state="returned")
    assert "unit_jump" in [flag["kind"] for flag in sent_back.rows.get().flags]
    assert Figure.objects.filter(entity__kind="zone", synthetic=False).count() == 0
    qionglai = Figure.objects.get(entity__name="邛崃", period="2024-05")
    assert (qionglai.value, qionglai.growth_pct) == (Decimal(1_930_000_000), Decimal("15.9"))
    assert not qionglai.synthetic
