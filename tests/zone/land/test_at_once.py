"""Two people act at the same moment: one is first, the other reads who it was."""

from itertools import count

import pytest

from openzone.zone.errors import Refused
from openzone.zone.land.models import DeliveryPart, HandOver, ParcelStep
from openzone.zone.land.services.deliveries import hand_over, set_delivery
from tests.zone.land.conftest import JANUARY, NOW, PAPER, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def _tried(function):
    def once():
        try:
            function()
        except Refused as refused:
            return refused.reason.zh
        return ""

    return once


def test_a_parcel_comes_to_a_state_once(transactional_db, land, come, at_the_same_time):
    said = at_the_same_time(2, _tried(lambda: come(land.parcel, "cleared", seen=0)))
    assert sorted(bool(one) for one in said) == [False, True]
    assert "已由" in max(said, key=len)
    assert ParcelStep.objects.count() == 1


def test_no_land_is_handed_over_twice(transactional_db, actor, land, at_the_same_time):
    task = set_delivery(
        actor=actor, title="示例", unit=land.unit, set_on=JANUARY, due=TODAY, now=NOW,
        parts={land.parcel: None},
    )  # fmt: skip
    part, names = task.parts.get(), count()

    def over():
        hand_over(
            actor=actor, part=part, on=TODAY, user=land.clerk, now=NOW, today=TODAY,
            **PAPER | {"file_name": f"示例{next(names)}.pdf"},
        )  # fmt: skip

    said = at_the_same_time(2, _tried(over))
    assert sorted(bool(one) for one in said) == [False, True]
    assert HandOver.objects.count() == 1
    assert DeliveryPart.objects.get().done_m2 == land.parcel.area_m2
