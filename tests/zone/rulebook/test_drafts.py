"""Writing drafts: nothing is lost, nothing is overwritten unseen, days do not overlap."""

import datetime as dt
from typing import Any

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.rulebook.enums import DraftState
from openzone.zone.rulebook.models import RuleDraft
from openzone.zone.rulebook.packs import in_force, plan_on, rules
from openzone.zone.rulebook.permissions import may_draft, may_publish, may_screen
from openzone.zone.rulebook.selectors.readiness import OUTDATED, first_day, readiness
from openzone.zone.rulebook.selectors.reading import read_draft
from openzone.zone.rulebook.selectors.releases import rule_in
from openzone.zone.rulebook.selectors.texts import rule_text
from openzone.zone.rulebook.services.cases import remove_case, set_case
from openzone.zone.rulebook.services.drafts import (
    create_new_version,
    create_revision,
    discard,
    edit,
    rebase,
    rename,
)
from tests.factories import TESTS
from tests.zone.rulebook.conftest import DAY, RENT, published, rent_rule, saved, submitted

pytestmark = pytest.mark.django_db


def test_a_draft_of_a_rule_in_force_begins_with_its_text(author: User) -> None:
    draft = create_revision(actor=TESTS, by=author, rule_id="cn.high_tech", title="修订")
    reading = read_draft(draft, in_force())
    assert reading.rule == rule_in(in_force(), "cn.high_tech")
    assert Event.objects.filter(action="rulebook.draft.created").count() == 1


def test_the_later_of_two_editors_is_told_and_nothing_is_overwritten(
    draft: RuleDraft, author: User, approver: User
) -> None:
    seen = draft.revision
    saved(draft, rent_rule(least=120), by=approver)
    with pytest.raises(Refused, match="approver 已于"):
        edit(actor=TESTS, by=author, draft=draft, text="rule: x", revision=seen)
    assert "120" in RuleDraft.objects.get().text


def test_saving_what_is_there_already_is_no_new_revision(draft: RuleDraft) -> None:
    same = edit(actor=TESTS, by=draft.author, draft=draft, text=draft.text, revision=1)
    assert same.revision == 1


def test_what_waits_for_approval_is_not_edited(draft: RuleDraft) -> None:
    ready = submitted(draft)
    with pytest.raises(Refused, match="等待审批"):
        saved(ready, rent_rule(least=1))


def test_a_broken_text_is_kept_and_told_with_its_line(draft: RuleDraft) -> None:
    text = draft.text.replace("gte: 100", "gte: 很多")
    broken = edit(actor=TESTS, by=draft.author, draft=draft, text=text, revision=1)
    reading = read_draft(broken, in_force())
    [problem] = reading.blocking
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "很多" in each)
    assert problem.line == line
    assert problem.path[-1] == "gte"
    with pytest.raises(Refused, match="1 处问题"):
        submitted(broken)


def test_an_id_is_for_life(draft: RuleDraft) -> None:
    other = rent_rule()
    other["rule"] = "zone.other"
    assert "终身不变" in read_draft(saved(draft, other), in_force()).blocking[0].reason.zh


def test_a_new_version_ends_the_one_before_on_the_eve(author: User) -> None:
    day = dt.date(2027, 1, 1)
    draft = create_new_version(
        actor=TESTS,
        by=author,
        rule_id="cn.high_tech",
        title="新版",
        version="2027",
        effective_from=day,
    )
    rule = read_draft(draft, in_force()).rule
    assert rule is not None
    in_turn = [rule.version_on(each) for each in (day - dt.timedelta(days=1), day)]
    assert [version and version.version for version in in_turn] == ["2016", "2027"]
    assert read_draft(draft, in_force()).blocking == []


def test_a_new_version_begins_after_the_last_one_began(author: User) -> None:
    with pytest.raises(Refused, match="2016-01-01"):
        create_new_version(
            actor=TESTS,
            by=author,
            rule_id="cn.high_tech",
            title="新版",
            version="2015",
            effective_from=dt.date(2016, 1, 1),
        )


@pytest.mark.parametrize(
    ("day", "answers"),
    [
        (dt.date(2026, 2, 28), False),
        (dt.date(2026, 3, 1), True),
        (dt.date(2026, 3, 31), True),
        (dt.date(2026, 4, 1), False),
    ],
)
def test_the_first_and_the_last_day_of_a_version_count(
    draft: RuleDraft, approver: User, day: dt.date, answers: bool
) -> None:
    span = rent_rule(first=dt.date(2026, 3, 1), effective_to=dt.date(2026, 3, 31))
    published(saved(draft, span), approver)
    assert (RENT in plan_on(day).by_id) is answers


def test_a_draft_of_what_was_published_anew_goes_on_only_after_a_look(
    draft: RuleDraft, author: User, approver: User
) -> None:
    published(draft, approver)
    mine = create_revision(actor=TESTS, by=author, rule_id=RENT, title="我的")
    theirs = create_revision(actor=TESTS, by=approver, rule_id=RENT, title="他的")
    published(saved(theirs, rent_rule(least=50)), author, seen=1)
    mine = saved(mine, rent_rule(least=60))
    assert readiness(mine).outdated
    with pytest.raises(Refused, match="新的发布替换"):
        submitted(mine)
    mine = rebase(actor=TESTS, by=author, draft=mine, revision=mine.revision)
    assert OUTDATED not in readiness(mine).obstacles
    assert "60" in mine.text
    assert submitted(mine).state == DraftState.SUBMITTED


def test_another_rule_released_meanwhile_is_no_obstacle(
    draft: RuleDraft, author: User, approver: User
) -> None:
    other = create_revision(actor=TESTS, by=author, rule_id="cn.tech_sme", title="别的规则")
    published(draft, approver)
    assert not readiness(other).outdated


def test_what_says_nothing_new_is_not_submitted(author: User) -> None:
    draft = create_revision(actor=TESTS, by=author, rule_id="cn.tech_sme", title="没改")
    with pytest.raises(Refused, match="完全相同"):
        submitted(draft)


def test_a_discarded_draft_stays_to_be_read(draft: RuleDraft) -> None:
    gone = discard(actor=TESTS, by=draft.author, draft=draft, reason="重复")
    assert (gone.state, RuleDraft.objects.count()) == (DraftState.DISCARDED, 1)
    with pytest.raises(Refused, match="作废"):
        rename(actor=TESTS, by=draft.author, draft=gone, title="再来", effect="")


def test_a_draft_needs_a_title(draft: RuleDraft) -> None:
    with pytest.raises(Refused, match="标题"):
        rename(actor=TESTS, by=draft.author, draft=draft, title=" ", effect="")


# ---- golden cases -------------------------------------------------------------------------


def case_of(draft: RuleDraft, **given: Any) -> None:
    case: dict[str, Any] = {
        "name": "例",
        "on": DAY,
        "facts": {"employees": "100"},
        "outcome": "met",
    } | given
    set_case(actor=TESTS, by=draft.author, draft=draft, case=None, **case)


@pytest.mark.parametrize(
    ("given", "passes"),
    [
        ({}, True),
        ({"facts": {"employees": "99"}}, False),
        ({"facts": {}, "outcome": "unknown"}, True),
        ({"facts": {"employees": "100", "revenue_y1": "900000"}, "amount": 90_000}, True),
        ({"facts": {"employees": "100", "revenue_y1": "900000"}, "amount": 90_001}, False),
        ({"facts": {"employees": "100", "revenue_y1": "9000000"}, "amount": 200_000}, True),
        ({"on": dt.date(2025, 12, 31)}, False),
    ],
)
def test_a_case_asks_for_the_answer_and_the_amount(
    draft: RuleDraft, given: dict[str, object], passes: bool
) -> None:
    case_of(draft, **given)
    assert [result.passed for result in readiness(draft).cases] == [passes]


@pytest.mark.parametrize(
    "given",
    [
        {"facts": {"staff": "1"}},
        {"facts": {"employees": "many"}},
        {"outcome": "perhaps"},
        {"name": ""},
    ],
)
def test_a_case_that_makes_no_sense_is_refused(draft: RuleDraft, given: dict[str, object]) -> None:
    with pytest.raises(Refused):
        case_of(draft, **given)
    assert not draft.cases.exists()


def test_two_cases_of_a_draft_have_two_names(draft: RuleDraft) -> None:
    case_of(draft)
    with pytest.raises(Refused, match="同名"):
        case_of(draft)


def test_a_case_that_was_never_released_can_go(draft: RuleDraft) -> None:
    case_of(draft)
    remove_case(actor=TESTS, by=draft.author, draft=draft, case=draft.cases.get())
    assert not draft.cases.exists()


def test_a_released_case_stays(draft: RuleDraft, author: User, approver: User) -> None:
    case_of(draft)
    published(draft, approver)
    again = create_revision(actor=TESTS, by=author, rule_id=RENT, title="改")
    with pytest.raises(Refused, match="终身保留"):
        remove_case(actor=TESTS, by=author, draft=again, case=again.cases.get())


# ---- who ----------------------------------------------------------------------------------


def test_who_may(
    draft: RuleDraft,
    author: User,
    approver: User,
    colleague: User,
    owner: User,
    stranger: User,
) -> None:
    assert [may_draft(user, DAY).allowed for user in (author, approver)] == [True, True]
    outside = (colleague, owner, stranger)
    assert [may_draft(user, DAY).allowed for user in outside] == [False] * 3
    assert [may_publish(user, draft, DAY).allowed for user in (author, approver, colleague)] == [
        False,
        True,
        False,
    ]
    assert [may_screen(user, DAY).allowed for user in (colleague, owner)] == [True, False]


# ---- texts --------------------------------------------------------------------------------


def test_the_first_day_that_differs_is_rehearsed(author: User) -> None:
    draft = create_new_version(
        actor=TESTS,
        by=author,
        rule_id="cn.high_tech",
        title="新版",
        version="2027",
        effective_from=dt.date(2027, 1, 1),
    )
    old, new = rule_in(in_force(), "cn.high_tech"), read_draft(draft, in_force()).rule
    assert first_day(old, new, DAY) == DAY  # the end of the version before is told from today on
    assert first_day(old, old, DAY) == DAY


def test_amounts_are_written_as_people_read_them(draft: RuleDraft, approver: User) -> None:
    published(draft, approver)
    again = create_revision(actor=TESTS, by=approver, rule_id=RENT, title="再看")
    assert '"20万"' in again.text


def test_every_rule_in_force_is_written_so_that_it_reads_as_the_same() -> None:
    from openzone.engines.rules.loading import load_rule

    base = in_force()
    for rule in rules():
        assert load_rule(rule_text(rule), rule.rule, base.catalogue) == rule
