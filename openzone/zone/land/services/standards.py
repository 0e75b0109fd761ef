"""Standard land: what is promised with a parcel is drafted, signed, and ended."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from openzone.engines.projects.landcheck import Direction
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.land.enums import StandardState
from openzone.zone.land.models import LandPromise, Parcel, StandardLand
from openzone.zone.land.packs import pack
from openzone.zone.land.writing import ensure_past, keep_file, locked, note, subject
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.registry.models import Enterprise

RUNNING = Text("该地块已有监管协议“{number}”", "agreement “{number}” of this parcel is there")
NO_CONTROL = Text("没有名为“{name}”的控制指标", "there are no control indicators “{name}”")
NO_INDICATOR = Text("没有名为“{name}”的指标", "there is no indicator called “{name}”")
NOTHING = Text("至少承诺一项指标", "promise one figure at least")
NEGATIVE = Text("承诺值不能为负", "no promise is less than nothing")
BELOW = Text(
    "“{label}”承诺 {value}，控制指标为{bound} {limit}（{number}）",
    "“{label}”: {value} is promised, the control indicator is {bound} {limit} ({number})",
)
ORDER = Text("达产复核应晚于竣工核验", "the check at full output comes after completion")
SIGNED = Text(
    "监管协议“{number}”已签订，承诺不能更改", "agreement “{number}” is signed: promises stand"
)
NOT_SIGNED = Text("监管协议“{number}”不在履行中", "agreement “{number}” is not in force")
DISCARDED = Text("该草稿已被删除", "this draft was discarded")
WHO = Text("请写明承诺方", "say who promises")
WHY = Text("请写明原因", "say why")


@transaction.atomic
def draft_standard(
    *, actor: Actor, parcel: Parcel, number: str, promises: Mapping[str, Decimal],
    completion_due: dt.date, full_output_due: dt.date, now: dt.datetime, promiser: str = "",
    enterprise: Enterprise | None = None, project: Project | None = None, control: str = "",
) -> StandardLand:  # fmt: skip
    """Draft what is promised with a parcel: figures by indicator, none short of the control."""
    fresh = locked(parcel)
    other = fresh.standards.exclude(state=StandardState.ENDED).first()
    if other is not None:
        raise Refused(RUNNING.format(number=other.number))
    if full_output_due <= completion_due:
        raise Refused(ORDER, field="full_output_due")
    who = promiser.strip() or (enterprise.name if enterprise else "")
    if not who:
        raise Refused(WHO, field="promiser")
    made = StandardLand(
        parcel=fresh, project=project, enterprise=enterprise, promiser=who, number=number.strip(),
        control=control, completion_due=completion_due, full_output_due=full_output_due,
        drafted_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    _promise(made, promises)
    note("standard.drafted", actor, subject(fresh), standard=made.pk, number=made.number)
    return made


@transaction.atomic
def promise_anew(
    *, actor: Actor, standard: StandardLand, promises: Mapping[str, Decimal], control: str = ""
) -> StandardLand:
    """Change what a draft promises, as a whole."""
    fresh = drafted(standard)
    fresh.control = control
    fresh.save(update_fields=["control"])
    fresh.promises.all().delete()
    _promise(fresh, promises)
    note(
        "standard.promised", actor, subject(fresh.parcel), standard=fresh.pk,
        promises={name: str(value) for name, value in promises.items()},
    )  # fmt: skip
    return fresh


@transaction.atomic
def sign_standard(
    *, actor: Actor, standard: StandardLand, on: dt.date, file_name: str, data: bytes, user: User,
    today: dt.date,
) -> StandardLand:  # fmt: skip
    """Sign a draft with its paper; from then on service and database keep its promises.

    Who records it does not check these promises later.
    """
    fresh = drafted(standard)
    ensure_past(on, today)
    if not fresh.promises.exists():
        raise Refused(NOTHING)
    keep_file(fresh, file_name, data)
    fresh.state, fresh.signed_on, fresh.signed_by = StandardState.SIGNED, on, user
    ensure_valid(fresh)
    fresh.save()
    fresh.promises.update(sealed=True)
    note(
        "standard.signed", actor, subject(fresh.parcel), standard=fresh.pk, on=on.isoformat(),
        sha256=fresh.sha256,
    )  # fmt: skip
    return fresh


@transaction.atomic
def discard_standard(*, actor: Actor, standard: StandardLand) -> None:
    """Throw a draft away; the log keeps that it was there."""
    fresh = drafted(standard)
    note("standard.discarded", actor, subject(fresh.parcel), number=fresh.number)
    fresh.delete()


@transaction.atomic
def end_standard(
    *, actor: Actor, standard: StandardLand, on: dt.date, reason: str, today: dt.date
) -> StandardLand:
    """End a signed agreement; from then on nobody is warned of its checks."""
    fresh = in_force(standard)
    ensure_past(on, today)
    if not reason.strip():
        raise Refused(WHY, field="reason")
    fresh.state, fresh.ended_on, fresh.ended_because = StandardState.ENDED, on, reason.strip()
    fresh.save(update_fields=["state", "ended_on", "ended_because"])
    note("standard.ended", actor, subject(fresh.parcel), standard=fresh.pk, reason=reason.strip())
    return fresh


def drafted(standard: StandardLand) -> StandardLand:
    """Lock a draft and read it anew; refuse one that is signed."""
    fresh = _again(standard)
    if fresh.state != StandardState.DRAFT:
        raise Refused(SIGNED.format(number=fresh.number))
    return fresh


def in_force(standard: StandardLand) -> StandardLand:
    """Lock a signed agreement and read it anew; refuse a draft and one that ended."""
    fresh = _again(standard)
    if fresh.state != StandardState.SIGNED:
        raise Refused(NOT_SIGNED.format(number=fresh.number))
    return fresh


def _again(standard: StandardLand) -> StandardLand:
    parcel = locked(standard.parcel)
    fresh = StandardLand.objects.select_related("enterprise").filter(pk=standard.pk).first()
    if fresh is None:
        raise Refused(DISCARDED)
    fresh.parcel = parcel
    return fresh


def _promise(standard: StandardLand, promises: Mapping[str, Decimal]) -> None:
    if not promises:
        raise Refused(NOTHING, field="promises")
    _ensure_control(standard.control, promises)
    for name, value in promises.items():
        if pack().standard.indicator(name) is None:
            raise Refused(NO_INDICATOR.format(name=name), field="promises")
        if value < 0:
            raise Refused(NEGATIVE, field=name)
        row = LandPromise(standard=standard, indicator=name, value=value)
        ensure_valid(row)
        row.save()


def _ensure_control(control: str, promises: Mapping[str, Decimal]) -> None:
    """Refuse a promise short of the published control indicators that were chosen."""
    if not control:
        return
    found = pack().standard.control(control)
    if found is None:
        raise Refused(NO_CONTROL.format(name=control), field="control")
    table, row = found
    for name, limit in row.limits.items():
        value, indicator = promises.get(name), pack().standard.indicator(name)
        if value is None or indicator is None:
            continue
        at_least = indicator.direction is Direction.AT_LEAST
        if value < limit if at_least else value > limit:
            zh, en = ("不低于", "at least") if at_least else ("不高于", "at most")
            told = {"value": value, "limit": limit, "number": table.number}
            raise Refused(
                Text(
                    BELOW.zh.format(label=indicator.label.zh, bound=zh, **told),
                    BELOW.en.format(label=indicator.label.en, bound=en, **told),
                ),
                field=name,
            )
