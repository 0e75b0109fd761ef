"""Workbooks of a roster, of daily reports, of electricity: checked by row, entered as a whole."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.projects.enums import SheetState
from openzone.zone.projects.models import Project
from openzone.zone.registry.selectors.identity import find_enterprise
from openzone.zone.resumption.enums import BookKind, Resumed, Side
from openzone.zone.resumption.models import Member, ResumptionBook, Season
from openzone.zone.resumption.packs import pack
from openzone.zone.resumption.services.blocking import Named
from openzone.zone.resumption.services.power import record_power, set_base
from openzone.zone.resumption.services.reporting import report
from openzone.zone.resumption.services.roster import enrol
from openzone.zone.resumption.writing import note, opened
from openzone.zone.rowwise import Values

UNKNOWN: Final = Text("档案中没有企业或项目“{name}”", "no enterprise or project “{name}” on record")
NOT_LISTED: Final = Text("“{name}”不在本期名册内", "“{name}” is not on the roster of the season")
NOTHING: Final = Text("请填写用电量和日期，或基期月用电量",
                      "give a day with its use, or the use of the base month")  # fmt: skip
NOT_WHOLE: Final = Text("人数应为非负整数，而不是{given}", "{given} is no number of people")
FROM_BOOK: Final = "按名册表列入"

_NAME = Field("name", "text", None, "名称", "Enterprise or project",
              ("企业或项目", "企业名称", "项目名称", "企业", "单位名称"),
              required=True)  # fmt: skip


def vocabulary(kind: str) -> Vocabulary:
    """Return the columns a workbook of a kind may have."""
    return Vocabulary(_FIELDS[BookKind(kind)]())


def _roster() -> tuple[Field, ...]:
    classes = tuple(
        Choice(one.id, (one.label.text.zh, one.label.text.en)) for one in pack().classes
    )
    return (
        _NAME,
        Field("klass", "text", None, "类别", "Class", ("分类",), classes, required=True),
        Field("first_on", "date", None, "列入日期", "From", ("起始日期",)),
        Field("because", "text", None, "列入理由", "Reason", ("依据", "文件")),
    )


def _reports() -> tuple[Field, ...]:
    answers = tuple(
        Choice(value, words)
        for value, words in (
            (Resumed.YES, ("已复工", "是", "yes", "Resumed work")),
            (Resumed.PARTLY, ("部分复工", "部分", "partly", "Partly resumed")),
            (Resumed.NO, ("未复工", "否", "no", "Not resumed")),
        )
    )
    blockers = tuple(
        Choice(one.id, (one.label.text.zh, one.label.text.en)) for one in pack().blockers
    )
    return (
        _NAME,
        Field("on", "date", None, "日期", "Day", ("填报日期",), required=True),
        Field("resumed", "text", None, "复工情况", "State of work", ("是否复工",), answers,
              required=True),
        Field("staff", "number", None, "到岗人数", "People at their posts", ("返岗人数",)),
        Field("staff_normal", "number", None, "正常用工人数", "People normally", ("应到人数",)),
        Field("capacity", "number", None, "产能恢复百分比", "Capacity, per cent of normal",
              ("产能恢复率", "产能恢复", "产能")),
        Field("planned_on", "date", None, "计划复工日期", "Planned day of resumption", ()),
        Field("blocker", "text", None, "困难类型", "What kind of blocker", ("困难类别",), blockers),
        Field("blocker_text", "text", None, "困难说明", "What is in the way", ("存在困难",)),
        Field("remark", "text", None, "备注", "Remark on it", ()),
    )  # fmt: skip


def _power() -> tuple[Field, ...]:
    return (
        _NAME,
        Field("account", "text", None, "户号", "Account", ("用电户号", "电表户号")),
        Field("on", "date", None, "日期", "Day", ("用电日期",)),
        Field("kwh", "number", "kwh", "用电量（千瓦时）", "Use (kWh)", ("用电量", "日用电量")),
        Field("base", "number", "kwh", "基期月用电量（千瓦时）", "Use of the base month (kWh)",
              ("基期用电量", "基期月用电量")),
    )  # fmt: skip


_FIELDS: Mapping[BookKind, Callable[[], tuple[Field, ...]]] = {
    BookKind.ROSTER: _roster, BookKind.REPORTS: _reports, BookKind.POWER: _power,
}  # fmt: skip


@transaction.atomic
def check_book(
    *, actor: Actor, season: Season, kind: str, file_name: str, data: bytes, now: dt.datetime,
    user: User | None = None,
) -> ResumptionBook:  # fmt: skip
    """Keep a workbook and say row by row what would be entered; nothing is entered yet."""
    current, words = opened(season), vocabulary(kind)
    book = ResumptionBook(
        season=current, kind=BookKind(kind), file_name=workbooks.short(file_name),
        uploaded_by=user, uploaded_at=now,
    )  # fmt: skip
    reading = rowwise.read(file_name, data, words, timezone.localdate(now))
    checked = rowwise.check(reading, words, workbooks.stored, _entering(book, actor, now, user))
    book.rows, book.problems = checked.rows, checked.problems
    workbooks.keep(book, data)
    book.save()
    _note("checked", actor, book)
    return book


@transaction.atomic
def apply_book(
    *, actor: Actor, book: ResumptionBook, now: dt.datetime, user: User | None = None
) -> ResumptionBook:
    """Enter every good row; where one has become impossible, none."""
    current = workbooks.in_state(book, SheetState.CHECKED)
    workbooks.enter_all(current, _entering(current, actor, now, user))
    return _decided(current, SheetState.APPLIED, "applied", actor)


@transaction.atomic
def discard_book(*, actor: Actor, book: ResumptionBook) -> ResumptionBook:
    """Put a checked workbook aside for good."""
    current = workbooks.in_state(book, SheetState.CHECKED)
    return _decided(current, SheetState.DISCARDED, "discarded", actor)


def _entering(
    book: ResumptionBook, actor: Actor, now: dt.datetime, user: User | None
) -> Callable[[Values], object]:
    ways: Mapping[str, Callable[[Values], object]] = {
        BookKind.ROSTER: lambda row: _enrol(book, row, actor),
        BookKind.REPORTS: lambda row: _report(book, row, actor, now, user),
        BookKind.POWER: lambda row: _read(book, row, actor, now),
    }
    return ways[book.kind]


def _enrol(book: ResumptionBook, row: Values, actor: Actor) -> object:
    named = named_in(row["name"])
    first = _day(row.get("first_on")) or book.season.first_on
    because = row.get("because") or f"{FROM_BOOK}：{book.file_name}"[:300]
    return enrol(actor=actor, season=book.season, klass=row["klass"], first_on=first,
                 because=because, **named)  # fmt: skip


def _report(
    book: ResumptionBook, row: Values, actor: Actor, now: dt.datetime, user: User | None
) -> object:
    member, said = _member(book.season, row["name"]), row.get("blocker_text")
    named = [Named(row.get("blocker") or "other", said)] if said else []
    return report(
        actor=actor, member=member, on=dt.date.fromisoformat(row["on"]), resumed=row["resumed"],
        side=Side.VISIT, now=now, staff=_count(row, "staff"),
        staff_normal=_count(row, "staff_normal"),
        capacity=_number(row.get("capacity")), planned_on=_day(row.get("planned_on")),
        remark=row.get("remark") or "", user=user, blockers=named,
    )  # fmt: skip


def _read(book: ResumptionBook, row: Values, actor: Actor, now: dt.datetime) -> None:
    member, account = _member(book.season, row["name"]), row.get("account") or ""
    on, kwh, base = _day(row.get("on")), _number(row.get("kwh")), _number(row.get("base"))
    if base is None and (on is None or kwh is None):
        raise Refused(NOTHING, field="kwh")
    if base is not None:
        set_base(actor=actor, member=member, month_kwh=base, source=book.file_name, account=account)
    if on is not None and kwh is not None:
        record_power(actor=actor, member=member, on=on, kwh=kwh, source=book.file_name, now=now,
                     account=account)  # fmt: skip


def named_in(name: str, field: str = "name") -> dict[str, Any]:
    """Return the enterprise or the project a name means, as ``enrol`` takes it."""
    firm = find_enterprise(name)
    if firm is not None:
        return {"enterprise": firm}
    found = list(Project.objects.filter(name=name.strip(), merged_into__isnull=True)[:2])
    if len(found) != 1:
        raise Refused(UNKNOWN.format(name=name), field=field)
    return {"project": found[0]}


def _member(season: Season, name: str) -> Member:
    named = named_in(name)
    rows = Member.objects.filter(season=season)
    if "enterprise" in named:
        found = rows.filter(enterprise__root=named["enterprise"].root_id).first()
    else:
        found = rows.filter(project=named["project"]).first()
    if found is None:
        raise Refused(NOT_LISTED.format(name=name), field="name")
    return found


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _count(row: Values, name: str) -> int | None:
    found = _number(row.get(name))
    if found is not None and (found < 0 or found != found.to_integral_value()):
        raise Refused(NOT_WHOLE.format(given=found), field=name)
    return None if found is None else int(found)


def _number(text: Any) -> Decimal | None:
    return None if text is None or text == "" else Decimal(str(text))


def _decided(book: ResumptionBook, state: SheetState, what: str, actor: Actor) -> ResumptionBook:
    book.state = state
    book.save(update_fields=["state"])
    _note(what, actor, book)
    return book


def _note(what: str, actor: Actor, book: ResumptionBook) -> None:
    payload: dict[str, JSON] = {
        "file": book.file_name, "kind": str(book.kind), "rows": len(book.rows),
        "problems": len(book.problems),
    }  # fmt: skip
    note(f"book.{what}", actor, f"resumption_book:{book.pk}", payload)
