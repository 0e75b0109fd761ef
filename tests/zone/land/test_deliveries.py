"""Two thousand mu in a month: progress by area, what is in the way, how long it took."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.engines.projects.landarea import mu as in_mu
from openzone.zone.cases.models import Case
from openzone.zone.errors import Refused
from openzone.zone.land.models import Delivery, HandOver, Parcel
from openzone.zone.land.selectors.deliveries import (
    open_blockers,
    progress,
    sums,
    to_hand_over,
)
from openzone.zone.land.services import deliveries
from tests.zone.land.conftest import JANUARY, NOW, PAPER, TODAY, mu

SET, DUE = dt.date(2026, 5, 1), dt.date(2026, 5, 31)


@pytest.fixture
def acts(actor, land):
    return {"actor": actor, "user": land.clerk, "now": NOW, "today": TODAY}


@pytest.fixture
def task(actor, land, plot):
    """Four parcels of 500 mu for one project, in a month."""
    plots = [plot(f"示例净地{n}号", 500) for n in range(1, 5)]
    return deliveries.set_delivery(
        actor=actor, title="示例项目2000亩净地", unit=land.unit, set_on=SET, due=DUE, now=NOW,
        parts=dict.fromkeys(plots), project=land.factory, synthetic=True,
    )  # fmt: skip


@pytest.fixture
def hand(acts):
    def over(part, on=DUE, area=None):
        return deliveries.hand_over(
            **acts, part=part, on=on, area_m2=None if area is None else mu(area), **PAPER
        )

    return over


def _one(on=TODAY):
    (found,) = progress(Delivery.objects.all(), on)
    return found


def test_two_thousand_mu_in_a_month(task, hand):
    parts = list(task.parts.all())
    for part, day in zip(parts, (5, 12, 20, 31), strict=True):
        hand(part, dt.date(2026, 5, day))
    found = _one()
    assert (in_mu(found.area), in_mu(found.done), found.state) == (2000, 2000, "done")
    whole = sums([found])
    assert (whole.in_time, whole.late, whole.days.spread.median) == (1, 0, Decimal(30))


def test_progress_goes_by_area(task, hand):
    first, second, *_rest = task.parts.all()
    hand(first)
    hand(second, area=100)
    found = _one(DUE)
    assert (round(found.share, 4), found.parcels_done, in_mu(found.left)) == (
        Decimal("0.3"),
        1,
        1400,
    )


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (dt.date(2026, 5, 10), "running"),
        (dt.date(2026, 5, 20), "due_soon"),
        (DUE, "due_soon"),
        (dt.date(2026, 6, 1), "late"),
    ],
)
def test_it_is_said_before_it_is_late(task, on, state):
    assert _one(on).state == state


def test_land_whole_after_its_day_is_done_late(task, hand):
    for part in task.parts.all():
        hand(part, dt.date(2026, 6, 2))
    assert _one().state == "done_late"


def test_land_in_hands_goes_on(task, hand, come, land, actor):
    part, sold_part = list(task.parts.all())[:2]
    hand(part)
    assert Parcel.objects.get(pk=part.parcel_id).state == "cleared"
    come(sold_part.parcel, "cleared", JANUARY)
    hand(sold_part, area=100)
    assert Parcel.objects.get(pk=sold_part.parcel_id).state == "cleared"


def test_no_more_is_handed_over_than_is_left(task, hand):
    part = task.parts.first()
    hand(part, area=400)
    for area in (101, 0):
        with pytest.raises(Refused) as refused:
            hand(part, area=area)
        assert refused.value.field == "area"
    hand(part)
    with pytest.raises(Refused, match="已于 2026-05-31 全部交付"):
        hand(part)
    assert HandOver.objects.count() == 2


@pytest.mark.parametrize("day", [dt.date(2026, 4, 30), dt.date(2026, 7, 1)])
def test_the_day_lies_in_the_task(task, hand, day):
    with pytest.raises(Refused) as refused:
        hand(task.parts.first(), day)
    assert refused.value.field == "on"


def test_a_record_is_what_its_name_says(task, acts):
    with pytest.raises(Refused) as refused:
        deliveries.hand_over(
            **acts, part=task.parts.first(), on=DUE, file_name="示例.pdf", data=b"not a pdf"
        )
    assert refused.value.field == "file"
    assert not HandOver.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"due": dt.date(2026, 4, 1)}, "due"),
        ({"parts": {}}, "parts"),
    ],
)
def test_a_task_without_sense_is_refused(actor, land, given, field):
    said = {"set_on": SET, "due": DUE, "parts": {land.parcel: None}} | given
    with pytest.raises(Refused) as refused:
        deliveries.set_delivery(actor=actor, title="x", unit=land.unit, now=NOW, **said)
    assert refused.value.field == field


@pytest.mark.parametrize("area", ["0", "116"])
def test_a_part_is_a_part_of_its_parcel(actor, land, area):
    with pytest.raises(Refused) as refused:
        deliveries.set_delivery(
            actor=actor, title="x", unit=land.unit, set_on=SET, due=DUE, now=NOW,
            parts={land.parcel: mu(area)},
        )  # fmt: skip
    assert refused.value.field == "parts"


def test_what_is_in_the_way_is_a_case_of_land(task, acts):
    part = task.parts.first()
    said = {"title": "北侧八亩未迁", "text": "两户未签协议", "severity": "2", "request_id": "a1"}
    made = deliveries.block(**acts, part=part, **said)
    again = deliveries.block(**acts, part=part, **said)
    assert (made.pk, Case.objects.count()) == (again.pk, 1)
    assert (made.case.kind, made.case.topic) == ("obstacle", "land")
    assert list(open_blockers(Delivery.objects.all())) == [made]
    assert _one().obstacles == 1


def test_an_opener_of_another_room_is_used(task, acts, land):
    seen = []

    def opener(*, actor, asked):
        seen.append(asked.part)
        return deliveries.as_a_case(actor=actor, asked=asked)

    deliveries.block(
        **acts, part=task.parts.first(), title="未迁", text="", severity="1", opener=opener
    )
    assert seen == [task.parts.first()]


def test_the_day_is_moved_with_its_reason_and_a_task_is_given_up(actor, task, hand):
    with pytest.raises(Refused):
        deliveries.move_due(actor=actor, delivery=task, due=DUE, reason=" ")
    moved = deliveries.move_due(actor=actor, delivery=task, due=dt.date(2026, 6, 30), reason="汛期")
    assert moved.due == dt.date(2026, 6, 30)
    deliveries.give_up(actor=actor, delivery=task, on=TODAY, reason="项目退出")
    assert _one().state == "given_up"
    assert sums([_one()]).deliveries == 0
    with pytest.raises(Refused):
        hand(task.parts.first())


def test_what_is_due_is_asked_for(task, hand):
    assert to_hand_over(Delivery.objects.all(), SET, SET) == []
    (one,) = to_hand_over(Delivery.objects.all(), SET, DUE)
    assert one.delivery == task
    for part in task.parts.all():
        hand(part)
    assert to_hand_over(Delivery.objects.all(), SET, DUE) == []


def test_what_is_all_there_is_neither_moved_nor_given_up(actor, task, hand):
    for part in task.parts.all():
        hand(part)
    with pytest.raises(Refused, match="已全部交付"):
        deliveries.give_up(actor=actor, delivery=task, on=TODAY, reason="项目退出")
    with pytest.raises(Refused, match="已全部交付"):
        deliveries.move_due(actor=actor, delivery=task, due=TODAY, reason="汛期")
