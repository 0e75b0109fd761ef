"""What needs no application is offered a few at a time, and in the end to everybody entitled."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from openzone.packs.loading import NATIONAL
from openzone.zone.policies.enums import DeliveryMode
from openzone.zone.redemption import jobs, packs
from openzone.zone.redemption.models import Application
from tests.zone.redemption.people import DAY, NOW

Zone = Callable[[str], None]


@pytest.fixture
def zone_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Zone]:
    """``zone_says("most: 1")``: a zone's own file in the place of the national one."""

    def say(words: str) -> None:
        folder = tmp_path / "redemption"
        shutil.copytree(NATIONAL / "redemption", folder)
        own = folder / "no_application.yaml"
        own.write_text(own.read_text("utf-8").replace("most: 20", words), "utf-8")
        monkeypatch.setenv("OPENZONE_PACKS", str(tmp_path))
        packs.procedure_file.cache_clear()

    yield say
    monkeypatch.undo()
    packs.procedure_file.cache_clear()


def offered() -> set[str]:
    return set(Application.objects.values_list("enterprise__name", flat=True))


def test_a_morning_offers_an_item_to_so_many_and_the_next_to_the_others(
    firm, other, gift, zone_says
):
    zone_says("most: 1")
    assert jobs.offer_all(NOW) == 1
    assert offered() == {firm.name}
    assert jobs.offer_all(NOW + DAY) == 1
    assert offered() == {firm.name, other.name}
    assert jobs.offer_all(NOW + 2 * DAY) == 0


def test_who_was_offered_before_takes_nobodys_place(firm, other, gift, zone_says):
    zone_says("most: 1")
    jobs.offer_all(NOW)
    Application.objects.update(stage="lapsed")
    assert jobs.offer_all(NOW + DAY) == 1
    assert Application.objects.filter(enterprise=other).exists()


def test_one_morning_is_enough_where_the_bound_is_not_reached(firm, other, gift):
    assert jobs.offer_all(NOW) == 2


def test_the_bound_is_not_presented_as_a_rule():
    bound = packs.procedure_on(DeliveryMode.NO_APPLICATION, NOW.date()).offers
    assert (bound.most, bound.verified) == (20, "K")
