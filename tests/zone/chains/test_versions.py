"""Versions of a chain by four eyes: what stands in a draft, who publishes it, where firms go."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction

from openzone.packs.chain_formats import Format, dump
from openzone.packs.chain_workbook import write_workbook
from openzone.packs.chains import read_chain
from openzone.zone.audit.models import Event
from openzone.zone.chains.enums import ChainDraftState
from openzone.zone.chains.models import ChainDraft, ChainRelease, Placement
from openzone.zone.chains.permissions import may_edit, may_publish, may_return
from openzone.zone.chains.selectors.drafts import difference, effect_of, has_newer, read
from openzone.zone.chains.selectors.releases import left_behind, returned_to, to_publish
from openzone.zone.chains.selectors.standing import on_record
from openzone.zone.chains.selectors.versions import pack_on
from openzone.zone.chains.services import drafts, entries, publishing
from openzone.zone.chains.services.placing import place
from openzone.zone.chains.services.settling import settle
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise
from tests.factories import TESTS

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY, DAY = NOW.date(), dt.timedelta(days=1)
LITHIUM = "lithium_battery"


class People(NamedTuple):
    """A handler who draws, a second one, the centre and a leader who may publish, and an agent."""

    writer: User
    second: User
    centre: User
    leader: User
    agent: User


@pytest.fixture
def people(make_user: Callable[..., User], office: Unit) -> People:
    roles = (Role.HANDLER, Role.HANDLER, Role.CENTRE, Role.LEADER, Role.AGENT)
    names = ("writer", "second", "centre", "leader", "agent")
    return People(*[make_user(name, role, office) for name, role in zip(names, roles, strict=True)])


def begun(people: People, chain: str = LITHIUM) -> ChainDraft:
    return drafts.begin(actor=TESTS, by=people.writer, chain=chain, now=NOW)


def place_of(draft: ChainDraft, node: str) -> int:
    nodes = read(draft.text, draft.chain).entries("nodes")
    return next(at for at, one in enumerate(nodes) if one["id"] == node)


def put(people: People, draft: ChainDraft, node: str | None, **given: Any) -> ChainDraft:
    return entries.put_node(
        actor=TESTS, by=people.writer, draft=draft, node=given, revision=draft.revision, now=NOW,
        place=None if node is None else place_of(draft, node),
    )  # fmt: skip


def removed(people: People, draft: ChainDraft, node: str) -> ChainDraft:
    return entries.remove_node(
        actor=TESTS, by=people.writer, draft=draft, place=place_of(draft, node),
        revision=draft.revision, now=NOW,
    )  # fmt: skip


def submitted(people: People, draft: ChainDraft) -> ChainDraft:
    return publishing.submit(
        actor=TESTS, by=people.writer, draft=draft, revision=draft.revision, note="示例调整",
        now=NOW,
    )  # fmt: skip


def published(draft: ChainDraft, by: User, **more: Any) -> ChainRelease:
    given: dict[str, Any] = {"valid_from": TODAY, "now": NOW, "revision": draft.revision} | more
    return publishing.publish(actor=TESTS, by=by, draft=draft, **given)


def firm_at(people: People, node: str, name: str = "示例正极公司") -> Enterprise:
    firm = create_enterprise(actor=TESTS, name=name, synthetic=True)
    place(
        actor=TESTS, user=people.second, enterprise=firm, parts={(LITHIUM, node): Decimal(1)},
        valid_from=TODAY - 30 * DAY, now=NOW,
    )  # fmt: skip
    return firm


def refusal(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value


def test_one_person_changes_a_weight_and_another_puts_it_in_force(people: People) -> None:
    draft = submitted(people, put(people, begun(people), "cathode", weight=2.5))
    assert not may_publish(people.writer, draft, TODAY).allowed
    assert not may_publish(people.second, draft, TODAY).allowed
    assert may_publish(people.centre, draft, TODAY).allowed
    assert not may_edit(people.agent, TODAY).allowed
    release = published(draft, people.leader)
    assert (release.number, release.valid_from, release.note) == (1, TODAY, "示例调整")
    assert (release.drafted_by, release.approved_by) == (str(people.writer), str(people.leader))
    weights = [
        pack_on(LITHIUM, day).as_chain.nodes["cathode"].weight for day in (TODAY - DAY, TODAY)
    ]
    assert weights == [1.5, 2.5]
    said = json.loads(Event.objects.get(action="chains.released").payload)
    assert (said["number"], said["digest"]) == (1, release.digest)


def test_comments_and_everything_nobody_touched_stay_as_they_were_written(people: People) -> None:
    draft = begun(people)
    before = draft.text.splitlines()
    after = put(people, draft, "cathode", weight=2.5).text.splitlines()
    assert before[0].startswith("# Lithium")
    assert [place for place, line in enumerate(before) if after[place] != line] == [
        next(place for place, line in enumerate(before) if "{id: cathode," in line)
    ]


def test_who_wrote_a_draft_cannot_publish_it_even_as_a_leader(people: People) -> None:
    draft = drafts.begin(actor=TESTS, by=people.leader, chain=LITHIUM, now=NOW)
    draft = submitted(people, put(people, draft, "cathode", weight=3))
    assert "four eyes" in may_publish(people.leader, draft, TODAY).reason.en
    assert "four eyes" in refusal(lambda: published(draft, people.leader)).reason.en
    assert may_return(people.leader, draft, TODAY).allowed
    assert not may_return(people.second, draft, TODAY).allowed


def test_the_slower_of_two_editors_is_told_who_was_quicker(people: People) -> None:
    draft = begun(people)
    put(people, draft, "cathode", weight=2)
    told = refusal(
        lambda: entries.put_node(
            actor=TESTS,
            by=people.second,
            draft=draft,
            place=0,
            node={"weight": 9},
            revision=draft.revision,
            now=NOW,
        )
    )
    assert "writer" in told.reason.zh
    assert read(ChainDraft.objects.get().text, LITHIUM).entries("nodes")[0].get("weight") is None


def test_a_draft_with_faults_is_kept_but_not_submitted(people: People) -> None:
    draft = put(people, begun(people), None, id="lonely", name="孤点", stage="无此环节")
    reading = read(draft.text, LITHIUM)
    assert reading.pack is None
    assert [(one.path, one.line) for one in reading.problems] == [("lonely", 35), ("lonely", 35)]
    assert "2处问题" in refusal(lambda: submitted(people, draft)).reason.zh
    assert draft.state == ChainDraftState.DRAFT


def test_a_text_that_is_no_yaml_is_mended_as_text(people: People) -> None:
    draft = begun(people)
    draft = drafts.save_text(
        actor=TESTS, by=people.writer, draft=draft, text="chain: [", revision=1, now=NOW
    )
    assert "第" in refusal(lambda: put(people, draft, None, id="x")).reason.zh


def test_a_node_that_gets_another_id_takes_edges_children_and_firms_along(people: People) -> None:
    firm = firm_at(people, "cathode")
    draft = put(people, begun(people), "cathode", id="cathode_active")
    reading = read(draft.text, LITHIUM)
    assert reading.problems == ()
    assert draft.moves == {"cathode": "cathode_active"}
    release = published(submitted(people, draft), people.centre)
    rows = Placement.objects.filter(enterprise=firm, withdrawn_at__isnull=True)
    assert sorted(rows.values_list("node", "valid_from", "valid_to")) == [
        ("cathode", TODAY - 30 * DAY, TODAY), ("cathode_active", TODAY, None)
    ]  # fmt: skip
    assert left_behind(release) == []


def test_brands_and_children_follow_a_node_with_another_id(people: People) -> None:
    draft = put(people, begun(people), "anode", aliases_firm={"示例字号": "cathode"})
    draft = put(people, draft, "precursor", parent="cathode")
    draft = put(people, draft, "cathode", id="active")
    nodes = {one["id"]: one for one in read(draft.text, LITHIUM).entries("nodes")}
    assert (nodes["anode"]["aliases_firm"], nodes["precursor"]["parent"]) == (
        {"示例字号": "active"}, "active"
    )  # fmt: skip


def test_publishing_leaves_confirmed_placements_alone_and_lists_those_without_a_node(
    people: People,
) -> None:
    firm = firm_at(people, "separator")
    draft = removed(people, begun(people), "separator")
    found = effect_of(draft, TODAY)
    assert found is not None
    assert [one.firm for one in found.homeless] == [str(firm.root_id)]
    assert found.after.coverage == 0
    release = published(submitted(people, draft), people.centre)
    assert [row.enterprise for row in left_behind(release)] == [firm]
    record = on_record(LITHIUM, TODAY)
    assert [row.node for row in record.elsewhere] == ["separator"]
    assert Placement.objects.get().valid_to is None
    with pytest.raises(Refused):
        settle(actor=TESTS, by=people.centre, release=release, moves={"separator": "no"}, now=NOW)
    moved = {"separator": "electrolyte"}
    assert settle(actor=TESTS, by=people.centre, release=release, moves=moved, now=NOW) == 1
    assert set(on_record(LITHIUM, TODAY).standing.firms) == {"electrolyte"}
    assert set(on_record(LITHIUM, TODAY - DAY).placements) == {(str(firm.root_id), "separator")}


def test_a_version_of_a_later_day_lets_firms_go_on_that_day_only(people: People) -> None:
    firm_at(people, "cathode")
    draft = submitted(people, put(people, begun(people), "cathode", id="cathode_active"))
    release = published(draft, people.centre, valid_from=TODAY + 5 * DAY)
    settling: dict[str, Any] = {
        "actor": TESTS,
        "by": people.centre,
        "release": release,
        "moves": draft.moves,
    }
    assert "从那天" not in refusal(lambda: settle(**settling, now=NOW)).reason.zh
    assert set(on_record(LITHIUM, TODAY).standing.firms) == {"cathode"}
    assert settle(**settling, now=NOW + 5 * DAY) == 1
    assert set(on_record(LITHIUM, TODAY + 5 * DAY).standing.firms) == {"cathode_active"}


@pytest.mark.parametrize(
    ("valid_from", "reason", "field"),
    [(TODAY - DAY, "", "reason"), (TODAY - 3 * DAY, "追溯", "valid_from")],
)
def test_a_version_from_an_earlier_day_needs_a_reason_and_follows_the_last(
    people: People, valid_from: dt.date, reason: str, field: str
) -> None:
    first = submitted(people, put(people, begun(people), "cathode", weight=2))
    published(first, people.centre, valid_from=TODAY - 2 * DAY, reason="与文件一致")
    draft = submitted(people, put(people, begun(people), "cathode", weight=3))
    told = refusal(lambda: published(draft, people.centre, valid_from=valid_from, reason=reason))
    assert told.field == field
    assert ChainRelease.objects.count() == 1


def test_a_second_draft_has_to_look_at_the_version_published_meanwhile(people: People) -> None:
    one, other = begun(people), begun(people)
    other = submitted(people, put(people, other, "anode", weight=2))
    published(submitted(people, put(people, one, "cathode", weight=2)), people.centre)
    assert has_newer(other, TODAY)
    assert "version 1" in refusal(lambda: published(other, people.centre)).reason.en
    other = publishing.send_back(actor=TESTS, draft=other, reason="先对照")
    other = drafts.rebase(actor=TESTS, by=people.writer, draft=other, now=NOW)
    found = difference(other, TODAY)
    assert found is not None
    assert {node.id for node in found.nodes} == {"cathode", "anode"}
    assert published(submitted(people, other), people.centre).number == 2


def test_a_returned_draft_is_drafted_again_and_a_withdrawn_one_is_over(people: People) -> None:
    draft = submitted(people, put(people, begun(people), "cathode", weight=2))
    back = publishing.send_back(actor=TESTS, draft=draft, reason="权重依据不足")
    assert (back.state, back.reason) == (ChainDraftState.DRAFT, "权重依据不足")
    gone = drafts.withdraw(actor=TESTS, by=people.writer, draft=back, reason="不再需要")
    assert gone.state == ChainDraftState.WITHDRAWN
    assert "已经撤回" in refusal(lambda: put(people, gone, "cathode", weight=1)).reason.zh
    with pytest.raises(Refused):
        publishing.send_back(actor=TESTS, draft=gone, reason="再来")


def test_a_version_is_never_rewritten(people: People) -> None:
    draft = submitted(people, put(people, begun(people), "cathode", weight=2))
    release = published(draft, people.centre)
    with pytest.raises(DatabaseError), transaction.atomic():
        ChainRelease.objects.filter(pk=release.pk).update(text="x")


def test_the_same_text_is_no_new_version(people: People) -> None:
    assert "完全相同" in refusal(lambda: submitted(people, begun(people))).reason.zh


def files_of(kind: str) -> list[tuple[str, bytes]]:
    pack = pack_on("titanium", TODAY)
    if kind == "xlsx":
        return [("链.xlsx", write_workbook(pack))]
    return [(f"链.{kind}", dump(pack, Format(kind)))]


@pytest.mark.parametrize("kind", [*Format, "xlsx"])
def test_a_chain_written_in_any_format_comes_back_as_the_same_draft(
    people: People, kind: str
) -> None:
    draft = drafts.begin_from_files(actor=TESTS, by=people.writer, files=files_of(kind), now=NOW)
    found = difference(draft, TODAY)
    assert found is not None
    assert (draft.chain, len(found), read(draft.text, "titanium").problems) == ("titanium", 0, ())


def test_tables_of_nodes_and_edges_come_as_two_files_with_faults_to_be_mended(
    people: People,
) -> None:
    nodes = (
        "类别,编号,名称,环节,权重\n产业链,robots,机器人,,\n环节,上游,,,\n节点,gear,减速器,上游,1\n"
    )
    nodes += "节点,arm,本体,中游,重\n"
    files = [("节点.csv", nodes.encode()), ("边.csv", "起点,终点\ngear,arm\n".encode())]
    draft = drafts.begin_from_files(actor=TESTS, by=people.writer, files=files, now=NOW)
    reading = read(draft.text, "robots")
    assert {problem.path for problem in reading.problems} == {"arm", "chain.version"}
    draft = put(people, draft, "arm", weight=1.0, stage="上游")
    draft = entries.set_part(
        actor=TESTS, by=people.writer, draft=draft, part="chain", entry={"version": "1"},
        revision=draft.revision, now=NOW,
    )  # fmt: skip
    assert read(draft.text, "robots").pack is not None


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", "编号,颜色\nx,红\n".encode(), "a.csv:1"),
        ("a.docx", b"x", "a.docx"),
        ("a.json", b'{"chain": {}}', "chain.id"),
        ("a.yaml", b"chain: {id: versions}", "versions"),
        ("a.yaml", b"chain: {id: ../x}", "../x"),
    ],
)
def test_a_file_that_is_no_chain_is_refused_and_nothing_is_begun(
    people: People, name: str, data: bytes, told: str
) -> None:
    files = [(name, data)]
    refused = refusal(
        lambda: drafts.begin_from_files(actor=TESTS, by=people.writer, files=files, now=NOW)
    )
    assert told in refused.reason.zh
    assert not ChainDraft.objects.exists()


def test_a_new_chain_begins_empty_and_is_in_force_when_it_is_published(people: People) -> None:
    draft = drafts.begin_empty(
        actor=TESTS, by=people.writer, chain="robots", name_zh="机器人产业链", name_en="Robots",
        now=NOW,
    )  # fmt: skip
    assert [one.path for one in read(draft.text, "robots").problems] == ["nodes"]
    for name, stage in (("gear", "上游"), ("arm", "中游")):
        draft = put(people, draft, None, id=name, name=name, stage=stage)
    draft = entries.put_edge(
        actor=TESTS, by=people.writer, draft=draft, place=None, revision=draft.revision, now=NOW,
        edge={"from": "gear", "to": "arm", "rel": "input", "cost_share": None},
    )  # fmt: skip
    draft = entries.set_stages(
        actor=TESTS, by=people.writer, draft=draft, revision=draft.revision, now=NOW,
        stages=[("中游", "整机"), ("上游", "上游")],
    )  # fmt: skip
    assert read_chain(draft.text, "").as_chain.nodes["arm"].stage == "整机"
    published(submitted(people, draft), people.centre)
    assert pack_on("robots", TODAY).stage_names == ("整机", "上游")
    told = refusal(
        lambda: drafts.begin_empty(
            actor=TESTS, by=people.writer, chain="robots", name_zh="x", name_en="", now=NOW
        )
    )
    assert told.field == "chain"


def test_a_draft_waits_for_those_who_may_publish_it_and_comes_back_to_its_author(
    people: People,
) -> None:
    draft = submitted(people, put(people, begun(people), "cathode", weight=2))
    waits = {user.username: to_publish(user, TODAY) for user in people}
    assert {name for name, found in waits.items() if found == [draft]} == {"centre", "leader"}
    publishing.send_back(actor=TESTS, draft=draft, reason="权重依据不足")
    assert [returned_to(user) for user in (people.writer, people.second)] == [[draft], []]
    assert to_publish(people.leader, TODAY) == []
