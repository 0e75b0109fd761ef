"""The reserve and its grades, and projects matched to funds from above."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.packs.funding import funding_rules
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.projects.models import FundingApplication
from openzone.zone.projects.packs import channels, questions
from openzone.zone.projects.selectors.pools import (
    PoolSum,
    by_grade,
    matches,
    maturity_of,
    pool_sums,
    reserve,
    upward,
)
from openzone.zone.projects.services.pools import (
    UNGRADED,
    assess,
    decide_application,
    enter_pool,
    leave_pool,
    prepare_application,
    submit_application,
    withdraw_application,
)
from tests.zone.projects.conftest import JANUARY, NOW, TODAY

D = {"owner": True, "content": True, "size": True}
CENTRAL = {
    "major_platform": True, "filing": True, "land": True, "funding": True,
    "other_central_funds": False,
}  # fmt: skip


@pytest.fixture
def leader(make_user, committee):
    return make_user("lingdao", Role.LEADER, committee)


@pytest.fixture
def assessed(actor, pipe):
    def answer(on=TODAY, **answers):
        return assess(actor=actor, project=pipe.plant, on=on, answers=answers, now=NOW)

    return answer


@pytest.fixture
def asked(actor, pipe, priced):
    priced(pipe.plant, 500_000_000)

    def ask(amount=80_000_000, channel="central_budget"):
        return prepare_application(
            actor=actor, project=pipe.plant, channel=channel, amount=Decimal(amount), now=NOW
        )

    return ask


def test_the_grade_follows_from_the_answers_and_what_would_raise_it_is_told(assessed, pipe):
    assert assessed(owner=True).grade == UNGRADED
    assert assessed(**D, site=False).grade == "d"
    _, found = maturity_of(pipe.plant, TODAY)
    assert found.grade.id == "d"
    assert found.next.id == "c"
    assert [one.id for one in found.to_do] == ["site"]
    assert [one.id for one in found.to_find_out] == ["feasibility", "investor"]


def test_a_part_of_the_list_is_answered_alone_and_the_rest_stands(assessed, pipe):
    assessed(on=JANUARY, **D)
    later = assessed(site=True, feasibility=True, investor=True)
    assert later.grade == "c"
    last, _ = maturity_of(pipe.plant, JANUARY)
    assert last.grade == "d", "on an earlier day the earlier answers stand"


def test_not_knowing_any_more_is_not_no(assessed, pipe):
    assessed(**D)
    assert assessed(owner=None).grade == UNGRADED
    _, found = maturity_of(pipe.plant, TODAY)
    assert [one.id for one in found.to_find_out] == ["owner"]
    assert found.to_do == ()


@pytest.mark.parametrize("answers", [{}, {"no_such": True}, {"owner": "是"}])
def test_what_is_no_answer_is_refused_and_nothing_is_kept(actor, pipe, answers):
    with pytest.raises(Refused):
        assess(actor=actor, project=pipe.plant, on=TODAY, answers=answers, now=NOW)
    assert not pipe.plant.assessments.exists()


def test_the_reserve_adds_up_by_grade(actor, pipe, leader, assessed, priced):
    enter_pool(actor=actor, project=pipe.plant, pool="reserve", on=JANUARY, category="产业")
    priced(pipe.plant, 500_000_000)
    assessed(**D)
    [one] = reserve(leader, TODAY)
    assert (one.category, one.maturity.grade.id) == ("产业", "d")
    sums = by_grade([one])
    assert list(sums) == ["a", "b", "c", "d", ""]
    assert sums["d"] == PoolSum(1, Decimal(500_000_000), 0)
    assert sums["a"].count == 0
    assert pool_sums(leader, TODAY)["reserve"].count == 1
    assert reserve(leader, JANUARY - dt.timedelta(days=1)) == []


def test_a_project_is_in_a_pool_once_and_leaves_it_with_a_reason(actor, pipe):
    given = {"actor": actor, "project": pipe.plant, "pool": "reserve"}
    with pytest.raises(Refused, match="不在此库"):
        leave_pool(on=TODAY, reason="已签约", **given)
    enter_pool(on=JANUARY, **given)
    with pytest.raises(Refused, match="已在此库"):
        enter_pool(on=TODAY, **given)
    with pytest.raises(Refused, match="原因"):
        leave_pool(on=TODAY, reason=" ", **given)
    leave_pool(on=TODAY, reason="已签约", **given)
    enter_pool(on=TODAY, **given)
    assert pipe.plant.pools.count() == 2


def test_without_answers_every_channel_is_open_and_says_what_is_missing(pipe):
    found = {one.channel: one for one in matches(pipe.plant, TODAY)}
    assert set(found) == {"central_budget", "special_bond", "ultra_long_bond"}
    assert {one.outcome for one in found.values()} == {"unknown"}
    missing = {one.zh for one in found["special_bond"].missing}
    assert "公益性项目" in missing
    assert not any("竣工" in one for one in missing), "the log says that it is not completed"


def test_a_channel_is_met_or_says_what_stands_against_it(pipe, assessed):
    assessed(**CENTRAL, public_benefit=False)
    found = {one.channel: one for one in matches(pipe.plant, TODAY)}
    assert found["central_budget"].outcome == "met"
    assert found["special_bond"].outcome == "not_met"
    assert "公益性" in found["special_bond"].failed[0].zh
    assert found["central_budget"].proof.source_number == "国家发展和改革委员会令2016年第45号"


def test_the_upward_pool_shows_matches_and_applications(actor, pipe, leader, asked, assessed):
    enter_pool(actor=actor, project=pipe.plant, pool="funding", on=JANUARY)
    assessed(**CENTRAL)
    made = asked()
    [one] = upward(leader, TODAY)
    assert one.applications == [made]
    assert one.matches[0].outcome == "met"


def test_an_application_goes_up_and_is_granted_or_refused(actor, asked):
    given = {"actor": actor, "on": TODAY, "today": TODAY}
    first = asked()
    with pytest.raises(Refused, match="目前为"):
        decide_application(application=first, granted=Decimal(1), **given)
    submit_application(application=first, **given)
    with pytest.raises(Refused, match="超过申请额"):
        decide_application(application=first, granted=Decimal(90_000_000), **given)
    done = decide_application(application=first, granted=Decimal(60_000_000), **given)
    assert (done.status, done.granted) == ("granted", Decimal(60_000_000))
    second = submit_application(application=asked(), **given)
    with pytest.raises(Refused, match="原因"):
        decide_application(application=second, granted=None, **given)
    refused = decide_application(application=second, granted=None, reason="额度不足", **given)
    assert (refused.status, refused.granted) == ("refused", None)
    assert Event.objects.filter(action="projects.funding.decided").count() == 2


def test_one_channel_is_asked_once_at_a_time_and_not_for_more_than_the_whole(actor, asked):
    with pytest.raises(Refused, match="超过总投资"):
        asked(600_000_000)
    with pytest.raises(Refused, match="没有资金渠道"):
        asked(channel="lottery")
    first = asked()
    with pytest.raises(Refused, match="尚未办结"):
        asked()
    withdraw_application(actor=actor, application=first, reason="改报其他渠道")
    asked()
    assert FundingApplication.objects.count() == 2


def test_every_channel_names_its_document_and_says_that_it_is_unverified():
    for rule in funding_rules(None):
        for version in rule.versions:
            assert version.source.number
            assert version.verified == "K"
            assert version.notes


def test_what_the_channels_ask_can_be_answered():
    assert {"public_benefit", "major_platform", "owner"} <= set(questions())
    assert "completed" not in questions()
    assert all(len(name) <= 64 for name in channels())
