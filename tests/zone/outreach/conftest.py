"""Enterprises around one item: entitled, not, and not known."""

import datetime as dt
from typing import NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.outreach.enums import Channel
from openzone.zone.outreach.models import Push
from openzone.zone.outreach.services.pushes import begin_push, deliver
from openzone.zone.policies.models import Item
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook.selectors.entitlements import Standing
from tests.factories import TESTS, make_enterprise, make_item, state

RULE = "cn.above_scale"


class Scene(NamedTuple):
    """An item decided by the standard of larger enterprises, and firms that stand each way."""

    item: Item
    entitled: Enterprise
    unknown: Enterprise
    outside: Enterprise


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def scene(db: None, today: dt.date) -> Scene:
    entitled, unknown, outside = (make_enterprise() for _ in range(3))
    state(entitled, today, industry="C3841", main_business_revenue_y1=50_000_000)
    state(unknown, today, industry="C3841")
    state(outside, today, industry="E4710", construction_qualification=False)
    return Scene(make_item(rule_id=RULE), entitled, unknown, outside)


def push(item: Item, *standings: Standing, channel: Channel = Channel.SITE) -> Push:
    """Tell everybody an item finds, at once."""
    begun = begin_push(
        actor=TESTS,
        item=item,
        standings=standings or (Standing.MET,),
        channel=channel,
        message="请查收",
        as_of=timezone.localdate(),
        now=timezone.now(),
    )
    deliver(actor=TESTS, push=begun, now=timezone.now())
    begun.refresh_from_db()
    return begun
