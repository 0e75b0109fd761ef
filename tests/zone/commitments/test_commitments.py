"""Commitments from the offer to the end: the two machines, the limits, and who is left out."""

import datetime as dt
from typing import Any

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Case
from openzone.zone.commitments.models import Commitment, CreditRecord
from openzone.zone.commitments.selectors.desk import (
    CommitmentFilter,
    commitments,
    kept_by_kind,
    watch,
)
from openzone.zone.commitments.selectors.standing import standing
from openzone.zone.commitments.services.offers import Applicant, Notice, Offered, Owed, offer
from openzone.zone.commitments.services.records import enter_record, repair
from openzone.zone.commitments.services.steps import (
    check,
    decide,
    decline,
    lapse,
    revoke,
    sign,
    supply,
    withdraw,
)
from openzone.zone.errors import Refused
from tests.factories import make_enterprise
from tests.zone.community.town import ACTOR, MONDAY, Town, at

OWED = (Owed("场地证明", "加盖公章的复印件"), Owed("人员名单", "电子版"))
PERSON = Applicant(person="示例人", identity="35021319900101001X", phone="13700001111")


def waiting(town: Town, applicant: Applicant = PERSON, **given: Any) -> Offered:
    values: dict[str, Any] = {
        "owed": OWED,
        "supply_by": at(20),
        "consequence": "逾期终止办理，损失自负",
        "main_complete": True,
    }
    return offer(
        actor=ACTOR,
        item=given.pop("item", town.licence),
        kind="missing_materials",
        applicant=applicant,
        handler=town.clerk,
        now=given.pop("now", MONDAY),
        notice=Notice(**values | given),
    )


def notified(town: Town, applicant: Applicant = PERSON, **given: Any) -> Commitment:
    values = {"check_by": dt.date(2026, 12, 16), "values": {"conditions": "场地、人员符合要求"}}
    return offer(
        actor=ACTOR,
        item=given.pop("item", town.licence),
        kind="approval_substitute",
        applicant=applicant,
        handler=town.clerk,
        now=MONDAY,
        notice=Notice(**values | given),
    ).commitment


def signed(commitment: Commitment, day: int = 16) -> Commitment:
    return sign(actor=ACTOR, commitment=commitment, name="示例人", now=at(day, 11), publish=True)


def checked(commitment: Commitment, by: Any, kept: bool, day: int = 17) -> Commitment:
    return check(
        actor=ACTOR,
        commitment=commitment,
        by=by,
        kept=kept,
        basis="site",
        note="现场核查",
        now=at(day, 14),
    )


def granted(commitment: Commitment, by: Any, day: int = 18) -> Commitment:
    return decide(
        actor=ACTOR,
        commitment=commitment,
        by=by,
        granted=True,
        number="示审〔2026〕1号",
        now=at(day),
    )


def stage(commitment: Commitment) -> str:
    return Case.objects.get(pk=commitment.case_id).stage


def test_with_papers_missing_the_case_goes_from_offer_to_decision(town):
    opened = waiting(town)
    commitment = opened.commitment
    assert len(opened.receipt) > 6
    assert stage(commitment) == "offered"
    assert "场地证明（加盖公章的复印件）" in commitment.text
    assert "2026年11月20日" in commitment.text
    signed(commitment)
    assert Case.objects.get(pk=commitment.case_id).holder == "requester"
    first, second = commitment.owed.all()
    supply(actor=ACTOR, commitment=commitment, papers=[first], now=at(17))
    assert stage(commitment) == "waiting"
    supply(actor=ACTOR, commitment=commitment, papers=[second], now=at(17))
    assert stage(commitment) == "supplied"
    checked(commitment, town.checker, kept=True)
    done = granted(commitment, town.clerk)
    assert done.state == "fulfilled"
    assert stage(done) == "done"
    assert Case.objects.get(pk=done.case_id).outcome == "solved"


def test_the_decision_waits_for_the_papers(town):
    commitment = signed(waiting(town).commitment)
    with pytest.raises(Refused, match="补齐并核验"):
        granted(commitment, town.clerk)


def test_notify_and_commit_decides_before_the_check(town):
    commitment = granted(signed(notified(town)), town.clerk)
    assert commitment.state == "decided"
    assert stage(commitment) == "decided"
    done = checked(commitment, town.checker, kept=True, day=19)
    assert (done.state, stage(done)) == ("fulfilled", "done")


def test_a_broken_promise_is_recorded_and_the_decision_revoked(town):
    commitment = checked(
        granted(signed(notified(town)), town.clerk), town.checker, kept=False, day=19
    )
    assert commitment.state == "breached"
    record = CreditRecord.objects.get()
    assert (record.kind, record.identity, record.document) == (
        "false",
        PERSON.identity,
        commitment.case.number,
    )
    gone = revoke(
        actor=ACTOR, commitment=commitment, by=town.clerk, document="撤〔2026〕1号", now=at(20)
    )
    assert (gone.state, stage(gone)) == ("revoked", "ended")
    assert Case.objects.get(pk=gone.case_id).outcome == "rejected"


@pytest.mark.parametrize("day", [23, 24, 30])
def test_papers_are_never_due_after_the_committed_time_of_the_item(town, day):
    """Five working days from Monday the 16th end with office hours on the 23rd."""
    if day == 23:
        assert waiting(town, supply_by=at(23, 17)).commitment.supply_by == at(23, 17)
        return
    with pytest.raises(Refused, match="不得超过承诺办理时限") as refused:
        waiting(town, supply_by=at(day))
    assert refused.value.field == "supply_by"
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"owed": ()}, "owed", "暂缺的材料"),
        ({"owed": (Owed("申请书", "原件"),)}, "owed", "不是该事项的次要材料"),
        ({"owed": (Owed("场地证明", " "),)}, "owed", "形式"),
        ({"main_complete": False}, "main_complete", "主要材料不齐全"),
        ({"consequence": " "}, "consequence", "后果"),
        ({"supply_by": None}, "supply_by", "补正期限"),
        ({"supply_by": at(15)}, "supply_by", "晚于现在"),
    ],
)
def test_the_one_time_notice_names_paper_form_deadline_and_consequence(town, given, field, words):
    with pytest.raises(Refused, match=words) as refused:
        waiting(town, **given)
    assert refused.value.field == field


def test_an_item_excluded_by_law_takes_no_commitment(town):
    with pytest.raises(Refused, match="直接涉及公共安全（示例条例第一条）"):
        notified(town, item=town.blasting)


def test_an_item_takes_only_the_kinds_it_accepts(town):
    with pytest.raises(Refused, match="不接受"):
        notified(town, item=town.pension)


def test_without_a_processing_time_nothing_bounds_a_deadline(town):
    from tests.zone.community.town import item

    bare = item("bare", town.bureau, committed_limit="", kinds=["approval_substitute"])
    with pytest.raises(Refused, match="未登记办理时限"):
        notified(town, item=bare)


def test_a_blank_that_must_be_filled_is_named(town):
    with pytest.raises(Refused, match="已符合的条件"):
        notified(town, values={})


def test_a_person_gives_an_identity_number(town):
    with pytest.raises(Refused, match="身份证件号码"):
        notified(town, Applicant(person="示例人"))


def test_who_has_an_unrepaired_breach_is_left_out_until_it_is_repaired(town):
    firm = make_enterprise()
    record = enter_record(
        actor=ACTOR,
        enterprise=firm,
        document="示例处罚书1号",
        happened_on=dt.date(2026, 3, 1),
        on=dt.date(2026, 11, 1),
    )
    applicant = Applicant(enterprise=firm)
    with pytest.raises(Refused, match="2026-03-01 示例处罚书1号"):
        notified(town, applicant)
    repair(actor=ACTOR, row=record, document="修复决定1号", on=dt.date(2026, 11, 10))
    assert standing(firm, "").allowed
    assert notified(town, applicant).applicant == firm.name


def test_an_earlier_false_commitment_keeps_its_maker_out(town):
    checked(granted(signed(notified(town)), town.clerk), town.checker, kept=False, day=19)
    with pytest.raises(Refused, match="修复前不适用承诺"):
        waiting(town)
    another = Applicant(person="示例人", identity="350213199001010028")
    assert waiting(town, another).commitment.state == "offered"


def test_the_commitment_to_repair_is_open_to_who_has_a_breach(town):
    from tests.zone.community.town import item

    firm = make_enterprise()
    enter_record(
        actor=ACTOR,
        enterprise=firm,
        document="示例处罚书2号",
        happened_on=dt.date(2026, 3, 1),
        on=dt.date(2026, 11, 1),
    )
    mending = item("mending", town.bureau, kinds=["credit_repair"])
    made = offer(
        actor=ACTOR,
        item=mending,
        kind="credit_repair",
        applicant=Applicant(enterprise=firm),
        handler=town.clerk,
        now=MONDAY,
        notice=Notice(values={"promise": "限期整改"}),
    ).commitment
    assert signed(made).state == "signed"
    assert checked(made, town.checker, kept=True).state == "fulfilled"


def test_nobody_checks_what_they_handled(town):
    commitment = granted(signed(notified(town)), town.clerk)
    with pytest.raises(Refused, match="承办人不能核查"):
        checked(commitment, town.clerk, kept=True, day=19)


def test_only_the_deciding_unit_decides(town):
    with pytest.raises(Refused, match="示例审批局"):
        granted(signed(notified(town)), town.desk)


def test_papers_that_never_come_end_the_case_and_are_recorded(town):
    commitment = signed(waiting(town).commitment)
    assert lapse(actor=ACTOR, now=at(20, 9)) == []
    ended = lapse(actor=ACTOR, now=at(20, 11))
    assert [one.pk for one in ended] == [commitment.pk]
    commitment.refresh_from_db()
    assert (commitment.state, stage(commitment)) == ("terminated", "ended")
    assert CreditRecord.objects.get().kind == "unkept"
    assert lapse(actor=ACTOR, now=at(21)) == []
    with pytest.raises(Refused):
        supply(actor=ACTOR, commitment=commitment, papers=commitment.owed.all(), now=at(21))


def test_late_papers_are_not_taken_even_before_the_morning_job(town):
    commitment = signed(waiting(town).commitment)
    with pytest.raises(Refused, match="补正期限已过"):
        supply(actor=ACTOR, commitment=commitment, papers=commitment.owed.all(), now=at(20, 15))


def test_a_commitment_is_voluntary_and_can_be_taken_back(town):
    declined = decline(actor=ACTOR, commitment=notified(town), now=at(16), why="按一般程序办理")
    assert (declined.state, stage(declined)) == ("declined", "ended")
    taken_back = withdraw(
        actor=ACTOR, commitment=signed(waiting(town).commitment), now=at(17), why="不办了"
    )
    assert (taken_back.state, stage(taken_back)) == ("withdrawn", "ended")
    assert CreditRecord.objects.count() == 0


def test_the_desk_sees_what_comes_due(town):
    owing = signed(waiting(town).commitment)
    decided = granted(signed(notified(town, check_by=dt.date(2026, 11, 20))), town.clerk)
    seen = watch(at(18), dt.date(2026, 11, 18))
    assert seen.papers == [owing]
    assert seen.checks == [decided]
    assert watch(at(16), dt.date(2026, 11, 16)).papers == []
    assert list(commitments(CommitmentFilter(kind="approval_substitute"))) == [decided]


def test_how_promises_were_kept_is_counted_with_its_denominator(town):
    checked(granted(signed(notified(town)), town.clerk), town.checker, kept=True, day=19)
    checked(granted(signed(notified(town)), town.clerk), town.checker, kept=False, day=19)
    counted = {one.kind.id: one for one in kept_by_kind()}
    row = counted["approval_substitute"]
    assert (row.total, row.kept, row.broken, row.rate) == (2, 1, 1, 0.5)
    assert counted["missing_materials"].rate is None


def test_every_step_leaves_an_event(town):
    signed(notified(town))
    actions = set(Event.objects.values_list("action", flat=True))
    assert {"commitments.offered", "commitments.sign", "cases.sign_signed"} <= actions
