"""A parcel goes from plan to production; what others rely on about it does not change unseen."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Parcel, ParcelStep
from openzone.zone.land.selectors.digests import digest
from openzone.zone.land.selectors.listing import Filter, by_state, parcels, tiles
from openzone.zone.land.services.parcels import (
    change_parcel,
    create_parcel,
    link_project,
    unlink_project,
)
from openzone.zone.land.services.states import void_step
from tests.zone.land.conftest import JANUARY, NOW, TODAY, mu


def test_a_parcel_begins_as_planned(land):
    assert (land.parcel.state, land.parcel.since) == (ParcelState.PLANNED, None)
    assert Event.objects.filter(action="land.parcel.created").exists()


def test_it_goes_on_and_its_state_is_read_from_the_log(land, come):
    come(land.parcel, "cleared")
    come(land.parcel, "delivered", dt.date(2026, 3, 1))
    land.parcel.refresh_from_db()
    assert (land.parcel.state, land.parcel.since) == ("delivered", dt.date(2026, 3, 1))


@pytest.mark.parametrize(
    ("state", "field"), [("planned", "state"), ("sold", "state"), ("taken_back", "state")]
)
def test_a_step_that_cannot_follow_is_refused(land, come, state, field):
    come(land.parcel, "cleared")
    with pytest.raises(Refused) as refused:
        come(land.parcel, state)
    assert refused.value.field == field
    assert ParcelStep.objects.count() == 1


@pytest.mark.parametrize("day", [dt.date(2026, 1, 14), dt.date(2026, 7, 1)])
def test_days_run_forward_and_none_is_to_come(land, come, day):
    come(land.parcel, "cleared")
    with pytest.raises(Refused) as refused:
        come(land.parcel, "delivered", day)
    assert refused.value.field == "on"


def test_who_comes_second_reads_who_was_first(land, come):
    come(land.parcel, "cleared", seen=0)
    with pytest.raises(Refused, match="ziyuan") as refused:
        come(land.parcel, "delivered", seen=0)
    assert "already entered by" in refused.value.reason.en


def test_a_step_by_mistake_never_counted(land, come, actor):
    come(land.parcel, "cleared")
    come(land.parcel, "delivered")
    void_step(actor=actor, parcel=land.parcel, reason="误录", user=land.clerk, now=NOW, today=TODAY)
    land.parcel.refresh_from_db()
    assert (land.parcel.state, land.parcel.last_seq) == ("cleared", 3)


def test_without_a_step_nothing_is_taken_back(land, actor):
    with pytest.raises(Refused):
        void_step(actor=actor, parcel=land.parcel, reason="误录", user=None, now=NOW, today=TODAY)


def test_the_log_is_kept_by_the_database(land, come):
    step = come(land.parcel, "cleared")
    with pytest.raises(DatabaseError), transaction.atomic():
        ParcelStep.objects.filter(pk=step.pk).update(state="sold")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"use": "none"}, "use"),
        ({"tenure": "none"}, "tenure"),
        ({"tenure": "flexible", "tenure_years": 51}, "tenure_years"),
        ({"tenure": "flexible", "tenure_years": 19}, "tenure_years"),
        ({"tenure": "sale", "use": "commercial", "tenure_years": 50}, "tenure_years"),
        ({"tenure": "sale"}, "tenure_years"),
        ({"tenure": "allocated", "tenure_years": 5}, "tenure_years"),
        ({"conditions": {"none": "1"}}, "conditions"),
        ({"conditions": {"plot_ratio_min": "many"}}, "conditions"),
        ({"conditions": {"plot_ratio_min": "-1"}}, "conditions"),
        ({"boundary": [[0, 0], [1, 1]]}, "boundary"),
        ({"boundary": [[0, 0], [1, 1], [200, 1]]}, "boundary"),
        ({"boundary": ["x", "y", "z"]}, "boundary"),
        ({"area_m2": Decimal(0)}, "__all__"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(actor, land, given, field):
    said = {"area_m2": mu(10), "use": "industrial"} | given
    with pytest.raises(Refused) as refused:
        create_parcel(actor=actor, number="示例9号", name="示例", now=NOW, **said)
    assert refused.value.field == field
    assert not Parcel.objects.filter(number="示例9号").exists()


def test_a_closed_ring_is_kept_open(actor, land):
    ring = [[116.1, 39.1], [116.2, 39.1], [116.2, 39.2]]
    found = change_parcel(actor=actor, parcel=land.parcel, boundary=[*ring, ring[0]])
    assert found.boundary == ring


@pytest.mark.parametrize(
    "change",
    [
        {"area_m2": mu(116)},
        {"use": "warehouse"},
        {"tenure_years": 40},
        {"conditions": {"plot_ratio_min": "1.5"}},
        {"conditions_text": "须配建停车场"},
        {"boundary": [[116.1, 39.1], [116.2, 39.1], [116.2, 39.2]]},
    ],
)
def test_the_digest_changes_with_what_others_rely_on(actor, land, change):
    before = digest(land.parcel)
    assert digest(change_parcel(actor=actor, parcel=land.parcel, **change)) != before


def test_the_digest_does_not_change_with_anything_else(actor, land, come):
    before = digest(land.parcel)
    changed = change_parcel(actor=actor, parcel=land.parcel, name="新名称")
    come(land.parcel, "cleared")
    assert digest(changed) == digest(Parcel.objects.get(pk=land.parcel.pk)) == before


def test_once_sold_what_was_sold_stands(actor, land, come):
    come(land.parcel, "delivered")
    with pytest.raises(Refused) as refused:
        change_parcel(actor=actor, parcel=land.parcel, area_m2=mu(1))
    assert refused.value.field == "area_m2"
    assert change_parcel(actor=actor, parcel=land.parcel, name="示例新名").name == "示例新名"


def test_the_parts_of_projects_fit_the_parcel(actor, land):
    link_project(
        actor=actor, parcel=land.parcel, project=land.factory, area_m2=mu(115),
        floor_m2=Decimal(52_000),
    )  # fmt: skip
    again = link_project(actor=actor, parcel=land.parcel, project=land.factory, area_m2=mu(100))
    assert land.parcel.links.count() == 1
    with pytest.raises(Refused, match="115") as refused:
        link_project(actor=actor, parcel=land.parcel, project=land.factory, area_m2=mu(116))
    assert refused.value.field == "area"
    unlink_project(actor=actor, link=again)
    assert not land.parcel.links.exists()


def test_lists_by_state_place_and_words(land, plot, come, leader):
    other = plot("示例2026-02号", 50, use="warehouse")
    come(other, "cleared")
    sums = {one.state: (one.parcels, one.area) for one in by_state(Parcel.objects.all())}
    assert sums[ParcelState.CLEARED] == (1, mu(50))
    assert len(sums) == len(ParcelState)
    for chosen, found in (
        (Filter(state="cleared"), [other]),
        (Filter(use="industrial"), [land.parcel]),
        (Filter(text="一号地"), [land.parcel]),
        (Filter(place=land.park.pk), [land.parcel, other]),
        (Filter(place=99_999), []),
        (Filter(least_m2=mu(60)), [land.parcel]),
        (Filter(most_m2=mu(60)), [other]),
        (Filter(standard=True), []),
    ):
        assert list(parcels(chosen, leader, TODAY)) == found
    (tile,) = tiles(Parcel.objects.all())
    assert (tile.place, len(tile.parcels), tile.area) == (land.park, 2, mu(115) + mu(50))


def test_a_word_of_a_project_finds_its_parcel_once(actor, land, leader):
    link_project(actor=actor, parcel=land.parcel, project=land.factory, area_m2=mu(10))
    assert list(parcels(Filter(text="汽车 部件"), leader, JANUARY)) == [land.parcel]
