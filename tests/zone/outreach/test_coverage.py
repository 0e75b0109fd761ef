"""Coverage: everybody entitled stands in exactly one place, the farthest on the way."""

import datetime as dt

import pytest
from django.utils import timezone

from openzone.zone.outreach.enums import Channel
from openzone.zone.outreach.models import Delivery
from openzone.zone.outreach.selectors.coverage import Place, coverage, coverage_of_all
from openzone.zone.outreach.selectors.preferences import Choice
from openzone.zone.outreach.services.preferences import say_preferences
from openzone.zone.outreach.services.pushes import mark_read
from openzone.zone.policies.enums import DeliveryMode, ItemKind
from openzone.zone.policies.services.items import edit_item
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application
from tests.factories import TESTS, make_item
from tests.zone.outreach.conftest import Scene, push

pytestmark = pytest.mark.django_db


def place(scene: Scene, today: dt.date) -> Place:
    scene.item.refresh_from_db()
    return coverage(scene.item, today).places[scene.entitled.pk]


def application(scene: Scene, stage: Stage, **given: object) -> Application:
    now = timezone.now()
    return Application.objects.create(
        number=f"T{Application.objects.count()}",
        item=scene.item,
        enterprise=scene.entitled,
        mode=DeliveryMode.FAST,
        procedure={},
        rules_on=now.date(),
        stage=stage,
        entered_at=now,
        opened_at=now,
        submitted_at=now,
        **given,
    )


def test_who_was_never_told_is_not_told(scene: Scene, today: dt.date) -> None:
    assert place(scene, today) is Place.NOT_TOLD


def test_telling_and_reading_move_on(scene: Scene, today: dt.date) -> None:
    push(scene.item)
    assert place(scene, today) is Place.TOLD
    delivery = Delivery.objects.get(enterprise=scene.entitled)
    mark_read(actor=TESTS, delivery=delivery, now=timezone.now())
    assert place(scene, today) is Place.READ


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.DRAFT, Place.TOLD),
        (Stage.REVIEW, Place.UNDER_WAY),
        (Stage.REJECTED, Place.REFUSED),
        (Stage.WITHDRAWN, Place.TOLD),
    ],
)
def test_an_application_puts_it_where_it_stands(
    scene: Scene, today: dt.date, stage: Stage, expected: Place
) -> None:
    push(scene.item)
    application(scene, stage)
    assert place(scene, today) is expected


def test_money_received_is_the_end_of_the_way(scene: Scene, today: dt.date) -> None:
    application(scene, Stage.REJECTED)
    application(scene, Stage.CLOSED, paid_at=timezone.now())
    found = coverage(scene.item, today)
    assert found.at(Place.PAID) == [scene.entitled.pk]
    assert (found.entitled, found.received, found.share) == (1, 1, 1.0)


def test_who_does_not_want_to_be_told_stands_apart(scene: Scene, today: dt.date) -> None:
    say_preferences(
        actor=TESTS,
        enterprise=scene.entitled,
        wanted=[Choice(Channel.SITE, ItemKind.SUBSIDISE, False)],
        now=timezone.now(),
    )
    assert place(scene, today) is Place.UNWILLING


def test_after_the_window_it_is_too_late(scene: Scene, today: dt.date) -> None:
    closed = today - dt.timedelta(days=1)
    edit_item(actor=TESTS, item=scene.item, window_to=closed)
    assert place(scene, today) is Place.CLOSED


def test_an_unknown_is_neither_entitled_nor_not(scene: Scene, today: dt.date) -> None:
    found = coverage(scene.item, today)
    assert found.places[scene.unknown.pk] is Place.UNKNOWN
    assert found.entitled == 1
    assert scene.outside.pk not in found.places


def test_without_anybody_entitled_the_share_is_not_known(today: dt.date) -> None:
    assert coverage(make_item(rule_id="cn.high_tech"), today).share is None


def test_the_list_holds_every_item_that_a_rule_decides(scene: Scene, today: dt.date) -> None:
    make_item()
    make_item(rule_id="cn.high_tech", published=False)
    assert [one.item for one in coverage_of_all(today)] == [scene.item]
