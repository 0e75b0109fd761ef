"""Received here, decided there: two clocks, one case, and competence that never moves."""

import datetime as dt
from typing import Any

import pytest

from openzone.engines.worktime.localtime import to_local
from openzone.zone.cases.models import Case
from openzone.zone.catalogue.models import RegionOffer
from openzone.zone.catalogue.selectors.items import matrix
from openzone.zone.catalogue.services.regions import end_region, offer_region
from openzone.zone.community.models import Filing
from openzone.zone.community.selectors.work import late_filings
from openzone.zone.community.services.custody import (
    PaperSpec,
    Signature,
    give,
    sign_for,
    take_in,
)
from openzone.zone.community.services.filings import (
    Person,
    accept,
    complete,
    decide,
    deliver,
    hold_liable,
    notice,
    rate,
    receive,
    send,
    withdraw,
)
from openzone.zone.errors import Refused
from tests.zone.community.town import ACTOR, LONG_AGO, MONDAY, Town, at

PERSON = Person(name="示例办事人", identity="500101199001010011", phone="13600001111")


def offered(town: Town, **given: Any) -> RegionOffer:
    values: dict[str, Any] = {
        "division": "500152",
        "region": "重庆潼南",
        "mode": "collect",
        "authority": "潼南区示例局",
        "valid_from": LONG_AGO,
    }
    return offer_region(actor=ACTOR, item=town.licence, **values | given)


def received(town: Town, **given: Any) -> Filing:
    return receive(
        actor=ACTOR,
        offer=offered(town, **given),
        person=PERSON,
        by=town.desk,
        unit=town.centre,
        now=MONDAY,
    ).filing


def case_of(filing: Filing) -> Case:
    return Case.objects.get(pk=filing.case_id)


def sent(town: Town, filing: Filing, by: Any) -> Filing:
    return send(
        actor=ACTOR, filing=filing, identity_checked=True, tracking="SF1", by=by, now=at(16, 11)
    )


def test_a_filing_is_received_here_and_decided_there(town):
    filing = received(town)
    assert (filing.receiving_name, filing.deciding_name) == ("示例服务中心", "潼南区示例局")
    sent(town, filing, town.desk)
    case = case_of(filing)
    assert case.holder == "third:潼南区示例局"
    accepted = accept(actor=ACTOR, filing=filing, by=town.desk, now=at(18, 9))
    assert to_local(accepted.deciding_due).date() == dt.date(2026, 11, 25)
    decided = decide(
        actor=ACTOR, filing=filing, granted=True, decision="渝潼〔2026〕1号", by=town.desk,
        now=at(20),
    )  # fmt: skip
    assert decided.decided_by == "潼南区示例局"
    deliver(actor=ACTOR, filing=filing, delivery="post", by=town.desk, now=at(23))
    with pytest.raises(Refused, match="收件人不能回访"):
        rate(actor=ACTOR, filing=filing, rating=5, remark="", by=town.desk, now=at(24))
    done = rate(actor=ACTOR, filing=filing, rating=5, remark="方便", by=town.clerk, now=at(24))
    case = case_of(done)
    assert (case.stage, case.outcome, case.satisfaction) == ("done", "solved", 5)


def test_the_two_clocks_run_one_after_the_other(town):
    filing = received(town)
    clocks = {clock["id"]: clock for clock in case_of(filing).clocks}
    assert set(clocks) == {"receive"}
    sent(town, filing, town.desk)
    accept(actor=ACTOR, filing=filing, by=town.desk, now=at(18, 9))
    clocks = {clock["id"]: clock for clock in case_of(filing).clocks}
    assert set(clocks) == {"receive", "decide_5"}
    filing.refresh_from_db()
    assert late_filings(at(27))["deciding"] == [filing]
    assert late_filings(at(19)) == {"receiving": [], "deciding": []}


def test_the_receiving_side_never_decides(town):
    filing = received(town, deciding_here=True, authority="", contact="潼南区政务中心")
    assert filing.deciding_unit == town.bureau
    assert filing.receiving_name == "潼南区政务中心"
    sent(town, filing, town.clerk)
    accept(actor=ACTOR, filing=filing, by=town.clerk, now=at(18))
    with pytest.raises(Refused, match="办理事权不变"):
        decide(actor=ACTOR, filing=filing, granted=True, decision="x", by=town.desk, now=at(19))
    done = decide(
        actor=ACTOR, filing=filing, granted=False, decision="不符合条件", by=town.clerk, now=at(19)
    )
    assert done.decided_by == "示例审批局"


def test_who_received_it_does_not_decide_it_even_in_the_deciding_unit(town):
    offer = offered(town, deciding_here=True, contact="潼南区政务中心")
    filing = receive(
        actor=ACTOR, offer=offer, person=PERSON, by=town.clerk, unit=town.bureau, now=MONDAY
    ).filing
    sent(town, filing, town.clerk)
    with pytest.raises(Refused, match="收件人不能作出决定"):
        accept(actor=ACTOR, filing=filing, by=town.clerk, now=at(18))
    assert accept(actor=ACTOR, filing=filing, by=town.checker, now=at(18)).status == "accepted"


def test_everything_missing_is_told_at_once_and_only_once(town):
    filing = received(town)
    notice(actor=ACTOR, filing=filing, missing="申请书、照片", by=town.desk, now=at(16, 10))
    assert case_of(filing).holder == "requester"
    again = complete(actor=ACTOR, filing=filing, by=town.desk, now=at(17))
    assert again.receiving_due > at(17)
    with pytest.raises(Refused, match="不能再次要求补正"):
        notice(actor=ACTOR, filing=filing, missing="再补一份", by=town.desk, now=at(17, 11))


def test_nothing_is_sent_before_the_identity_was_checked(town):
    with pytest.raises(Refused, match="核验身份"):
        send(actor=ACTOR, filing=received(town), identity_checked=False, by=town.desk, now=at(16))


def test_nothing_is_decided_before_the_deciding_side_has_it(town):
    filing = received(town)
    with pytest.raises(Refused, match="不能进行"):
        decide(actor=ACTOR, filing=filing, granted=True, decision="x", by=town.desk, now=at(17))


def test_papers_travel_by_courier_and_are_signed_for_there_by_name(town):
    filing = received(town)
    papers = take_in(
        actor=ACTOR, of=filing, papers=[PaperSpec("身份证", original=True)], now=at(16)
    )
    steps = (
        ("receiving", Signature(name="示例办事人"), Signature(town.desk)),
        ("courier", Signature(town.desk), Signature(name="示例快递")),
        ("deciding", Signature(name="示例快递"), Signature(name="潼南签收人")),
    )
    for taker, giving, taking in steps:
        hand_over = give(actor=ACTOR, of=filing, papers=papers, taker=taker, by=giving, now=at(17))
        sign_for(actor=ACTOR, hand_over=hand_over, by=taking, now=at(17, 11))
    assert filing.papers.get().holder == "deciding"
    back = give(
        actor=ACTOR, of=filing, papers=papers, taker="receiving",
        by=Signature(name="潼南签收人"), now=at(18),
    )  # fmt: skip
    sign_for(actor=ACTOR, hand_over=back, by=Signature(town.desk), now=at(18, 11))
    with pytest.raises(Refused, match="原件未归还"):
        withdraw(actor=ACTOR, filing=filing, why="不办了", by=town.desk, now=at(19))


def test_the_same_hand_does_not_sign_twice(town):
    filing = received(town)
    papers = take_in(actor=ACTOR, of=filing, papers=[PaperSpec("照片")], now=at(16))
    first = give(
        actor=ACTOR, of=filing, papers=papers, taker="receiving",
        by=Signature(name="示例办事人"), now=at(16),
    )  # fmt: skip
    sign_for(actor=ACTOR, hand_over=first, by=Signature(town.desk), now=at(16, 11))
    second = give(
        actor=ACTOR, of=filing, papers=papers, taker="courier",
        by=Signature(town.desk, "示例专员"), now=at(16, 12),
    )  # fmt: skip
    sign_for(actor=ACTOR, hand_over=second, by=Signature(name="示例快递"), now=at(16, 13))
    third = give(
        actor=ACTOR, of=filing, papers=papers, taker="deciding",
        by=Signature(name="示例快递"), now=at(17),
    )  # fmt: skip
    with pytest.raises(Refused, match="同一人"):
        sign_for(actor=ACTOR, hand_over=third, by=Signature(name="示例快递"), now=at(17, 11))


def test_who_answers_for_a_loss_stays_on_record(town):
    row = hold_liable(
        actor=ACTOR, filing=received(town), side="courier", what="材料破损", now=at(18)
    )
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_an_offer_counts_on_its_days_and_stands_in_the_matrix_once(town):
    offer = offered(town)
    with pytest.raises(Refused, match="已以此模式开通"):
        offered(town)
    found = matrix(dt.date(2026, 11, 16))
    assert found.regions == [("500152", "重庆潼南")]
    assert found.cells[town.licence.pk, "500152"] == [offer]
    end_region(actor=ACTOR, offer=offer, last_day=dt.date(2026, 11, 15))
    assert matrix(dt.date(2026, 11, 16)).items == []
    with pytest.raises(Refused, match="未开通"):
        receive(
            actor=ACTOR, offer=RegionOffer.objects.get(), person=PERSON, by=town.desk,
            unit=town.centre, now=MONDAY,
        )  # fmt: skip
