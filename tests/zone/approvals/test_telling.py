"""The enterprise hears what became of its approvals, and a unit what came in for it."""

from typing import Any

from openzone.zone.approvals.services import answering, tracks
from openzone.zone.cases.models import Notification
from openzone.zone.people.models import User
from tests.zone.approvals.conftest import NOW, TODAY


def heard(user: User) -> list[str]:
    found = Notification.objects.filter(user=user).order_by("pk")
    return [f"{one.kind} {one.text_zh}" for one in found]


def test_the_unit_hears_what_came_in_and_the_enterprise_what_was_answered(
    actor: Any, plant: Any, handed: Any, reviewed: Any
) -> None:
    item = handed("drawings")
    assert any("提交了审批" in said and said.startswith("turn") for said in heard(plant.builder))
    reviewed("drawings", user=plant.builder)
    assert any("已出具预审意见" in said for said in heard(plant.investor))
    assert not any("预审" in said for said in heard(plant.builder))
    assert item is not None


def test_sent_back_is_the_turn_of_the_enterprise_with_the_reason(
    actor: Any, plant: Any, track: Any, handed: Any
) -> None:
    handed("drawings")
    item = track.items.get(code="drawings")
    answering.send_back(actor=actor, item=item, reason="缺总平面图", user=plant.builder, now=NOW)
    assert heard(plant.investor)[-1].startswith("my_turn")
    assert "缺总平面图" in heard(plant.investor)[-1]


def test_taken_on_and_lapsed_are_told_once(actor: Any, plant: Any, track: Any) -> None:
    assert [one for one in heard(plant.investor) if "已受理" in one] != []
    tracks.lose_land(
        actor=actor, track=track, on=TODAY, reason="他人竞得", user=plant.centre, today=TODAY,
        now=NOW,
    )  # fmt: skip
    assert len([one for one in heard(plant.investor) if "他人竞得" in one]) == 1
