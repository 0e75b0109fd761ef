"""Applications of a few enterprises, each followed to another stage."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.paying import draw, pay
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.policies.models import Item
from openzone.zone.policies.selectors.items import open_for_application
from openzone.zone.redemption.enums import Stage, Verdict
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.services.applications import open_application, submit
from openzone.zone.redemption.services.decisions import approve, reject
from openzone.zone.redemption.services.handling import (
    accept,
    ask_units,
    give_opinion,
    propose,
    return_for_correction,
)
from openzone.zone.redemption.services.intentions import offer
from openzone.zone.redemption.services.publicity import end_publicity
from openzone.zone.registry.models import Enterprise

FAST, INSTANT = "demo-tech-rd", "demo-tech-hightech"
PAID_EACH = 7
ACCOUNT = "0000000000{:06d}"


@dataclass
class Story:
    """One application, when it began, and who applied."""

    cast: Cast
    item: Item
    firm: Enterprise
    ago: int
    user: User
    application: Application


Act = Callable[[Story], None]


def applications(cast: Cast) -> None:
    """Let enterprises apply: paid, on the way, sent back, rejected, and still being written."""
    paid = [
        *_told(cast, FAST, PAID_EACH, 70, _to_order),
        *_told(cast, INSTANT, PAID_EACH, 40, _hand_in),
    ]
    pay(cast, paid)
    _of_the_login(cast)
    for act, ago in (
        (_sent_back, 4), (_hand_in, 2), (_to_review, 6), (_to_publicity, 9), (_to_approval, 25),
        (_to_rejection, 30), (_to_order, 35),
    ):  # fmt: skip
        _told(cast, FAST, 1, ago, act)
    draw(cast)


def _of_the_login(cast: Cast) -> None:
    """Let the firm of the login have one paid, one under way, one begun, one offered."""
    pay(cast, _one(cast, "demo-soft-cloud", 30, _hand_in))
    _one(cast, FAST, 12, _to_review)
    _one(cast, "demo-credit-project", 3, lambda story: None)
    given = cast.item("demo-relief-jobs")
    if open_for_application(given, cast.today).allowed:
        offer(actor=cast.actor, item=given, enterprise=cast.firm, at=cast.at(1))


def _one(cast: Cast, code: str, ago: int, act: Act) -> list[Application]:
    return list(filter(None, [_tell(cast, cast.item(code), cast.firm, ago, act)]))


def _told(cast: Cast, code: str, count: int, ago: int, act: Act) -> list[Application]:
    item, found = cast.item(code), list[Application]()
    for firm in cast.entitled(item):
        if len(found) == count:
            break
        found += filter(None, [_tell(cast, item, firm, ago, act)])
    return found


def _tell(cast: Cast, item: Item, firm: Enterprise, ago: int, act: Act) -> Application | None:
    """Tell one story to its end, or not at all: other help may stand in its way."""
    if not open_for_application(item, cast.day(ago)).allowed:
        return None
    try:
        with transaction.atomic():
            user = cast.speak_for(firm)
            begun = open_application(
                actor=Actor.of(user), user=user, item=item, enterprise=firm, at=cast.at(ago, 9)
            )
            story = Story(cast, item, firm, ago, user, begun)
            act(story)
            return story.application
    except Refused:
        return None


def _hand_in(story: Story) -> None:
    story.application = submit(
        actor=Actor.of(story.user), user=story.user, application=story.application,
        at=story.cast.at(story.ago), payee_name=story.firm.name, payee_bank="示例银行示例支行",
        payee_account=ACCOUNT.format(story.firm.pk), statement="本企业承诺所填属实（示例）。",
    )  # fmt: skip


def _sent_back(story: Story) -> None:
    _hand_in(story)
    actor, user = story.cast.who("centre")
    story.application = return_for_correction(
        actor=actor, user=user, application=story.application,
        asked="请补充研发项目清单（示例）", at=story.cast.at(story.ago - 1),
    )  # fmt: skip


def _to_review(story: Story) -> None:
    _hand_in(story)
    cast, (actor, user) = story.cast, story.cast.who("centre")
    at = cast.at(story.ago - 1)
    story.application = accept(actor=actor, user=user, application=story.application, at=at)
    actor, user = cast.who("handler")
    ask_units(
        actor=actor, user=user, application=story.application, units=[cast.units["industry"]], at=at
    )


def _to_publicity(story: Story) -> None:
    _to_review(story)
    cast, at = story.cast, story.cast.at(story.ago - 3)
    actor, user = cast.who("reviewer")
    give_opinion(
        actor=actor, user=user, opinion=story.application.opinions.get(), verdict=Verdict.AGREE,
        at=at,
    )  # fmt: skip
    story.application.refresh_from_db()
    actor, user = cast.who("handler")
    story.application = propose(
        actor=actor, user=user, application=story.application, at=cast.at(story.ago - 4),
        amount=story.application.computed,
    )  # fmt: skip


def _to_approval(story: Story) -> None:
    """Go on when the days of publicity are over, if they are over by today."""
    _to_publicity(story)
    due = story.application.due_at
    end = max(story.cast.at(story.ago - 15), due) if due else story.cast.at(story.ago - 15)
    over = end + dt.timedelta(hours=1)
    if over < story.cast.at(0, 0):
        end_publicity(actor=story.cast.actor, application=story.application, at=over)
        story.application.refresh_from_db()


def _to_rejection(story: Story) -> None:
    _to_review(story)
    actor, user = story.cast.who("leader")
    story.application = reject(
        actor=actor, user=user, application=story.application, clause="第一条",
        reason="研发费用与专项审计报告不一致（示例）", at=story.cast.at(story.ago - 5),
    )  # fmt: skip


def _to_order(story: Story) -> None:
    _to_approval(story)
    if story.application.stage != Stage.APPROVAL:
        return
    actor, user = story.cast.who("leader")
    at = max(story.application.entered_at, story.cast.at(story.ago - 16))
    story.application = approve(actor=actor, user=user, application=story.application, at=at)
