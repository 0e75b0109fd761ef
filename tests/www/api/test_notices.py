"""What somebody was told, and by which ways they want to be told."""

import pytest

from openzone.zone.cases.models import Notification
from tests.www.api.conftest import Program, done, refused
from tests.www.api.test_cases import opened

pytestmark = pytest.mark.django_db


def test_notices_are_read_one_by_one_or_all_and_only_ones_own(
    owner: Program, handler: Program, stranger: Program
) -> None:
    for title in ("第一件", "第二件"):
        opened(owner, title=title, request_id=title)
    told = done(handler.get("/notices", unread="true"))["items"]
    assert len(told) >= 2
    assert all(one["text"]["zh"] and one["text"]["en"] and one["case"] for one in told)
    assert done(stranger.post("/notices/read", {"ids": [told[0]["id"]]})) == {"count": 0}
    assert done(handler.post("/notices/read", {"ids": [told[0]["id"]]})) == {"count": 1}
    rest = done(handler.get("/notices", unread="true"))["items"]
    assert [one["id"] for one in rest] == [one["id"] for one in told[1:]]
    done(handler.post("/notices/read", {}))
    assert done(handler.get("/notices", unread="true"))["items"] == []
    assert Notification.objects.filter(user__username="centre-1", read_at=None).count() == 0


def test_ways_are_chosen_kind_by_kind_and_the_others_stay(handler: Program) -> None:
    before = {one["kind"]: one for one in done(handler.get("/notices/choices"))}
    kind = next(name for name, one in before.items() if not one["fixed"])
    wanted = ["email"] if before[kind]["ways"] != ["email"] else ["in_app"]
    after = done(handler.post("/notices/choices", {"choices": {kind: wanted}}))
    assert {one["kind"]: one["ways"] for one in after} == {
        name: wanted if name == kind else one["ways"] for name, one in before.items()
    }
    assert after == done(handler.get("/notices/choices"))


def test_what_has_to_come_cannot_be_switched_off(handler: Program) -> None:
    fixed = next(one for one in done(handler.get("/notices/choices")) if one["fixed"])
    assert fixed["why"]["zh"]
    said = refused(handler.post("/notices/choices", {"choices": {fixed["kind"]: []}}), 422)
    assert fixed["kind"] in said["field"]
    assert "不能关闭" in said["zh"]


@pytest.mark.parametrize("choices", [{"no_such_kind": []}, {"brief": ["pigeon"]}])
def test_an_unknown_kind_or_way_is_refused(handler: Program, choices: dict[str, list[str]]) -> None:
    said = refused(handler.post("/notices/choices", {"choices": choices}), 422)
    assert said["field"].startswith("choices.")
