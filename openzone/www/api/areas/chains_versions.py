"""Versions of chains: drafted by one person, published by another."""

from collections.abc import Callable, Iterable
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.chains.diff import ChainDiff, FieldChange
from openzone.engines.chains.effect import Effect
from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import chains_versions as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import FileIn, Id, Line, content_of
from openzone.www.forms.facts import ReasonForm
from openzone.zone.chains.models import ChainDraft
from openzone.zone.chains.permissions import (
    may_edit,
    may_list,
    may_publish,
    may_return,
    may_settle,
)
from openzone.zone.chains.selectors import drafts as selectors
from openzone.zone.chains.selectors.releases import WAITING, homeless, releases
from openzone.zone.chains.services import drafts as services
from openzone.zone.chains.services import entries, publishing
from openzone.zone.chains.services.settling import settle
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.CHAINS)
Detail = shapes.ChainDraftDetail
PARTS = ("chain", "rules")
NO_FILE = Text("没有文件", "there is no file")
NO_PART = Text("没有这一部分：{part}", "there is no such part: {part}")


@desk.read("/chains/drafts", Text("产业链草案", "Drafts of chains"), shapes.ChainDraftPart)
def list_drafts(asked: Asked, chain: Line = "", after: After = 0, limit: Limit = 50) -> Any:
    """The latest begun first."""
    require(may_list(asked.user, asked.on))
    rows = selectors.drafts()
    return latest(rows.filter(chain=chain) if chain else rows, after, limit)


@desk.act("/chains/drafts/import", Text("以文件起草", "Begin with a file"), shapes.FilesIn,
          Detail, status=201)  # fmt: skip
def import_draft(asked: Asked, sent: shapes.FilesIn) -> Any:
    """Of the chain the file names; faults are told and can be mended."""
    require(may_edit(asked.user, asked.on))
    made = services.begin_from_files(**_by(asked), files=_files(sent.files))
    return _shown(asked, made.pk)


@desk.read("/chains/drafts/{pk}", Text("一份草案", "One draft"), Detail)
def get_draft(asked: Asked, pk: Id) -> Any:
    """Its file, its faults, what it changes, what it does to the figures."""
    require(may_list(asked.user, asked.on))
    return _shown(asked, pk)


@desk.act("/chains/drafts", Text("起草产业链", "Begin a draft"), shapes.BeginIn, Detail,
          status=201)  # fmt: skip
def begin_draft(asked: Asked, sent: shapes.BeginIn) -> Any:
    """With the version in force, an older one, or (with a name) a chain that is not there yet."""
    require(may_edit(asked.user, asked.on))
    if sent.name_zh:
        made = services.begin_empty(
            **_by(asked), chain=sent.chain, name_zh=sent.name_zh, name_en=sent.name_en
        )
    else:
        made = services.begin(**_by(asked), chain=sent.chain, number=sent.number)
    return _shown(asked, made.pk)


@desk.act("/chains/drafts/{pk}/text", Text("修改文本", "Save the text"), shapes.TextIn, Detail)
def edit_text(asked: Asked, sent: shapes.TextIn, pk: Id) -> Any:
    """Save a text over the one that was read; its faults are told, and it is kept."""
    return _done(asked, pk, services.save_text, sent, text=sent.text)


@desk.act("/chains/drafts/{pk}/files", Text("导入文件", "Take a file in"), shapes.FilesIn, Detail)
def take_file(asked: Asked, sent: shapes.FilesIn, pk: Id) -> Any:
    """Put a file in the place of the draft's text."""
    return _done(asked, pk, services.take_files, sent, files=_files(sent.files))


@desk.act("/chains/drafts/{pk}/node", Text("写节点", "Write a node"), shapes.EntryIn, Detail)
def put_node(asked: Asked, sent: shapes.EntryIn, pk: Id) -> Any:
    """Write a node, or add one; edges, children and firms follow another id."""
    return _done(asked, pk, entries.put_node, sent, place=sent.place, node=sent.entry)


@desk.act("/chains/drafts/{pk}/node/remove", Text("删节点", "Remove a node"), shapes.PlaceIn,
          Detail)  # fmt: skip
def remove_node(asked: Asked, sent: shapes.PlaceIn, pk: Id) -> Any:
    """Take a node out with its edges."""
    return _done(asked, pk, entries.remove_node, sent, place=sent.place)


@desk.act("/chains/drafts/{pk}/edge", Text("写边", "Write an edge"), shapes.EntryIn, Detail)
def put_edge(asked: Asked, sent: shapes.EntryIn, pk: Id) -> Any:
    """Write an edge, or add one."""
    return _done(asked, pk, entries.put_edge, sent, place=sent.place, edge=sent.entry)


@desk.act("/chains/drafts/{pk}/edge/remove", Text("删边", "Remove an edge"), shapes.PlaceIn,
          Detail)  # fmt: skip
def remove_edge(asked: Asked, sent: shapes.PlaceIn, pk: Id) -> Any:
    """Take an edge out."""
    return _done(asked, pk, entries.remove_edge, sent, place=sent.place)


@desk.act("/chains/drafts/{pk}/stages", Text("写环节", "Write the stages"), shapes.StagesIn, Detail)
def set_stages(asked: Asked, sent: shapes.StagesIn, pk: Id) -> Any:
    """Write the stages in order; the nodes of a renamed stage go with it."""
    given = [(one.was, one.name) for one in sent.stages]
    return _done(asked, pk, entries.set_stages, sent, stages=given)


@desk.act("/chains/drafts/{pk}/part", Text("写链头或规则", "Write head or rules"), shapes.PartIn,
          Detail)  # fmt: skip
def set_part(asked: Asked, sent: shapes.PartIn, pk: Id) -> Any:
    """Write what the chain is, or how texts are read."""
    if sent.part not in PARTS:
        raise Refused(NO_PART.format(part=sent.part), field="part")
    return _done(asked, pk, entries.set_part, sent, part=sent.part, entry=sent.entry)


@desk.act("/chains/drafts/{pk}/moves", Text("指定承接节点", "Say who takes over"), shapes.MovesIn,
          Detail)  # fmt: skip
def move_firms(asked: Asked, sent: shapes.MovesIn, pk: Id) -> Any:
    """Say which node takes over the firms of nodes that go."""
    return _done(asked, pk, services.move_firms, sent, moves=sent.moves)


@desk.act("/chains/drafts/{pk}/submit", Text("送审草案", "Submit a draft"), shapes.SubmitIn, Detail)
def submit_draft(asked: Asked, sent: shapes.SubmitIn, pk: Id) -> Any:
    """Ask somebody else to publish it."""
    return _done(asked, pk, publishing.submit, sent, note=sent.note)


@desk.act("/chains/drafts/{pk}/publish", Text("发布草案", "Publish a draft"), shapes.PublishIn,
          Detail)  # fmt: skip
def publish_draft(asked: Asked, sent: shapes.PublishIn, pk: Id) -> Any:
    """Put it in force from a day on, who had no hand in it; placements stay as they are."""
    require(may_list(asked.user, asked.on))
    draft = _draft(pk)
    require(may_publish(asked.user, draft, asked.on))
    publishing.publish(
        **_by(asked), draft=draft, revision=sent.revision, valid_from=sent.valid_from,
        reason=sent.reason,
    )  # fmt: skip
    return _shown(asked, pk)


@desk.act("/chains/drafts/{pk}/rebase", Text("对照新版本", "Go on from the new version"), None,
          Detail)  # fmt: skip
def rebase_draft(asked: Asked, sent: Body, pk: Id) -> Any:
    """Go on from the version published meanwhile."""
    services.rebase(**_by(asked), draft=_drafted(asked, pk))
    return _shown(asked, pk)


@desk.act("/chains/drafts/{pk}/send-back", Text("退回草案", "Return a draft"), ReasonForm, Detail)
def return_draft(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Return a draft with a reason, or take one's own back."""
    require(may_list(asked.user, asked.on))
    draft = _draft(pk)
    require(may_return(asked.user, draft, asked.on))
    publishing.send_back(actor=asked.actor, draft=draft, reason=sent.given()["reason"])
    return _shown(asked, pk)


@desk.act("/chains/drafts/{pk}/withdraw", Text("撤回草案", "Give a draft up"), ReasonForm, Detail)
def withdraw_draft(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give it up, with the reason."""
    draft, reason = _drafted(asked, pk), sent.given()["reason"]
    services.withdraw(actor=asked.actor, by=asked.user, draft=draft, reason=reason)
    return _shown(asked, pk)


@desk.read("/chains/{chain}/versions", Text("产业链版本", "Versions of a chain"),
           list[shapes.ReleaseOut])  # fmt: skip
def list_versions(asked: Asked, chain: Line) -> Any:
    """The newest first; before the first the file of the packs is in force."""
    require(may_list(asked.user, asked.on))
    return list(releases(chain))


@desk.read("/chains/{chain}/versions/{number}", Text("一个版本", "One version"),
           shapes.ReleaseDetail)  # fmt: skip
def get_version(asked: Asked, chain: Line, number: Id) -> Any:
    """With its file."""
    require(may_list(asked.user, asked.on))
    return get_object_or_404(releases(chain), number=number)


@desk.act("/chains/{chain}/versions/{number}/settle", Text("转移企业", "Move firms"),
          shapes.SettleIn, shapes.SettledOut)  # fmt: skip
def settle_version(asked: Asked, sent: shapes.SettleIn, chain: Line, number: Id) -> Any:
    """Let firms go on at the nodes that take over, as new dated placements."""
    require(may_settle(asked.user, asked.on))
    release = get_object_or_404(releases(chain), number=number)
    return {"firms": settle(**_by(asked), release=release, moves=sent.moves)}


def _by(asked: Asked) -> dict[str, Any]:
    return {"actor": asked.actor, "by": asked.user, "now": asked.now}


def _draft(pk: int) -> ChainDraft:
    return get_object_or_404(selectors.drafts(), pk=pk)


def _drafted(asked: Asked, pk: int) -> ChainDraft:
    require(may_edit(asked.user, asked.on))
    return _draft(pk)


def _done(asked: Asked, pk: int, service: Callable[..., Any], sent: Any, **given: Any) -> Any:
    service(**_by(asked), draft=_drafted(asked, pk), revision=sent.revision, **given)
    return _shown(asked, pk)


def _files(files: Iterable[FileIn]) -> list[tuple[str, bytes]]:
    found = [(file.name, content_of(file)) for file in files]
    if not found:
        raise Refused(NO_FILE, field="files")
    return found


def _shown(asked: Asked, pk: int) -> Any:
    draft: Any = _draft(pk)
    waits, reading = draft.state in WAITING, selectors.read(draft.text, draft.chain)
    draft.newer = waits and selectors.has_newer(draft, asked.on)
    draft.faults = [
        {"line": one.line, "about": one.path, "reason": Words.of(one.reason)}
        for one in (reading.problems if waits else ())
    ]
    found = selectors.difference(draft, asked.on) if waits else None
    effect = selectors.effect_of(draft, asked.on) if waits else None
    draft.difference = _difference(found) if found is not None else None
    draft.effect = _effect(effect) if effect is not None else None
    nodes = [node.id for node in reading.pack.nodes] if waits and reading.pack else None
    gone = homeless(draft.chain, nodes, asked.on) if nodes is not None else []
    draft.homeless = sorted({row.node for row in gone})
    decision = may_publish(asked.user, draft, asked.on)
    draft.may_publish, draft.why_not = decision.allowed, Words.of(decision.reason)
    return draft


def _difference(found: ChainDiff) -> dict[str, Any]:
    return {
        "count": len(found),
        "nodes": [
            {"id": one.id, "kind": one.kind, "fields": _fields(one.fields)} for one in found.nodes
        ],
        "edges": [
            {"id": f"{one.key.source}→{one.key.target}", "kind": one.kind,
             "fields": _fields(one.fields)}
            for one in found.edges
        ],
        "stages": [one._asdict() for one in found.stages],
    }  # fmt: skip


def _fields(changes: Iterable[FieldChange]) -> list[dict[str, Any]]:
    return [
        {**one._asdict(), "gained": list(one.gained), "lost": list(one.lost)} for one in changes
    ]


def _effect(found: Effect) -> dict[str, Any]:
    both = (found.before, found.after)
    return {
        "coverage": tuple(one.coverage for one in both),
        "link_rate": tuple(one.link_rate for one in both),
        "gaps": {one.node: (one.before, one.after) for one in found.gaps},
    }
