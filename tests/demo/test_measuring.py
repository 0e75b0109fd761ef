"""The demo reaches the published completion of targets, and has an evaluation to look at."""

import datetime as dt

import pytest

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.investing import investment
from openzone.demo.scenes.measuring import measuring
from openzone.zone.performance.models import Completion, Objection, Round
from openzone.zone.performance.selectors.report import Period, report
from openzone.zone.performance.selectors.targets import over_half
from tests.demo.test_reviewing import TODAY, cast

__all__ = ["cast"]  # a fixture


@pytest.mark.parametrize("today", [TODAY, dt.date(2026, 1, 1)])
def test_the_scene_can_be_played_on_any_day(cast: Cast, today: dt.date) -> None:
    cast.today = today
    investment(cast)
    measuring(cast)
    found = over_half(2026, today)
    shares = {one.target.indicator: one.completion.share for one in found.standings}
    said = {name: f"{share:.2%}" for name, share in shares.items() if share is not None}
    assert (found.verdict, said) == (
        True, {"funds_in_place": "55.49%", "foreign_investment": "227.14%"},
    )  # fmt: skip
    assert sorted(Round.objects.values_list("state", flat=True)) == ["confirmed", "open"]
    assert Completion.objects.filter(answer=None).count() == 1
    assert Objection.objects.filter(reply=None).count() == 1
    last = min(today, dt.date(2026, 6, 30))
    parts = report(Period(dt.date(2026, 1, 1), last, today))
    sentences = {one.sentence.id: one.text("zh") for part in parts for one in part.said}
    assert "到位资金157.6亿元，占今年任务的55.49%" in sentences["money"]
    assert "外商直接投资1590万美元，完成年度任务的227.14%" in sentences["money"]
    assert sentences["over_half"] == "招商引资工作实现“双过半”。"
