"""Evaluations: points that can be followed, fixed by one, confirmed by another, objected to."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.errors import Refused
from openzone.zone.performance.enums import RoundState
from openzone.zone.performance.models import Round, Score
from openzone.zone.performance.permissions import may_reply, may_see_round, may_see_score
from openzone.zone.performance.selectors.scores import (
    kept,
    of_one,
    own,
    participants,
    placed,
    visible_rounds,
    work_out,
)
from openzone.zone.performance.services import objections, rounds
from openzone.zone.projects.services.amounts import correct_arrival
from tests.zone.performance.conftest import MARCH, NOW, TODAY, YI, arrived

pytestmark = pytest.mark.django_db

OVER = TODAY + dt.timedelta(days=6)


@pytest.fixture
def half_year(signed, target, opened, people):
    """The clerk in a key post: 2 of 4 contracts, 6 of 5 亿元, no foreign target, no landing yet."""
    plants = [signed(f"工厂{n}", lead_unit=people.bureau, chief=people.clerk) for n in range(2)]
    arrived(plants[0], 6)
    for indicator, amount in (
        ("signed_projects", 4),
        ("funds_in_place", 5 * YI),
        ("landing_rate", "0.5"),
    ):
        target(indicator, amount, scope="person", person=people.clerk)
    target("signed_projects", 10, scope="person", person=people.colleague)
    return opened(people.clerk, people.colleague)


@pytest.fixture
def confirmed(half_year, people, actor):
    rounds.close_round(actor=actor, user=people.keeper, found=half_year, now=NOW)
    return rounds.confirm_round(
        actor=actor, user=people.leader, found=half_year, now=NOW, today=TODAY
    )


def _of(found, user):
    return next(one for one in participants(found) if one.person_id == user.pk)


def test_every_point_can_be_followed_to_its_projects(half_year, people):
    made = work_out(_of(half_year, people.clerk))
    lines = {one.indicator: one for one in made.lines}
    assert list(lines) == ["signed_projects", "funds_in_place", "landing_rate"]
    assert lines["signed_projects"].formula.zh == "30 × min(2 ÷ 4, 1.2) = 15"
    assert lines["funds_in_place"].formula.zh == "25 × min(6 ÷ 5, 1.2) = 30"
    assert lines["landing_rate"].formula.zh == "30 × min(0 ÷ 50, 1) = 0"
    assert [len(one.rows) for one in made.lines] == [2, 1, 2]
    assert (made.points, made.coefficient, made.total) == (45, Decimal("1.2"), Decimal(54))


def test_a_figure_nobody_reported_gives_no_points_and_is_named(target, opened, people):
    target("basic_work", 10, scope="unit", unit=people.bureau)
    found = opened(people.bureau, scheme="county_groundwork", post="unit")
    made = work_out(participants(found)[0])
    assert (made.points, [one.zh for one in made.missing]) == (0, ["基础工作"])


def test_scores_are_simulated_until_fixed_and_then_stay(half_year, people, actor):
    assert of_one(_of(half_year, people.clerk)).score is None
    closed = rounds.close_round(actor=actor, user=people.keeper, found=half_year, now=NOW)
    before = of_one(_of(closed, people.clerk))
    arrived(before.participant.person.projects_led.first(), 3)
    again = of_one(_of(closed, people.clerk))
    assert (again.worked, again.score) == (before.worked, before.score)
    assert kept(again.score) == before.worked


def test_places_are_given_among_people_and_equal_scores_share_one(half_year, people):
    found = placed(half_year, participants(half_year))
    assert [(one.participant.person.username, one.place) for one in found] == [
        ("zhaoshang", 1), ("tongshi", 2),
    ]  # fmt: skip


def test_who_fixed_a_result_does_not_confirm_it(half_year, people, actor):
    rounds.close_round(actor=actor, user=people.keeper, found=half_year, now=NOW)
    with pytest.raises(Refused, match="不能自己确认"):
        rounds.confirm_round(actor=actor, user=people.keeper, found=half_year, now=NOW, today=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.update(confirmed_by=people.keeper)
    with pytest.raises(Refused, match="已锁定"):
        rounds.close_round(actor=actor, user=people.second, found=half_year, now=NOW)


def test_a_result_sent_back_is_simulated_again_and_its_scores_stay_on_file(
    half_year, people, actor
):
    rounds.close_round(actor=actor, user=people.keeper, found=half_year, now=NOW)
    back = rounds.return_round(actor=actor, user=people.leader, found=half_year, remark="口径有误")
    assert (back.state, back.closed_by, Score.objects.count()) == (RoundState.OPEN, None, 2)
    with pytest.raises(Refused, match="锁定过"):
        rounds.drop_participant(actor=actor, participant=_of(back, people.clerk))
    rounds.close_round(actor=actor, user=people.second, found=half_year, now=NOW)
    assert list(Score.objects.values_list("seq", flat=True)) == [1, 2, 1, 2]


def test_without_targets_nobody_is_fixed(opened, people, actor):
    empty = opened()
    with pytest.raises(Refused, match="还没有被考核"):
        rounds.close_round(actor=actor, user=people.keeper, found=empty, now=NOW)
    rounds.add_participant(actor=actor, found=empty, post="key", person=people.clerk)
    with pytest.raises(Refused, match="年度目标：zhaoshang"):
        rounds.close_round(actor=actor, user=people.keeper, found=empty, now=NOW)
    assert not Score.objects.exists()


def test_nobody_is_in_it_twice_or_in_a_post_there_is_not(half_year, people, actor):
    with pytest.raises(Refused, match="已在考核中"):
        rounds.add_participant(actor=actor, found=half_year, post="key", person=people.clerk)
    with pytest.raises(Refused, match="没有岗位"):
        rounds.add_participant(actor=actor, found=half_year, post="king", person=people.head)
    with pytest.raises(Refused, match="一个单位或一个人"):
        rounds.add_participant(actor=actor, found=half_year, post="key")


def _object(actor, user, participant, today=TODAY):
    return objections.object_to(
        actor=actor, user=user, participant=participant, text="少计一个项目", now=NOW, today=today
    )


def test_an_objection_within_the_days_by_whose_score_it_is(confirmed, people, actor):
    mine = _of(confirmed, people.clerk)
    assert confirmed.objections_until == TODAY + dt.timedelta(days=5)
    with pytest.raises(Refused, match="本人"):
        _object(actor, people.colleague, mine)
    with pytest.raises(Refused, match="结束"):
        _object(actor, people.clerk, mine, OVER)
    _object(actor, people.clerk, mine, confirmed.objections_until)
    with pytest.raises(Refused, match="待答复"):
        _object(actor, people.clerk, mine)


def _reply(actor, user, found, *, upheld):
    return objections.reply_to(
        actor=actor, user=user, objection=found, upheld=upheld, text="已核对", now=NOW, today=TODAY
    )


def test_a_third_answers_and_points_follow_the_record_only(confirmed, people, actor):
    mine = _of(confirmed, people.clerk)
    said = _object(actor, people.clerk, mine)
    for user in (people.clerk, people.keeper, people.leader, people.colleague):
        assert not may_reply(user, said, TODAY).allowed
    with pytest.raises(Refused, match="第三人"):
        _reply(actor, people.keeper, said, upheld=True)
    with pytest.raises(Refused, match="没有变化"):
        _reply(actor, people.second, said, upheld=True)
    arrival = mine.person.projects_led.first().arrivals.first()
    correct_arrival(
        actor=actor, arrival=arrival, amount=Decimal(4 * YI), remark="重复登记", now=NOW
    )
    reply = _reply(actor, people.second, said, upheld=True)
    after = of_one(_of(confirmed, people.clerk))
    assert (after.score, after.worked.points) == (reply.score, 15 + 20)
    with pytest.raises(Refused, match="fuhe"):
        _reply(actor, people.second, said, upheld=False)


def test_final_only_after_the_days_and_every_answer(confirmed, people, actor):
    said = _object(actor, people.clerk, _of(confirmed, people.clerk))
    with pytest.raises(Refused, match="才结束"):
        rounds.finish_round(actor=actor, found=confirmed, now=NOW, today=confirmed.objections_until)
    with pytest.raises(Refused, match="1 件异议"):
        rounds.finish_round(actor=actor, found=confirmed, now=NOW, today=OVER)
    _reply(actor, people.second, said, upheld=False)
    final = rounds.finish_round(actor=actor, found=confirmed, now=NOW, today=OVER)
    assert final.state == RoundState.FINAL
    with pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.filter(pk=final.pk).update(title="改")


def test_scores_are_never_rewritten(confirmed):
    with pytest.raises(DatabaseError), transaction.atomic():
        Score.objects.update(total=100)


def test_colleagues_do_not_see_each_others_scores(confirmed, people, stranger):
    mine = _of(confirmed, people.clerk)
    allowed = [people.clerk, people.head, people.leader, people.keeper]
    assert [may_see_score(user, mine, TODAY).allowed for user in allowed] == [True] * 4
    assert [may_see_score(user, mine, TODAY).allowed for user in (people.colleague, stranger)] == [
        False
    ] * 2


def test_the_list_of_evaluations_follows_the_rule_of_one(confirmed, people, stranger, make_user):
    for user in (*people[1:], stranger, make_user("nobody")):
        sees = may_see_round(user, confirmed, TODAY).allowed
        assert visible_rounds(user, TODAY).contains(confirmed) is sees
    assert [str(one) for one in own(people.clerk, TODAY)] == ["zhaoshang"]


def test_a_scheme_that_changed_meanwhile_changes_no_result(half_year, people):
    half_year.definition["lines"][0]["weight"] = "60"
    half_year.save()
    assert work_out(_of(half_year, people.clerk)).lines[0].points == 30


def test_the_year_of_the_evaluation_counts_up_to_its_day(half_year, people, signed):
    signed("去年", on=dt.date(2025, 12, 31), chief=people.clerk)
    signed("七月", on=dt.date(2026, 7, 1), chief=people.clerk)
    signed("三月", on=MARCH, chief=people.clerk)
    assert work_out(_of(half_year, people.clerk)).lines[0].reached == 3
