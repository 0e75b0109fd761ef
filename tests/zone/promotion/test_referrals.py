"""A lead passed to another unit comes back as a talk or as a reason."""

import pytest
from django.db import IntegrityError, transaction

from openzone.zone.errors import Refused
from openzone.zone.promotion.enums import ReferralState
from openzone.zone.promotion.models import Referral
from openzone.zone.promotion.permissions import may_answer, may_edit, may_see
from openzone.zone.promotion.selectors.waiting import to_answer
from openzone.zone.promotion.services.advisers import join_roster
from openzone.zone.promotion.services.following import end
from openzone.zone.promotion.services.referrals import answer_with_talk, refer, refuse_referral
from tests.zone.promotion.conftest import NOW, TODAY


@pytest.fixture
def passed(stage, lead, actor):
    def put(kind="handover", **given):
        said = {"lead": lead, "to_unit": stage.park, "reason": "用地在东园"} | given
        return refer(actor=actor, kind=kind, now=NOW, user=stage.adviser, **said)

    return put


def test_the_unit_is_told_and_has_working_days_to_answer(stage, passed, told):
    referral = passed()
    assert "请于 2026-07-07 前" in told(stage.keeper)[0], "five working days from Tuesday"
    assert referral.due.isoformat() == "2026-07-07"
    assert list(to_answer(stage.keeper, TODAY)) == [referral]
    assert may_answer(stage.keeper, referral, TODAY).allowed
    assert not may_answer(stage.adviser, referral, TODAY).allowed


def test_a_hand_over_that_ends_in_a_talk_moves_the_lead(stage, lead, passed, actor, told):
    referral = passed()
    assert may_edit(stage.keeper, lead, TODAY).allowed
    made = answer_with_talk(
        actor=actor, referral=referral, kind="meeting", on=TODAY, summary="看了地块", now=NOW,
        user=stage.keeper,
    )  # fmt: skip
    lead.refresh_from_db()
    referral.refresh_from_db()
    assert (lead.unit, referral.state, referral.interaction) == (
        stage.park, ReferralState.TALKED, made,
    )  # fmt: skip
    assert "已洽谈" in told(stage.adviser)[0]
    with pytest.raises(Refused, match="已由yuanqu答复"):
        refuse_referral(actor=actor, referral=referral, reason="不要", now=NOW, user=stage.keeper)


def test_a_first_talk_leaves_the_lead_where_it_was(stage, lead, passed, actor):
    answer_with_talk(
        actor=actor, referral=passed("first_talk"), kind="call", on=TODAY, summary="先谈",
        now=NOW, user=stage.keeper,
    )  # fmt: skip
    lead.refresh_from_db()
    assert (lead.unit, lead.state) == (stage.bureau, "in_contact")


def test_a_refusal_goes_back_with_its_reason(stage, lead, passed, actor, told):
    referral = passed()
    with pytest.raises(Refused) as empty:
        refuse_referral(actor=actor, referral=referral, reason="", now=NOW, user=stage.keeper)
    assert empty.value.field == "reason"
    refuse_referral(actor=actor, referral=referral, reason="无合适地块", now=NOW, user=stage.keeper)
    assert "无合适地块" in told(stage.adviser)[0]
    lead.refresh_from_db()
    assert lead.unit == stage.bureau
    assert not may_see(stage.keeper, lead, TODAY).allowed, "they see it no longer"
    assert passed(), "it may be passed on again"


def test_one_referral_at_a_time_to_somebody_else(stage, lead, passed, actor, committee):
    with pytest.raises(Refused, match="就在"):
        passed(to_unit=stage.bureau)
    with pytest.raises(Refused, match="没有经办人"):
        passed(to_unit=committee)
    referral = passed()
    with pytest.raises(Refused, match="等待答复"):
        passed()
    with pytest.raises(Refused, match="转介未答复"):
        end(actor=actor, lead=lead, to="rejected", reason="不符", on=TODAY, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state=ReferralState.TALKED)


def test_a_lead_nobody_follows_is_followed_by_the_adviser_who_talks(stage, make_lead, actor):
    lead = make_lead(adviser=None)
    referral = refer(
        actor=actor, lead=lead, kind="handover", to_unit=stage.park, reason="用地", now=NOW,
        user=stage.clerk,
    )  # fmt: skip
    said = {"kind": "call", "on": TODAY, "summary": "联系上了", "now": NOW, "user": stage.keeper}
    with pytest.raises(Refused, match="分派"):
        answer_with_talk(actor=actor, referral=referral, **said)
    lead.refresh_from_db()
    assert lead.unit == stage.bureau, "nothing is half done"
    join_roster(actor=actor, user=stage.keeper, on=TODAY)
    answer_with_talk(actor=actor, referral=referral, **said)
    lead.refresh_from_db()
    assert (lead.unit, lead.adviser) == (stage.park, stage.keeper)
