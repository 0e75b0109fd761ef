"""Energy and carbon of the units of a round: from figures on record, what is missing is not 0."""

from decimal import Decimal

import pytest
from django.urls import reverse

from openzone.zone.indicators.selectors.energy import energy_of, kinds_of
from openzone.zone.people.enums import Role
from tests.zone.indicators.reports_world import CELLS, approved, firm, opened, owed

pytestmark = pytest.mark.django_db

POWER = Decimal(500_000) * Decimal("0.0001229")
COAL = 100 * Decimal("0.7143")


@pytest.fixture
def clerk(make_user, office):
    return make_user("clerk", Role.STATISTICS, office)


@pytest.fixture
def held(actor, make_user, clerk):
    """A round of three: one with coal, one with electricity alone, one that has not reported."""
    people = [make_user(f"user{n}") for n in range(3)]
    firms = [firm(actor, f"示例{n}厂", one) for n, one in enumerate(people)]
    held = opened(actor)
    for n, more in ((0, {"coal": "100"}), (1, {"coal": "不适用"})):
        approved(owed(held, firms[n]), people[n], clerk, CELLS | more)
    return held


def test_units_stand_by_what_they_used_and_who_has_not_reported_is_not_known(held):
    coal, power, silent = energy_of(held)
    assert (coal.tce, power.tce, silent.tce) == (POWER + COAL, POWER, None)
    assert coal.co2 == 500_000 * Decimal("0.0005366") + 190
    assert coal.per == (POWER + COAL) / 1000


def test_a_kind_left_empty_is_named_and_one_there_is_none_of_is_not(held):
    coal, power, silent = energy_of(held)
    left = {one.indicator for one in coal.unstated}
    assert left == {"energy_gas", "energy_diesel", "energy_heat"}
    assert {one.indicator for one in power.unstated} == left
    assert len(silent.unstated) == 5


def test_who_is_excused_is_not_on_the_list(held, actor):
    report = owed(held, energy_of(held)[2].entity)
    report.state, report.reason = "excused", "停产"
    report.save()
    assert len(energy_of(held)) == 2


def test_a_form_without_energy_has_no_such_list():
    assert kinds_of("park_monthly") == []


def test_statisticians_read_the_list_and_take_it_away(held, clerk, client):
    client.force_login(clerk)
    assert reverse("report_energy", args=[held.pk]) in client.get(
        reverse("report_sums", args=[held.pk])
    ).content.decode()  # fmt: skip
    page = client.get(reverse("report_energy", args=[held.pk])).content.decode()
    assert all(said in page for said in ("132.88", "2 / 3", "示例2厂"))
    file = client.post(reverse("report_energy_export", args=[held.pk]))
    assert file.status_code == 200
    assert file["Content-Type"].endswith("spreadsheetml.sheet")


def test_figures_of_firms_are_for_statisticians(held, client, make_user, office):
    client.force_login(make_user("leader", Role.LEADER, office))
    for name, ask in (("report_energy", client.get), ("report_energy_export", client.post)):
        assert ask(reverse(name, args=[held.pk])).status_code == 403
