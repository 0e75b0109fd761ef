"""What every service of waters does: the row, locked, its step, checked files, the log."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.core.files.base import ContentFile
from django.utils import timezone, translation

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.services.attaching import Upload, checked
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.waters.enums import Act, CampaignState, EntryState
from openzone.zone.waters.models import Campaign, CampaignStep, Finding, LogEntry, WaterFile
from openzone.zone.waters.permissions import BOTH, NOT_SIDE, side_of

CLOSED = Text(
    "该监测已结束（{state}），{who}于{at}办理",
    "this campaign is closed ({state}), by {who} at {at}",
)
DONE = Text(
    "已由{who}于{at}办理（{state}），请刷新后再操作",
    "already done by {who} at {at} ({state}); reload and look again",
)
TO_COME = Text("{day} 还没有到", "{day} has not come yet")
WHY = Text("请说明理由", "give a reason")


def opened(campaign: Campaign) -> Campaign:
    """Lock a campaign both sides still work on; refuse one that is closed."""
    fresh = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("one", "other")
        .get(pk=campaign.pk)
    )
    if fresh.state != CampaignState.OPEN:
        last = fresh.steps.last()
        raise Refused(said(CLOSED, fresh.get_state_display, last.by if last else "—",
                           last.at if last else fresh.made_at))  # fmt: skip
    return fresh


def entry_in(entry: LogEntry, *states: EntryState) -> LogEntry:
    """Lock an entry of the log that stands where a step begins; else say who was first."""
    fresh = (
        LogEntry.objects.select_for_update(of=("self",))
        .select_related("one", "other", "water", "case")
        .get(pk=entry.pk)
    )
    if fresh.state in states:
        return fresh
    raise Refused(said(DONE, fresh.get_state_display, fresh.ended_by or fresh.made_by,
                       fresh.ended_at or fresh.made_at))  # fmt: skip


def said(sentence: Text, state: Callable[[], object], who: str, at: dt.datetime) -> Text:
    """Return a sentence that names a state, who was first and when."""
    moment = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    zh, en = labels(state)
    return Text(sentence.zh.format(state=zh, who=who, at=moment),
                sentence.en.format(state=en, who=who, at=moment))  # fmt: skip


def side(user: User, sides: Sequence[Unit], on: dt.date) -> Unit:
    """Return the side somebody acts for, or refuse."""
    found = side_of(user, sides, on)
    if found is None:
        both = all(side_of(user, [one], on) for one in sides)
        raise Refused(BOTH if both else NOT_SIDE)
    return found


def step(
    campaign: Campaign, what: Act, actor: Actor, now: dt.datetime, *, side: Unit | None = None,
    user: User | None = None, remark: str = "",
) -> CampaignStep:  # fmt: skip
    """Write a step of a campaign."""
    made = CampaignStep(
        campaign=campaign, side=side, what=what, said=remark[:300], by=actor.label[:150],
        user=user, at=now,
    )  # fmt: skip
    made.save(force_insert=True)
    note(f"campaign.{what}", actor, f"water_campaign:{campaign.pk}",
         {"quarter": campaign.quarter, "side": side.code if side else ""})  # fmt: skip
    return made


def ensure_past(on: dt.date, today: dt.date, field: str = "on") -> None:
    """Refuse a day to come."""
    if on > today:
        raise Refused(TO_COME.format(day=on), field=field)


def ensure_said(text: str, field: str = "reason") -> str:
    """Refuse an empty reason."""
    if not text.strip():
        raise Refused(WHY, field=field)
    return text.strip()


def keep_files(
    entry: LogEntry, files: Sequence[Upload], actor: Actor, now: dt.datetime, *,
    finding: Finding | None = None, proof: bool = False,
) -> list[WaterFile]:  # fmt: skip
    """Keep files that may come in, all of them or none."""
    rows = []
    for upload, found in checked(files):
        row = WaterFile(
            entry=entry, finding=finding, name=found.name, kind=found.kind.value,
            size=found.size, sha256=found.sha256, proof=proof, added_by=actor.label[:150],
            added_at=now,
        )  # fmt: skip
        row.file.save(found.stored_name, ContentFile(upload.data), save=False)
        row.save()
        rows.append(row)
    return rows


def labels(display: Callable[[], object]) -> tuple[str, str]:
    """Return a label of a choice in both languages."""
    found = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found.append(str(display()))
    return found[0], found[1]


def note(action: str, actor: Actor, subject: str, payload: Mapping[str, JSON]) -> None:
    """Write the line in the log; values of samples are never in it."""
    record(f"waters.{action}", actor=actor, subject=subject, payload=dict(payload))
