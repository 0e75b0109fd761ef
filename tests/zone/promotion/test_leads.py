"""A lead from its first word to its end; whoever comes second reads who was first."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.promotion.enums import LeadState
from openzone.zone.promotion.models import Interaction, Lead, LeadEvent
from openzone.zone.promotion.selectors.timeline import maturity, talks, timeline
from openzone.zone.promotion.services.advisers import join_roster, leave_roster
from openzone.zone.promotion.services.following import (
    assign,
    end,
    move,
    reopen,
    set_credit,
)
from openzone.zone.promotion.services.interactions import correct_interaction, grade_lead
from openzone.zone.promotion.services.leads import change_lead
from tests.zone.promotion.conftest import CAME, DAY, NOW, TODAY


def test_a_lead_gets_a_number_and_its_adviser_is_told(stage, lead, told):
    assert (lead.number, lead.state, lead.since) == ("XS2026-0001", LeadState.ASSIGNED, CAME)
    assert [event.kind for event in lead.log.all()] == ["recorded", "assigned"]
    assert "示例电子元件项目" in told(stage.adviser)[0]


def test_a_second_lead_of_an_investor_is_asked_about_and_its_adviser_told(
    stage, lead, make_lead, told
):
    with pytest.raises(Refused) as refused:
        make_lead(title="另一项", adviser=stage.other)
    assert "XS2026-0001" in refused.value.reason.zh
    assert "guwen" in refused.value.reason.zh
    assert Lead.objects.count() == 1
    second = make_lead(title="另一项", adviser=stage.other, sure=True)
    assert second.number == "XS2026-0002", "a refused lead takes no number"
    assert "另一项" in told(stage.adviser)[0]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"received_on": TODAY + DAY}, "received_on"),
        ({"source": "nowhere"}, "source"),
        ({"channel": "nowhere"}, "channel"),
        ({"wished": Decimal(-1)}, "__all__"),
        ({"title": " "}, "title"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(make_lead, given, field):
    with pytest.raises(Refused) as refused:
        make_lead(**given)
    assert refused.value.field == field
    assert refused.value.reason.en
    assert not Lead.objects.exists()


def test_only_who_is_on_the_roster_gets_a_lead(stage, lead, actor):
    with pytest.raises(Refused) as refused:
        assign(actor=actor, lead=lead, adviser=stage.clerk, on=TODAY, now=NOW)
    assert refused.value.field == "adviser"
    moved = assign(
        actor=actor, lead=lead, adviser=stage.other, on=TODAY, now=NOW, user=stage.clerk, seen=2
    )
    assert (moved.adviser, moved.state) == (stage.other, LeadState.ASSIGNED)
    with pytest.raises(Refused) as late:
        assign(actor=actor, lead=lead, adviser=stage.adviser, on=TODAY, now=NOW, seen=2)
    assert "jingban于2026-06-30 10:00" in late.value.reason.zh


def test_who_follows_leads_does_not_leave_the_roster(stage, lead, actor):
    term = stage.adviser.adviser_terms.get()
    with pytest.raises(Refused, match="1 条在跟线索"):
        leave_roster(actor=actor, adviser=term, on=TODAY)
    end(actor=actor, lead=lead, to="shelved", reason="缓议", on=TODAY, now=NOW)
    leave_roster(actor=actor, adviser=term, on=TODAY - DAY)
    again = reopen(actor=actor, lead=lead, reason="重启", on=TODAY, now=NOW)
    assert (again.state, again.adviser) == (LeadState.NEW, None), "its adviser is none any more"
    with pytest.raises(Refused, match="已在"):
        join_roster(actor=actor, user=stage.other, on=TODAY)


def test_the_first_talk_puts_a_lead_in_contact_and_the_last_says_what_is_next(lead, talk):
    talk(lead, next_step="寄送地块资料", next_on=TODAY + 3 * DAY)
    talk(lead, kind="visit_in", on=TODAY - 8 * DAY, summary="早先来过")
    lead.refresh_from_db()
    assert (lead.state, lead.since) == (LeadState.IN_CONTACT, TODAY - 5 * DAY)
    assert (lead.last_contact, lead.next_on) == (TODAY - 5 * DAY, TODAY + 3 * DAY)
    assert [one.summary for one in talks(lead)] == ["谈了选址", "早先来过"]


def test_who_talks_first_follows_a_lead_nobody_had(stage, make_lead, talk):
    new = make_lead(adviser=None)
    assert new.state == LeadState.NEW
    with pytest.raises(Refused, match="分派"):
        talk(new, user=stage.clerk)
    talk(new, user=stage.other)
    new.refresh_from_db()
    assert (new.adviser, new.state) == (stage.other, LeadState.IN_CONTACT)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": TODAY + DAY}, "on"),
        ({"kind": "telepathy"}, "kind"),
        ({"summary": " "}, "summary"),
        ({"next_step": "再谈", "next_on": TODAY - 9 * DAY}, "next_on"),
        ({"next_on": TODAY}, "__all__"),
    ],
)
def test_a_talk_that_makes_no_sense_is_refused(lead, talk, given, field):
    with pytest.raises(Refused) as refused:
        talk(lead, **given)
    assert refused.value.field == field
    assert not Interaction.objects.exists()


def test_a_talk_written_wrongly_stays_and_counts_nowhere(lead, talk, actor):
    wrong = talk(lead, on=TODAY)
    right = correct_interaction(
        actor=actor, interaction=wrong, kind="call", on=TODAY - 5 * DAY, summary="日期写错", now=NOW
    )
    lead.refresh_from_db()
    assert lead.last_contact == TODAY - 5 * DAY
    assert talks(lead) == [right]
    assert wrong in [one.row for one in timeline(lead)]
    with pytest.raises(Refused, match="已更正"):
        correct_interaction(
            actor=actor, interaction=wrong, kind="call", on=TODAY, summary="又改", now=NOW
        )


def test_negotiations_need_a_talk_and_going_back_a_reason(lead, talk, actor):
    with pytest.raises(Refused, match="没有洽谈记录"):
        move(actor=actor, lead=lead, to="negotiating", on=TODAY, now=NOW)
    talk(lead)
    move(actor=actor, lead=lead, to="negotiating", on=TODAY, now=NOW)
    with pytest.raises(Refused) as refused:
        move(actor=actor, lead=lead, to="in_contact", on=TODAY, now=NOW)
    assert refused.value.field == "reason"
    back = move(actor=actor, lead=lead, to="in_contact", on=TODAY, now=NOW, reason="方案搁置")
    assert back.state == LeadState.IN_CONTACT
    with pytest.raises(Refused):
        move(actor=actor, lead=lead, to="new", on=TODAY, now=NOW)


def test_a_rejected_lead_says_why_to_who_brought_it(stage, make_lead, actor, told):
    lead = make_lead(user=stage.clerk)
    with pytest.raises(Refused) as refused:
        end(actor=actor, lead=lead, to="rejected", reason=" ", on=TODAY, now=NOW)
    assert refused.value.field == "reason"
    gone = end(actor=actor, lead=lead, to="rejected", reason="能耗过高", on=TODAY, now=NOW)
    assert (gone.state, gone.reason) == (LeadState.REJECTED, "能耗过高")
    assert "能耗过高" in told(stage.clerk)[0]
    with pytest.raises(Refused, match="该线索已结束"):
        change_lead(actor=actor, lead=lead, title="改名")
    again = reopen(actor=actor, lead=lead, reason="工艺改进", on=TODAY, now=NOW)
    assert (again.state, again.reason) == (LeadState.ASSIGNED, "")


def test_opening_again_asks_about_a_lead_that_came_meanwhile(lead, make_lead, actor):
    end(actor=actor, lead=lead, to="rejected", reason="不符", on=TODAY, now=NOW)
    make_lead(title="新线索")
    with pytest.raises(Refused, match="XS2026-0002"):
        reopen(actor=actor, lead=lead, reason="再议", on=TODAY, now=NOW)
    assert reopen(actor=actor, lead=lead, reason="再议", on=TODAY, now=NOW, sure=True).is_open


def test_the_grade_follows_from_the_answers(lead, actor):
    grade_lead(actor=actor, lead=lead, answers={"who": True, "what": True}, on=TODAY, now=NOW)
    graded = grade_lead(actor=actor, lead=lead, answers={"decider": False}, on=TODAY, now=NOW)
    lead.refresh_from_db()
    assert (graded.grade, lead.grade) == ("d", "d")
    _, found = maturity(lead)
    assert [one.id for one in found.to_do] == ["decider"]
    assert [one.id for one in found.to_find_out] == ["size"]
    with pytest.raises(Refused):
        grade_lead(actor=actor, lead=lead, answers={"luck": True}, on=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("shares", "says"),
    [(("0.5", "0.4"), "现为 0.9"), (("1.5", "-0.5"), "大于 0"), ((), "至少")],
)
def test_credit_is_divided_whole(stage, lead, actor, shares, says):
    given = dict(zip((stage.adviser, stage.other), map(Decimal, shares), strict=False))
    with pytest.raises(Refused, match=says):
        set_credit(actor=actor, lead=lead, shares=given)


def test_credit_goes_to_advisers_and_the_log_keeps_what_it_was(stage, lead, actor):
    with pytest.raises(Refused, match="从未列入"):
        set_credit(actor=actor, lead=lead, shares={stage.clerk: Decimal(1)})
    set_credit(actor=actor, lead=lead, shares={stage.adviser: Decimal(1)})
    half = {stage.adviser: Decimal("0.5"), stage.other: Decimal("0.5")}
    set_credit(actor=actor, lead=lead, shares=half)
    assert [str(one.share) for one in lead.credits.all()] == ["0.500000", "0.500000"]
    last = Event.objects.filter(action="promotion.lead.credited").latest("pk")
    assert '"before":{"guwen":"1.000000"}' in last.payload


def test_what_happened_is_rewritten_by_nobody(lead, talk):
    talk(lead)
    for row in (LeadEvent.objects.all(), Interaction.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(on=TODAY)
