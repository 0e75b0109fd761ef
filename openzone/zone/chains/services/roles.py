"""Roles of firms in chains: leaders named by a document, supporters, and whom leaders brought."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms.models import model_to_dict

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.enums import ChainRoleKind
from openzone.zone.chains.models import ChainRole, ChainSheet, Introduction
from openzone.zone.chains.selectors.versions import chain_ids
from openzone.zone.chains.services.placing import NO_CHAIN, WHY
from openzone.zone.chains.services.writing import done_by, ensure_come, locked, note
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Lead
from openzone.zone.registry.models import Enterprise

NEEDED = Text(
    "链主由正式文件认定：请填写文件名称、文号和发文单位",
    "a chain leader is named by a document: give its title, number and issuing office",
)
TWICE = Text("“{firm}”自 {day} 起已登记这一身份", "“{firm}” has this role since {day} already")
NO_LEADER = Text(
    "“{firm}”在 {day} 不是该产业链的链主", "“{firm}” is no leader of this chain on {day}"
)
ITSELF = Text("链主不能配套自己", "a leader does not support itself")
EARLIER = Text("不能早于开始日期 {day}", "not before it began, on {day}")
ENDED = Text("已于 {day} 结束", "it ended on {day} already")
ONE_THING = Text("请选择一条线索或一个项目", "choose a lead or a project")
BROUGHT = Text("已登记由该链主引入", "this leader is on record as having brought it")
_ROW = ("chain", "kind", "document_no", "document", "issued_by", "valid_from", "note", "synthetic")


@transaction.atomic
def designate(
    *, actor: Actor, user: User, enterprise: Enterprise, chain: str, document_no: str,
    document: str, issued_by: str, valid_from: dt.date, now: dt.datetime, remark: str = "",
    sheet: ChainSheet | None = None,
) -> ChainRole:  # fmt: skip
    """Record that an office named a firm leader of a chain (链主)."""
    if not (document_no.strip() and document.strip() and issued_by.strip()):
        raise Refused(NEEDED, field="document_no" if not document_no.strip() else "document")
    made = ChainRole(
        kind=ChainRoleKind.LEADER, chain=chain, document_no=document_no.strip(),
        document=document.strip(), issued_by=issued_by.strip(), valid_from=valid_from,
        note=remark.strip(), sheet=sheet,
    )  # fmt: skip
    return _begin(actor, user, enterprise, made, now)


@transaction.atomic
def support(
    *, actor: Actor, user: User, enterprise: Enterprise, leader: Enterprise, chain: str,
    valid_from: dt.date, now: dt.datetime, remark: str = "", document_no: str = "",
    document: str = "", issued_by: str = "", sheet: ChainSheet | None = None,
) -> ChainRole:  # fmt: skip
    """Record that a firm supports a leader of a chain (链辅)."""
    if leader.root_id == enterprise.root_id:
        raise Refused(ITSELF, field="leader")
    leads = standing_roles(leader, chain, valid_from).filter(kind=ChainRoleKind.LEADER)
    if not leads.exists():
        raise Refused(NO_LEADER.format(firm=leader.name, day=valid_from), field="leader")
    made = ChainRole(
        kind=ChainRoleKind.SUPPORTING, chain=chain, leader=leader.root, valid_from=valid_from,
        document_no=document_no.strip(), document=document.strip(), issued_by=issued_by.strip(),
        note=remark.strip(), sheet=sheet,
    )  # fmt: skip
    return _begin(actor, user, enterprise, made, now)


@transaction.atomic
def end_role(
    *, actor: Actor, user: User, role: ChainRole, on: dt.date, reason: str, now: dt.datetime
) -> ChainRole:
    """End a role with a day and a reason; that it was open before stays readable."""
    ensure_come(on, now, "on")
    old = _taken_back(role, reason, user, now)
    if old.valid_to is not None:
        raise Refused(ENDED.format(day=old.valid_to))
    if on <= old.valid_from:
        raise Refused(EARLIER.format(day=old.valid_from), field="on")
    made = ChainRole.objects.create(
        **model_to_dict(old, fields=_ROW), enterprise=old.enterprise, leader=old.leader,
        valid_to=on, ended_because=reason.strip(), replaces=old, recorded_by=user,
        recorded_at=now, sheet=old.sheet,
    )  # fmt: skip
    _note("role.ended", actor, made, {"on": on, "reason": reason.strip()})
    return made


@transaction.atomic
def withdraw_role(
    *, actor: Actor, user: User, role: ChainRole, reason: str, now: dt.datetime
) -> ChainRole:
    """Take back a role that was written down wrongly."""
    old = _taken_back(role, reason, user, now)
    _note("role.withdrawn", actor, old, {"reason": reason.strip()})
    return old


@transaction.atomic
def introduce(
    *, actor: Actor, user: User, leader: Enterprise, chain: str, on: dt.date, how: str,
    now: dt.datetime, lead: Lead | None = None, project: Project | None = None,
) -> Introduction:  # fmt: skip
    """Record that a leader brought a lead or a project (以商招商)."""
    if (lead is None) == (project is None):
        raise Refused(ONE_THING, field="lead")
    ensure_come(on, now, "on")
    firm = locked(leader)
    if not standing_roles(firm, chain, on).filter(kind=ChainRoleKind.LEADER).exists():
        raise Refused(NO_LEADER.format(firm=firm.name, day=on), field="leader")
    known = Introduction.objects.filter(
        leader__root=firm.root_id, chain=chain, lead=lead, project=project,
        withdrawn_at__isnull=True,
    )  # fmt: skip
    if known.exists():
        raise Refused(BROUGHT)
    made = Introduction(
        leader=firm, chain=chain, lead=lead, project=project, on=on, note=how.strip(),
        recorded_by=user, recorded_at=now, synthetic=firm.synthetic,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note(action="role.brought", actor=actor, subject=f"enterprise:{firm.pk}",
         payload={"chain": chain, "lead": made.lead_id, "project": made.project_id})  # fmt: skip
    return made


def standing_roles(firm: Enterprise, chain: str, on: dt.date) -> QuerySet[ChainRole]:
    """Return the roles of a firm in a chain that hold on a day."""
    rows = ChainRole.objects.filter(
        enterprise__root=firm.root_id, chain=chain, withdrawn_at__isnull=True, valid_from__lte=on
    )
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _begin(
    actor: Actor, user: User, enterprise: Enterprise, made: ChainRole, now: dt.datetime
) -> ChainRole:
    ensure_come(made.valid_from, now)
    if made.chain not in chain_ids(made.valid_from):
        raise Refused(NO_CHAIN.format(chain=made.chain), field="chain")
    firm = locked(enterprise)
    same = standing_roles(firm, made.chain, made.valid_from).filter(
        kind=made.kind, leader=made.leader
    )
    if (known := same.first()) is not None:
        raise Refused(TWICE.format(firm=firm.name, day=known.valid_from), field="enterprise")
    made.enterprise, made.recorded_by, made.recorded_at = firm, user, now
    made.synthetic = firm.synthetic
    ensure_valid(made)
    made.save(force_insert=True)
    payload = {"from": made.valid_from, "document_no": made.document_no, "leader": made.leader_id}
    _note(f"role.{made.kind}", actor, made, payload)
    return made


def _taken_back(role: ChainRole, reason: str, user: User, now: dt.datetime) -> ChainRole:
    if not reason.strip():
        raise Refused(WHY, field="reason")
    rows = ChainRole.objects.select_for_update(of=("self",))
    old = rows.select_related("withdrawn_by", "enterprise", "leader", "sheet").get(pk=role.pk)
    if old.withdrawn_at is not None:
        raise Refused(done_by(old.withdrawn_by, old.withdrawn_at))
    old.withdrawn_at, old.withdrawn_by, old.withdrawn_reason = now, user, reason.strip()
    old.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return old


def _note(what: str, actor: Actor, role: ChainRole, payload: dict[str, Any]) -> None:
    about = {"role": role.pk, "chain": role.chain, "kind": role.kind, **payload}
    note(action=what, actor=actor, subject=f"enterprise:{role.enterprise_id}", payload=about)
