"""From a draft to a release: four eyes, one winner, nothing dropped, every release readable."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.loading import load_rule
from openzone.engines.rules.ruleset import RuleSet
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook import packs
from openzone.zone.rulebook.enums import DraftState, ReleaseOrigin
from openzone.zone.rulebook.models import RuleDraft, RuleRelease
from openzone.zone.rulebook.packs import ReleaseKey, plan_on, relations, release_plan, rules
from openzone.zone.rulebook.selectors.population import population, record_version
from openzone.zone.rulebook.selectors.releases import is_intact, packs_news
from openzone.zone.rulebook.selectors.texts import rule_text
from openzone.zone.rulebook.services.cases import set_case
from openzone.zone.rulebook.services.drafts import (
    create_relations,
    create_revision,
    create_withdrawal,
    edit,
)
from openzone.zone.rulebook.services.publishing import adopt_packs, publish, send_back
from tests.factories import TESTS
from tests.zone.rulebook.conftest import (
    DAY,
    RENT,
    new_draft,
    published,
    rent_rule,
    saved,
    submitted,
)

pytestmark = pytest.mark.django_db
Firms = dict[str, Enterprise]


def ids() -> set[str]:
    return {rule.rule for rule in rules()}


def test_before_the_first_release_the_packs_are_in_force() -> None:
    assert rules() == packs.packs().rules


def test_a_published_draft_is_in_force_at_once(
    draft: RuleDraft, approver: User, firms: Firms
) -> None:
    release = published(draft, approver)
    assert RENT in ids()
    assert population(DAY).counts()[RENT].met == 1
    assert (release.number, release.drafted_by, release.approved_by) == (1, "author", "approver")
    assert Event.objects.filter(action="rulebook.release.published").count() == 1


def test_a_release_tells_what_it_changed_and_what_that_meant(
    draft: RuleDraft, approver: User, firms: Firms
) -> None:
    release = published(draft, approver)
    [change] = release.changes
    assert (change["rule"], change["status"]) == (RENT, "new")
    [moved] = release.rehearsal["rules"]
    assert moved["after"] == {"met": 1, "not_met": 1, "unknown": 1}
    assert release.rehearsal["as_of"] == DAY.isoformat()


def test_a_new_release_changes_what_is_kept_by_the_record(
    draft: RuleDraft, approver: User, firms: Firms
) -> None:
    before = record_version()
    published(draft, approver)
    assert record_version() != before


def test_an_older_release_still_explains_what_was_decided_by_it(
    draft: RuleDraft, author: User, approver: User, firms: Firms
) -> None:
    first = published(draft, approver)
    again = create_revision(actor=TESTS, by=author, rule_id=RENT, title="降低门槛")
    published(saved(again, rent_rule(least=90)), approver, seen=1)
    then = release_plan(ReleaseKey(first.number, first.digest), DAY)
    assert [limit_of(then), limit_of(plan_on(DAY))] == [100, 90]
    assert population(DAY).counts()[RENT].met == 2


def limit_of(plan: Plan) -> object:
    """What the first clause of the rent subsidy asks for."""
    return plan.by_id[RENT].clauses[0].tests[0].limit


def test_a_release_cannot_be_altered_or_deleted(draft: RuleDraft, approver: User) -> None:
    release = published(draft, approver)
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleRelease.objects.filter(pk=release.pk).update(title="别的")
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleRelease.objects.filter(pk=release.pk).delete()
    assert is_intact(RuleRelease.objects.get(pk=release.pk))


def test_the_artefact_is_the_whole_set_and_its_digest_names_it(
    draft: RuleDraft, approver: User
) -> None:
    release = published(draft, approver)
    read = RuleSet.from_bytes(release.artefact.encode())
    assert read.digest == release.digest
    assert {rule.rule for rule in read.rules} == ids()


@pytest.mark.parametrize("who", ["author", "editor"])
def test_who_had_a_hand_in_a_draft_never_approves_it(
    who: str, draft: RuleDraft, author: User, approver: User
) -> None:
    changed = saved(draft, rent_rule(least=120), by=approver if who == "editor" else author)
    changed = saved(changed, rent_rule(least=110), by=author)
    ready = submitted(changed)
    person = approver if who == "editor" else author
    with pytest.raises(Refused, match="四眼"):
        publish(actor=TESTS, by=person, draft=ready, seen_release=0, today=DAY)
    assert not RuleRelease.objects.exists()


def test_only_what_was_submitted_is_published(draft: RuleDraft, approver: User) -> None:
    with pytest.raises(Refused, match="未在等待审批"):
        publish(actor=TESTS, by=approver, draft=draft, seen_release=0, today=DAY)


def test_a_draft_goes_back_with_a_reason(draft: RuleDraft, approver: User) -> None:
    ready = submitted(draft)
    with pytest.raises(Refused, match="退回理由"):
        send_back(actor=TESTS, by=approver, draft=ready, reason=" ")
    back = send_back(actor=TESTS, by=approver, draft=ready, reason="缺文号")
    assert (back.state, back.reason) == (DraftState.RETURNED, "缺文号")
    assert saved(back, rent_rule(least=80)).revision > draft.revision


def test_a_draft_submitted_again_is_not_approved_as_the_one_that_was_read(
    draft: RuleDraft, author: User, approver: User
) -> None:
    read = submitted(draft)
    back = send_back(actor=TESTS, by=author, draft=read, reason="再改一处")
    again = submitted(saved(back, rent_rule(least=999)))
    with pytest.raises(Refused, match="重新送审"):
        publish(
            actor=TESTS, by=approver, draft=again, seen_release=0, today=DAY,
            submitted_at=read.submitted_at,
        )  # fmt: skip
    assert not RuleRelease.objects.exists()
    publish(
        actor=TESTS, by=approver, draft=again, seen_release=0, today=DAY,
        submitted_at=again.submitted_at,
    )  # fmt: skip


def test_of_two_who_approve_one_draft_the_later_is_told_who_did(
    draft: RuleDraft, approver: User, admin: User
) -> None:
    ready = submitted(draft)
    publish(actor=TESTS, by=approver, draft=ready, seen_release=0, today=DAY)
    with pytest.raises(Refused, match="approver 已批准本草案，见第 1 次发布"):
        publish(actor=TESTS, by=admin, draft=ready, seen_release=1, today=DAY)
    assert RuleRelease.objects.count() == 1


def test_who_looked_at_the_rehearsal_of_an_older_set_looks_again(
    draft: RuleDraft, author: User, approver: User
) -> None:
    other = create_relations(actor=TESTS, by=author, title="关系")
    ready = submitted(saved_relations(other))
    published(draft, approver)
    with pytest.raises(Refused, match="第 1 次发布"):
        publish(actor=TESTS, by=approver, draft=ready, seen_release=0, today=DAY)
    publish(actor=TESTS, by=approver, draft=ready, seen_release=1, today=DAY)
    assert len(relations()) == 1


def saved_relations(draft: RuleDraft) -> RuleDraft:
    source = {"title": "示例办法", "number": "示例〔2026〕2号", "issuer": "示例管委会"}
    one = {
        "id": "not-both",
        "relation": "exclusive",
        "label": {"zh": "不得兼得", "en": "Not both"},
        "of": ["cn.high_tech", "cn.tech_sme"],
        "source": source,
        "effective_from": dt.date(2026, 1, 1),
        "verified": "L",
    }
    return saved(draft, {"relations": [one]})


def test_a_failing_golden_case_keeps_a_draft_from_being_submitted(draft: RuleDraft) -> None:
    case: dict[str, Any] = {
        "name": "正好一百人",
        "on": DAY,
        "facts": {"employees": "100"},
        "outcome": "not_met",
    }
    set_case(actor=TESTS, by=draft.author, draft=draft, case=None, **case)
    with pytest.raises(Refused, match="正好一百人"):
        submitted(draft)


def test_golden_cases_are_released_with_the_rule_and_come_back_for_life(
    draft: RuleDraft, author: User, approver: User
) -> None:
    case: dict[str, Any] = {
        "name": "正好一百人",
        "on": DAY,
        "facts": {"employees": "100"},
        "outcome": "met",
    }
    set_case(actor=TESTS, by=author, draft=draft, case=None, **case)
    release = published(draft, approver)
    assert [each["name"] for each in release.cases] == ["正好一百人"]
    again = create_revision(actor=TESTS, by=author, rule_id=RENT, title="提高门槛")
    [kept] = again.cases.all()
    assert kept.kept
    with pytest.raises(Refused, match="正好一百人"):
        submitted(saved(again, rent_rule(least=101)))


def test_two_versions_in_force_at_once_are_refused(draft: RuleDraft) -> None:
    twice = rent_rule()
    twice["versions"].append({**twice["versions"][0], "version": "2027"})
    with pytest.raises(Refused, match="同时有效"):
        submitted(saved(draft, twice))


def test_a_rule_that_others_rest_on_is_not_withdrawn(author: User) -> None:
    gone = create_withdrawal(actor=TESTS, by=author, rule_id="cn.size_class", title="撤销划型")
    with pytest.raises(Refused, match=r"cn\.size_class"):
        submitted(gone)


def test_a_rule_that_a_relation_names_is_not_withdrawn(
    author: User, approver: User, draft: RuleDraft
) -> None:
    published(saved_relations(create_relations(actor=TESTS, by=author, title="关系")), approver)
    gone = create_withdrawal(actor=TESTS, by=author, rule_id="cn.high_tech", title="撤销")
    with pytest.raises(Refused, match=r"cn\.high_tech"):
        submitted(gone)


def test_a_withdrawn_rule_is_gone_and_the_release_says_so(
    draft: RuleDraft, author: User, approver: User
) -> None:
    published(draft, approver)
    gone = create_withdrawal(actor=TESTS, by=author, rule_id=RENT, title="撤销租金补贴")
    release = published(gone, approver, seen=1)
    assert RENT not in ids()
    assert [change["status"] for change in release.changes] == ["removed"]


# ---- packs of the software ----------------------------------------------------------------


def test_setup_releases_the_packs_once(actor: Any) -> None:
    first = adopt_packs(actor=actor)
    assert first is not None
    assert (first.number, first.origin) == (1, ReleaseOrigin.PACKS)
    assert adopt_packs(actor=actor) is None


@pytest.fixture
def newer_packs(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``newer_packs(rules)``: what the next version of the software brings."""

    def bring(chosen: tuple[Any, ...]) -> None:
        newer = dataclasses.replace(packs.packs(), rules=chosen)
        for module in ("selectors.releases", "services.publishing"):
            monkeypatch.setattr(f"openzone.zone.rulebook.{module}.packs", lambda: newer)

    return bring


def renamed(rule: Any, zh: str) -> Any:
    return rule.model_copy(update={"title": rule.title.model_copy(update={"zh": zh})})


def test_newer_packs_never_drop_what_the_zone_wrote_or_changed(
    actor: Any, draft: RuleDraft, author: User, approver: User, newer_packs: Callable[..., None]
) -> None:
    adopt_packs(actor=actor)
    published(draft, approver, seen=1)
    mine = create_revision(actor=TESTS, by=author, rule_id="cn.high_tech", title="改名")
    text = mine.text.replace("zh: 高新技术企业认定,", "zh: 本区高企,", 1)
    assert text != mine.text

    mine = edit(actor=TESTS, by=author, draft=mine, text=text, revision=mine.revision)
    published(mine, approver, seen=2)
    newer_packs(tuple(renamed(rule, f"新{rule.title.zh}") for rule in packs.packs().rules))
    news = packs_news(RuleRelease.objects.latest("number"))
    assert "cn.high_tech" in news.kept
    assert "cn.tech_sme" in news.changed
    release = adopt_packs(actor=actor)
    assert release is not None
    titles = {rule.rule: rule.title.zh for rule in rules()}
    assert titles["cn.high_tech"] == "本区高企"
    assert titles[RENT] == "示例租金补贴"
    assert titles["cn.tech_sme"].startswith("新")


def test_a_rule_that_the_zone_withdrew_does_not_come_back_with_the_packs(
    actor: Any, author: User, approver: User, newer_packs: Callable[..., None]
) -> None:
    adopt_packs(actor=actor)
    gone = create_withdrawal(actor=TESTS, by=author, rule_id="cn.above_scale", title="撤销")
    published(gone, approver, seen=1)
    newer_packs(tuple(renamed(rule, f"新{rule.title.zh}") for rule in packs.packs().rules))
    adopt_packs(actor=actor)
    assert "cn.above_scale" not in ids()


def test_packs_that_lost_a_rule_drop_nothing_but_say_so(
    actor: Any, newer_packs: Callable[..., None]
) -> None:
    adopt_packs(actor=actor)
    newer_packs(tuple(rule for rule in packs.packs().rules if rule.rule != "cn.tech_sme"))
    news = packs_news(RuleRelease.objects.latest("number"))
    assert (news.gone, news.any) == (("cn.tech_sme",), False)
    assert adopt_packs(actor=actor) is None
    assert "cn.tech_sme" in ids()


def test_packs_that_no_longer_go_with_the_zones_rules_are_refused_by_name(
    actor: Any, draft: RuleDraft, approver: User, newer_packs: Callable[..., None]
) -> None:
    adopt_packs(actor=actor)
    resting = rent_rule()
    clause = {"rule": "cn.size_class", "in": ["micro"]}
    named = {"id": "tiny", "label": {"zh": "微型", "en": "Micro"}}
    resting["versions"][0]["when"]["all"].append(named | clause)
    published(saved(draft, resting), approver, seen=1)
    newer_packs(tuple(map(without_micro, packs.packs().rules)))
    with pytest.raises(Refused, match=r"zone\.rent.*micro"):
        adopt_packs(actor=actor)
    assert RuleRelease.objects.count() == 2


def without_micro(rule: Any) -> Any:
    """A rule of packs in which the lowest size class is called otherwise."""
    text = rule_text(rule).replace("micro", "tiny")
    return load_rule(text, rule.rule, packs.packs().catalogue)


def test_another_process_sees_a_new_release_without_a_restart(
    draft: RuleDraft, approver: User
) -> None:
    key = packs.release_key()
    published(draft, approver)
    assert packs.release_key() != key


def test_new_drafts_of_the_same_rule_are_told_that_it_exists(
    draft: RuleDraft, author: User, approver: User
) -> None:
    published(draft, approver)
    with pytest.raises(Refused, match="已存在"):
        new_draft(author)
