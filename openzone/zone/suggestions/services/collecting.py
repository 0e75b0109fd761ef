"""Handing in suggestions, and taking them back."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.suggestions.enums import CampaignState, OriginalState, Source
from openzone.zone.suggestions.models import Campaign, Member, Original, Round, Topic
from openzone.zone.suggestions.packs import pack
from openzone.zone.suggestions.selectors.states import state_of
from openzone.zone.suggestions.services.campaigns import label as campaign_label
from openzone.zone.suggestions.services.campaigns import locked

TOO_SHORT = Text("建议内容至少 {n} 个字", "a suggestion has at least {n} characters")
TOO_LONG = Text("建议内容过长", "the suggestion is too long")
SAID_BEFORE = Text(
    "同一人在同一轮次已提出相同内容", "the same person said the same in this round already"
)
UNKEEPABLE = Text("含有无法保存的字符", "it has a character that cannot be kept")
LONGEST = {"text": 2000, "benefit": 500}
OF_ANOTHER = Text("不属于本次征集", "it is not of this campaign")


@dataclass(frozen=True, slots=True)
class Entry:
    """A suggestion to be taken in."""

    member: Member
    topic: Topic
    round: Round
    text: str
    benefit: str = ""


@transaction.atomic
def propose(
    *,
    actor: Actor,
    entry: Entry,
    now: dt.datetime,
    source: Source = Source.ONLINE,
    request_id: str = "",
) -> Original:
    """Take a suggestion in; a repeated ``request_id`` gives the one that was taken in then."""
    campaign = collecting(entry.member.campaign)
    known = campaign.originals.filter(request_id=request_id).first() if request_id else None
    if known is not None:
        return known
    ensure_sound(campaign, entry, said(campaign))
    original = _original(actor, campaign, entry, source, now, next_number(campaign))
    original.request_id = request_id
    ensure_valid(original)
    original.save()
    _note("proposed", actor, original, member=entry.member.name, source=str(source))
    return original


@transaction.atomic
def propose_many(
    *,
    actor: Actor,
    campaign: Campaign,
    entries: Sequence[Entry],
    now: dt.datetime,
    source: Source,
    origin: str,
) -> list[Original]:
    """Take many suggestions in, all of them or none, with one event that says where from."""
    current = collecting(campaign)
    before, first = said(current), next_number(current)
    for entry in entries:
        ensure_sound(current, entry, before)
        before.add(key(entry))
    numbered = enumerate(entries, start=first)
    made = Original.objects.bulk_create(
        _original(actor, current, entry, source, now, number) for number, entry in numbered
    )
    record(
        "suggestions.campaign.taken_in",
        actor=actor,
        subject=campaign_label(current),
        payload={"first": first, "count": len(made), "from": origin},
    )
    return made


@transaction.atomic
def withdraw(*, actor: Actor, original: Original, because: str, now: dt.datetime) -> Original:
    """Take back a suggestion that nothing has been done with yet; it stays on record."""
    locked(original.campaign)
    current = Original.objects.get(pk=original.pk)
    if state_of(current) != OriginalState.OPEN or current.verdicts.filter(check_state="waiting"):
        raise Refused(
            Text(
                "该建议已合并、已有结论或已撤回，不能撤回",
                "it was merged, decided or taken back already",
            )
        )
    if not because.strip():
        raise Refused(Text("请说明撤回原因", "say why it is taken back"), field="because")
    current.withdrawn_at, current.withdrawn_because = now, because.strip()
    ensure_valid(current)
    current.save(update_fields=["withdrawn_at", "withdrawn_because"])
    _note("withdrawn", actor, current, because=current.withdrawn_because)
    return current


Key = tuple[int, int, str]


def key(entry: Entry) -> Key:
    """Return what makes two suggestions the same: who, in which round, which words."""
    return entry.member.pk, entry.round.pk, entry.text.strip()


def said(campaign: Campaign) -> set[Key]:
    """Return what was said so far and not taken back."""
    kept = campaign.originals.filter(withdrawn_at__isnull=True)
    return set(kept.values_list("member_id", "round_id", "text"))


def ensure_sound(campaign: Campaign, entry: Entry, before: Collection[Key]) -> None:
    """Refuse an entry of another campaign, too short, too long, or said before."""
    for field in ("member", "topic", "round"):
        if getattr(entry, field).campaign_id != campaign.pk:
            raise Refused(OF_ANOTHER, field=field)
    least = pack().text.least_characters
    if len(entry.text.strip()) < least:
        raise Refused(TOO_SHORT.format(n=least), field="text")
    for field, text in (("text", entry.text), ("benefit", entry.benefit)):
        _ensure_fits(field, text.strip())
    if key(entry) in before:
        raise Refused(SAID_BEFORE, field="text")


def collecting(campaign: Campaign) -> Campaign:
    """Return a campaign that collects, locked."""
    current = locked(campaign)
    if current.state != CampaignState.COLLECTING:
        raise Refused(Text("该征集不在收集阶段", "this campaign does not collect now"))
    return current


def next_number(campaign: Campaign) -> int:
    """Return the number of the next suggestion of a campaign."""
    return int(campaign.originals.aggregate(last=Max("number"))["last"] or 0) + 1


def label(original: Original) -> str:
    """Return what events call an original."""
    return f"suggestion:{original.pk}"


def _ensure_fits(field: str, text: str) -> None:
    if "\x00" in text:
        raise Refused(UNKEEPABLE, field=field)
    if len(text) > LONGEST[field]:
        raise Refused(TOO_LONG, field=field)


def _original(
    actor: Actor, campaign: Campaign, entry: Entry, source: Source, now: dt.datetime, number: int
) -> Original:
    return Original(
        campaign=campaign,
        number=number,
        topic=entry.topic,
        round=entry.round,
        group=entry.member.group,
        member=entry.member,
        text=entry.text.strip(),
        benefit=entry.benefit.strip(),
        source=source,
        recorded_by="" if source == Source.ONLINE else actor.label[:150],
        made_at=now,
    )


def _note(action: str, actor: Actor, original: Original, **payload: str) -> None:
    record(
        f"suggestions.original.{action}",
        actor=actor,
        subject=label(original),
        payload={"campaign": original.campaign_id, "number": original.number, **payload},
    )
