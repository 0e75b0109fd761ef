"""Term sheets: filled in from what is known, changed version by version, made an agreement."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from openzone.engines.projects import terms
from openzone.engines.projects.terms import FieldType, TermField
from openzone.engines.text import Text
from openzone.packs.term_sheets import TermTemplate
from openzone.zone.agreements.models import Agreement
from openzone.zone.agreements.services import drafting
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Project
from openzone.zone.promotion.enums import TermState
from openzone.zone.promotion.field_packs import template as template_of
from openzone.zone.promotion.models import Lead, TermSheet, TermVersion
from openzone.zone.promotion.selectors.termsheets import known_of, last_version, lines_of
from openzone.zone.promotion.services.writing import ensure_said, note

CHANGED = Text(
    "已由{who}于{at}改为第 {seq} 版，请刷新后再改",
    "already changed by {who} at {at} (version {seq}): reload and look again",
)
DRAFTED = Text("已生成协议草稿“{number}”", "the agreement “{number}” was drafted from it already")
DROPPED = Text("该条款书已放弃：{reason}", "this term sheet was given up: {reason}")
NO_PROJECT = Text(
    "请先将线索转为项目，或选择项目", "make the lead a project first, or choose the project"
)
NOT_AGREED = Text("激励条款“{what}”尚未达成一致", "the incentive “{what}” is not agreed yet")
OF_ANOTHER = Text("该线索已转为另一个项目", "the lead became another project")
SAME = Text("与上一版没有差别", "nothing differs from the version before")
OTHER_TEMPLATE = Text(
    "模板已改为 {now} 版，条款书按 {then} 版拟定；缺少字段“{name}”",
    "the template is at {now}, the sheet was made after {then}; the field “{name}” is gone",
)


@transaction.atomic
def open_sheet(
    *, actor: Actor, title: str, template: str, unit: Unit, owner: User, now: dt.datetime,
    zone_name: str, lead: Lead | None = None, project: Project | None = None,
    user: User | None = None, synthetic: bool = False,
) -> TermSheet:  # fmt: skip
    """Begin a term sheet; its first version holds what the lead or the project says."""
    pattern = template_of(template)
    if lead is not None and lead.project is not None:
        project = _one_project(lead.project, project)
    made = TermSheet(
        title=title.strip(), template=pattern.id, template_version=pattern.version, lead=lead,
        project=project, unit=unit, owner=owner, opened_at=now, synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    values = terms.filled(pattern.fields, known_of(made, zone_name))
    add_version(made, values, [], "", user, now)
    _note("terms.opened", actor, made, template=pattern.id)
    return made


@transaction.atomic
def write_version(
    *, actor: Actor, sheet: TermSheet, values: Mapping[str, str], now: dt.datetime,
    note_text: str = "", seen: int | None = None, user: User | None = None,
) -> TermVersion:  # fmt: skip
    """Keep a new version of the values; what was left empty is not known.

    Raises:
        Refused: naming the field at fault; or when somebody else wrote a version since.

    """
    fresh = opened(sheet, seen)
    pattern = template_of(fresh.template)
    given = {name: value.strip() for name, value in values.items() if value.strip()}
    wrong = terms.faults(pattern.fields, given)
    for name, reason in wrong.items():
        raise Refused(reason, field=name)
    clean = {name: _canonical(pattern, name, value) for name, value in given.items()}
    before = last_version(fresh)
    if before.values == clean:
        raise Refused(SAME)
    made = add_version(fresh, clean, before.lines, note_text.strip(), user, now)
    _note("terms.changed", actor, fresh, version=made.seq)
    return made


@transaction.atomic
def attach_project(*, actor: Actor, sheet: TermSheet, project: Project) -> TermSheet:
    """Say which project the terms are of: needed for reviews of incentives and the agreement."""
    fresh = opened(sheet)
    if fresh.lead is not None and fresh.lead.project is not None:
        project = _one_project(fresh.lead.project, project)
    fresh.project = _one_project(fresh.project, project) if fresh.project else project
    ensure_valid(fresh)
    fresh.save(update_fields=["project"])
    _note("terms.attached", actor, fresh, project=project.pk)
    return fresh


@transaction.atomic
def drop_sheet(*, actor: Actor, sheet: TermSheet, reason: str) -> TermSheet:
    """Give a term sheet up; its versions stay."""
    fresh = opened(sheet)
    fresh.state, fresh.reason = TermState.DROPPED, ensure_said(reason)
    fresh.save(update_fields=["state", "reason"])
    _note("terms.dropped", actor, fresh, reason=fresh.reason)
    return fresh


@transaction.atomic
def to_agreement(
    *, actor: Actor, sheet: TermSheet, number: str, now: dt.datetime, user: User | None = None,
    seen: int | None = None,
) -> Agreement:  # fmt: skip
    """Draft the agreement of the project: every promise with its day, every agreed incentive.

    Raises:
        Refused: with the first field that is missing, or the incentive that is not agreed.

    """
    fresh = opened(sheet, seen)
    if fresh.project is None:
        raise Refused(NO_PROJECT, field="project")
    pattern, version = template_of(fresh.template), last_version(fresh)
    _ensure_complete(fresh, pattern, version)
    made = drafting.draft_agreement(
        actor=actor, project=fresh.project, kind=pattern.kind, number=number, title=fresh.title,
        now=now, user=user,
    )  # fmt: skip
    for field in pattern.fields:
        if field.promise and field.id in version.values:
            _promise(actor, made, pattern, field, version.values)
    for line in lines_of(version):
        if line.incentive is not None:
            drafting.grant(actor=actor, agreement=made, incentive=line.incentive, due=line.due)
    fresh.agreement, fresh.state = made, TermState.DRAFTED
    fresh.save(update_fields=["agreement", "state"])
    _note("terms.drafted", actor, fresh, agreement=made.pk, version=version.seq)
    return made


def opened(sheet: TermSheet, seen: int | None = None) -> TermSheet:
    """Lock a term sheet in work and read it anew; discarding its draft puts it in work again."""
    TermSheet.objects.select_for_update().get(pk=sheet.pk)
    fresh = TermSheet.objects.select_related("lead__project", "project", "agreement").get(
        pk=sheet.pk
    )
    if fresh.state == TermState.DROPPED:
        raise Refused(DROPPED.format(reason=fresh.reason))
    if fresh.agreement is not None:
        raise Refused(DRAFTED.format(number=fresh.agreement.number))
    if seen is not None and seen != fresh.last_seq:
        last = last_version(fresh)
        at = f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}"
        raise Refused(CHANGED.format(who=str(last.by or "—"), at=at, seq=last.seq))
    return fresh


def add_version(
    sheet: TermSheet, values: Mapping[str, str], lines: Sequence[int], said: str,
    user: User | None, now: dt.datetime,
) -> TermVersion:  # fmt: skip
    """Add a version to a locked sheet."""
    made = TermVersion(
        sheet=sheet, seq=sheet.last_seq + 1, values=dict(values), lines=list(lines), note=said,
        by=user, at=now,
    )  # fmt: skip
    made.save(force_insert=True)
    sheet.last_seq, sheet.state = made.seq, TermState.OPEN
    sheet.save(update_fields=["last_seq", "state"])
    return made


def _canonical(pattern: TermTemplate, name: str, value: str) -> str:
    field = pattern.field(name)
    if field is not None and field.type in (FieldType.YUAN, FieldType.NUMBER):
        return f"{Decimal(value).normalize():f}"
    return value


def _ensure_complete(sheet: TermSheet, pattern: TermTemplate, version: TermVersion) -> None:
    faults = terms.faults(pattern.fields, version.values)
    for name in faults:
        told = {"now": pattern.version, "then": sheet.template_version, "name": name}
        raise Refused(OTHER_TEMPLATE.format(**told))
    for field in terms.missing(pattern.fields, version.values):
        raise Refused(terms.wanted(field), field=field.id)
    for line in lines_of(version):
        if line.agreed_at is None:
            raise Refused(NOT_AGREED.format(what=line.text))


def _promise(
    actor: Actor, agreement: Agreement, pattern: TermTemplate, field: TermField,
    values: Mapping[str, str],
) -> None:  # fmt: skip
    """Put the promise a field stands for into a draft, with its quantity where it has one."""
    said = field.promise
    if said is None:
        return
    value = values[field.id]
    is_number = field.type in (FieldType.YUAN, FieldType.NUMBER)
    words = (said.text or field.label).zh
    text = f"{words}：{terms.shown(field, value).zh}"
    drafting.promise(
        actor=actor, agreement=agreement, side=said.side, kind=said.kind, text=text[:500],
        due=dt.date.fromisoformat(values[said.due]),
        quantity=Decimal(value) if is_number else None,
    )  # fmt: skip


def _one_project(known: Project, given: Project | None) -> Project:
    if given is not None and given.pk != known.pk:
        raise Refused(OF_ANOTHER, field="project")
    return known


def _note(action: str, actor: Actor, sheet: TermSheet, **payload: Any) -> None:
    note(action=action, actor=actor, subject=f"term_sheet:{sheet.pk}", payload=payload)
