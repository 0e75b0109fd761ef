"""Versions of chains for programs: one drafts, another person's publishes."""

import base64
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.api.conftest import Program, done, refused

pytestmark = pytest.mark.django_db
CHAIN = "titanium"


class Eyes(NamedTuple):
    """Who draws, who publishes."""

    writer: Program
    second: Program


@pytest.fixture
def eyes(
    handler: Program, centre: Unit, make_user: Callable[..., User],
    program_of: Callable[..., Program],
) -> Eyes:  # fmt: skip
    return Eyes(handler, program_of(make_user("centre-2", Role.CENTRE, centre)))


def begun(eyes: Eyes) -> Any:
    return done(eyes.writer.post("/chains/drafts", {"chain": CHAIN}), 201)


def test_a_version_is_drawn_submitted_published_and_read(eyes: Eyes, stranger: Program) -> None:
    draft = begun(eyes)
    at = f"/chains/drafts/{draft['id']}"

    def step(name: str, by: Program = eyes.writer, **given: Any) -> Any:
        nonlocal draft
        draft = done(by.post(f"{at}/{name}", {"revision": draft["revision"]} | given))
        return draft

    step("node", entry={"id": "again", "name": "再生钛", "stage": "回收"})
    assert [(one["about"], one["line"]) for one in draft["faults"]] == [("again", 28)]
    refused(eyes.writer.post(f"{at}/submit", {"note": "x", "revision": draft["revision"]}), 409)
    step("edge", entry={"from": "again", "to": "ingot", "rel": "return"})
    step("part", part="rules", entry={"inside": 0.3})
    step("stages", stages=[
        {"was": one, "name": one} for one in ("回收", "原料", "熔炼", "加工材", "装备", "制品")
    ])  # fmt: skip
    assert draft["faults"] == []
    found = draft["difference"]
    assert [(one["id"], one["kind"]) for one in found["nodes"]] == [("again", "added")]
    assert found["stages"] == [{"name": "回收", "before": 6, "after": 1}]
    assert draft["effect"]["coverage"] == [0, 0]
    step("submit", note="再生钛")
    today = str(timezone.localdate())
    publish = {"revision": draft["revision"], "valid_from": today}
    assert "四眼原则" in refused(eyes.writer.post(f"{at}/publish", publish), 403)["zh"]
    done(eyes.second.post(f"{at}/publish", publish))
    assert "already done by" in refused(eyes.second.post(f"{at}/publish", publish), 409)["en"]
    (version,) = done(eyes.writer.get(f"/chains/{CHAIN}/versions"))
    assert (version["number"], version["valid_from"], version["note"]) == (1, today, "再生钛")
    assert "again" in done(eyes.writer.get(f"/chains/{CHAIN}/versions/1"))["text"]
    refused(eyes.second.post(f"/chains/{CHAIN}/versions/1/settle", {"moves": {"x": "y"}}), 409)
    for address in ("/chains/drafts", at, f"/chains/{CHAIN}/versions"):
        refused(stranger.get(address), 403)


def test_the_slower_of_two_programs_is_told_who_was_quicker(eyes: Eyes) -> None:
    draft = begun(eyes)
    at, old = f"/chains/drafts/{draft['id']}", {"revision": draft["revision"]}
    done(eyes.writer.post(f"{at}/node", old | {"place": 0, "entry": {"weight": 2}}))
    said = refused(eyes.second.post(f"{at}/edge/remove", old | {"place": 0}), 409)
    assert "第 2 次保存" in said["zh"]
    refused(eyes.second.post(f"{at}/node/remove", {"revision": 2, "place": 999}), 409)


def test_a_file_begins_a_draft_and_faults_are_told(eyes: Eyes) -> None:
    text = 'chain: {id: robots, name: 机器人, version: "1"}\nstages: [上]\n'
    text += "nodes: [{id: arm, name: 臂, stage: 中}]\n"
    file = {"name": "robots.yaml", "content": base64.b64encode(text.encode()).decode()}
    draft = done(eyes.writer.post("/chains/drafts/import", {"files": [file]}), 201)
    assert (draft["chain"], {one["about"] for one in draft["faults"]}) == ("robots", {"arm"})
    at = f"/chains/drafts/{draft['id']}"
    gone = done(eyes.writer.post(f"{at}/withdraw", {"reason": "重复"}))
    assert (gone["state"], gone["faults"]) == ("withdrawn", [])
    refused(eyes.writer.post("/chains/drafts/import", {"files": []}), 422)
