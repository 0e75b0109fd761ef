"""Two people publish at the same moment: one version, and the other is told by whom."""

from collections.abc import Callable
from typing import Any

import pytest

from openzone.zone.chains.models import ChainRelease
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from tests.zone.chains.test_versions import People, begun, people, published, put, submitted

__all__ = ["people"]
pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[[int, Callable[[], Any]], list[Any]]


def told(act: Callable[[], ChainRelease]) -> str:
    try:
        return str(act().number)
    except Refused as refused:
        return refused.reason.en


def test_of_two_who_publish_a_draft_one_does_and_the_other_is_told(
    people: People, at_the_same_time: AtOnce
) -> None:
    draft = submitted(people, put(people, begun(people), "cathode", weight=2))
    users = iter([people.centre, people.leader])
    found = at_the_same_time(2, lambda: told(lambda: published(draft, next(users))))
    release = ChainRelease.objects.get()
    assert sorted(found) == [
        "1", f"already done by {release.approved_by}: published as version 1"
    ]  # fmt: skip


def test_of_two_drafts_published_at_once_the_second_has_to_look_at_the_first(
    people: People, at_the_same_time: AtOnce
) -> None:
    drafts = iter(
        [
            submitted(people, put(people, begun(people), node, weight=2))
            for node in ("cathode", "anode")
        ]
    )
    users: list[User] = [people.centre, people.leader]
    found = at_the_same_time(2, lambda: told(lambda: published(next(drafts), users.pop())))
    assert sorted(found) == [
        "1", "version 1 was published since the draft began: compare it first"
    ]  # fmt: skip
    assert ChainRelease.objects.count() == 1
