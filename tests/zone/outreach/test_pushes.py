"""A policy finds its enterprises: whom, why, once of each version, and only who wants it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.jobs.worker import run_pending
from openzone.zone.outreach.enums import Channel, PushState, SkipReason
from openzone.zone.outreach.jobs import send_push
from openzone.zone.outreach.models import Delivery
from openzone.zone.outreach.selectors.preferences import Choice, choices
from openzone.zone.outreach.selectors.pushes import deliveries_at, funnel, inbox
from openzone.zone.outreach.services.preferences import say_preferences
from openzone.zone.outreach.services.pushes import begin_push, deliver, mark_read
from openzone.zone.policies.enums import ItemKind
from openzone.zone.policies.services.items import edit_item, withdraw_item
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook.selectors.entitlements import Standing
from tests.factories import TESTS, make_enterprise, make_item, state
from tests.zone.outreach.conftest import RULE, Scene, push

pytestmark = pytest.mark.django_db


def told(scene: Scene) -> set[int]:
    return set(Delivery.objects.filter(skipped="").values_list("enterprise_id", flat=True))


def say(firm: Enterprise, channel: Channel, kind: str, wanted: bool) -> None:
    say_preferences(
        actor=TESTS,
        enterprise=firm,
        wanted=[Choice(channel, kind, wanted)],
        now=timezone.now(),
    )


def test_only_those_who_stand_so_are_told(scene: Scene) -> None:
    push(scene.item)
    assert told(scene) == {scene.entitled.pk}


def test_those_whose_answer_is_not_known_are_told_what_to_bring(scene: Scene) -> None:
    push(scene.item, Standing.UNKNOWN)
    found = Delivery.objects.get(enterprise=scene.unknown)
    assert found.reason["missing"] == ["main_business_revenue_y1"]
    assert found.reason["rule"] == RULE


def test_a_second_push_of_the_same_version_tells_nobody_twice(scene: Scene) -> None:
    push(scene.item)
    again = push(scene.item)
    assert [one.skipped for one in again.deliveries.all()] == [SkipReason.TOLD]


def test_a_new_version_of_the_item_is_told_again(scene: Scene) -> None:
    push(scene.item)
    edited = edit_item(actor=TESTS, item=scene.item, title="示例事项（修订）")
    assert [one.skipped for one in push(edited).deliveries.all()] == [""]


def test_the_telephone_needs_consent_and_the_site_a_refusal(scene: Scene) -> None:
    by_phone = push(scene.item, channel=Channel.PHONE)
    assert [one.skipped for one in by_phone.deliveries.all()] == [SkipReason.NO_CONSENT]
    say(scene.entitled, Channel.SITE, ItemKind.SUBSIDISE, False)
    on_site = push(scene.item)
    assert [one.skipped for one in on_site.deliveries.all()] == [SkipReason.OPTED_OUT]


def test_who_takes_the_refusal_back_is_told(scene: Scene) -> None:
    say(scene.entitled, Channel.SITE, ItemKind.SUBSIDISE, False)
    push(scene.item)
    say(scene.entitled, Channel.SITE, ItemKind.SUBSIDISE, True)
    push(scene.item)
    assert told(scene) == {scene.entitled.pk}


def test_a_choice_is_kept_once_and_shown(scene: Scene) -> None:
    say(scene.entitled, Channel.PHONE, ItemKind.REDUCE, True)
    say(scene.entitled, Channel.PHONE, ItemKind.REDUCE, True)
    assert Event.objects.filter(action="outreach.preferences.said").count() == 1
    assert Choice(Channel.PHONE, ItemKind.REDUCE, True) in choices(scene.entitled)


def test_delivering_twice_changes_nothing(scene: Scene) -> None:
    done = push(scene.item)
    assert deliver(actor=TESTS, push=done, now=timezone.now()) == 1
    assert done.deliveries.count() == 1


def test_the_background_job_delivers(scene: Scene, today: dt.date) -> None:
    begun = begin_push(
        actor=TESTS,
        item=scene.item,
        standings=[Standing.MET],
        channel=Channel.SITE,
        message="请查收",
        as_of=today,
        now=timezone.now(),
    )
    assert begun.state == PushState.SENDING
    send_push.enqueue(push=begun.pk, actor=["system", "tests", "tests"])
    run_pending()
    assert told(scene) == {scene.entitled.pk}


@pytest.mark.parametrize("standings", [[], [Standing.NOT_MET]])
def test_who_would_learn_nothing_is_not_written_to(
    scene: Scene, today: dt.date, standings: list[Standing]
) -> None:
    with pytest.raises(Refused) as refusal:
        begin_push(
            actor=TESTS,
            item=scene.item,
            standings=standings,
            channel=Channel.SITE,
            message="请查收",
            as_of=today,
            now=timezone.now(),
        )
    assert refusal.value.field == "standings"


def test_an_item_that_is_closed_or_has_no_rule_is_not_pushed(scene: Scene) -> None:
    with pytest.raises(Refused, match="没有规则"):
        push(make_item())
    gone = withdraw_item(actor=TESTS, item=scene.item, on=timezone.localdate(), reason="政策调整")
    with pytest.raises(Refused, match="撤下"):
        push(gone)


def test_reading_counts_once_and_by_whom(scene: Scene) -> None:
    push(scene.item)
    delivery = inbox([scene.entitled]).get()
    first = mark_read(actor=TESTS, delivery=delivery, now=timezone.now())
    later = mark_read(actor=TESTS, delivery=delivery, now=timezone.now())
    assert later.read_at == first.read_at
    assert funnel(Delivery.objects.all()) == (1, 1, 1, 0, 0)


def test_what_one_enterprise_was_told_another_does_not_see(scene: Scene) -> None:
    push(scene.item)
    assert not inbox([scene.outside]).exists()


def test_every_stage_of_the_funnel_is_part_of_the_one_before(scene: Scene) -> None:
    push(scene.item, Standing.MET, Standing.UNKNOWN)
    say(scene.unknown, Channel.SITE, ItemKind.SUBSIDISE, False)
    counts = funnel(Delivery.objects.all())
    assert list(counts) == sorted(counts, reverse=True)
    assert deliveries_at("told", Delivery.objects.all()).count() == counts.told


@pytest.mark.django_db(transaction=True)
def test_two_pushes_at_once_tell_each_enterprise_once(
    at_the_same_time: Callable[[int, Callable[[], Any]], list[Any]],
) -> None:
    today = timezone.localdate()
    firm = make_enterprise()
    state(firm, today, industry="C3841", main_business_revenue_y1=50_000_000)
    item = make_item(rule_id=RULE)
    at_the_same_time(2, lambda: push(item))
    assert Delivery.objects.filter(enterprise=firm, skipped="").count() == 1
    assert Delivery.objects.filter(enterprise=firm, skipped=SkipReason.TOLD).count() == 1
