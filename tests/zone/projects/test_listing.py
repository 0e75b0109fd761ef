"""Lists, pages and the board of projects."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.zone.people.enums import Role
from openzone.zone.projects.models import LightState, Project
from openzone.zone.projects.selectors.board import board
from openzone.zone.projects.selectors.listing import (
    LEFT,
    Filter,
    latest_month,
    page,
    projects,
)
from openzone.zone.projects.services.projects import create_project, set_shares
from openzone.zone.projects.services.stages import leave
from tests.zone.projects.conftest import JANUARY, NOW, TODAY

RULE = "wuhan.progress_ratio"


@pytest.fixture
def leader(make_user, committee):
    return make_user("lingdao", Role.LEADER, committee)


@pytest.fixture
def more(actor, pipe, priced):
    """Make projects of these values in yuan (None: nobody stated one)."""

    def make(*values: int | None) -> list[Project]:
        made = []
        for place, value in enumerate(values):
            one = create_project(
                actor=actor, name=f"示例项目{place}", pipeline="six_batches", on=JANUARY, now=NOW,
                summary="内容", investor_name="示例投资方", lead_unit=pipe.bureau, synthetic=True,
            )  # fmt: skip
            if value is not None:
                priced(one, value)
            one.refresh_from_db()
            made.append(one)
        return made

    return make


def numbers(found):
    return [one.number for one in found]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter(text="电池"), True),
        (Filter(text="新能源 工厂"), True),
        (Filter(text="钢铁"), False),
        (Filter(industry="c38"), True),
        (Filter(industry="C39"), False),
        (Filter(origin="domestic_out", sector=2), True),
        (Filter(origin="foreign"), False),
        (Filter(stage="reserve"), False),
        (Filter(size="unknown"), True),
    ],
)
def test_a_list_shows_what_was_asked_for(pipe, leader, chosen, found):
    assert bool(projects(chosen, leader, TODAY)) is found


def test_a_project_stands_in_the_list_of_every_place_that_shares_it(pipe, leader, actor):
    assert not projects(Filter(place=pipe.east.pk), leader, TODAY)
    shares = {pipe.west: Decimal("0.6"), pipe.east: Decimal("0.4")}
    set_shares(actor=actor, project=pipe.plant, shares=shares)
    assert numbers(projects(Filter(place=pipe.east.pk), leader, TODAY)) == [pipe.plant.number]


@pytest.mark.parametrize("sort", ["new", "total", "since"])
def test_pages_follow_each_other_without_gap_or_repetition(more, leader, sort):
    made = more(5_000_000, None, 70_000_000, 5_000_000, 900_000_000)
    whole = numbers(projects(Filter(sort=sort), leader, TODAY))
    read, after = [], ""
    while True:
        got = page(projects(Filter(sort=sort), leader, TODAY), after=after, size=2)
        read += numbers(got.projects)
        after = got.after
        if not after:
            break
    assert read == whole
    assert len(whole) == len(made) + 1


def test_the_largest_come_first_and_the_unpriced_last(more, leader):
    small, unknown, large = more(5_000_000, None, 70_000_000)
    found = numbers(projects(Filter(sort="total", text="示例项目"), leader, TODAY))
    assert found == numbers([large, small, unknown])


@pytest.mark.parametrize("mark", ["x", "_", "abc_1x", "_" + "9" * 40, "nan_١"])
def test_a_mark_that_is_none_begins_at_the_first_page(pipe, leader, mark):
    assert page(projects(Filter(sort="total"), leader, TODAY), after=mark).projects


def test_a_light_nobody_reported_is_unknown(pipe, leader):
    june = dt.date(2026, 6, 1)
    LightState.objects.create(
        project=pipe.plant, rule=RULE, month=june, colour="red", reason={"zh": "", "en": ""}
    )
    assert latest_month(RULE, TODAY) == june
    red = Filter(rule=RULE, month=june, light="red")
    assert [one.light for one in projects(red, leader, TODAY)] == ["red"]
    july = Filter(rule=RULE, month=dt.date(2026, 7, 1), light="unknown")
    assert numbers(projects(july, leader, TODAY)) == [pipe.plant.number]


def test_the_board_counts_whole_columns_and_shows_some_cards(
    more, filed, entered, leader, make_user
):
    for one in more(100_000_000, 200_000_000, 300_000_000):
        filed(one, "concept")
        entered(one, "reserve")
    columns = {one.stage: one for one in board("six_batches", leader, TODAY, most=2)}
    reserve = columns["reserve"]
    assert (reserve.count, reserve.amount, reserve.unstated) == (3, 600_000_000, 0)
    assert len(reserve.projects) == 2
    assert (columns[""].count, columns[""].unstated) == (1, 1)
    assert columns["signed"].count == 0
    assert columns["signed"].projects == []


def test_the_board_counts_only_what_somebody_may_see(pipe, make_user, committee):
    other = make_user("wenlv", Role.HANDLER, committee)
    assert all(one.count == 0 for one in board("six_batches", other, TODAY))


def test_who_left_is_on_no_board_but_in_a_list_of_its_own(more, filed, entered, leader, actor):
    [one] = more(100_000_000)
    filed(one, "concept")
    entered(one, "reserve")
    leave(actor=actor, project=one, reason="other", text="不再推进", on=TODAY, now=NOW, today=TODAY)
    columns = {column.stage: column for column in board("six_batches", leader, TODAY)}
    assert columns["reserve"].count == 0
    assert numbers(projects(Filter(stage=LEFT), leader, TODAY)) == [one.number]
    assert not projects(Filter(stage="reserve"), leader, TODAY)
