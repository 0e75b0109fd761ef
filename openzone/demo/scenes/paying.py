"""The money: fund orders, what the bank paid, what enterprises say of it, and a check."""

from collections.abc import Sequence

from openzone.demo.scenes.cast import Cast
from openzone.zone.audit.actors import Actor
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application, Payment
from openzone.zone.redemption.selectors.checks import frame_of
from openzone.zone.redemption.services.checks import draw_sample
from openzone.zone.redemption.services.payments import confirm_receipt, make_order, mark_paid, rate

ORDERED, PAID, RECEIVED, RATED = 18, 15, 12, 10
PERCENT = 10


def pay(cast: Cast, applications: Sequence[Application]) -> None:
    """Order and pay what is approved; one orders, another writes down what was paid."""
    by_budget: dict[int | None, list[Application]] = {}
    for one in applications:
        if one.stage == Stage.ORDER:
            by_budget.setdefault(one.item.budget_id, []).append(one)
    actor, user = cast.who("finance")
    for group in by_budget.values():
        order = make_order(
            actor=actor, user=user, applications=group, at=cast.at(ORDERED), note="示例拨付"
        )
        for place, payment in enumerate(order.payments.order_by("pk")):
            _paid(cast, payment, place)


def _paid(cast: Cast, payment: Payment, place: int) -> None:
    """Pay a line; every third enterprise has not said yet that the money came."""
    actor, user = cast.who("cashier")
    mark_paid(
        actor=actor, user=user, payment=payment, paid_on=cast.day(PAID),
        bank_reference=f"SHILI{payment.pk:06d}", at=cast.at(PAID),
    )  # fmt: skip
    application = payment.application
    by = application.submitted_by
    if by is None or place % 3 == 2:
        return
    confirm_receipt(
        actor=Actor.of(by), user=by, application=application, at=cast.at(RECEIVED)
    )  # fmt: skip
    if place % 3 == 0:
        rate(
            actor=Actor.of(by), user=by, application=application, rating=5 - place % 2,
            at=cast.at(RATED), note="到账及时（示例）",
        )  # fmt: skip


def draw(cast: Cast) -> None:
    """Draw a tenth of what was paid for a check."""
    first = cast.today.replace(month=1, day=1)
    if not frame_of(first, cast.today):
        return
    actor, user = cast.who("admin")
    draw_sample(
        actor=actor,
        user=user,
        title=f"{cast.today.year}年度示例抽查",
        seed=f"示例{cast.today.year}",
        seed_source="示例种子，非公开摇号结果",
        paid_from=first,
        paid_to=cast.today,
        percent=PERCENT,
        at=cast.at(5),
    )
