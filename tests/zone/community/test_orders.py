"""An assisted order from consent to close-out, and the papers on their way."""

import datetime as dt
from typing import Any

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Case, Notification
from openzone.zone.community.enums import PaperHolder
from openzone.zone.community.models import HandOver, Order, Paper
from openzone.zone.community.selectors.duties import at_risk, home_visits
from openzone.zone.community.selectors.roster import balance, lightest
from openzone.zone.community.selectors.work import (
    held,
    overdue_custody,
    promised_trips,
    trips,
    unsigned,
)
from openzone.zone.community.services.custody import PaperSpec, Signature, give, sign_for, take_back
from openzone.zone.community.services.orders import (
    close,
    collect,
    deliver,
    review,
    take_order,
    withdraw,
)
from openzone.zone.community.services.residents import (
    ResidentValues,
    add_duty,
    give_consent,
    remind,
    save_resident,
    withdraw_consent,
)
from openzone.zone.community.services.roster import AgentValues, end_agent, save_agent
from openzone.zone.community.services.trips import record_trip
from openzone.zone.errors import Refused
from tests.zone.community.town import ACTOR, LONG_AGO, MONDAY, Town, at, item

TODAY = dt.date(2026, 11, 16)
PAPERS = (PaperSpec("身份证", original=True), PaperSpec("照片"))


def ordered(town: Town, **given: Any) -> Order:
    values: dict[str, Any] = {
        "actor": ACTOR,
        "resident": town.resident,
        "item": town.pension,
        "agent": town.agent,
        "by": town.walker,
        "now": MONDAY,
    }
    return take_order(**values | given).order


def passed(order: Order, taker: str, giving: Signature, taking: Signature, day: int) -> HandOver:
    papers = list(order.papers.exclude(holder=taker))
    hand_over = give(actor=ACTOR, of=order, papers=papers, taker=taker, by=giving, now=at(day, 14))
    return sign_for(actor=ACTOR, hand_over=hand_over, by=taking, now=at(day, 15))


def collected(town: Town) -> Order:
    return collect(actor=ACTOR, order=ordered(town), papers=PAPERS, by=town.walker, now=at(16, 11))


def at_community(town: Town) -> Order:
    order = collected(town)
    passed(order, "community", Signature(town.walker), Signature(town.reviewer), 16)
    return order


def reviewed(town: Town, order: Order, step: str, by: Any, ok: bool = True, day: int = 17) -> Any:
    return review(
        actor=ACTOR,
        order=order,
        step=step,
        passed=ok,
        reason="" if ok else "照片不清",
        by=by,
        now=at(day),
    )


def at_street(town: Town) -> Order:
    order = at_community(town)
    reviewed(town, order, "community", town.reviewer)
    passed(order, "street", Signature(town.reviewer), Signature(town.officer), 17)
    reviewed(town, order, "street", town.officer, day=18)
    return order


def returned(town: Town, order: Order) -> None:
    passed(order, "community", Signature(town.officer), Signature(town.reviewer), 18)
    passed(order, "agent", Signature(town.reviewer), Signature(town.walker), 18)
    passed(order, "applicant", Signature(town.walker), Signature(name="示例老人"), 18)


def case_of(order: Order) -> Case:
    return Case.objects.get(pk=order.case_id)


def test_an_order_goes_from_consent_to_close_out_with_two_reviews(town):
    order = at_street(town)
    assert case_of(order).stage == "street"
    assert case_of(order).lead == town.street
    deliver(
        actor=ACTOR,
        order=order,
        result="认证成功",
        delivery="home",
        delivered_to="示例老人",
        by=town.walker,
        now=at(19),
    )
    with pytest.raises(Refused, match="原件未归还：身份证"):
        close(actor=ACTOR, order=order, rating=5, remark="", by=town.reviewer, now=at(19))
    returned(town, order)
    done = close(actor=ACTOR, order=order, rating=5, remark="满意", by=town.reviewer, now=at(20))
    assert done.status == "closed"
    case = case_of(order)
    assert (case.stage, case.closed, case.outcome, case.satisfaction) == ("done", True, "solved", 5)
    kept = [(one.giver, one.taker) for one in order.hand_overs.all()]
    assert kept == [
        ("applicant", "agent"),
        ("agent", "community"),
        ("community", "street"),
        ("street", "community"),
        ("community", "agent"),
        ("agent", "applicant"),
    ]
    assert all(one.given_by and one.taken_by for one in order.hand_overs.all())


def test_there_is_no_order_without_a_consent_that_covers_the_item(town):
    other = item("other", town.bureau, receiving=["agent"])
    with pytest.raises(Refused, match="没有涵盖此事项的有效委托"):
        ordered(town, item=other)
    withdraw_consent(actor=ACTOR, consent=town.consent, on=TODAY)
    with pytest.raises(Refused, match="没有涵盖此事项的有效委托"):
        ordered(town)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ({"valid_to": dt.date(2026, 11, 15)}, False),
        ({"valid_to": TODAY}, True),
        ({"given_on": dt.date(2026, 11, 17)}, False),
    ],
)
def test_a_consent_counts_on_its_days_only(town, given, allowed):
    withdraw_consent(actor=ACTOR, consent=town.consent, on=LONG_AGO)
    give_consent(
        actor=ACTOR,
        resident=town.resident,
        form="recording",
        document="录音2号",
        all_items=True,
        **{"given_on": LONG_AGO} | given,
    )
    if allowed:
        assert ordered(town).consent.document == "录音2号"
        return
    with pytest.raises(Refused):
        ordered(town)


def test_a_consent_names_items_or_says_that_it_is_for_all(town):
    said = {"actor": ACTOR, "resident": town.resident, "form": "paper", "document": "3号"}
    for given in ({}, {"items": [town.pension], "all_items": True}):
        with pytest.raises(Refused, match="委托事项"):
            give_consent(**said, given_on=LONG_AGO, **given)


def test_after_a_withdrawal_nothing_more_is_collected(town):
    order = ordered(town)
    withdraw_consent(actor=ACTOR, consent=town.consent, on=TODAY, why="家人自办")
    with pytest.raises(Refused, match="撤回委托"):
        collect(actor=ACTOR, order=order, papers=PAPERS, by=town.walker, now=at(16, 11))
    event = Event.objects.filter(action="community.consent.withdrawn").get()
    assert order.case.number in event.payload
    ended = withdraw(actor=ACTOR, order=order, why="居民撤回委托", by=town.walker, now=at(17))
    assert (ended.status, case_of(order).stage) == ("withdrawn", "ended")


def test_only_items_that_take_agents_are_taken_on(town):
    with pytest.raises(Refused, match="不接受代办"):
        ordered(town, item=town.licence)


def test_papers_stay_with_the_giver_until_the_taker_signs(town):
    order = collected(town)
    paper = order.papers.get(name="身份证")
    hand_over = give(
        actor=ACTOR,
        of=order,
        papers=[paper],
        taker="community",
        by=Signature(town.walker),
        now=at(16, 14),
    )
    paper.refresh_from_db()
    assert paper.holder == "agent"
    assert list(unsigned(at(17))) == [hand_over]
    with pytest.raises(Refused, match="已在交接中"):
        give(
            actor=ACTOR,
            of=order,
            papers=[paper],
            taker="community",
            by=Signature(town.walker),
            now=at(16, 15),
        )
    take_back(actor=ACTOR, hand_over=hand_over, now=at(16, 16))
    assert HandOver.objects.filter(taken_at__isnull=True).count() == 0


def test_each_side_signs_for_itself(town):
    order = collected(town)
    papers = list(order.papers.all())
    with pytest.raises(Refused, match="由该订单的代办员签收"):
        give(
            actor=ACTOR, of=order, papers=papers, taker="community",
            by=Signature(town.reviewer), now=at(16, 14),
        )  # fmt: skip
    hand_over = give(
        actor=ACTOR, of=order, papers=papers, taker="community",
        by=Signature(town.walker), now=at(16, 14),
    )  # fmt: skip
    for wrong in (town.walker, town.officer):
        with pytest.raises(Refused, match="示例社区"):
            sign_for(actor=ACTOR, hand_over=hand_over, by=Signature(wrong), now=at(16, 15))
    with pytest.raises(Refused, match="签收人"):
        sign_for(actor=ACTOR, hand_over=hand_over, by=Signature(name="某人"), now=at(16, 15))


def test_no_link_of_the_chain_is_skipped(town):
    order = collected(town)
    with pytest.raises(Refused, match="不能跳过"):
        give(
            actor=ACTOR, of=order, papers=list(order.papers.all()), taker="street",
            by=Signature(town.walker), now=at(16, 14),
        )  # fmt: skip


def test_an_agent_keeps_originals_one_working_day_and_copies_as_long_as_needed(town):
    order = collected(town)
    late = at(18, 9)
    assert [paper.name for paper in overdue_custody(late)] == ["身份证"]
    assert list(overdue_custody(at(17, 9))) == []
    assert [paper.name for paper in held([town.agent])] == ["身份证", "照片"]
    passed(order, "community", Signature(town.walker), Signature(town.reviewer), 17)
    assert list(overdue_custody(late)) == []


def test_what_the_community_returns_is_reviewed_again(town):
    order = at_community(town)
    reviewed(town, order, "community", town.reviewer, ok=False)
    order.refresh_from_db()
    assert order.status == "taken"
    assert case_of(order).stage == "taken"
    with pytest.raises(Refused, match="不能进行"):
        reviewed(town, order, "street", town.officer)


def test_the_two_steps_of_review_are_two_people_and_never_the_agent(town):
    order = at_community(town)
    with pytest.raises(Refused, match="代办员不能审核"):
        reviewed(town, order, "community", town.walker)
    with pytest.raises(Refused, match="由示例社区审核"):
        reviewed(town, order, "community", town.officer)
    reviewed(town, order, "community", town.reviewer)
    with pytest.raises(Refused, match="尚未交接"):
        reviewed(town, order, "street", town.officer)


def test_the_agent_does_not_call_back_for_own_orders(town):
    order = at_street(town)
    deliver(
        actor=ACTOR, order=order, result="认证成功", delivery="home", delivered_to="示例老人",
        by=town.walker, now=at(19),
    )  # fmt: skip
    with pytest.raises(Refused, match="代办员不能回访"):
        close(actor=ACTOR, order=order, rating=5, remark="", by=town.walker, now=at(20))


def test_a_duty_is_done_when_its_order_is_delivered(town):
    duty = add_duty(
        actor=ACTOR,
        resident=town.resident,
        duty="pension",
        due_on=dt.date(2026, 11, 30),
        source="社保中心通知",
        item=town.pension,
    )
    order = ordered(town, duty=duty, home_visit=True)
    assert order.due_on == duty.due_on
    with pytest.raises(Refused, match="已有代办订单"):
        ordered(town, duty=duty)
    Paper.objects.create(order=order, name="认证照片", holder=PaperHolder.STREET, since=MONDAY)
    Order.objects.filter(pk=order.pk).update(status="street")
    assert at_risk(TODAY) != []


def test_agents_are_told_before_the_day_once_a_step(town):
    add_duty(
        actor=ACTOR,
        resident=town.resident,
        duty="pension",
        due_on=dt.date(2026, 12, 1),
        source="社保中心通知",
    )
    early = dt.date(2026, 10, 1)
    assert remind(actor=ACTOR, on=early, now=at(16)) == []
    assert len(remind(actor=ACTOR, on=TODAY, now=at(16))) == 1
    assert remind(actor=ACTOR, on=dt.date(2026, 11, 17), now=at(17)) == []
    assert len(remind(actor=ACTOR, on=dt.date(2026, 11, 24), now=at(24))) == 1
    assert remind(actor=ACTOR, on=dt.date(2026, 11, 25), now=at(25)) == []
    told = Notification.objects.filter(user=town.walker)
    assert told.count() == 2
    assert "养老金领取资格认证" in told.first().text_zh


def test_homes_are_visited_by_near_days_first_then_by_vulnerability(town):
    def resident(number: int, *why: str) -> Any:
        return save_resident(
            actor=ACTOR,
            values=ResidentValues(
                name=f"示例{number}",
                identity=f"35021319400101{number:04d}",
                community=town.community,
                vulnerability=why,
            ),
        )

    alone, bedridden = resident(1, "alone"), resident(2, "bedridden")
    for who, day in ((town.resident, 30), (alone, 18), (bedridden, 29)):
        add_duty(
            actor=ACTOR,
            resident=who,
            duty="pension",
            due_on=dt.date(2026, 11, day),
            source="社保中心通知",
        )
    order = [visit.resident for visit in home_visits(TODAY)]
    assert order == [alone, bedridden, town.resident]
    assert home_visits(TODAY, [town.street.pk]) == []


def test_work_is_balanced_and_a_community_without_agent_is_named(town):
    second = save_agent(
        actor=ACTOR,
        code="agent-2",
        values=AgentValues(
            name="示例代办员乙", community=town.community, valid_from=LONG_AGO, sources=["activist"]
        ),
    )
    order = ordered(town)
    loads = balance(TODAY)
    assert [(load.agent, load.open) for load in loads.loads] == [(town.agent, 1), (second, 0)]
    assert {term.id: n for term, n in loads.by_source}["party_member"] == 1
    assert lightest(town.community, TODAY) == second
    with pytest.raises(Refused, match="请指定接手的代办员"):
        end_agent(actor=ACTOR, agent=town.agent, last_day=TODAY)
    end_agent(actor=ACTOR, agent=town.agent, last_day=TODAY, successor=second)
    order.refresh_from_db()
    assert order.agent == second


def test_trips_are_counted_by_closed_case(town):
    order = at_street(town)
    deliver(
        actor=ACTOR, order=order, result="认证成功", delivery="home", delivered_to="示例老人",
        by=town.walker, now=at(19),
    )  # fmt: skip
    returned(town, order)
    close(actor=ACTOR, order=order, rating=4, remark="", by=town.reviewer, now=at(20))
    assert (trips().cases, trips().share) == (1, 1.0)
    for day in (17, 18):
        record_trip(
            actor=ACTOR,
            case=order.case,
            item=order.item,
            on=dt.date(2026, 11, day),
            where="街道窗口",
            why="补照片",
        )
    counted = trips()
    assert (counted.within, counted.by_count, counted.over) == (0, {2: 1}, [order.case_id])
    assert promised_trips(TODAY) == {"within": 1, "more": 0, "unknown": 2}
