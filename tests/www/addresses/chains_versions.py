"""Versions of chains and their drafts."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import ChainDraft
from openzone.zone.chains.services import drafts, entries, publishing
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user
from tests.factories import TESTS
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

CHAIN, OTHER = "titanium", "photovoltaics"
NODE = {"revision": "1", "was": "", "id": "new_node", "name_zh": "示例环节", "stage": "原料"}
EDGE = {"revision": "1", "was": "", "source": "sponge", "target": "ingot", "rel": "equip"}
HEAD = {"revision": "1", "name_zh": "示例钛链", "version": "2"}
STAGES = {"revision": "1", "order": "10", "old": "原料", "new": "上游原料"}


def staff(address: str, **options: object) -> Address:
    """For those who work for the zone."""
    return get(address, 200, 200, 403, 403, **options)  # type: ignore[arg-type]


def drawn(address: str, status: int = 302, **options: object) -> Address:
    """A step that handlers and administrators take."""
    return post(address, status, status, 403, 403, **options)  # type: ignore[arg-type]


# ``v_open`` is being drafted, ``v_waiting`` waits for somebody who did not write it.
ADDRESSES: tuple[Address, ...] = (
    staff("chain_versions"),
    staff("chain_new"),
    drawn("chain_new", data={"chain": "example_chain", "name_zh": "示例链"}),
    drawn("chain_new", 400, data={"chain": CHAIN, "name_zh": "示例链"}),
    staff("chain_import"),
    drawn("chain_import", 400),
    staff("chain_history", chain=CHAIN),
    get("chain_history", 404, 404, 403, 403, chain="nonsense"),
    drawn("chain_draft_begin", chain=CHAIN),
    drawn("chain_draft_begin", 409, chain=CHAIN, data={"number": "99"}),
    staff("chain_version", chain=OTHER, number=1),
    staff("chain_version", chain=OTHER, number=0, query="?against=1"),
    get("chain_version", 404, 404, 403, 403, chain=OTHER, number=NOWHERE),
    staff("chain_version_file", chain=OTHER, number=1, kind="xlsx"),
    get("chain_version_file", 404, 404, 403, 403, chain=OTHER, number=1, kind="docx"),
    post("chain_version_settle", 409, 403, 403, 403, chain=OTHER, number=1),
    staff("chain_draft", pk="{v_open}"),
    staff("chain_draft", pk="{v_waiting}", query="?q=钛"),
    get("chain_draft", 404, 404, 403, 403, pk=NOWHERE),
    staff("chain_draft_edges", pk="{v_open}", query="?node=sponge"),
    staff("chain_draft_parts", pk="{v_open}"),
    staff("chain_draft_text", pk="{v_open}", query="?line=12"),
    drawn("chain_draft_text", pk="{v_open}", data={"revision": "1", "text": "chain: ["}),
    drawn("chain_draft_text", 409, pk="{v_open}", data={"revision": "9", "text": "x"}),
    drawn("chain_draft_check", 200, pk="{v_open}", data={"text": "chain: ["}),
    staff("chain_draft_node", pk="{v_open}", query="?at=0"),
    get("chain_draft_node", 404, 404, 403, 403, pk="{v_open}", query="?at=999"),
    drawn("chain_draft_node", pk="{v_open}", data=NODE),
    drawn("chain_draft_node", 409, pk="{v_open}", data=NODE | {"revision": "9"}),
    drawn("chain_draft_node", 400, pk="{v_open}", data=NODE | {"id": ""}),
    drawn("chain_draft_node_remove", 409, pk="{v_open}", data={"revision": "1", "was": "x"}),
    staff("chain_draft_edge", pk="{v_open}"),
    drawn("chain_draft_edge", pk="{v_open}", data=EDGE),
    drawn("chain_draft_edge", 400, pk="{v_open}", data=EDGE | {"rel": "magic"}),
    drawn("chain_draft_edge_remove", 409, pk="{v_open}", data={"revision": "1", "was": "x"}),
    drawn("chain_draft_stages", pk="{v_open}", data=STAGES),
    staff("chain_draft_head", pk="{v_open}"),
    drawn("chain_draft_head", pk="{v_open}", data=HEAD),
    staff("chain_draft_rules", pk="{v_open}"),
    drawn("chain_draft_rules", pk="{v_open}", data={"revision": "1", "inside": "0.3"}),
    staff("chain_draft_import", pk="{v_open}"),
    drawn("chain_draft_import", 400, pk="{v_open}", data={"revision": "1"}),
    staff("chain_draft_export", pk="{v_open}", kind="graphml"),
    staff("chain_draft_compare", pk="{v_open}"),
    staff("chain_draft_compare", pk="{v_waiting}"),
    drawn("chain_draft_moves", pk="{v_open}", data={"revision": "1", "move-sponge": "ingot"}),
    drawn("chain_draft_submit", 409, pk="{v_open}", data={"revision": "1", "note": "示例"}),
    drawn("chain_draft_rebase", pk="{v_open}"),
    get("chain_draft_publish", 200, 403, 403, 403, pk="{v_waiting}"),
    post("chain_draft_publish", 302, 403, 403, 403, pk="{v_waiting}", data={
        "revision": "2", "valid_from": "{v_today}"}),
    post("chain_draft_publish", 409, 403, 403, 403, pk="{v_waiting}", data={
        "revision": "1", "valid_from": "{v_today}"}),
    get("chain_draft_return", 200, 403, 403, 403, pk="{v_waiting}"),
    post("chain_draft_return", 302, 403, 403, 403, pk="{v_waiting}", data={"reason": "再议"}),
    staff("chain_draft_withdraw", pk="{v_open}"),
    drawn("chain_draft_withdraw", pk="{v_open}", data={"reason": "不再需要"}),
)  # fmt: skip


def submitted(writer: User, chain: str) -> ChainDraft:
    """A draft with another weight that somebody else submitted."""
    by: dict[str, Any] = {"actor": Actor.of(writer), "by": writer, "now": timezone.now()}
    draft = drafts.begin(**by, chain=chain)
    draft = entries.put_node(**by, draft=draft, place=0, node={"weight": 2}, revision=1)
    return publishing.submit(**by, draft=draft, revision=2, note="示例调整权重")


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the drafts these addresses speak of."""
    writer = create_user(actor=TESTS, username="chain_writer")
    other = create_user(actor=TESTS, username="chain_publisher")
    now = timezone.now()
    publishing.publish(
        actor=TESTS, by=other, draft=submitted(writer, OTHER), revision=2, now=now,
        valid_from=timezone.localdate(now),
    )  # fmt: skip
    begun = drafts.begin(actor=Actor.of(writer), by=writer, chain=CHAIN, now=now)
    return {
        "v_open": begun.pk, "v_waiting": submitted(writer, "biomedicine").pk,
        "v_today": str(timezone.localdate(now)),
    }  # fmt: skip
