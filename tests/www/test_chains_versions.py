"""Drafts of chains on pages: files in and out, faults named, nobody's work lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openzone.packs.chain_formats import plain
from openzone.zone.chains.models import ChainDraft
from openzone.zone.chains.selectors.drafts import difference, read
from openzone.zone.chains.selectors.versions import pack_on
from openzone.zone.chains.services.drafts import begin
from openzone.zone.people.models import User
from tests.factories import TESTS
from tests.zone.chains.test_versions import (
    NOW,
    TODAY,
    People,
    begun,
    firm_at,
    people,
    published,
    removed,
    submitted,
)

__all__ = ["people"]
pytestmark = pytest.mark.django_db
CHAIN = "semiconductors"


@pytest.fixture
def draft(colleague: User) -> ChainDraft:
    return begin(actor=TESTS, by=colleague, chain=CHAIN, now=NOW)


def sent(
    client: Client, name: str, draft: ChainDraft, data: dict[str, Any], query: str = ""
) -> Any:
    return client.post(reverse(name, args=[draft.pk]) + query, data)


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx", "graphml", "json"])
def test_what_is_taken_away_comes_back_as_the_same_chain(
    client: Client, colleague: User, kind: str
) -> None:
    client.force_login(colleague)
    file = client.get(reverse("chain_version_file", args=[CHAIN, 0, kind]))
    assert f"{CHAIN}-0.{kind}" in file["Content-Disposition"]
    taken = SimpleUploadedFile(f"back.{kind}", file.content)
    client.post(reverse("chain_import"), {"upload": taken})
    made = ChainDraft.objects.get()
    found, back = difference(made, TODAY), read(made.text, CHAIN).pack
    assert found is not None
    assert len(found) == 0
    assert back is not None
    assert plain(back) == plain(pack_on(CHAIN, TODAY))


def test_a_file_with_faults_is_taken_in_and_every_fault_leads_to_its_line(
    client: Client, colleague: User
) -> None:
    client.force_login(colleague)
    text = 'chain: {id: robots, name: 机器人, version: "1"}\nstages: [上]\n'
    text += "nodes:\n  - {id: arm, name: 臂, stage: 中}\nedges: []\n"
    file = SimpleUploadedFile("robots.yaml", text.encode())
    page = client.post(reverse("chain_import"), {"upload": file}, follow=True).content.decode()
    made = ChainDraft.objects.get()
    assert f'href="{reverse("chain_draft_text", args=[made.pk])}?line=4#text" data-line="4"' in page
    assert "未在 stages 中声明" in page
    client.post(reverse("chain_draft_submit", args=[made.pk]), {"revision": "1", "note": "新链"})
    made.refresh_from_db()
    assert made.state == "draft"


def test_a_file_that_cannot_be_read_says_file_row_and_reason(
    client: Client, colleague: User
) -> None:
    client.force_login(colleague)
    file = SimpleUploadedFile("节点.csv", "编号,颜色\nx,红\n".encode())
    response = client.post(reverse("chain_import"), {"upload": file})
    assert response.status_code == 400
    assert "节点.csv:1: 没有“颜色”这一列" in response.content.decode()
    assert not ChainDraft.objects.exists()


def test_the_slower_editor_keeps_what_was_typed_and_may_save_over_it(
    client: Client, colleague: User, admin: User, draft: ChainDraft
) -> None:
    client.force_login(colleague)
    typed = draft.text.replace("zh: ", "zh: 新", 1)
    first = draft.text + "# 先保存的\n"
    sent(client, "chain_draft_text", draft, {"revision": "1", "text": first})
    client.force_login(admin)
    late = sent(client, "chain_draft_text", draft, {"revision": "1", "text": typed})
    page = late.content.decode()
    assert late.status_code == 409
    assert "colleague" in page
    assert "zh: 新" in page
    assert 'name="revision" value="2"' in page
    sent(client, "chain_draft_text", draft, {"revision": "2", "text": typed})
    draft.refresh_from_db()
    assert draft.text == typed


def test_a_form_opened_on_an_entry_that_moved_writes_over_nothing(
    client: Client, colleague: User, draft: ChainDraft
) -> None:
    client.force_login(colleague)
    nodes = read(draft.text, CHAIN).entries("nodes")
    gone = {"revision": "1", "at": "0", "was": nodes[0]["id"]}
    sent(client, "chain_draft_node_remove", draft, gone)
    node = {"revision": "2", "was": nodes[0]["id"], "id": "x", "name_zh": "甲",
            "stage": nodes[1]["stage"]}  # fmt: skip
    assert sent(client, "chain_draft_node", draft, node, "?at=0").status_code == 409
    draft.refresh_from_db()
    assert read(draft.text, CHAIN).entries("nodes")[0] == nodes[1]


def test_a_node_form_writes_every_part_of_a_node(
    client: Client, colleague: User, draft: ChainDraft
) -> None:
    client.force_login(colleague)
    stage = read(draft.text, CHAIN).stages[0]
    given = {
        "revision": "1", "was": "", "id": "example", "name_zh": "示例节点", "name_en": "Example",
        "stage": stage, "weight": "1.5", "keywords": "示例甲\n示例乙", "heads": "件、器",
        "aliases_firm": "示例公司", "gbt4754": "3985", "hs": "8541；8542", "edition": "2017",
        "verified": "K", "note_zh": "示例说明",
    }  # fmt: skip
    assert sent(client, "chain_draft_node", draft, given).status_code == 302
    draft.refresh_from_db()
    assert read(draft.text, CHAIN).entries("nodes")[-1] == {
        "id": "example", "stage": stage, "weight": 1.5, "keywords": ["示例甲", "示例乙"],
        "heads": ["件", "器"], "aliases_firm": ["示例公司"], "verified": "K",
        "name": {"zh": "示例节点", "en": "Example"}, "note": "示例说明",
        "codes": {"gbt4754": ["3985"], "hs": ["8541", "8542"], "edition": "2017"},
    }  # fmt: skip


def test_nothing_in_a_form_changes_an_entry_that_was_only_looked_at(
    client: Client, colleague: User, draft: ChainDraft
) -> None:
    client.force_login(colleague)
    for name, key, was in (
        ("chain_draft_node", "nodes", lambda one: one["id"]),
        ("chain_draft_edge", "edges", lambda one: f"{one['from']}→{one['to']}"),
    ):  # fmt: skip
        draft.refresh_from_db()
        before = read(draft.text, CHAIN).entries(key)[0]
        form = client.get(reverse(name, args=[draft.pk]) + "?at=0").context["form"]
        data = {field.html_name: field.value() or "" for field in form}
        data |= {"revision": str(draft.revision), "was": was(before)}
        assert sent(client, name, draft, data, "?at=0").status_code == 302
        draft.refresh_from_db()
        after = read(draft.text, CHAIN).pack
        assert after is not None
        found = difference(draft, TODAY)
        assert found is not None
        assert len(found) == 0


@pytest.mark.parametrize("kind", ["graphml", "xlsx"])
def test_a_draft_with_faults_goes_out_as_text_only(
    client: Client, colleague: User, draft: ChainDraft, kind: str
) -> None:
    client.force_login(colleague)
    sent(client, "chain_draft_text", draft, {"revision": "1", "text": "chain: ["})
    assert client.get(reverse("chain_draft_export", args=[draft.pk, kind])).status_code == 404
    text = client.get(reverse("chain_draft_export", args=[draft.pk, "yaml"]))
    assert text.content == b"chain: ["


def test_the_picture_of_a_difference_is_taken_away_as_a_file(
    client: Client, admin: User, draft: ChainDraft
) -> None:
    client.force_login(admin)
    page = reverse("chain_draft_compare", args=[draft.pk])
    text = draft.text.replace("zh: ", "zh: 新", 2)
    sent(client, "chain_draft_text", draft, {"revision": "1", "text": text})
    assert client.post(page, {"picture_file": "difference.svg"})["Content-Type"] == "image/svg+xml"


def test_firms_without_a_node_are_listed_with_the_version_and_moved_by_whoever_publishes(
    client: Client, people: People
) -> None:
    firm = firm_at(people, "separator")
    draft = removed(people, begun(people, "lithium_battery"), "separator")
    published(submitted(people, draft), people.centre)
    page, move = (
        reverse(name, args=["lithium_battery", 1])
        for name in ("chain_version", "chain_version_settle")
    )
    client.force_login(people.writer)
    assert firm.name in client.get(page).content.decode()
    assert client.post(move, {"move-separator": "electrolyte"}).status_code == 403
    client.force_login(people.centre)
    moved = client.post(move, {"move-separator": "electrolyte"}, follow=True).content.decode()
    assert "已转移 1 家企业" in moved
    assert firm.name not in moved
