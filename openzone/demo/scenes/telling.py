"""Policies that look for their enterprises: three pushes."""

from openzone.demo.scenes.cast import Cast
from openzone.zone.audit.actors import Actor
from openzone.zone.outreach.enums import Channel
from openzone.zone.outreach.selectors.preferences import Choice
from openzone.zone.outreach.services.preferences import say_preferences
from openzone.zone.outreach.services.pushes import begin_push, deliver, mark_read
from openzone.zone.policies.models import Item
from openzone.zone.policies.selectors.items import open_for_application
from openzone.zone.rulebook.selectors.entitlements import Standing

_PUSHED = ("demo-tech-hightech", "demo-tech-rd", "demo-soft-cloud")
_READ = 7
_EVERY = 6


def pushes(cast: Cast) -> None:
    """Tell everybody entitled of three items; a few read it, one did not want to be told."""
    open_ = [item for item in map(cast.item, _PUSHED) if _is_open(cast, item)]
    if open_:
        _refuse(cast, open_[0])
    for item in open_:
        _push(cast, item)


def _is_open(cast: Cast, item: Item) -> bool:
    return open_for_application(item, cast.today).allowed


def _refuse(cast: Cast, item: Item) -> None:
    firm = cast.entitled(item)[-1:]
    for one in firm:
        say_preferences(
            actor=Actor.of(cast.applicant),
            enterprise=one,
            wanted=[Choice(Channel.SITE, item.kind, False)],
            now=cast.at(50),
        )


def _push(cast: Cast, item: Item) -> None:
    actor, _ = cast.who("centre")
    push = begin_push(
        actor=actor, item=item, standings=[Standing.MET], channel=Channel.SITE,
        message=f"贵企业符合“{item.title}”条件，请登录查看依据。（示例）",
        as_of=cast.today, now=cast.at(1),
    )  # fmt: skip
    deliver(actor=cast.actor, push=push, now=cast.at(1))
    told = push.deliveries.filter(skipped="").order_by("pk")
    for delivery in told[: _READ * _EVERY : _EVERY]:
        mark_read(actor=Actor.of(cast.applicant), delivery=delivery, now=cast.at(0, 0))
