"""Applications, reviews, publicity, payment, checks, budget, effect."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.ledger.services import open_account
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership
from openzone.zone.policies.enums import DeliveryMode, DocumentStatus, ItemKind, ItemStatus, Level
from openzone.zone.policies.models import Document, Item
from openzone.zone.redemption.enums import Verdict
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.services import (
    applications,
    budgets,
    checks,
    decisions,
    handling,
    history,
    payments,
    publicity,
)
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.services.people import add_staff
from tests.files import PDF
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

LONG_AGO = dt.date(2020, 1, 1)
ACCOUNT = {"payee_name": "示例", "payee_bank": "示例银行", "payee_account": "622200001111"}
DRAW = {
    "title": "抽查", "paid_from": "2026-01-01", "paid_to": "2030-12-31", "percent": "50",
    "seed": "彩票", "seed_source": "公报",
}  # fmt: skip

# All of the owner's enterprise. ``of_draft`` is being written, ``of_formality`` waits for the
# colleague's office, ``of_review`` for its opinion, ``of_publicity`` is published with an
# objection, ``of_order`` waits, ``of_payment`` was ordered, ``of_paid`` was paid and drawn.
ADDRESSES: tuple[Address, ...] = (
    get("applications", 200, 200, 200, 200),
    get("applications", 200, 200, 200, 200, query="?stage=publicity&q=%E5%90%88&item=NOWHERE"),
    get("applications", 200, 200, 200, 200, query="?stage=nowhere&item=x"),
    post("applications_export", 200, 200, 403, 403, data={"stage": "publicity"}),
    get("application_new", 403, 403, 200, 403, item="{free_item}", query="?enterprise={near}"),
    get("application_new", 404, 404, 404, 404, item=NOWHERE),
    post("application_new", 403, 403, 302, 403, item="{free_item}", data={"enterprise": "{near}"}),
    post("application_new", 403, 403, 409, 403, item="{draft_item}", data={
        "enterprise": "{near}"}),
    get("application", 200, 200, 200, 403, pk="{of_draft}"),
    get("application", 200, 200, 200, 403, pk="{of_publicity}"),
    get("application", 200, 200, 200, 403, pk="{of_review}"),
    get("application", 200, 200, 200, 403, pk="{of_paid}"),
    get("application", 404, 404, 404, 404, pk=NOWHERE),
    get("application_act", 403, 403, 200, 403, pk="{of_draft}", name="submit"),
    post("application_act", 403, 403, 302, 403, pk="{of_draft}", name="submit", data=ACCOUNT),
    post("application_act", 403, 403, 400, 403, pk="{of_draft}", name="submit"),
    get("application_act", 404, 404, 404, 403, pk="{of_draft}", name="nonsense"),
    get("application_act", 403, 200, 403, 403, pk="{of_formality}", name="accept"),
    post("application_act", 403, 302, 403, 403, pk="{of_formality}", name="accept"),
    post("application_act", 403, 400, 403, 403, pk="{of_formality}", name="return"),
    get("application_act", 403, 200, 403, 403, pk="{of_review}", name="ask-units"),
    get("application_act", 403, 200, 403, 403, pk="{of_review}", name="ask-reviewers"),
    post("application_attach", 403, 403, 302, 403, pk="{of_draft}"),
    get("application_file", 200, 200, 200, 403, pk="{of_draft}", row="{paper}"),
    get("application_file", 404, 404, 404, 403, pk="{of_paid}", row="{paper}"),
    post("application_file_remove", 403, 403, 302, 403, pk="{of_draft}", row="{paper}"),
    get("application_opinion", 403, 200, 403, 403, pk="{opinion}"),
    post("application_opinion", 403, 302, 403, 403, pk="{opinion}", data={"verdict": "agree"}),
    post("application_opinion", 403, 400, 403, 403, pk="{opinion}"),
    get("application_object", 200, 200, 200, 200, pk="{of_publicity}"),
    get("application_object", 403, 403, 403, 403, pk="{of_paid}"),
    post("application_object", 302, 302, 302, 302, pk="{of_publicity}", data={"text": "不实"}),
    post("application_object", 400, 400, 400, 400, pk="{of_publicity}"),
    get("application_objection", 403, 200, 403, 403, pk="{objection}"),
    post("application_objection", 403, 302, 403, 403, pk="{objection}", data={
        "upheld": "no", "answer": "已核实"}),
    get("desk", 200, 200, 403, 403),
    Address("publicity", (200,) * 4, anonymous=200),
    get("fund_orders", 403, 403, 403, 403),
    post("fund_orders", 403, 403, 403, 403),
    get("fund_order", 403, 403, 403, 403, pk="{order}"),
    post("fund_order_export", 403, 403, 403, 403, pk="{order}"),
    get("payment_paid", 403, 403, 403, 403, pk="{payment}"),
    get("payment_failed", 403, 403, 403, 403, pk="{payment}"),
    get("budgets", 200, 200, 403, 403),
    post("budgets_export", 200, 200, 403, 403),
    get("budget", 200, 200, 403, 403, pk="{budget}"),
    get("budget", 200, 200, 403, 403, pk="{budget}", query="?part=reserved"),
    get("budget", 404, 404, 403, 403, pk=NOWHERE),
    get("budget_appropriate", 200, 403, 403, 403, pk="{budget}"),
    post("budget_appropriate", 302, 403, 403, 403, pk="{budget}", data={
        "amount": "100", "document": "示例财〔2026〕2号",
        "key": "appropriation:0000000000000001"}),
    post("budget_appropriate", 400, 403, 403, 403, pk="{budget}", data={
        "amount": "-99999999", "document": "示例财〔2026〕2号",
        "key": "appropriation:0000000000000002"}),
    get("checks", 200, 403, 403, 403),
    get("check_new", 200, 403, 403, 403),
    post("check_new", 302, 403, 403, 403, data=DRAW),
    post("check_new", 400, 403, 403, 403, data=DRAW | {"percent": "0"}),
    get("check_draw", 200, 403, 403, 403, pk="{draw}"),
    get("check_frame", 200, 403, 403, 403, pk="{draw}"),
    get("check", 200, 200, 200, 403, pk="{drawn_case}"),
    get("check_answer", 403, 403, 200, 403, pk="{drawn_case}"),
    post("check_answer", 403, 403, 302, 403, pk="{drawn_case}", data={"answer": "情况属实"}),
    get("check_outcome", 200, 403, 403, 403, pk="{drawn_case}"),
    post("check_outcome", 400, 403, 403, 403, pk="{drawn_case}", data={
        "finding": "in_order", "outcome": "nothing", "note": "相符"}),
    get("check_decision", 200, 403, 403, 403, pk="{drawn_case}"),
    get("check_recovery", 200, 403, 403, 403, pk="{drawn_case}"),
    get("earlier", 200, 403, 403, 403),
    post("earlier", 400, 403, 403, 403),
    get("earlier_batch", 200, 403, 403, 403, pk="{grants}"),
    post("earlier_apply", 409, 403, 403, 403, pk="{grants}"),
    get("effect", 200, 200, 403, 403),
    get("effect", 200, 200, 403, 403, query="?rows=place:x"),
    post("effect_export", 200, 200, 403, 403),
)  # fmt: skip


class _Made:
    """Everything the addresses need, made through the services."""

    def __init__(self, zone: "Zone") -> None:
        self.zone, self.now = zone, timezone.now()
        self.tests = Actor.system("tests")
        self.office = zone.charge.unit
        finance = create_unit(
            actor=self.tests, code="finance", name="示例财政局", kind=UnitKind.DEPARTMENT
        )
        self.applicant = self.user("applicant")
        add_staff(
            actor=self.tests, user=self.applicant, enterprise=zone.near, role=StaffRole.STAFF,
            valid_from=LONG_AGO,
        )  # fmt: skip
        self.officer = self.user("officer", Role.HANDLER, self.office)
        self.chief = self.user("chief", Role.LEADER, self.office)
        self.cashier = self.user("cashier", Role.HANDLER, finance)
        self.treasurer = self.user("treasurer", Role.HANDLER, finance)
        self.budget = open_account(
            actor=self.tests, code="page-budget", name="示例资金", opened_on=LONG_AGO
        )
        budgets.appropriate(
            actor=self.tests, budget=self.budget, amount=100_000_00, document="示例财〔2026〕1号",
            key="page-a", at=self.now,
        )  # fmt: skip

    def user(self, name: str, role: Role | None = None, unit: Unit | None = None) -> User:
        user = create_user(actor=self.tests, username=name)
        if role is not None and unit is not None:
            grant_membership(actor=self.tests, user=user, unit=unit, role=role, valid_from=LONG_AGO)
        return user

    def item(self, name: str) -> Item:
        document = Document.objects.create(
            code=f"page-{name}", title="示例兑现措施", level=Level.ZONE,
            status=DocumentStatus.PUBLISHED, issued_on=LONG_AGO, effective_from=LONG_AGO,
            published_on=LONG_AGO, synthetic=True,
        )  # fmt: skip
        return Item.objects.create(
            document=document, code=f"page-{name}", title=f"示例兑现事项{name}",
            kind=ItemKind.SUBSIDISE, mode=DeliveryMode.FAST, owner=self.office, budget=self.budget,
            status=ItemStatus.PUBLISHED,
        )  # fmt: skip

    def do(self, service: Any, user: User, **given: Any) -> Any:
        return service(actor=Actor.of(user), user=user, **({"at": self.now} | given))

    def draft(self, name: str) -> Application:
        return self.do(
            applications.open_application, self.applicant, item=self.item(name),
            enterprise=self.zone.near,
        )  # fmt: skip

    def handed_in(self, name: str) -> Application:
        made = self.draft(name)
        return self.do(applications.submit, self.applicant, application=made, **ACCOUNT)

    def in_review(self, name: str) -> Any:
        made = self.do(handling.accept, self.officer, application=self.handed_in(name))
        return self.do(handling.ask_units, self.officer, application=made, units=[self.office])[0]

    def published(self, name: str) -> Application:
        opinion = self.in_review(name)
        self.do(handling.give_opinion, self.officer, opinion=opinion, verdict=Verdict.AGREE)
        made = Application.objects.get(pk=opinion.application_id)
        return self.do(
            handling.propose, self.officer, application=made, amount=1_000_00, note="按办法"
        )

    def approved(self, name: str) -> Application:
        made = self.published(name)
        over = made.due_at + dt.timedelta(minutes=1)
        publicity.end_publicity(actor=self.tests, application=made, at=over)
        made.refresh_from_db()
        return self.do(decisions.approve, self.chief, application=made)

    def ordered(self, name: str) -> Any:
        made = self.approved(name)
        order = self.do(payments.make_order, self.cashier, applications=[made])
        return order.payments.get()


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need in the example zone, and return their numbers."""
    made = _Made(zone)
    draft = made.draft("draft")
    paper = made.do(
        applications.attach, made.applicant, application=draft, name="证明.pdf", data=PDF
    )
    formality, opinion = made.handed_in("formality"), made.in_review("review")
    published = made.published("publicity")
    objection = made.do(
        publicity.make_objection, made.cashier, application=published, text="请核实"
    )
    waits = made.approved("order")
    payment, paid = made.ordered("payment"), made.ordered("paid")
    made.do(
        payments.mark_paid, made.treasurer, payment=paid, paid_on=timezone.localdate(made.now),
        bank_reference="B-1",
    )  # fmt: skip
    draw = made.do(
        checks.draw_sample, made.chief, title="示例抽查", seed="彩票", seed_source="公报",
        paid_from=LONG_AGO, paid_to=dt.date(2099, 1, 1), percent=100,
    )  # fmt: skip
    grants = made.do(
        history.check_earlier_grants, made.chief, file_name="往年.csv",
        data="企业,政策,兑现日期,金额\n无此企业,示例,2024-01-01,5\n".encode(),
    )  # fmt: skip
    rows = {
        "of_draft": draft, "of_formality": formality, "of_review": opinion.application,
        "of_publicity": published, "of_order": waits, "of_payment": payment.application,
        "of_paid": paid.application, "paper": paper, "opinion": opinion, "objection": objection,
        "payment": payment, "order": payment.order, "budget": made.budget, "draw": draw,
        "drawn_case": draw.cases.get(), "grants": grants, "free_item": made.item("free"),
        "draft_item": draft.item,
    }  # fmt: skip
    return {name: row.pk for name, row in rows.items()}
