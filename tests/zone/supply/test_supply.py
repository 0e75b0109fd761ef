"""Needs and offers, who fits whom and why, invitations to a result, who reads how to reach."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError

from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Notification
from openzone.zone.errors import Refused
from openzone.zone.supply.enums import EntryState, InvitationState
from openzone.zone.supply.models import Invitation, InvitationStep, SupplyEntry
from openzone.zone.supply.permissions import (
    may_answer,
    may_follow,
    may_list,
    may_publish,
    may_reach,
    may_see,
)
from openzone.zone.supply.selectors.listing import invitations, own_entries, statistics
from openzone.zone.supply.selectors.matching import partners, proposal
from openzone.zone.supply.services.entries import change_entry, close_entry, expire_entries
from openzone.zone.supply.services.events import invite_pairs, plan_event
from openzone.zone.supply.services.inviting import (
    accept,
    decline,
    invite,
    lapse_invitations,
    record_deal,
    record_meeting,
    record_no_deal,
    remind_invitations,
)
from openzone.zone.supply.services.sheets import apply_sheet, check_sheet
from tests.zone.supply.market import DAY, NOW, TODAY, entry, invited, market

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db, actor):
    return market(actor)


def said(pair):
    return "；".join(one.zh for one in pair.reasons)


class TestEntries:
    @pytest.mark.parametrize(
        ("given", "match"),
        [
            ({"kind": "magic"}, "没有“magic”这一类别"),
            ({"quantity": Decimal(5)}, "写明单位"),
            ({"quantity": Decimal(0), "unit": "件"}, "大于0"),
            ({"by_on": TODAY - DAY}, "已经过了"),
            ({"title": " "}, "内容"),
        ],
    )
    def test_what_makes_no_sense_is_refused_and_nothing_kept(self, actor, at, given, match):
        before = SupplyEntry.objects.count()
        with pytest.raises(Refused, match=match):
            entry(actor, "need", at.buyer, **{"title": "铜箔"} | given)
        assert SupplyEntry.objects.count() == before

    def test_how_a_person_is_reached_does_not_go_to_the_log(self, actor, at):
        change_entry(actor=actor, entry=at.need, now=NOW, phone="13900000009", title="壳体")
        assert not Event.objects.filter(payload__icontains="13900000009").exists()
        assert Event.objects.filter(action="supply.entry.changed").exists()

    def test_an_entry_with_invitations_under_way_is_not_closed(self, actor, at):
        invitation = invited(actor, at)
        with pytest.raises(Refused, match="1 个对接邀请"):
            close_entry(actor=actor, entry=at.need, reason="已购", on=TODAY)
        decline(actor=actor, invitation=invitation, reason="产能不足", now=NOW)
        close_entry(actor=actor, entry=at.need, reason="已购", on=TODAY)
        with pytest.raises(Refused, match="已结束"):
            change_entry(actor=actor, entry=at.need, now=NOW, title="再改")

    def test_entries_end_after_their_last_day(self, actor, at):
        change_entry(actor=actor, entry=at.far, now=NOW, expires_on=TODAY)
        assert expire_entries(actor=actor, on=TODAY) == 0
        assert expire_entries(actor=actor, on=TODAY + DAY) == 1
        at.far.refresh_from_db()
        assert at.far.state == EntryState.EXPIRED


class TestMatches:
    def test_a_match_says_why(self, at):
        (pair,) = partners(at.need)
        assert pair.offer == at.offer
        assert "品名相近" in said(pair)
        assert "产能可满足60%" in said(pair)
        assert "具备所需证书" in said(pair)

    def test_a_certificate_that_is_missing_rules_out(self, actor, at):
        change_entry(actor=actor, entry=at.offer, now=NOW, certificates=[])
        assert partners(at.need) == []

    def test_capacities_in_other_units_are_not_compared_and_that_is_said(self, actor, at):
        change_entry(actor=actor, entry=at.offer, now=NOW, unit="吨")
        (pair,) = partners(at.need)
        assert "单位不同" in said(pair)
        assert "产能可满足" not in said(pair)

    def test_an_offer_finds_its_needs_and_no_firm_supplies_itself(self, actor, at):
        (pair,) = partners(at.offer)
        assert pair.need == at.need
        entry(actor, "offer", at.buyer, "电池壳体")
        assert [one.offer for one in partners(at.need)] == [at.offer]

    def test_work_is_matched_with_work_only(self, actor, at):
        wanted = entry(actor, "need", at.buyer, "焊工", kind="labour")
        entry(actor, "offer", at.seller, "焊工设备", kind="product")
        got = entry(actor, "offer", at.seller, "富余焊工", kind="labour")
        assert [one.offer for one in partners(wanted)] == [got]

    def test_the_proposal_shares_out_what_there_is(self, actor, at):
        """Two needs of 1000 and 300, offers of 600 and 700: everything finds a place."""
        entry(actor, "need", at.other, "电池壳体", quantity=Decimal(300), unit="件")
        entry(actor, "offer", at.buyer, "电池壳体", quantity=Decimal(700), unit="件",
              certificates=["ISO9001"])  # fmt: skip
        found = proposal("product")
        assert sum(one.quantity for one in found) == 900
        taken = {}
        for one in found:
            taken[one.offer.pk] = taken.get(one.offer.pk, 0) + one.quantity
        assert all(taken[pk] <= SupplyEntry.objects.get(pk=pk).quantity for pk in taken)

    def test_a_pair_under_way_is_not_proposed_again(self, actor, at):
        assert len(proposal()) == 1
        invited(actor, at)
        assert proposal() == []


class TestInvitations:
    def test_from_sent_to_a_deal(self, actor, at):
        one = invited(actor, at)
        accept(actor=actor, invitation=one, now=NOW)
        record_meeting(actor=actor, invitation=one, on=TODAY, said="看样", now=NOW)
        record_deal(actor=actor, invitation=one, on=TODAY, amount=Decimal(500_000), now=NOW)
        one.refresh_from_db()
        assert (one.state, one.amount) == (InvitationState.DEAL, Decimal(500_000))
        assert list(one.steps.values_list("state", flat=True)) == [
            "sent", "accepted", "met", "deal",
        ]  # fmt: skip
        with pytest.raises(DatabaseError):
            InvitationStep.objects.update(said="改")

    def test_a_step_out_of_turn_says_who_was_first(self, actor, at):
        one = invited(actor, at)
        with pytest.raises(Refused, match="已由"):
            record_deal(actor=actor, invitation=one, on=TODAY, amount=Decimal(1), now=NOW)
        decline(actor=actor, invitation=one, reason="无货", now=NOW)
        with pytest.raises(Refused, match="已由tests于2026-06-30 10:00办理"):
            accept(actor=actor, invitation=one, now=NOW)

    def test_no_answer_and_no_deal_say_why(self, actor, at):
        one = invited(actor, at)
        with pytest.raises(Refused, match="理由"):
            decline(actor=actor, invitation=one, reason=" ", now=NOW)
        accept(actor=actor, invitation=one, now=NOW)
        with pytest.raises(Refused, match="理由"):
            record_no_deal(actor=actor, invitation=one, on=TODAY, reason="", now=NOW)
        with pytest.raises(Refused, match="还没有到"):
            record_no_deal(actor=actor, invitation=one, on=TODAY + DAY, reason="价高", now=NOW)
        with pytest.raises(Refused, match="大于0"):
            record_deal(actor=actor, invitation=one, on=TODAY, amount=Decimal(0), now=NOW)

    def test_two_do_not_invite_each_other_twice(self, actor, at):
        invited(actor, at)
        with pytest.raises(Refused, match="已有对接邀请在办"):
            invited(actor, at, asked="need")
        with pytest.raises(Refused, match="一方为需求"):
            invite(actor=actor, need=at.offer, offer=at.far, asked="offer", score=0,
                   reasons=[], now=NOW)  # fmt: skip

    def test_who_is_asked_is_told_reminded_and_who_asked_hears_of_silence(self, actor, at):
        one = invited(actor, at)
        told = Notification.objects.filter(user=at.sells)
        assert "示例电池有限公司" in told.get().text_zh
        soon = one.answer_by - 3 * DAY
        assert remind_invitations(actor=actor, on=soon - DAY, now=NOW) == 0
        assert remind_invitations(actor=actor, on=soon, now=NOW) == 1
        assert remind_invitations(actor=actor, on=soon + DAY, now=NOW) == 0
        assert lapse_invitations(actor=actor, on=one.answer_by, now=NOW) == 0
        assert lapse_invitations(actor=actor, on=one.answer_by + DAY, now=NOW) == 1
        one.refresh_from_db()
        assert one.state == InvitationState.EXPIRED
        assert "逾期未答复" in Notification.objects.get(user=at.buys).text_zh

    def test_an_event_invites_the_pairs_that_were_chosen(self, actor, at, office):
        event = plan_event(actor=actor, title="示例对接会", on=TODAY + DAY, unit=office, now=NOW)
        with pytest.raises(Refused, match="至少选择一对"):
            invite_pairs(actor=actor, event=event, pairs=[], now=NOW)
        invite_pairs(actor=actor, event=event, pairs=proposal(), now=NOW)
        assert event.invitations.get().quantity == 600


class TestWhoSees:
    def test_how_to_reach_a_firm_opens_with_acceptance(self, actor, at, colleague, stranger):
        one = invited(actor, at)
        assert may_reach(at.buys, at.need, TODAY).allowed
        for user in (at.buys, colleague, stranger):
            assert not may_reach(user, at.offer, TODAY).allowed
        accept(actor=actor, invitation=one, now=NOW)
        assert may_reach(at.buys, at.offer, TODAY).allowed
        assert may_reach(colleague, at.offer, TODAY).allowed
        assert not may_reach(stranger, at.offer, TODAY).allowed

    def test_owner_colleague_and_stranger(self, actor, at, colleague, stranger, leader):
        one = invited(actor, at)
        assert [may_list(u, TODAY).allowed for u in (at.buys, colleague, stranger)] == [
            True, True, False,
        ]  # fmt: skip
        assert [may_publish(u, at.buyer, TODAY).allowed for u in (at.buys, colleague, at.sells)] \
            == [True, True, False]  # fmt: skip
        assert [may_answer(u, one, TODAY).allowed for u in (at.sells, at.buys, colleague)] == [
            True, False, False,
        ]  # fmt: skip
        assert [may_follow(u, one, TODAY).allowed for u in (at.buys, colleague, leader)] == [
            True, True, False,
        ]  # fmt: skip
        assert [may_see(u, one, TODAY).allowed for u in (at.sells, leader, stranger)] == [
            True, True, False,
        ]  # fmt: skip

    def test_lists_hold_what_is_ones_own(self, actor, at, colleague):
        invited(actor, at)
        assert list(own_entries(at.buys, TODAY)) == [at.need]
        assert invitations(at.sells, TODAY).count() == 1
        assert invitations(colleague, TODAY, "deal").count() == 0


def test_statistics_count_what_the_lists_show(actor, at):
    one = invited(actor, at)
    accept(actor=actor, invitation=one, now=NOW)
    record_deal(actor=actor, invitation=one, on=TODAY, amount=Decimal(8), now=NOW)
    found = statistics(dt.date(2026, 1, 1), TODAY)
    assert (found.needs, found.offers, found.invited, found.deals) == (1, 2, 1, 1)
    assert found.amount == 8
    assert statistics(dt.date(2025, 1, 1), dt.date(2025, 12, 31)).amount is None


class TestWorkbooks:
    HEAD = "供需,类别,企业名称,内容,数量,计量单位,证书\n"

    def check(self, actor, rows):
        return check_sheet(actor=actor, file_name="供需.csv", data=(self.HEAD + rows).encode(),
                           now=NOW)  # fmt: skip

    def test_good_rows_are_entered_and_bad_ones_named(self, actor, at):
        sheet = self.check(
            actor,
            "需求,产品,示例电池有限公司,铜箔,5,吨,IATF 16949\n"
            "供给,产品,无此企业,铜箔,,,\n"
            "供给,产品,示例壳体有限公司,铜箔,5,,\n"
            "需求,产品,示例电池有限公司,电池壳体,,,\n",
        )
        told = [(one["row"], one["reason"][0]) for one in sheet.problems]
        assert [row for row, _ in told] == [3, 4, 5]
        assert "没有企业“无此企业”" in told[0][1]
        assert "单位" in told[1][1]
        assert "相同的在办条目" in told[2][1]
        assert not SupplyEntry.objects.filter(title="铜箔").exists()
        apply_sheet(actor=actor, sheet=sheet, now=NOW)
        made = SupplyEntry.objects.get(title="铜箔")
        assert (made.quantity, made.certificates) == (5, ["IATF 16949"])
        with pytest.raises(Refused, match="已处理"):
            apply_sheet(actor=actor, sheet=sheet, now=NOW)


def test_two_at_once_invite_once(actor, at):
    """The database holds it, whatever the check before it saw."""
    invited(actor, at)
    with pytest.raises(DatabaseError):
        Invitation.objects.create(
            need=at.need, offer=at.offer, asked="need", score=0, answer_by=TODAY, since=TODAY,
            sent_at=NOW,
        )  # fmt: skip


def test_standing_at_one_link_of_a_chain_is_a_reason_with_its_name(actor, at):
    """The name, not the id of the pack."""
    before = partners(at.need)[0].score
    for one in (at.need, at.offer):
        change_entry(actor=actor, entry=one, now=NOW, chain="lithium_battery", node="structure")
    at.need.refresh_from_db()
    (pair,) = partners(at.need)
    assert "同属产业链环节电池结构件" in said(pair)
    assert pair.score > before
