"""What papers and homes ask of whom."""

import datetime as dt

import pytest

from openzone.zone.community.selectors.waiting import hands_of, homes, kept_too_long, to_sign
from openzone.zone.community.services.custody import Signature, give
from openzone.zone.community.services.residents import add_duty
from tests.zone.community.test_orders import collected
from tests.zone.community.town import ACTOR, Town, at

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 16)


def holders(town: Town, now: dt.datetime) -> set[str]:
    people = (town.walker, town.reviewer, town.officer, town.desk)
    return {one.username for one in people if kept_too_long(hands_of(one, now.date()), now)}


def test_an_original_kept_too_long_is_on_the_desk_of_who_holds_it(town):
    collected(town)
    assert holders(town, at(16, 12)) == set()
    assert holders(town, at(25)) == {town.walker.username}


def test_papers_handed_over_wait_for_the_takers_signature_only(town):
    order = collected(town)
    paper = order.papers.get(name="身份证")
    given = give(
        actor=ACTOR, of=order, papers=[paper], taker="community",
        by=Signature(town.walker), now=at(16, 14),
    )  # fmt: skip
    signing = {
        one.username: list(to_sign(hands_of(one, TODAY)))
        for one in (town.walker, town.reviewer, town.officer, town.clerk)
    }
    assert signing.pop(town.reviewer.username) == [given]
    assert list(signing.values()) == [[], [], []]


def test_a_home_near_its_day_waits_for_the_agents_of_its_community(town):
    add_duty(
        actor=ACTOR, resident=town.resident, duty="pension",
        due_on=dt.date(2026, 11, 20), source="社保中心通知",
    )  # fmt: skip
    town.resident.vulnerability = ["alone"]
    town.resident.save()
    assert [one.resident for one in homes(hands_of(town.walker, TODAY), TODAY)] == [town.resident]
    assert homes(hands_of(town.clerk, TODAY), TODAY) == []
    early = TODAY - dt.timedelta(days=12)
    assert homes(hands_of(town.walker, early), early) == []
