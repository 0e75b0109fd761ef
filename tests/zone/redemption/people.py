"""Who acts in the tests of redemption, and the steps they take in one line each."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import Unit, User
from openzone.zone.policies.models import Item
from openzone.zone.redemption.enums import Stage, Verdict
from openzone.zone.redemption.models import Application, Payment
from openzone.zone.redemption.services import (
    applications,
    decisions,
    handling,
    intentions,
    payments,
    publicity,
)
from openzone.zone.registry.models import Enterprise

LONG_AGO = dt.date(2020, 1, 1)
ZONE = ZoneInfo("Asia/Shanghai")
# Friday morning; the national calendar of 2026 is published.
NOW = dt.datetime(2026, 6, 5, 10, 0, tzinfo=ZONE)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ACCOUNT = {
    "payee_name": "合肥示例甲有限公司",
    "payee_bank": "示例银行合肥分行",
    "payee_account": "6222 0000 1111 2222",
}


@dataclass(frozen=True)
class People:
    """One person of each kind."""

    units: dict[str, Unit]
    handler: User
    second: User
    taxman: User
    economist: User
    cashier: User
    treasurer: User
    centre: User
    leader: User
    owner: User
    rival: User
    banker: User
    agent: User

    def open(
        self, item: Item, firm: Enterprise, at: dt.datetime = NOW, **given: Any
    ) -> Application:
        """Open an application."""
        user = given.pop("user", self.owner)
        return applications.open_application(
            actor=Actor.of(user), user=user, item=item, enterprise=firm, at=at
        )

    def submit(self, application: Application, at: dt.datetime = NOW, **given: Any) -> Application:
        """Hand it in, with an account to pay to."""
        user = given.pop("user", self.owner)
        return applications.submit(
            actor=Actor.of(user), user=user, application=application, at=at, **(ACCOUNT | given)
        )

    def apply(
        self, item: Item, firm: Enterprise, at: dt.datetime = NOW, **given: Any
    ) -> Application:
        """Open and hand in."""
        return self.submit(self.open(item, firm, at, **given), at, **given)

    def do(self, service: Any, user: User, **given: Any) -> Any:
        """Let somebody do something, now unless said otherwise."""
        return service(actor=Actor.of(user), user=user, **({"at": NOW} | given))

    def accept(self, application: Application, at: dt.datetime = NOW) -> Application:
        """Pass the formality check."""
        return self.do(handling.accept, self.centre, application=application, at=at)

    def review(self, application: Application, at: dt.datetime = NOW) -> Application:
        """Let two units agree."""
        units = [self.units["tax"], self.units["economy"]]
        asked = self.do(
            handling.ask_units, self.handler, application=application, units=units, at=at
        )
        for opinion, user in zip(asked, (self.taxman, self.economist), strict=True):
            self.do(
                handling.give_opinion, user, opinion=opinion, verdict=Verdict.AGREE, at=at,
                score=Decimal(80) if application.mode == "expert" else None,
            )  # fmt: skip
        return fresh(application)

    def propose(
        self, application: Application, amount: int | None = None, at: dt.datetime = NOW
    ) -> Application:
        """Propose the computed amount."""
        current = fresh(application)
        return self.do(
            handling.propose, self.handler, application=current,
            amount=current.computed if amount is None else amount, at=at,
        )  # fmt: skip

    def publish(self, application: Application, at: dt.datetime | None = None) -> Application:
        """Let the days of publicity pass."""
        current = fresh(application)
        over = at or current.due_at + HOUR
        publicity.end_publicity(actor=Actor.system("redemption"), application=current, at=over)
        return fresh(application)

    def to_approval(self, application: Application) -> Application:
        """Bring a fast or expert application before the approver."""
        self.accept(application)
        self.review(application)
        self.propose(application)
        return self.publish(application)

    def approve(
        self, application: Application, at: dt.datetime | None = None, **given: Any
    ) -> Application:
        """Approve."""
        current = fresh(application)
        return self.do(
            decisions.approve, self.leader, application=current,
            at=at or current.entered_at + HOUR, **given,
        )  # fmt: skip

    def order(self, *chosen: Application, at: dt.datetime | None = None) -> Payment:
        """Make a fund order; return its first line."""
        current = [fresh(one) for one in chosen]
        when = at or max(one.entered_at for one in current) + HOUR
        order = self.do(payments.make_order, self.cashier, applications=current, at=when)
        return order.payments.order_by("pk").first()

    def pay(
        self, payment: Payment, amount: int | None = None, at: dt.datetime | None = None
    ) -> Payment:
        """Write down that the bank paid."""
        when = at or payment.order.made_at + HOUR
        return self.do(
            payments.mark_paid, self.treasurer, payment=payment, paid_on=when.date(),
            bank_reference="B-1", amount=amount, at=when,
        )  # fmt: skip

    def to_payment(self, application: Application) -> Payment:
        """Bring an approved application's money onto its way."""
        return self.order(self.approve(self.to_approval(application)))

    def confirm(self, application: Application, at: dt.datetime = NOW) -> Application:
        """Say yes to an offer."""
        return self.do(
            intentions.confirm_intention, self.owner, application=application, at=at, **ACCOUNT
        )


def fresh(application: Application) -> Application:
    """The application as it is now."""
    return Application.objects.get(pk=application.pk)


def stage(application: Application) -> Stage:
    """Where it stands now."""
    return Stage(fresh(application).stage)
