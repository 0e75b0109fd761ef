"""Case types and their drafts."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import TypeDraft
from openzone.zone.cases.services import type_drafts
from openzone.zone.cases.services.types import in_force
from openzone.zone.people.services import create_user
from tests.factories import TESTS
from tests.www.addresses.address import Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

KIND = "enterprise_request"

# ``t_written`` is being written, ``t_waiting`` waits for somebody who did not write it.
ADDRESSES: tuple[Address, ...] = (
    get("types_of_cases", 200, 200, 403, 403),
    get("type_of_cases", 200, 200, 403, 403, kind=KIND),
    get("type_of_cases", 200, 200, 403, 403, kind=KIND, query="?version=99"),
    get("type_of_cases", 404, 404, 403, 403, kind="nonsense"),
    post("type_draft_begin", 302, 403, 403, 403, kind="reform_task", data={"source": "pack"}),
    post("type_draft_begin", 409, 403, 403, 403, kind=KIND),
    post("type_draft_begin", 409, 403, 403, 403, kind="nonsense"),
    get("type_draft", 200, 200, 403, 403, pk="{t_written}"),
    get("type_draft", 200, 200, 403, 403, pk="{t_waiting}"),
    get("type_draft_text", 200, 403, 403, 403, pk="{t_written}"),
    get("type_draft_text", 302, 403, 403, 403, pk="{t_waiting}"),
    post("type_draft_text", 302, 403, 403, 403, pk="{t_written}", data={
        "revision": "1", "why": "示例", "text": "id: x"}),
    post("type_draft_text", 409, 403, 403, 403, pk="{t_written}", data={
        "revision": "9", "why": "示例", "text": "id: x"}),
    post("type_draft_preview", 200, 403, 403, 403, pk="{t_written}", data={"text": "a: ["}),
    post("type_draft_submit", 409, 403, 403, 403, pk="{t_written}", data={"revision": "1"}),
    post("type_draft_rebase", 302, 403, 403, 403, pk="{t_written}"),
    post("type_draft_publish", 302, 403, 403, 403, pk="{t_waiting}", data={"revision": "2"}),
    post("type_draft_publish", 409, 403, 403, 403, pk="{t_waiting}", data={"revision": "x"}),
    post("type_draft_publish", 409, 403, 403, 403, pk="{t_written}", data={"revision": "1"}),
    get("type_draft_return", 200, 403, 403, 403, pk="{t_waiting}"),
    post("type_draft_return", 302, 403, 403, 403, pk="{t_waiting}", data={"reason": "再议"}),
    post("type_draft_return", 400, 403, 403, 403, pk="{t_waiting}"),
    get("type_draft_withdraw", 200, 403, 403, 403, pk="{t_written}"),
    post("type_draft_withdraw", 302, 403, 403, 403, pk="{t_written}", data={"reason": "不再需要"}),
)  # fmt: skip


def waiting(kind: str) -> TypeDraft:
    """A draft that somebody else submitted."""
    writer, now = create_user(actor=TESTS, username="type_writer"), timezone.now()
    actor = Actor.of(writer)
    draft = type_drafts.begin(actor=actor, by=writer, kind=kind, now=now)
    text = draft.text.replace("limit: 10 workdays", "limit: 8 workdays")
    draft = type_drafts.edit(
        actor=actor, by=writer, draft=draft, text=text, why="示例提速", revision=1, now=now
    )
    return type_drafts.submit(actor=actor, by=writer, draft=draft, revision=2)


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the drafts the addresses speak of."""
    now, editor = timezone.now(), create_user(actor=TESTS, username="type_editor")
    in_force(actor=TESTS, kind=KIND, now=now)
    written = type_drafts.begin(actor=Actor.of(editor), by=editor, kind=KIND, now=now)
    return {"t_written": written.pk, "t_waiting": waiting("systemic_issue").pk}
