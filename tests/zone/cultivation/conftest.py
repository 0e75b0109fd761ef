"""Industrial enterprises around the threshold of twenty million (rules.md §4.2)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from openzone.packs.cultivation import Pool
from openzone.zone.cultivation.packs import pool_named
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook.selectors import population
from tests.factories import make_enterprise, state

DAY = dt.date(2026, 11, 20)
MILLION = 1_000_000


@pytest.fixture(autouse=True)
def answers_computed_anew() -> None:
    """Forget the answers of other tests: their rows were taken back, and numbers come again."""
    population._population.cache_clear()


@pytest.fixture
def pool(db: None) -> Pool:
    found = pool_named("near_scale")
    assert found is not None
    return found


@pytest.fixture
def factory(db: None) -> Callable[..., Enterprise]:
    """``factory(18)``: a factory with main business revenue of 18 million yuan last year."""

    def make(revenue: float | None = None, before: float | None = None, **facts: Any) -> Enterprise:
        enterprise = make_enterprise(synthetic=True)
        given: dict[str, Any] = {"industry": "C3841"} | facts
        if revenue is not None:
            given["main_business_revenue_y1"] = round(revenue * MILLION)
        if before is not None:
            given["main_business_revenue_y2"] = round(before * MILLION)
        state(enterprise, DAY, known_on=dt.date(2026, 3, 31), **given)
        return enterprise

    return make
