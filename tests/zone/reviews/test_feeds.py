"""A calendar address shows its owner's meetings, until it is revoked."""

import pytest

from openzone.zone.errors import Refused
from openzone.zone.reviews.models import Feed
from openzone.zone.reviews.selectors.feeds import feed_of, meetings_of
from openzone.zone.reviews.services.feeds import make_feed, revoke_feed
from tests.zone.reviews.conftest import TODAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(planned, actor):
    return make_feed(actor=actor, user=planned.member, label="手机", now=at(TODAY))


def test_the_secret_opens_the_calendar_and_is_kept_nowhere(issued, planned):
    assert feed_of(issued.secret) == issued.feed
    kept = Feed.objects.values_list("digest", "label")
    assert all(issued.secret not in field for row in kept for field in row)
    assert {one.tier for one in meetings_of(issued.feed, TODAY)} == {"force"}


def test_another_secret_opens_nothing(issued):
    assert feed_of("") is None
    assert feed_of(issued.secret[:-1]) is None


def test_a_revoked_address_and_one_of_who_left_open_nothing(issued, actor):
    revoke_feed(actor=actor, feed=issued.feed, now=at(TODAY))
    assert feed_of(issued.secret) is None
    with pytest.raises(Refused, match="停用"):
        revoke_feed(actor=actor, feed=issued.feed, now=at(TODAY))


def test_who_was_deactivated_has_no_calendar(issued, planned):
    type(planned.member).objects.filter(pk=planned.member.pk).update(is_active=False)
    assert feed_of(issued.secret) is None
