"""Workbooks of monthly figures and of honours: checked row by row, entered as a whole."""

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
from openzone.zone.audit.services import record
from openzone.zone.cultivation.enums import Basis, BookKind, ImportState
from openzone.zone.cultivation.models import CultivationBook
from openzone.zone.cultivation.packs import pack
from openzone.zone.cultivation.selectors.figures import figures_of
from openzone.zone.cultivation.services.figures import state_month
from openzone.zone.cultivation.services.honours import enter_honour
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.identity import find_enterprise
from openzone.zone.rowwise import Values

NO_FIRM: Final = Text("档案中没有企业“{name}”，或有多家同名",
                      "no enterprise “{name}” is on record, or several are called so")  # fmt: skip
NO_AMOUNT: Final = Text("请至少填写一项金额", "give at least one of the two amounts")
SAME: Final = Text("该月已申报相同金额", "the same amount is stated for the month already")
NOT_WHOLE: Final = Text("应为整数，而不是{given}", "{given} is no whole number")


def vocabulary(kind: str) -> Vocabulary:
    """Return the columns a workbook of a kind may have."""
    return Vocabulary(_FIELDS[BookKind(kind)]())


def _months() -> tuple[Field, ...]:
    return (
        Field("enterprise", "text", None, "企业", "Enterprise",
              ("企业名称", "单位名称", "统一社会信用代码"), required=True),
        Field("month", "date", None, "月份", "Month", ("所属月份", "税款所属期"), required=True,
              precision="month"),
        Field(Basis.VAT, "yuan", None, "增值税申报销售额（元）", "VAT-return sales (yuan)",
              ("增值税申报销售额", "申报销售额", "增值税销售额")),
        Field(Basis.ACCOUNTS, "yuan", None, "利润表主营业务收入（元）", "Main revenue (yuan)",
              ("利润表主营业务收入", "主营业务收入")),
        Field("source", "text", None, "来源", "Source", ("数据来源",), required=True),
    )  # fmt: skip


def _honours() -> tuple[Field, ...]:
    # “工匠（红色工匠、党员工匠等）” is also written without what stands in brackets.
    kinds = tuple(
        Choice(one.id, (one.title.zh, one.title.zh.partition("（")[0], one.title.en))
        for one in pack().honours
    )
    return (
        Field("kind", "text", None, "类型", "Kind", ("类别",), kinds, required=True),
        Field("holder", "text", None, "名称", "Who or what", ("姓名", "荣誉主体"), required=True),
        Field("enterprise", "text", None, "企业", "Enterprise", ("企业名称", "所在企业")),
        Field("level", "text", None, "级别", "Level", ("荣誉级别",)),
        Field("on", "date", None, "日期", "Date", ("获评日期", "认定日期"), required=True),
        Field("place", "number", None, "名次", "Rank", ("排名",)),
        Field("scope", "text", None, "排名范围", "Among whom", ()),
        Field("part", "number", None, "部分数", "Part of it", ()),
        Field("whole", "number", None, "总数", "Whole it is of", ()),
        Field("source", "text", None, "来源", "Source", ("依据",), required=True),
    )


_FIELDS: Final[Mapping[BookKind, Callable[[], tuple[Field, ...]]]] = {
    BookKind.MONTHS: _months, BookKind.HONOURS: _honours,
}  # fmt: skip


@transaction.atomic
def check_book(
    *, actor: Actor, kind: str, file_name: str, data: bytes, now: dt.datetime,
    user: User | None = None,
) -> CultivationBook:  # fmt: skip
    """Keep a workbook and say row by row what would be entered; nothing is entered yet.

    Raises:
        Refused: where the file as a whole cannot be read.

    """
    words, today = vocabulary(kind), timezone.localdate(now)
    reading = rowwise.read(file_name, data, words, today)
    book = CultivationBook(
        kind=BookKind(kind), file_name=workbooks.short(file_name), as_of=today,
        uploaded_by=user, uploaded_at=now,
    )  # fmt: skip
    checked = rowwise.check(reading, words, workbooks.stored, _entering(book, actor, now, user))
    book.rows, book.problems = checked.rows, checked.problems
    book.created = len(checked.rows)
    workbooks.keep(book, data)
    book.save()
    _note("checked", actor, book)
    return book


@transaction.atomic
def apply_book(
    *, actor: Actor, book: CultivationBook, now: dt.datetime, user: User | None = None
) -> CultivationBook:
    """Enter every good row; where one has become impossible, none."""
    current = workbooks.in_state(book, ImportState.CHECKED)
    workbooks.enter_all(current, _entering(current, actor, now, user))
    return _decided(current, ImportState.APPLIED, "applied", actor)


@transaction.atomic
def discard_book(*, actor: Actor, book: CultivationBook) -> CultivationBook:
    """Put a checked workbook aside for good."""
    current = workbooks.in_state(book, ImportState.CHECKED)
    return _decided(current, ImportState.DISCARDED, "discarded", actor)


def _entering(
    book: CultivationBook, actor: Actor, now: dt.datetime, user: User | None
) -> Callable[[Values], object]:
    if book.kind == BookKind.MONTHS:
        return lambda row: _state(row, actor, now, user)
    return lambda row: _enter(row, actor, timezone.localdate(now))


def _state(row: Values, actor: Actor, now: dt.datetime, user: User | None) -> None:
    """State the amounts of a row; what was stated before just so is not stated again."""
    firm, month = _firm(row["enterprise"]), dt.date.fromisoformat(row["month"]).replace(day=1)
    given = {one: Decimal(row[one]) for one in Basis if row.get(one) not in (None, "")}
    if not given:
        raise Refused(NO_AMOUNT, field=Basis.VAT)
    before = figures_of([firm.pk]).get(firm.pk, {})
    new = {one: amount for one, amount in given.items()
           if before.get(one, {}).get(month) != float(amount)}  # fmt: skip
    if not new:
        raise Refused(SAME, field=next(iter(given)))
    for basis, amount in new.items():
        state_month(actor=actor, enterprise=firm, basis=basis, month=month, amount=amount,
                    source=row["source"], now=now, user=user)  # fmt: skip


def _enter(row: Values, actor: Actor, today: dt.date) -> None:
    name = row.get("enterprise")
    enter_honour(
        actor=actor, today=today, kind=row["kind"], holder=row["holder"],
        enterprise=_firm(name) if name else None, level=row.get("level") or "",
        on=dt.date.fromisoformat(row["on"]), place=_whole(row, "place"),
        scope=row.get("scope") or "", part=_whole(row, "part"), whole=_whole(row, "whole"),
        source=row["source"],
    )  # fmt: skip


def _firm(name: str) -> Enterprise:
    found = find_enterprise(name)
    if found is None:
        raise Refused(NO_FIRM.format(name=name), field="enterprise")
    return found


def _whole(row: Mapping[str, Any], name: str) -> int | None:
    text = row.get(name)
    if text is None or text == "":
        return None
    found = Decimal(str(text))
    if found != found.to_integral_value():
        raise Refused(NOT_WHOLE.format(given=found), field=name)
    return int(found)


def _decided(book: CultivationBook, state: ImportState, what: str, actor: Actor) -> CultivationBook:
    book.state = state
    book.save(update_fields=["state"])
    _note(what, actor, book)
    return book


def _note(what: str, actor: Actor, book: CultivationBook) -> None:
    payload = {"kind": str(book.kind), **workbooks.summary(book, ())}
    record(f"cultivation.book.{what}", actor=actor, subject=f"cultivation_book:{book.pk}",
           payload=payload)  # fmt: skip
