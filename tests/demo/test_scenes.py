"""A newcomer to the demo zone sees life on every page, all of it made by the services."""

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from openzone.demo import loading
from openzone.demo.loading import load_demo
from openzone.demo.parameters import parameters
from openzone.demo.policies import has_rules
from openzone.demo.policy_pack import FOLDER, policy_pack
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.audit.verification import verify
from openzone.zone.cultivation.models import Entry, Recognition, TrustedEnterprise, Tutoring
from openzone.zone.ledger.models import Account
from openzone.zone.ledger.selectors import budget_line, out_of_balance
from openzone.zone.outreach.models import Delivery, LiveSession, Push
from openzone.zone.people.models import Unit, User
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.models import Document, Item
from openzone.zone.redemption.enums import PaymentState, Stage
from openzone.zone.redemption.models import Application, CheckCase, Payment
from openzone.zone.redemption.permissions import may_decide
from openzone.zone.redemption.selectors.checks import replay
from openzone.zone.redemption.selectors.effect import take_up, time_to_money
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook.models import RuleDraft
from openzone.zone.rulebook.permissions import had_a_hand_in
from openzone.zone.rulebook.selectors.readiness import readiness
from openzone.zone.rulebook.services.publishing import adopt_packs
from openzone.zone.spokespersons.models import Consultation, Spokesperson
from openzone.zone.spokespersons.selectors.register import without_speaker

FIRMS = 420
TODAY = dt.date(2026, 11, 21)
PAGES = {
    "centre": (
        "cultivation", "cultivation_recognitions", "cultivation_trusted", "pushes", "coverage",
        "sessions", "desk", "applications", "publicity", "budgets", "checks", "effect", "drafts",
        "releases", "screening", "spokespersons", "spokespersons_register", "consultations",
        "consultations_overview",
    ),
    "finance": ("fund_orders", "desk"),
    "leader": ("desk", "drafts"),
    "qiye": ("messages", "consultations", "applications", "cultivation_mine"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A demo zone with fewer firms, made once for the module and rolled back at its end."""
    place = tmp_path_factory.mktemp("demo")
    few = parameters().model_copy(update={"count": FIRMS})
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("OPENZONE_PACKS", str(FOLDER))
        patch.setattr(loading, "parameters", lambda: few)
        _forget()
        with transaction.atomic():
            adopt_packs(actor=Actor.system("tests"))
            load_demo(place, TODAY)
            yield place
            transaction.set_rollback(True)
    _forget()


def _forget() -> None:
    """Let every room read its packs anew: those of the demo are not those of the other tests."""
    for name, module in list(sys.modules.items()):
        if name.startswith("openzone.zone.") and name.endswith("packs"):
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


@pytest.fixture(autouse=True)
def _zone(folder: Path, db: None) -> None:
    """Every test looks at the zone of the module."""


def firm() -> Enterprise:
    return Enterprise.objects.get(external_id=parameters().login_firm)


def test_all_documents_and_items_are_there() -> None:
    assert has_rules()
    assert Document.objects.count() == len(policy_pack().documents)
    assert Item.objects.count() == sum(len(one.items) for one in policy_pack().documents)


def test_nobody_who_should_speak_for_policies_is_missing() -> None:
    assert not list(without_speaker(TODAY))
    assert all(one.phone.startswith("0000-") for one in Spokesperson.objects.all())


def test_consultations_are_open_overdue_answered_and_rated() -> None:
    now = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
    waiting = Consultation.objects.filter(status="open")
    assert waiting.filter(due_at__lt=now).exists()
    assert waiting.filter(due_at__gt=now).exists()
    answered = Consultation.objects.filter(status="answered")
    assert {one.replies.get().rating for one in answered} >= {2, 5}
    assert LiveSession.objects.get(state="held").questions.count() == 2
    assert LiveSession.objects.filter(state="planned").count() == 1


def test_pools_hold_some_and_declined_one_with_a_tutor_and_what_was_done() -> None:
    assert Entry.objects.filter(choice="accepted", tutor__username="centre").count() >= 4
    assert Entry.objects.filter(choice="declined").exists()
    assert Tutoring.objects.exists()
    assert TrustedEnterprise.objects.count() == 2
    assert Recognition.objects.filter(enterprise=firm()).exists()


def test_pushes_reached_some_who_read_and_one_who_did_not_want_it() -> None:
    assert Push.objects.filter(state="sent").count() == 3
    refused = Delivery.objects.filter(skipped="opted_out")
    assert refused.values("enterprise").distinct().count() == 1
    assert Delivery.objects.filter(read_at__isnull=False).exists()


def test_applications_stand_at_every_kind_of_stage() -> None:
    assert set(Application.objects.values_list("stage", flat=True)) >= {
        Stage.DRAFT, Stage.INTENTION, Stage.FORMALITY, Stage.CORRECTION, Stage.REVIEW,
        Stage.PUBLICITY, Stage.APPROVAL, Stage.ORDER, Stage.RECEIPT, Stage.EVALUATION,
        Stage.CLOSED, Stage.REJECTED,
    }  # fmt: skip
    assert Application.objects.filter(enterprise=firm()).count() == 4


def test_the_leader_can_decide_what_waits_for_approval() -> None:
    waiting = Application.objects.get(stage=Stage.APPROVAL)
    assert may_decide(User.objects.get(username="leader"), waiting, TODAY).allowed


def test_what_was_paid_stands_in_the_budgets_and_the_books_balance() -> None:
    assert not out_of_balance()
    paid = sum(one.paid or 0 for one in Payment.objects.filter(state=PaymentState.PAID))
    budgets = Account.objects.filter(code__startswith="demo-budget-")
    assert sum(budget_line(one).paid for one in budgets) == paid > 0
    held = Application.objects.filter(stage=Stage.ORDER)
    assert sum(budget_line(one).reserved for one in budgets) == sum(x.approved or 0 for x in held)


def test_two_items_were_paid_often_enough_for_the_effect_to_show_figures() -> None:
    often = [one for one in take_up(TODAY, TODAY.replace(month=1, day=1)) if one.paid]
    assert len([one for one in often if len(one.paid) >= 3]) >= 2
    assert time_to_money(TODAY, TODAY.replace(month=1, day=1))


def test_the_sample_of_the_check_can_be_drawn_again() -> None:
    cases = list(CheckCase.objects.select_related("draw", "application"))
    assert {one.member for one in replay(cases[0].draw)} == {
        case.application.number for case in cases
    }


def test_a_draft_waits_that_leader_and_administrator_can_approve() -> None:
    draft = RuleDraft.objects.get()
    assert (draft.state, draft.cases.count()) == ("submitted", 1)
    assert not readiness(draft).obstacles
    centre, *others = (User.objects.get(username=name) for name in ("centre", "leader", "admin"))
    assert had_a_hand_in(centre, draft)
    assert not any(had_a_hand_in(other, draft) for other in others)


def test_everybody_and_every_enterprise_is_an_example() -> None:
    assert not Enterprise.objects.exclude(synthetic=True).exists()
    assert all("示例" in user.display_name for user in User.objects.all())
    assert all("示例" in one.text for one in Consultation.objects.all())
    assert all("示例" in unit.name for unit in Unit.objects.all())


def test_nobody_can_log_in_beside_the_demo_logins() -> None:
    added = User.objects.filter(username__startswith="demo-")
    assert added.exists()
    assert not any(user.has_usable_password() for user in added)
    assert not may_see_console(User.objects.get(username="demo-applicant"), TODAY).allowed


def test_nothing_happens_before_new_year_or_after_today() -> None:
    for one in Application.objects.all():
        days = [step.at.date() for step in one.steps.order_by("seq")]
        assert days == sorted(days)
        assert dt.date(2026, 1, 1) <= days[0] <= days[-1] <= TODAY


def test_the_log_is_intact() -> None:
    assert verify().intact


def test_a_second_load_changes_nothing(folder: Path) -> None:
    before = (Event.objects.count(), Application.objects.count(), User.objects.count())
    assert not load_demo(folder, TODAY + dt.timedelta(days=30)).created
    assert (Event.objects.count(), Application.objects.count(), User.objects.count()) == before


@pytest.mark.parametrize(("login", "address"), [(who, one) for who in PAGES for one in PAGES[who]])
def test_every_page_opens_for_whom_it_is_made(login: str, address: str, client: Client) -> None:
    client.force_login(User.objects.get(username=login))
    assert client.get(reverse(address), follow=True).status_code == 200


def test_an_enterprise_opens_its_policies_with_the_best_bundle(client: Client) -> None:
    client.force_login(User.objects.get(username="qiye"))
    assert client.get(reverse("my_policies"), follow=True).status_code == 200
