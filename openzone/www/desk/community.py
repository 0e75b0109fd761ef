"""Papers kept too long, papers to sign for, homes to visit."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.zone.community.models import HandOver, Paper
from openzone.zone.community.selectors.duties import Visit
from openzone.zone.community.selectors.waiting import hands_of, homes, kept_too_long, to_sign

AREA = Text("便民服务", "Service to residents")
_MOST = 20


def items(asker: Asker) -> Iterator[Item]:
    """Yield what residents' papers and homes ask of somebody."""
    hands = hands_of(asker.user, asker.day)
    if not (hands.agents or hands.units):
        return
    for paper in kept_too_long(hands, asker.now)[:_MOST]:
        why = Text("原件保管超期", "An original kept too long")
        yield Item(
            AREA, why, paper.name, _page(paper), "file-text", paper.keep_until, _HAND_ON,
            outside=True,
        )  # fmt: skip
    for given in to_sign(hands)[:_MOST]:
        yield _signing(given)
    for visit in homes(hands, asker.day)[:_MOST]:
        yield _home(visit)


_HAND_ON = Text("交接", "Hand on")
_SIGN = Text("签收", "Sign for them")
_GO = Text("查看", "Open")


def _signing(given: HandOver) -> Item:
    papers = list(given.papers.all())
    limits = [paper.keep_until for paper in papers if paper.keep_until is not None]
    names = "、".join(paper.name for paper in papers)
    why = Text("材料待签收", "Papers to sign for")
    return Item(AREA, why, names, _page(given), "file-text", min(limits, default=None), _SIGN)


def _page(thing: Paper | HandOver) -> str:
    if thing.order_id is not None:
        return reverse("order", args=[thing.order_id])
    return reverse("filing", args=[thing.filing_id])


def _home(visit: Visit) -> Item:
    why = Text("上门服务期限", "A home visit with a day")
    page = (
        reverse("order", args=[visit.order.pk])
        if visit.order
        else reverse("resident", args=[visit.resident.pk])
    )
    return Item(
        AREA, why, visit.resident.name, page, "home", end_of(visit.due_on), _GO, outside=True
    )
