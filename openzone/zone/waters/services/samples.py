"""What a side found, what it corrects with a reason, and what a third laboratory finds again."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.engines.water.joint import SATURATION
from openzone.engines.water.written import NotWrittenError, State, written
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.intake import Requester, centre_unit, open_case
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.waters.enums import Act
from openzone.zone.waters.models import Campaign, Planned, Sample
from openzone.zone.waters.packs import standard
from openzone.zone.waters.selectors.standing import Result, Standing, standing_of
from openzone.zone.waters.services.campaigns import joined
from openzone.zone.waters.services.telling import tell_sides
from openzone.zone.waters.writing import ensure_past, ensure_said, opened, side, step

KIND = "water_task"
LOCKED = Text(
    "本方已锁定，双方锁定或录入截止后可说明理由更正",
    "your side has locked; it can correct with a reason once both have or time is up",
)
NO_ITEM = Text("标准中没有“{name}”这一项目", "the standard has no item “{name}”")
EMPTY = Text(
    "没有任何监测项目；未采样请说明理由",
    "nothing was measured; give a reason where nothing was taken",
)
OUT = Text("采样日期应在该季度内", "the day is not in the quarter")
NOT_OPEN = Text("没有偏差超限的项目", "no item is too far apart")
NOT_REVEALED = Text(
    "双方锁定或录入截止后才能要求复采",
    "asked for once both sides have locked or time is up",
)
ASKED = Text("已要求复采：{number}", "asked for already: {number}")
NOT_ASKED = Text("请先要求复采", "ask for it to be sampled again first")
NOT_THIRD = Text(
    "仲裁检测应由第三方实验室承担，不能是“{name}”",
    "a third laboratory examines it, not “{name}”",
)
NEEDED = Text("还缺：{items}", "still lacking: {items}")
TITLE = Text("{quarter} {section} 复采仲裁：{items}", "{quarter} {section} sample again: {items}")


@transaction.atomic
def record_sample(
    *, actor: Actor, user: User, planned: Planned, on: dt.date, laboratory: str,
    values: Mapping[str, str], now: dt.datetime, reason: str = "",
) -> Sample:  # fmt: skip
    """Write what one's own side found. ``values``: text by item; what is empty is missing.

    Once both sides' figures are open a change is a correction: it needs a reason, stands beside
    what it replaces, and ends the approvals given before.
    """
    campaign, today = opened(planned.campaign), timezone.localdate(now)
    mine, standing = side(user, campaign.sides, today), standing_of(campaign, today)
    if standing.locked(mine) and not standing.revealed:
        raise Refused(LOCKED)
    found = _read(values)
    if not found or standing.revealed:
        _ensure_reason(reason, found)
    made = _kept(actor, planned, on, laboratory, found, now, side=mine, user=user,
                 reason=reason, knowing=standing.revealed)  # fmt: skip
    if standing.revealed:
        step(campaign, Act.CORRECTED, actor, now, side=mine, user=user, remark=reason)
        tell_sides(campaign, Act.CORRECTED, now, beside=user)
    return made


def _ensure_reason(reason: str, found: Mapping[str, str]) -> None:
    if not found and not reason.strip():
        raise Refused(EMPTY, field="reason")
    ensure_said(reason)


def _read(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values as they are written back; the first that says nothing is refused."""
    known = {one.id for one in standard().items} | {SATURATION}
    read = {}
    for name, text in values.items():
        if name not in known:
            raise Refused(NO_ITEM.format(name=name[:40]), field=name)
        if text.strip():
            try:
                read[name] = written(text).text
            except NotWrittenError as wrong:
                raise Refused(wrong.reason, field=name) from None
    return read


def _kept(
    actor: Actor, planned: Planned, on: dt.date, laboratory: str, values: Mapping[str, str],
    now: dt.datetime, *, user: User, side: Unit | None, reason: str = "", knowing: bool = False,
) -> Sample:  # fmt: skip
    ensure_past(on, timezone.localdate(now))
    span = planned.campaign.of_quarter
    if not span.first <= on <= max(span.last, planned.campaign.enter_by):
        raise Refused(OUT, field="on")
    made = Sample(
        planned=planned, side=side, on=on, laboratory=laboratory.strip(), values=dict(values),
        reason=reason.strip(), knowing=knowing, recorded_by=user, by=actor.label[:150], at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    return made


@transaction.atomic
def ask_again(*, actor: Actor, user: User, planned: Planned, now: dt.datetime) -> Planned:
    """Open the task of sampling again by a third laboratory, for what is too far apart."""
    campaign, today = opened(planned.campaign), timezone.localdate(now)
    mine, standing = side(user, campaign.sides, today), standing_of(campaign, today)
    if not standing.revealed:
        raise Refused(NOT_REVEALED)
    result = _open(standing, planned)
    fresh = Planned.objects.select_for_update(of=("self",)).get(pk=planned.pk)
    if fresh.case is not None:
        raise Refused(ASKED.format(number=fresh.case.number))
    fresh.case = _task(actor, user, campaign, result, now)
    fresh.save(update_fields=["case"])
    step(campaign, Act.ASKED_AGAIN, actor, now, side=mine, user=user, remark=result.section.name)
    tell_sides(campaign, Act.ASKED_AGAIN, now, beside=user)
    return fresh


def _open(standing: Standing, planned: Planned) -> Result:
    result = standing.result(planned.pk)
    if result.joint is None or not result.joint.open:
        raise Refused(NOT_OPEN)
    return result


def labels_of(names: tuple[str, ...]) -> Text:
    """Return what items are called."""
    known = {one.id: one.label for one in standard().items}
    return joined([known[name] for name in names])


def _task(actor: Actor, user: User, campaign: Campaign, result: Result, now: dt.datetime) -> Case:
    items = labels_of(result.joint.open) if result.joint else Text("", "")
    said = {"quarter": campaign.quarter, "section": result.section.name}
    return open_case(
        actor=actor, kind=KIND, now=now, channel=Channel.SYSTEM, text=str(items),
        title=TITLE.zh.format(**said, items=items.zh)[:200], unit=_home(campaign),
        requester=Requester(RequesterKind.UNIT, unit=centre_unit()),
        fields={"what": "resample", "section": str(result.section)[:200]},
        origin=f"water_campaign:{campaign.pk}",
    ).case  # fmt: skip


def _home(campaign: Campaign) -> Unit | None:
    """Return the side that is of this zone: its people work through cases."""
    return next((one for one in campaign.sides if one.kind != "partner"), None)


@transaction.atomic
def record_again(
    *, actor: Actor, user: User, planned: Planned, on: dt.date, laboratory: str,
    values: Mapping[str, str], now: dt.datetime,
) -> Sample:  # fmt: skip
    """Write what the third laboratory found; its items replace what was too far apart."""
    campaign, today = opened(planned.campaign), timezone.localdate(now)
    mine, standing = side(user, campaign.sides, today), standing_of(campaign, today)
    result = standing.result(planned.pk)
    if result.planned.case_id is None:
        raise Refused(NOT_ASKED)
    _ensure_third(result, laboratory)
    found = _read(values)
    wanted = result.joint.open if result.joint else ()
    left = tuple(name for name in wanted if not _is_measured(found.get(name)))
    if left:
        items = labels_of(left)
        raise Refused(Text(NEEDED.zh.format(items=items.zh), NEEDED.en.format(items=items.en)),
                      field=left[0])  # fmt: skip
    made = _kept(actor, planned, on, laboratory, found, now, user=user, side=None, knowing=True)
    step(campaign, Act.EXAMINED_AGAIN, actor, now, side=mine, user=user,
         remark=result.section.name)  # fmt: skip
    tell_sides(campaign, Act.EXAMINED_AGAIN, now, beside=user)
    return made


def _is_measured(text: str | None) -> bool:
    return text is not None and written(text).state is not State.NOT_MEASURED


def _ensure_third(result: Result, laboratory: str) -> None:
    for sample in (result.ours, result.theirs):
        if sample is not None and sample.laboratory == laboratory.strip():
            raise Refused(NOT_THIRD.format(name=sample.laboratory), field="laboratory")
