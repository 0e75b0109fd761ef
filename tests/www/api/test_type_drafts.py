"""Case types by four eyes: one program writes a draft, another person's publishes it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.cases.packs import mappings
from openzone.zone.cases.services.types import publish
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused

pytestmark = pytest.mark.django_db
KIND = "enterprise_request"


class Eyes(NamedTuple):
    """Who writes, who publishes, who only reads."""

    writer: Program
    second: Program
    reader: Program


@pytest.fixture
def eyes(
    handler: Program, centre: Unit, office: Unit, make_user: Callable[..., User],
    program_of: Callable[..., Program],
) -> Eyes:  # fmt: skip
    users = (make_user("centre-2", Role.CENTRE, centre), make_user("reader", Role.HANDLER, office))
    return Eyes(handler, *[program_of(user) for user in users])


def begun(eyes: Eyes, source: str = "pack") -> Any:
    return done(eyes.writer.post("/type-drafts", {"kind": KIND, "source": source}), 201)


def edited(eyes: Eyes, draft: Any, **changes: Any) -> Any:
    text = draft["text"].replace("企业诉求", "企业诉求（示例）", 1)
    sent = {"text": text, "why": "更名", "revision": draft["revision"]} | changes
    return done(eyes.writer.post(f"/type-drafts/{draft['id']}/text", sent))


def test_a_draft_is_begun_edited_submitted_and_published_by_another(
    eyes: Eyes, stranger: Program
) -> None:
    draft = begun(eyes)
    at = f"/type-drafts/{draft['id']}"
    kept = edited(eyes, draft)
    assert (kept["why"], kept["problems"], kept["revision"]) == ("更名", [], draft["revision"] + 1)
    assert kept["changes"]
    old = {"text": "x", "why": "", "revision": draft["revision"]}
    assert "较新的内容" in refused(eyes.second.post(f"{at}/text", old), 409)["zh"]
    revision = {"revision": kept["revision"]}
    sent = done(eyes.writer.post(f"{at}/submit", revision))
    assert (sent["state"], sent["may_publish"]) == ("submitted", False)
    assert "四眼原则" in refused(eyes.writer.post(f"{at}/publish", revision), 403)["zh"]
    refused(eyes.reader.post(f"{at}/publish", revision), 403)
    published = done(eyes.second.post(f"{at}/publish", revision))
    assert (published["state"], published["text"]) == ("published", kept["text"])
    assert published["version"] >= 1
    listed = done(eyes.reader.get("/type-drafts", kind=KIND))["items"]
    assert [(one["id"], one["version"]) for one in listed] == [(draft["id"], published["version"])]
    for address in ("/type-drafts", at):
        refused(stranger.get(address), 403, "企业诉求")
    refused(stranger.post("/type-drafts", {"kind": KIND}), 403)


def test_what_is_wrong_with_a_text_is_told_with_its_line_and_kept(eyes: Eyes) -> None:
    draft = begun(eyes)
    kept = edited(eyes, draft, text="id: enterprise_request\nstages: 3\n")
    assert kept["problems"]
    assert all(one["line"] and one["reason"]["zh"] for one in kept["problems"])
    at, revision = f"/type-drafts/{draft['id']}", {"revision": kept["revision"]}
    refused(eyes.writer.post(f"{at}/submit", revision), 409)


def test_a_draft_is_returned_with_a_reason_and_given_up(eyes: Eyes) -> None:
    draft = edited(eyes, begun(eyes))
    at = f"/type-drafts/{draft['id']}"
    done(eyes.writer.post(f"{at}/submit", {"revision": draft["revision"]}))
    refused(eyes.reader.post(f"{at}/send-back", {"reason": "再想想"}), 403)
    back = done(eyes.second.post(f"{at}/send-back", {"reason": "再想想"}))
    assert (back["state"], back["reason"]) == ("returned", "再想想")
    gone = done(eyes.writer.post(f"{at}/withdraw", {"reason": "不改了"}))
    assert (gone["state"], gone["reason"]) == ("withdrawn", "不改了")


def test_a_draft_goes_on_from_the_version_published_meanwhile(eyes: Eyes) -> None:
    draft = begun(eyes)
    assert not draft["newer"]
    publish(actor=TESTS, mapping=mappings()[KIND], now=timezone.now())
    at = f"/type-drafts/{draft['id']}"
    assert done(eyes.writer.get(at))["newer"]
    assert not done(eyes.writer.post(f"{at}/rebase"))["newer"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"kind": "no_such_kind"}, "kind"), ({"kind": KIND, "source": "moon"}, "source")],
)
def test_a_draft_of_nothing_is_refused(eyes: Eyes, sent: dict[str, str], field: str) -> None:
    assert refused(eyes.writer.post("/type-drafts", sent), 422)["field"] == field
