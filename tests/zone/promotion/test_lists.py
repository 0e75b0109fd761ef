"""Who sees which leads, the same one by one and in lists; quiet leads; load and credit."""

from decimal import Decimal

import pytest

from openzone.zone.people.enums import Role
from openzone.zone.promotion.jobs import every_morning
from openzone.zone.promotion.models import Lead, QuietReminder
from openzone.zone.promotion.permissions import (
    may_assign,
    may_credit,
    may_edit,
    may_list,
    may_record,
    may_see,
    may_tidy,
    visible,
)
from openzone.zone.promotion.selectors.advisers import loads, roster
from openzone.zone.promotion.selectors.listing import Filter, board, leads, page
from openzone.zone.promotion.selectors.quiet import quiet_leads
from openzone.zone.promotion.selectors.waiting import quiet_of, steps_due, to_assign
from openzone.zone.promotion.services.following import end, set_credit
from openzone.zone.promotion.services.interactions import grade_lead
from openzone.zone.promotion.services.landing import become_project
from openzone.zone.promotion.services.reminding import remind_quiet
from tests.zone.promotion.conftest import CAME, DAY, NOW, TODAY


def test_owner_colleague_and_stranger(stage, lead, make_user, leader, owner):
    centre = make_user("zhongxin", Role.CENTRE, stage.bureau.parent)
    people = (stage.adviser, stage.clerk, centre, leader, stage.other, stage.keeper, owner)
    yes, no = True, False
    rules = {
        may_list: (yes, yes, yes, yes, yes, yes, no),
        may_record: (yes, yes, yes, no, yes, yes, no),
        may_tidy: (no, no, yes, no, no, no, no),
    }
    for rule, wanted in rules.items():
        assert tuple(rule(one, TODAY).allowed for one in people) == wanted, rule.__name__
    about = {
        may_see: (yes, yes, yes, yes, no, no, no),
        may_edit: (yes, yes, yes, no, no, no, no),
        may_assign: (yes, yes, yes, no, no, no, no),
        may_credit: (no, no, yes, no, no, no, no),
    }
    for rule, wanted in about.items():
        assert tuple(rule(one, lead, TODAY).allowed for one in people) == wanted, rule.__name__
    for one in people:
        assert visible(one, TODAY).exists() == may_see(one, lead, TODAY).allowed


def test_an_adviser_who_left_sees_nothing_any_more(stage, lead):
    assert visible(stage.adviser, TODAY).exists()
    stage.adviser.adviser_terms.update(valid_to=TODAY - DAY)
    assert not visible(stage.adviser, TODAY).exists()
    stage.clerk.is_active = False
    assert not visible(stage.clerk, TODAY).exists()


def test_the_board_counts_whole_columns(stage, lead, make_lead, talk):
    make_lead(title="未定规模", wished=None, sure=True)
    talked = make_lead(title="在谈", wished=Decimal(100), sure=True)
    talk(talked)
    columns = {one.state: one for one in board(stage.clerk, TODAY, most=1)}
    assigned = columns["assigned"]
    assert (assigned.count, assigned.amount, assigned.unstated) == (2, 500_000_000, 1)
    assert [one.title for one in assigned.leads] == ["未定规模"]
    assert columns["in_contact"].leads == [talked]
    assert columns["rejected"].count == 0


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter(), 3),
        (Filter(text="恒川 二期"), 1),
        (Filter(state="in_talks"), 1),
        (Filter(state="open"), 3),
        (Filter(state="assigned", source="adviser"), 2),
        (Filter(grade="none"), 2),
        (Filter(grade="d"), 1),
        (Filter(received_from=CAME + DAY), 0),
        (Filter(received_to=CAME), 3),
    ],
)
def test_lists_are_narrowed(stage, lead, make_lead, talk, actor, chosen, found):
    second = make_lead(title="示例二期", sure=True)
    talk(make_lead(title="示例三期", sure=True))
    grade_lead(actor=actor, lead=second, answers={"who": True, "what": True}, on=TODAY, now=NOW)
    assert leads(chosen, stage.clerk, TODAY).count() == found
    of_firm = Filter(investor=stage.firm.pk, adviser=stage.adviser.pk, unit=stage.bureau.pk)
    assert leads(of_firm, stage.clerk, TODAY).count() == 3


def test_pages_go_by_key(stage, make_lead):
    for number in range(3):
        make_lead(title=f"线索{number}", sure=True)
    first = page(leads(Filter(), stage.clerk, TODAY), size=2)
    rest = page(leads(Filter(), stage.clerk, TODAY), after=first.after, size=2)
    assert [one.title for one in (*first.leads, *rest.leads)] == ["线索2", "线索1", "线索0"]
    assert rest.after == ""
    assert len(page(leads(Filter(), stage.clerk, TODAY), after="x'").leads) == 3


def test_quiet_leads_by_grade(stage, lead, make_lead, talk, actor):
    ripe = make_lead(title="成熟", received_on=TODAY - 60 * DAY, sure=True)
    answers = dict.fromkeys(("who", "what", "decider", "size"), True)
    grade_lead(actor=actor, lead=ripe, answers=answers, on=TODAY, now=NOW)
    talk(ripe, on=TODAY - 22 * DAY)
    [found] = quiet_leads(Lead.objects.all(), TODAY)
    assert (found.lead, found.days, found.allowed, found.since) == (
        ripe, 22, 21, TODAY - 22 * DAY,
    )  # fmt: skip
    assert quiet_of(stage.adviser, TODAY) == [found]
    assert len(quiet_leads(Lead.objects.all(), TODAY, days=5)) == 2
    end(actor=actor, lead=ripe, to="shelved", reason="缓", on=TODAY, now=NOW)
    assert quiet_leads(Lead.objects.all(), TODAY) == []


def test_a_reminder_goes_out_once_and_again_when_it_lasted_as_long_again(stage, lead, actor, told):
    assert remind_quiet(actor=actor, on=CAME + 30 * DAY, now=NOW) == 0
    assert remind_quiet(actor=actor, on=CAME + 31 * DAY, now=NOW) == 1
    assert remind_quiet(actor=actor, on=CAME + 60 * DAY, now=NOW) == 0
    assert remind_quiet(actor=actor, on=CAME + 61 * DAY, now=NOW) == 1
    assert QuietReminder.objects.count() == 2
    assert "61 天无人联系（应不超过 30 天）" in told(stage.adviser)[0]


def test_a_new_lead_is_reminded_of_to_its_unit(stage, make_lead, told):
    make_lead(adviser=None)
    assert every_morning.call((CAME + 31 * DAY).isoformat()) == {"reminded": 1}
    assert "31 天" in told(stage.clerk)[0]
    assert [one.title for one in to_assign(stage.clerk, TODAY)] == ["示例电子元件项目"]


def test_load_and_credit(stage, lead, make_lead, talk, actor):
    second = make_lead(title="示例二期", sure=True)
    talk(second, next_step="回访", next_on=TODAY)
    assert list(steps_due(stage.adviser, TODAY)) == [second]
    both = {stage.adviser: Decimal("0.4"), stage.other: Decimal("0.6")}
    set_credit(actor=actor, lead=second, shares=both)
    set_credit(actor=actor, lead=lead, shares={stage.adviser: Decimal(1)})
    become_project(actor=actor, lead=second, name="", on=TODAY, now=NOW)
    first, other = loads(roster(TODAY), CAME + 40 * DAY)
    assert (first.open, first.in_talks, first.quiet) == (1, 0, 1)
    assert (first.credit, first.landed) == (Decimal("1.4"), Decimal("0.4"))
    assert (other.open, other.credit, other.landed) == (0, Decimal("0.6"), Decimal("0.6"))
    assert leads(Filter(credited=stage.other.pk), stage.clerk, TODAY).count() == 1
