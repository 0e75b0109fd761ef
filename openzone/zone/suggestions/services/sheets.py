"""Members and suggestions from a spreadsheet or from pasted text: checked first, then entered."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import NamedTuple, TypeVar

from django.db import transaction

from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.rowwise import Values
from openzone.zone.suggestions.enums import SheetKind, SheetState, Source
from openzone.zone.suggestions.models import Campaign, Group, Member, Round, Sheet, Topic
from openzone.zone.suggestions.services import campaigns
from openzone.zone.suggestions.services.collecting import (
    Entry,
    Key,
    ensure_sound,
    key,
    propose_many,
    said,
)
from openzone.zone.workbooks import NO_ROW, in_state

T = TypeVar("T")
NO_GROUP = Text("没有分组“{given}”", "there is no group “{given}”")
NO_TOPIC = Text("没有议题“{given}”", "there is no topic “{given}”")
NO_ROUND = Text("没有第“{given}”轮", "there is no round “{given}”")
NO_USER = Text("没有账号“{given}”", "there is no account “{given}”")
NO_MEMBER = Text("参与人员中没有“{given}”", "“{given}” is no member")
MANY = Text("有多位“{given}”，请补填单位", "several members are called “{given}”: add the office")


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


@cache
def vocabulary(kind: str) -> Vocabulary:
    """Return the columns a spreadsheet of this kind may have."""
    name = _text("name", "姓名", "Name", "建议人", "提出人", "Name of the person", required=True)
    office = _text("office", "单位", "Office", "工作单位", "Works at")
    group = _text("group", "分组", "Group", "组别", "小组", required=kind == SheetKind.MEMBERS)
    if kind == SheetKind.MEMBERS:
        contact = _text("contact", "联系方式", "Contact", "电话", "手机")
        return Vocabulary((name, office, group, contact, _text("user", "账号", "Account")))
    return Vocabulary(
        (
            name,
            office,
            group,
            _text("round", "轮次", "Round", "第几轮", required=True),
            _text("topic", "议题", "Topic", "主题", required=True),
            _text("text", "建议内容", "Suggestion", "意见建议", "内容", "建议", required=True),
            _text("benefit", "预期效果", "What it would bring", "预期成效"),
        )
    )


@transaction.atomic
def check_sheet(
    *,
    actor: Actor,
    campaign: Campaign,
    kind: SheetKind,
    file_name: str,
    data: bytes,
    now: dt.datetime,
    as_of: dt.date,
    source: Source = Source.IMPORT,
) -> Sheet:
    """Read a file and say row by row what would be entered; nothing of it is yet.

    Raises ``Refused`` where the file as a whole cannot be read.
    """
    words = vocabulary(kind)
    reading = rowwise.read(file_name, data, words, as_of)
    desk = _Desk.of(campaign)
    taken: set[Key] = said(campaign)
    enter: Callable[[Values], object] = partial(_try_suggestion, desk, taken)
    if kind == SheetKind.MEMBERS:
        enter = partial(_enter_member, actor, desk)
    checked = rowwise.check(reading, words, rowwise.given, enter)
    sheet = Sheet.objects.create(
        campaign=campaign,
        kind=kind,
        source=source,
        file_name=workbooks.short(file_name),
        rows=checked.rows,
        problems=checked.problems,
        uploaded_by=actor.label[:150],
        uploaded_at=now,
    )
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def apply_sheet(*, actor: Actor, sheet: Sheet, now: dt.datetime) -> Sheet:
    """Enter the good rows of a checked file, all of them or none."""
    current = in_state(sheet, SheetState.CHECKED)
    if not current.rows:
        raise Refused(NO_ROW)
    desk = _Desk.of(current.campaign)
    if current.kind == SheetKind.MEMBERS:
        for row in current.rows:
            _enter_member(actor, desk, row)
    else:
        propose_many(
            actor=actor,
            campaign=current.campaign,
            entries=[desk.entry(row) for row in current.rows],
            now=now,
            source=Source(current.source),
            origin=current.file_name,
        )
    return _finish(SheetState.APPLIED, actor, current)


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: Sheet) -> Sheet:
    """Drop a checked file."""
    return _finish(SheetState.DISCARDED, actor, in_state(sheet, SheetState.CHECKED))


class _Desk(NamedTuple):
    """What rows name: groups, topics, rounds and members of a campaign, read once."""

    campaign: Campaign
    groups: Mapping[str, Group]
    topics: Mapping[str, Topic]
    rounds: Mapping[str, Round]
    members: Mapping[str, list[Member]]

    @classmethod
    def of(cls, campaign: Campaign) -> "_Desk":
        members: dict[str, list[Member]] = {}
        for one in campaign.members.select_related("group", "campaign"):
            members.setdefault(one.name, []).append(one)
        return cls(
            campaign,
            {one.name: one for one in campaign.groups.all()},
            {one.title: one for one in campaign.topics.all()},
            {str(one.number): one for one in campaign.rounds.all()},
            members,
        )

    def entry(self, row: Values) -> Entry:
        """Return the suggestion a row makes, or refuse what it names."""
        number = str(row["round"]).removeprefix("第").removesuffix("轮").removesuffix(".0")
        return Entry(
            member=self._member(row),
            topic=_find(self.topics, row["topic"], "topic", NO_TOPIC),
            round=_find(self.rounds, number.strip(), "round", NO_ROUND),
            text=row["text"],
            benefit=row.get("benefit") or "",
        )

    def _member(self, row: Values) -> Member:
        called = self.members.get(row["name"], [])
        for field in ("office", "group"):
            given = row.get(field)
            called = [one for one in called if not given or str(getattr(one, field)) == given]
        if len(called) != 1:
            reason = MANY if called else NO_MEMBER
            raise Refused(reason.format(given=row["name"]), field="name")
        return called[0]


def _find(known: Mapping[str, T], given: str, field: str, reason: Text) -> T:
    if given not in known:
        raise Refused(reason.format(given=given), field=field)
    return known[given]


def _try_suggestion(desk: _Desk, taken: set[Key], row: Values) -> None:
    """Refuse what would not be taken in; suggestions are entered together, later."""
    entry = desk.entry(row)
    ensure_sound(desk.campaign, entry, taken)
    taken.add(key(entry))


def _enter_member(actor: Actor, desk: _Desk, row: Values) -> Member:
    return campaigns.add_member(
        actor=actor,
        group=_find(desk.groups, row["group"], "group", NO_GROUP),
        name=row["name"],
        office=row.get("office") or "",
        contact=row.get("contact") or "",
        user=_user(row.get("user") or ""),
    )


def _user(name: str) -> User | None:
    found = User.objects.filter(username=name, is_active=True).first()
    if name and found is None:
        raise Refused(NO_USER.format(given=name), field="user")
    return found


def _finish(state: SheetState, actor: Actor, sheet: Sheet) -> Sheet:
    sheet.state = state
    sheet.save(update_fields=["state"])
    _note(str(state), actor, sheet)
    return sheet


def _note(action: str, actor: Actor, sheet: Sheet) -> None:
    record(
        f"suggestions.sheet.{action}",
        actor=actor,
        subject=campaigns.label(sheet.campaign),
        payload={
            "file": sheet.file_name,
            "kind": str(sheet.kind),
            "good": len(sheet.rows),
            "problems": len(sheet.problems),
        },
    )
