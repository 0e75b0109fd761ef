"""Clinics and village meetings, and the challenge board."""

import datetime as dt

import pytest

from openzone.zone.errors import Refused
from openzone.zone.visits.enums import ChallengeState, SessionKind, SessionState
from openzone.zone.visits.models import Guest
from openzone.zone.visits.permissions import may_judge
from openzone.zone.visits.services import board
from openzone.zone.visits.services import sessions as services
from openzone.zone.visits.services.findings import add_question
from tests.zone.visits.conftest import DAY, NOW

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def clinic(actor, office):
    return services.plan_session(
        actor=actor,
        kind=SessionKind.CLINIC,
        title="益企诊所（示例）",
        unit=office,
        address="示例路1号",
        starts_at=NOW,
        ends_at=NOW + 2 * HOUR,
    )


def _ask(actor, user, session, **given):
    given = {"topic": "finance", "text": "如何申请贷款贴息", "now": NOW} | given
    return add_question(actor=actor, user=user, session=session, **given)


def test_a_session_ends_after_it_starts(actor, office):
    with pytest.raises(Refused, match="结束时间应晚于开始时间"):
        services.plan_session(
            actor=actor, kind=SessionKind.MEETING, title="坝坝会", unit=office,
            address="示例村", starts_at=NOW, ends_at=NOW,
        )  # fmt: skip


def test_a_clinic_serves_each_firm_once_however_much_it_asks(actor, clinic, firm, colleague):
    one = firm("甲")
    _ask(actor, colleague, clinic, enterprise=one)
    _ask(actor, colleague, clinic, enterprise=one, text="还有用工问题", topic="labour")
    services.note_guest(actor=actor, session=clinic, enterprise=firm("乙"), now=NOW)
    assert clinic.findings.count() == 2
    assert Guest.objects.filter(session=clinic).count() == 2


def test_a_villager_needs_no_name(actor, clinic, colleague):
    """金口河坝坝会: problems and suggestions are written down one by one."""
    finding = _ask(actor, colleague, clinic, topic="municipal", text="村道坑洼", answer="下月修补")
    assert (finding.name, finding.enterprise, finding.answer) == ("", None, "下月修补")
    assert finding.origin == f"site_session:{clinic.pk}"


def test_nothing_comes_up_before_it_begins_or_after_it_was_called_off(actor, clinic, colleague):
    with pytest.raises(Refused, match="尚未开始"):
        _ask(actor, colleague, clinic, now=NOW - HOUR)
    with pytest.raises(Refused, match="尚未开始"):
        services.hold_session(actor=actor, session=clinic, now=NOW - HOUR, minutes="好")
    services.cancel_session(actor=actor, session=clinic, reason="大雨")
    with pytest.raises(Refused, match="已取消"):
        _ask(actor, colleague, clinic)


def test_a_count_says_how_people_were_counted_and_none_is_unknown(actor, clinic):
    with pytest.raises(Refused, match="如何统计"):
        services.hold_session(actor=actor, session=clinic, now=NOW, minutes="好", attended=52)
    held = services.hold_session(actor=actor, session=clinic, now=NOW, minutes="已答复3件")
    assert (held.state, held.attended) == (SessionState.HELD, None)
    with pytest.raises(Refused, match="已结束或已取消"):
        services.hold_session(actor=actor, session=clinic, now=NOW, minutes="再来")


@pytest.fixture
def challenge(actor, leader, committee):
    return board.post_challenge(
        actor=actor, user=leader, title="园区夜间停车难", problem="车位不足", wanted="错时共享方案",
        due_on=DAY + dt.timedelta(days=30), now=NOW, today=DAY, unit=committee,
    )  # fmt: skip


def _claim(actor, user, challenge, office):
    return board.claim_challenge(
        actor=actor, user=user, challenge=challenge, unit=office, plan="与商场谈错时停车",
        branch="第三党支部", now=NOW,
    )  # fmt: skip


def test_who_posted_it_judges_the_result(actor, challenge, leader, colleague, office, admin):
    _claim(actor, colleague, challenge, office)
    given = {"actor": actor, "challenge": challenge, "now": NOW}
    with pytest.raises(Refused, match="由领题人提交结果"):
        board.deliver_result(user=admin, result="做完了", **given)
    board.deliver_result(user=colleague, result="开放180个车位", **given)
    for other in (colleague, admin):
        with pytest.raises(Refused, match="由出题人确认"):
            board.judge_result(user=other, accepted=True, remark="", **given)
        assert not may_judge(other, challenge, DAY).allowed
    board.judge_result(user=leader, accepted=True, remark="有效", **given)
    challenge.refresh_from_db()
    assert challenge.state == ChallengeState.CONFIRMED


def test_a_result_that_does_not_convince_opens_it_again(
    actor, challenge, leader, colleague, office
):
    _claim(actor, colleague, challenge, office)
    given = {"actor": actor, "challenge": challenge, "now": NOW}
    board.deliver_result(user=colleague, result="已上报", **given)
    with pytest.raises(Refused) as refusal:
        board.judge_result(user=leader, accepted=False, remark=" ", **given)
    assert refusal.value.field == "remark"
    board.judge_result(user=leader, accepted=False, remark="没有新增车位", **given)
    challenge.refresh_from_db()
    assert challenge.state == ChallengeState.OPEN
    _claim(actor, colleague, challenge, office)
    assert [claim.accepted for claim in challenge.claims.all()] == [False, None]


def test_nobody_claims_what_they_posted_or_what_is_claimed(
    actor, challenge, leader, colleague, admin, office
):
    with pytest.raises(Refused, match="不能领取自己出的题"):
        _claim(actor, leader, challenge, office)
    _claim(actor, colleague, challenge, office)
    with pytest.raises(Refused, match="已被领取"):
        _claim(actor, admin, challenge, office)
    with pytest.raises(Refused, match="已被领取"):
        board.withdraw_challenge(actor=actor, user=leader, challenge=challenge, reason="不需要")
