"""Clocks run while somebody owes an answer; blue turns red in time, in order, on the same land."""

import datetime as dt

import pytest

from openzone.engines.projects.permits import PermitState
from openzone.zone.approvals.enums import TrackState
from openzone.zone.approvals.models import Track
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.standing import board
from openzone.zone.approvals.selectors.statistics import from_land
from openzone.zone.approvals.services import answering, intake, promising
from openzone.zone.errors import Refused
from openzone.zone.land.models import Parcel
from tests.zone.approvals.conftest import DAY, NOW, OTHER, PAPER, TODAY

pytestmark = pytest.mark.django_db


def states(track, now=NOW):
    return {one.item.code: str(one.state) for one in board(track, now).lines}


def test_a_clock_runs_in_working_days_and_stands_still_when_sent_back(
    actor, track, handed, item, plant
):
    handed("drawings")
    friday = NOW + 18 * DAY
    line = board(track, friday).line("drawings")
    # Ten working days from 1 June, of which the Dragon Boat day is none, end on 15 June.
    assert (line.clock.due.date(), line.late) == (dt.date(2026, 6, 15), True)
    answering.send_back(
        actor=actor, item=item("drawings"), reason="缺签章", user=plant.builder, now=friday
    )
    line = board(track, friday).line("drawings")
    assert (line.clock, line.returned, line.late) == (None, True, False)
    handed("drawings", friday)
    assert board(track, friday).line("drawings").clock.start.date() == friday.date()


def test_an_opinion_is_blue_limited_and_no_permit(track, handed, reviewed, plant):
    handed("drawings")
    step = reviewed("drawings", user=plant.builder)
    assert (step.until, step.number) == (TODAY + 180 * DAY, "SP2026-0001-07-Y1")
    line = board(track, NOW).line("drawings")
    assert line.state is PermitState.BLUE
    assert "不是许可" in line.reason.zh


def test_what_needs_the_land_is_not_reviewed_ahead(handed, reviewed):
    handed("property")
    with pytest.raises(Refused, match="不能在取得土地前预审"):
        reviewed("property")


def test_an_answer_needs_papers_and_words(handed, reviewed, issued):
    with pytest.raises(Refused, match="尚未提交"):
        reviewed("plan")
    handed("plan")
    with pytest.raises(Refused) as refused:
        reviewed("plan", text=" ")
    assert refused.value.reason.zh
    handed("filing")
    with pytest.raises(Refused):
        issued("filing", number="")


def test_blue_turns_red_with_the_land_in_the_order_of_the_law(
    track, bundled, handed, reviewed, issued, landed
):
    handed("filing")
    issued("filing")
    bundled()
    reviewed("land_use")
    reviewed("plan")
    with pytest.raises(Refused, match="取得土地后"):
        issued("land_use")
    landed()
    with pytest.raises(Refused, match="先办：建设用地规划许可证"):
        issued("plan")
    issued("land_use")
    issued("plan")
    assert {states(track)[code] for code in ("filing", "land_use", "plan")} == {"red"}
    with pytest.raises(Refused, match=r"已由.*正式核发"):
        issued("plan")


def test_a_changed_parcel_asks_for_a_new_review_and_says_so(
    track, plant, bundled, handed, reviewed, issued, landed
):
    handed("filing")
    issued("filing")
    bundled()
    reviewed("land_use")
    Parcel.objects.filter(pk=plant.parcel.pk).update(area_m2=70_000)
    landed()
    with pytest.raises(Refused, match="用地已变更，须重新审查"):
        issued("land_use")
    with pytest.raises(Refused, match="请企业重新提交"):
        reviewed("land_use")
    handed("land_use", files={"boundary_map": OTHER})
    reviewed("land_use")
    assert issued("land_use").number


def test_replaced_papers_end_the_opinion_that_rests_on_them(actor, track, plant, handed, reviewed):
    handed("plan")
    reviewed("plan")
    intake.give_paper(
        actor=actor, track=track, code="design_scheme", file=OTHER, user=plant.investor, now=NOW
    )
    line = board(track, NOW).line("plan")
    assert (line.state, "材料已更换" in line.reason.zh) == (PermitState.STALE, True)


def test_an_opinion_ends_after_its_days(track, handed, reviewed):
    handed("plan")
    reviewed("plan")
    assert states(track, NOW + 180 * DAY)["plan"] == "blue"
    assert states(track, NOW + 181 * DAY)["plan"] == "stale"


def test_the_decision_waits_for_papers_that_were_promised(
    actor, track, plant, bundled, handed, reviewed, issued, landed
):
    landed()
    for code in ("filing", "drawings"):
        handed(code)
    bundled(promises=dict.fromkeys(("builder_contract", "wage_account"), TODAY + DAY))
    for code in ("filing", "land_use", "plan", "drawings", "property"):
        issued(code)
    with pytest.raises(Refused, match="容缺受理须补齐"):
        issued("build")
    for code in ("builder_contract", "wage_account"):
        intake.give_paper(
            actor=actor, track=track, code=code, file=PAPER, user=plant.investor, now=NOW
        )
    assert issued("build")


def test_papers_come_no_later_than_the_time_of_the_item(bundled, landed):
    landed()
    with pytest.raises(Refused, match="不得超过“建筑工程施工许可证”的办理时限"):
        bundled()


def test_what_goes_on_a_promise_goes_on_once_it_is_promised(
    actor, track, plant, handed, issued, landed
):
    landed()
    handed("soil")
    with pytest.raises(Refused, match="告知承诺完成日期"):
        issued("soil")
    promising.promise(
        actor=actor, track=track, kind="item", code="filing", until=TODAY + DAY,
        user=plant.investor, now=NOW, today=TODAY,
    )  # fmt: skip
    with pytest.raises(Refused, match="逾期"):
        issued("soil", NOW + 5 * DAY)
    assert issued("soil")


def test_nothing_else_can_be_promised(actor, track, plant):
    for kind, code in (("item", "plan"), ("paper", "design_scheme"), ("paper", "nothing")):
        with pytest.raises(Refused):
            promising.promise(
                actor=actor, track=track, kind=kind, code=code, until=TODAY + DAY,
                user=plant.investor, now=NOW, today=TODAY,
            )  # fmt: skip


def test_when_all_is_issued_the_track_is_finished(track, bundled, handed, issued, landed, item):
    landed()
    for code in ("filing", "environment", "energy", "soil", "drawings"):
        handed(code)
    bundled(
        files=dict.fromkeys(_start_papers(), PAPER), promises={},
    )  # fmt: skip
    order = ("filing", "environment", "energy", "soil", "land_use", "plan", "drawings",
             "property", "build")  # fmt: skip
    for code in order:
        assert Track.objects.get(pk=track.pk).state == TrackState.RUNNING
        issued(code, NOW + 2 * DAY)
    every, day = Track.objects.all(), TODAY + 2 * DAY
    assert from_land(every, day, day) == [(track, 2)]
    assert from_land(every, TODAY, TODAY) == []
    assert Track.objects.get(pk=track.pk).state == TrackState.FINISHED


def _start_papers():
    items = pack().path("four").bundle("start").items
    return [one.id for one, _ in pack().papers_once(items) if not one.land]
