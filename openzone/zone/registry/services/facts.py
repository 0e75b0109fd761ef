"""Stating, correcting and withdrawing facts. Nothing is overwritten: each is a new row."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from openzone.engines.facts.catalogue import Fact as FactName
from openzone.engines.facts.catalogue import Period, Visibility
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.registry.bulk import NewFact, Origin, insert_facts, stated_period
from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models import Enterprise, Fact, Source, Subject
from openzone.zone.registry.packs import IDENTITY, catalogue
from openzone.zone.registry.selectors.facts import KnownFact, facts_of, stated
from openzone.zone.registry.services.listing import LISTED, refresh
from openzone.zone.registry.services.subjects import (
    ensure_not_absorbed,
    ensure_not_future,
    label,
    locked,
)
from openzone.zone.registry.values import InvalidValueError, canonical


class Counts(NamedTuple):
    """What a write did: statements about something not stated before, other values, known ones.

    A figure stated again for a later day is new, even if it is the same: it is younger.
    """

    new: int
    changed: int
    same: int


@transaction.atomic
def state_facts(
    *,
    actor: Actor,
    subject: Subject | Enterprise,
    facts: Mapping[str, object],
    as_of: dt.date,
    known_on: dt.date,
    source: Source,
) -> Counts:
    """State facts under the names they have on ``as_of``; a value already known adds nothing.

    ``facts`` maps names of the catalogue to typed values or canonical text. ``source`` may be
    unsaved: it then enters the record with the facts.
    """
    ensure_not_absorbed(subject)
    ensure_not_future(known_on, "known_on")
    locked(subject)
    rows = [_row(subject, name, value, as_of) for name, value in facts.items()]
    before = stated(subject, known_on)
    new = [row for row in rows if before.get(row.key) is None]
    changed = [row for row in rows if before.get(row.key) not in (None, row.value)]
    _append(subject, [*new, *changed], _saved(source), known_on)
    record(
        "registry.facts.stated",
        actor=actor,
        subject=label(subject),
        payload={
            "source": source.pk,
            "as_of": as_of,
            "series": [row.series for row in (*new, *changed)],
        },
    )
    return Counts(len(new), len(changed), len(rows) - len(new) - len(changed))


@transaction.atomic
def correct_fact(
    *,
    actor: Actor,
    subject: Subject | Enterprise,
    name: str,
    value: object,
    as_of: dt.date,
    known_on: dt.date,
    reason: str,
    document_no: str = "",
    seen: int | None = None,
) -> Fact:
    """Correct a fact for the period it was stated for; what was said before stays readable.

    ``seen`` is the statement the person looked at; if another one counts by now, it is refused.
    """
    before = _to_change(subject, name, as_of, known_on, reason)
    _ensure_seen(before, seen)
    after = _checked(name, value)
    if after == _stored(before):
        raise Refused(
            Text("更正后的值与原值相同", "the value is the same as before"), field="value"
        )
    return _supersede(actor, subject, before, after, known_on, reason, document_no)


@transaction.atomic
def withdraw_fact(
    *,
    actor: Actor,
    subject: Subject | Enterprise,
    name: str,
    as_of: dt.date,
    known_on: dt.date,
    reason: str,
    document_no: str = "",
    seen: int | None = None,
) -> Fact:
    """Withdraw a fact: from ``known_on`` its value is unknown again. ``seen`` as above."""
    before = _to_change(subject, name, as_of, known_on, reason)
    _ensure_seen(before, seen)
    return _supersede(actor, subject, before, None, known_on, reason, document_no)


def _to_change(
    subject: Subject | Enterprise, name: str, as_of: dt.date, known_on: dt.date, reason: str
) -> KnownFact:
    """Return the fact that is known now, locked against other writers, or refuse."""
    ensure_not_absorbed(subject)
    ensure_not_future(known_on, "known_on")
    if not reason.strip():
        raise Refused(Text("请说明理由", "give a reason"), field="reason")
    _fact_name(name)
    locked(subject)
    before = facts_of(subject, as_of, dt.date.max).get(name)
    if before is None:
        raise Refused(
            Text("这一项没有记录，无从更改", "nothing is known here that could be changed"),
            field=name,
        )
    if before.known_on is not None and known_on < before.known_on:
        raise Refused(
            Text(
                "现有记录的获知日期是 {day}，更改不能早于它",
                "what stands there became known on {day}; a change cannot be older",
            ).format(day=before.known_on),
            field="known_on",
        )
    return before


def _ensure_seen(before: KnownFact, seen: int | None) -> None:
    """Two people at once: the second one decides anew, knowing what the first one said."""
    if seen is not None and seen != before.row:
        raise Refused(
            Text(
                "这一项刚刚被他人更改，请核对现在的记录后再提交",
                "somebody has just changed this; look at what stands there now, then decide",
            )
        )


def _supersede(
    actor: Actor,
    subject: Subject | Enterprise,
    before: KnownFact,
    after: str | None,
    known_on: dt.date,
    reason: str,
    document_no: str,
) -> Fact:
    kind = SourceKind.DOCUMENT if document_no else SourceKind.FORM
    source = _saved(Source(kind=kind, title=reason.strip(), document_no=document_no))
    row = _new(subject, before.fact, after, before.period)
    _append(subject, [row], source, known_on)
    fact = Fact.objects.filter(subject=subject.pk, series=row.series).latest("id")
    record(
        "registry.fact.withdrawn" if after is None else "registry.fact.corrected",
        actor=actor,
        subject=label(subject),
        payload={
            "fact": before.name,
            "row": fact.pk,
            "replaces": before.row,
            "reason": reason.strip(),
            **_values(before, after),
        },
    )
    return fact


def _values(before: KnownFact, after: str | None) -> dict[str, JSON]:
    """Return the two values for the log, which is read by more people than sensitive facts are."""
    if before.fact.series.visible is Visibility.SENSITIVE:
        return {}
    return {"before": _stored(before), "after": after}


def _fact_name(name: str) -> FactName:
    names = catalogue()
    if name not in names:
        raise Refused(
            Text("指标目录中没有“{name}”", "“{name}” is not in the fact catalogue").format(
                name=name
            ),
            field=name,
        )
    if name in IDENTITY:
        raise Refused(
            Text(
                "名称和代码请在企业资料中修改",
                "names and codes are changed on the enterprise itself",
            ),
            field=name,
        )
    return names[name]


def _checked(name: str, value: object) -> str:
    fact = _fact_name(name)
    try:
        return canonical(fact.series, value)
    except InvalidValueError as error:
        said, what = error.reason, fact.label
        raise Refused(Text(f"{what.zh}{said.zh}", f"{what.en} {said.en}"), field=name) from None


def _stored(known: KnownFact) -> str:
    return canonical(known.fact.series, known.value)


def _row(subject: Subject | Enterprise, name: str, value: object, as_of: dt.date) -> NewFact:
    fact = _fact_name(name)
    return _new(subject, fact, _checked(name, value), stated_period(fact, as_of))


def _new(
    subject: Subject | Enterprise, fact: FactName, value: str | None, period: Period
) -> NewFact:
    return NewFact(subject.pk, fact.series.name, value, fact.unit.en, period)


def _saved(source: Source) -> Source:
    if source.pk is None:
        ensure_valid(source)
        source.save()
    return source


def _append(
    subject: Subject | Enterprise, rows: list[NewFact], source: Source, known_on: dt.date
) -> None:
    insert_facts(rows, Origin(source.pk, known_on, timezone.now()))
    if any(row.series in LISTED for row in rows):
        refresh([subject.pk])
