"""What the pages of an application keep from the wrong person."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.services import grant_membership
from openzone.zone.policies.enums import ItemStatus
from openzone.zone.redemption.enums import CheckState, Stage, Verdict
from openzone.zone.redemption.models import Application, CheckCase
from openzone.zone.redemption.services import handling, publicity
from tests.factories import TESTS
from tests.www.addresses.redemption import LONG_AGO, _Made, numbers
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]
REJECT = {"clause": "第三条", "reason": "不属实"}


def page(visit: Visit, user: User, application: Application) -> str:
    return visit(user).get(reverse("application", args=[application.pk])).content.decode()


def test_who_had_a_hand_in_it_rejects_no_more_than_approves_at_the_end(
    zone: Zone, visit: Visit
) -> None:
    made = _Made(zone)
    published = made.published("x")
    assert published.due_at
    over = published.due_at + dt.timedelta(minutes=1)
    publicity.end_publicity(actor=TESTS, application=published, at=over)
    assert made.office
    grant_membership(
        actor=TESTS, user=made.officer, unit=made.office, role=Role.LEADER, valid_from=LONG_AGO
    )
    for name in ("reject", "reject-finally", "approve"):
        address = reverse("application_act", args=[published.pk, name])
        assert visit(made.officer).post(address, REJECT).status_code == 403
    assert Application.objects.get(pk=published.pk).stage == Stage.APPROVAL
    address = reverse("application_act", args=[published.pk, "reject-finally"])
    assert visit(made.chief).post(address, REJECT).status_code == 302


def test_the_enterprise_learns_neither_who_objects_nor_what_the_zone_says_inside(
    zone: Zone, visit: Visit
) -> None:
    made = _Made(zone)
    opinion = made.in_review("x")
    made.do(handling.give_opinion, made.officer, opinion=opinion, verdict=Verdict.AGREE)
    application = Application.objects.get(pk=opinion.application_id)
    made.do(handling.propose, made.officer, application=application, amount=100_00, note="内部依据")
    rival = made.user("somebody-else")
    made.do(publicity.make_objection, rival, application=application, text="请核实")
    own, inside = (page(visit, user, application) for user in (made.applicant, made.chief))
    for secret in ("内部依据", "somebody-else"):
        assert secret not in own
    assert "请核实" in own
    assert "内部依据" in inside
    assert "somebody-else" in inside


def test_nobody_applies_for_what_is_not_published_yet(zone: Zone, visit: Visit) -> None:
    made = _Made(zone)
    item = made.item("secret")
    address = reverse("application_new", args=[item.pk])
    assert visit(made.applicant).get(address).status_code == 200
    item.status = ItemStatus.DRAFT
    item.save()
    answer = visit(made.applicant).get(address)
    assert answer.status_code == 403
    assert item.title not in answer.content.decode()


def test_a_proposed_finding_is_shown_to_the_enterprise_when_it_is_decided(
    zone: Zone, visit: Visit
) -> None:
    case = CheckCase.objects.get(pk=numbers(zone)["drawn_case"])
    case.state, case.finding_note = CheckState.PROPOSED, "拟认定"
    case.save()
    address = reverse("check", args=[case.pk])
    owner, chief = (User.objects.get(username=name) for name in ("applicant", "chief"))
    assert "拟认定" not in visit(owner).get(address).content.decode()
    assert "拟认定" in visit(chief).get(address).content.decode()
    case.state = CheckState.DECIDED
    case.save()
    assert "拟认定" in visit(owner).get(address).content.decode()


def test_a_reviewer_who_left_the_zone_reviews_no_more(zone: Zone, visit: Visit) -> None:
    made = _Made(zone)
    opinion = made.in_review("x")
    opinion.unit, opinion.reviewer = None, made.chief
    opinion.save()
    address = reverse("application_opinion", args=[opinion.pk])
    assert visit(made.chief).get(address).status_code == 200
    post = made.chief.memberships.get()
    post.valid_to = LONG_AGO
    post.save()
    assert visit(made.chief).get(address).status_code == 403


def test_money_moves_under_no_key_made_up_elsewhere(zone: Zone, visit: Visit) -> None:
    made = _Made(zone)
    keeper = made.user("keeper", Role.CENTRE, made.office)
    address = reverse("budget_appropriate", args=[made.budget.pk])
    given = {"amount": "1", "document": "示例财〔2026〕3号"}
    for key, status in (("application:1:reserve:1", 400), (f"appropriation:{'0' * 16}", 302)):
        assert visit(keeper).post(address, given | {"key": key}).status_code == status
