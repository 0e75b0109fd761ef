"""A report: typed and kept, handed in, sent back cell by cell, approved by another, corrected.

The platform never changes what was reported: a correction is the reporter's, with a reason, and
becomes a vintage beside the one before.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db import transaction

from openzone.engines.reporting.cells import Question
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.packs.reports import ReportField, ReportForm
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import FILLABLE, BatchKind, ReportState
from openzone.zone.indicators.models import Batch, Figure, Report
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.report_packs import form_of, period_label, spot
from openzone.zone.indicators.report_writing import report_in, step, told
from openzone.zone.indicators.selectors.checking import needs_reason
from openzone.zone.indicators.selectors.reports import ask, changed_fields, in_force
from openzone.zone.indicators.services.figures import (
    Row,
    approve_batch,
    enter_batch,
    submit_batch,
)
from openzone.zone.indicators.services.report_telling import tell_decided, tell_handed_in
from openzone.zone.indicators.writing import ensure_said
from openzone.zone.people.models import User

NO_FIELD: Final = Text("没有栏目“{name}”", "there is no field “{name}”")
TOO_LONG: Final = Text("“{label}”最多{n}个字", "{label}: at most {n} characters")
BAD_TEXT: Final = Text("“{label}”含有不可见的控制字符", "{label} holds control characters")
MEND: Final = Text("“{label}”：{reason}", "{label}: {reason}")
EXPLAIN: Final = Text("“{label}”须写明原因：{reason}", "{label}: write an explanation ({reason})")
UNCHANGED: Final = Text(
    "与已锁定的数据相同，没有需要更正的内容", "nothing differs from what is locked"
)
OWN: Final = Text("不能审定自己报送的报表，请由他人审定", "nobody approves a report they handed in")
NO_REASON: Final = Text("请至少说明一处退回原因", "give a reason for the whole or for a cell")
LONGEST_CELL: Final = 64
LONGEST_NOTE: Final = 300


@transaction.atomic
def save_report(
    *, actor: Actor, report: Report, version: int, cells: Mapping[str, str],
    notes: Mapping[str, str], now: dt.datetime,
) -> Report:  # fmt: skip
    """Keep what was typed, as it was typed; what cannot be read is kept and asked about.

    Raises:
        Refused: somebody else changed it since ``version``, or a text no database keeps.

    """
    fresh = report_in(report, *FILLABLE, version=version)
    form = form_of(fresh.round.form)
    fresh.cells = {**fresh.cells, **_texts(form, cells, LONGEST_CELL)}
    fresh.notes = {**fresh.notes, **_texts(form, notes, LONGEST_NOTE)}
    state = ReportState.DRAFT if fresh.state == ReportState.DUE else fresh.state
    step(fresh, state, now, actor)
    told(fresh, "saved", actor)
    return fresh


@transaction.atomic
def submit_report(
    *, actor: Actor, report: Report, version: int, user: User, now: dt.datetime
) -> Report:
    """Hand a report in, checked once more; late after the day it was due.

    Raises:
        Refused: the first thing that must be mended or explained, named by its field.

    """
    fresh = report_in(report, *FILLABLE, version=version)
    form = form_of(fresh.round.form)
    asked = ask(fresh, form)
    _ensure_sound(fresh, form, asked)
    if not changed_fields(fresh):
        raise Refused(UNCHANGED)
    _rehearse(fresh, form, user, now)
    first = fresh.first_at is None
    fresh.first_at = fresh.first_at or now
    fresh.late = fresh.late or (first and to_local(now).date() > fresh.round.due_on)
    fresh.submitted_at, fresh.submitted_by, fresh.returned = now, user, {}
    if fresh.approved_at is None:
        fresh.reason = ""
    step(fresh, ReportState.SUBMITTED, now, actor)
    told(fresh, "submitted", actor, late=fresh.late)
    tell_handed_in(fresh, now)
    return fresh


@transaction.atomic
def return_report(
    *, actor: Actor, report: Report, version: int, cells: Mapping[str, str], reason: str,
    now: dt.datetime,
) -> Report:  # fmt: skip
    """Send a report back with the reasons, of the whole or by cell; nothing in it is changed."""
    fresh = report_in(report, ReportState.SUBMITTED, version=version)
    form = form_of(fresh.round.form)
    reasons = {name: text for name, text in _texts(form, cells, LONGEST_NOTE).items() if text}
    said = reason.replace("\x00", "").strip()[:500]
    if not reasons and not said:
        raise Refused(NO_REASON, field="reason")
    fresh.returned = reasons
    back = ReportState.CORRECTING if fresh.approved_at is not None else ReportState.RETURNED
    fresh.reason = said or next(iter(reasons.values()))
    step(fresh, back, now, actor, said)
    told(fresh, "returned", actor, cells=sorted(reasons))
    tell_decided(fresh, "returned", now)
    return fresh


@transaction.atomic
def approve_report(
    *, actor: Actor, report: Report, version: int, user: User, now: dt.datetime
) -> list[Figure]:
    """Approve a report somebody else handed in, and put its figures on record.

    Of a correction, only figures that differ are recorded, as restated ones.
    """
    fresh = report_in(report, ReportState.SUBMITTED, version=version)
    if user.pk == fresh.submitted_by_id:
        raise Refused(OWN)
    form = form_of(fresh.round.form)
    batch = _batch(fresh, form, fresh.submitted_by, now)
    made = approve_batch(actor=actor, batch=batch, user=user, now=now)
    fresh.approved_at, fresh.approved_by, fresh.reason = now, user, ""
    step(fresh, ReportState.APPROVED, now, actor)
    told(fresh, "approved", actor, figures=len(made), batch=batch.pk)
    tell_decided(fresh, "approved", now)
    return made


@transaction.atomic
def start_correction(*, actor: Actor, report: Report, reason: str, now: dt.datetime) -> Report:
    """Open a locked report to whoever reported it; what is locked stays on record."""
    fresh = report_in(report, ReportState.APPROVED)
    fresh.reason = ensure_said(reason)
    step(fresh, ReportState.CORRECTING, now, actor, fresh.reason)
    told(fresh, "correcting", actor, reason=fresh.reason)
    return fresh


def _texts(form: ReportForm, given: Mapping[str, str], longest: int) -> dict[str, str]:
    known = {one.id: one for one in form.fields}
    found: dict[str, str] = {}
    for name, value in given.items():
        if name not in known:
            raise Refused(NO_FIELD.format(name=name[:40]), field="cells")
        text = str(value).strip()
        if any(ord(char) < 32 and char not in "\t\r\n" for char in text) or _lone(text):
            raise Refused(_of(known[name], BAD_TEXT), field=name)
        if len(text) > longest:
            raise Refused(_of(known[name], TOO_LONG, n=longest), field=name)
        found[name] = text
    return found


def _lone(text: str) -> bool:
    return any(0xD800 <= ord(char) < 0xE000 or char == "\x7f" for char in text)


def _ensure_sound(report: Report, form: ReportForm, asked: list[Question]) -> None:
    """Refuse what must be mended, then what must be explained and is not."""
    fields = {one.id: one for one in form.fields}
    for one in sorted(asked, key=lambda each: not each.hard):
        if one.hard or not report.notes.get(one.field):
            raise Refused(
                _why(fields[one.field], MEND if one.hard else EXPLAIN, one.reason), field=one.field
            )


def _rehearse(report: Report, form: ReportForm, user: User, now: dt.datetime) -> None:
    """Let the figures pass every check of the record, and take them out again."""
    with transaction.atomic():
        _batch(report, form, user, now)
        transaction.set_rollback(True)


def _batch(report: Report, form: ReportForm, user: User | None, now: dt.datetime) -> Batch:
    """Enter what differs from the record as a batch, handed over by whoever handed the report in.

    Raises:
        Refused: a check of the record asks for an explanation; the field is named.

    """
    chosen = changed_fields(report)
    if not chosen:
        raise Refused(UNCHANGED)
    hand = Actor.of(user) if user is not None else Actor.system("reports")
    figures = in_force(report, form)
    batch = enter_batch(
        actor=hand, kind=BatchKind.SUBMISSION, now=now, user=user, entity=report.entity,
        title=_title(report, form), document=_title(report, form),
        rows=[_row(report, one, (one.indicator, str(_about(report, one))) in figures, now)
              for one in chosen],
        synthetic=report.round.synthetic or report.entity.synthetic,
    )  # fmt: skip
    for row, field in zip(batch.rows.order_by("number"), chosen, strict=True):
        if needs_reason(row.flags) and not row.explanation:
            said = Text(row.flags[0]["zh"], row.flags[0]["en"])
            raise Refused(_why(field, EXPLAIN, said), field=field.id)
    return submit_batch(actor=hand, batch=batch, now=now, user=user)


def _row(report: Report, field: ReportField, known: bool, now: dt.datetime) -> Row:
    typed = str(report.cells.get(field.id, ""))
    given = {
        "series": field.indicator, "period": str(_about(report, field)),
        "value": typed or "—", "published": to_local(now).date().isoformat(),
        "explanation": str(report.notes.get(field.id, "")),
    }  # fmt: skip
    if not _carries_unit(typed):
        given["unit"] = field.unit
    if known:
        given["status"] = "调整"
        given["explanation"] = given["explanation"] or report.reason
    return Row(report.entity, given)


def _carries_unit(typed: str) -> bool:
    return bool(typed) and not typed[-1].isdigit() and typed[-1] not in "—-."


def _about(report: Report, field: ReportField) -> object:
    return spot(field, parsed(report.round.period))


def _title(report: Report, form: ReportForm) -> str:
    period = period_label(parsed(report.round.period)).zh
    return f"{form.label.text.zh} {period} {report.entity.name}"[:200]


def _of(field: ReportField, said: Text, **values: object) -> Text:
    label = field.label.text
    return Text(said.zh.format(label=label.zh, **values), said.en.format(label=label.en, **values))


def _why(field: ReportField, said: Text, reason: Text) -> Text:
    label = field.label.text
    return Text(said.zh.format(label=label.zh, reason=reason.zh),
                said.en.format(label=label.en, reason=reason.en))  # fmt: skip
