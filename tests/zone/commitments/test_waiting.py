"""What commitments ask of whom: never the check of one's own."""

import datetime as dt

import pytest

from openzone.zone.commitments.selectors.waiting import waiting
from tests.zone.commitments.test_commitments import granted, notified, signed
from tests.zone.commitments.test_commitments import waiting as with_papers_missing
from tests.zone.community.town import at

pytestmark = pytest.mark.django_db


def test_promised_papers_wait_with_who_handles_the_commitment(town):
    one = signed(with_papers_missing(town).commitment)
    now = at(19)
    assert waiting(town.clerk, now, now.date()).papers == [one]
    assert waiting(town.checker, now, now.date()).papers == []


def test_a_check_waits_for_another_handler_of_the_unit_and_for_the_centre(town):
    one = granted(signed(notified(town)), town.clerk)
    day = dt.date(2026, 12, 16)
    now = dt.datetime(2026, 12, 16, 2, 0, tzinfo=dt.UTC)
    found = {
        user.username: waiting(user, now, day).checks
        for user in (town.clerk, town.checker, town.desk, town.walker)
    }
    assert found == {
        town.clerk.username: [],
        town.checker.username: [one],
        town.desk.username: [one],
        town.walker.username: [],
    }
