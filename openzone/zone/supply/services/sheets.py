"""Workbooks of needs and offers: checked row by row, entered as a whole or not."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.projects.enums import SheetState
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.identity import find_enterprise
from openzone.zone.rowwise import Values
from openzone.zone.supply.enums import Side
from openzone.zone.supply.models import SupplyEntry, SupplySheet
from openzone.zone.supply.packs import pack
from openzone.zone.supply.services.entries import publish
from openzone.zone.supply.writing import note

NO_FIRM: Final = Text("档案中没有企业“{name}”", "no enterprise “{name}” is on record")
TWICE: Final = Text("该企业已有相同的在办条目", "the firm has the same open entry already")
_BETWEEN: Final = re.compile(r"[、，,；;\n]")


def vocabulary() -> Vocabulary:
    """Return the columns a workbook may have."""
    kinds = tuple(Choice(one.id, (one.label.text.zh, one.label.text.en)) for one in pack().kinds)
    sides = (Choice(Side.NEED, ("需求", "求购", "需", "need")),
             Choice(Side.OFFER, ("供给", "供应", "供", "offer")))  # fmt: skip
    return Vocabulary((
        Field("side", "text", None, "供需", "Need or offer", ("类型", "供需类型"), sides,
              required=True),
        Field("kind", "text", None, "类别", "Kind", ("分类",), kinds, required=True),
        Field("enterprise", "text", None, "企业名称", "Enterprise", ("企业", "单位名称"),
              required=True),
        Field("title", "text", None, "内容", "Product, service or post",
              ("名称", "产品名称", "供需内容"), required=True),
        Field("text", "text", None, "说明", "Description", ("描述", "详细说明")),
        Field("quantity", "number", None, "数量", "Quantity", ("需求量", "供应量", "产能")),
        Field("unit", "text", None, "计量单位", "Unit of quantity", ("单位",)),
        Field("by_on", "date", None, "需要日期", "Wanted by", ("交货期", "需求时间")),
        Field("certificates", "text", None, "证书", "Certificates", ("资质", "认证")),
        Field("place", "text", None, "地点", "Where", ("交付地点",)),
    ))  # fmt: skip


@transaction.atomic
def check_sheet(
    *, actor: Actor, file_name: str, data: bytes, now: dt.datetime, user: User | None = None
) -> SupplySheet:
    """Keep a workbook and say row by row what would be entered; nothing is entered yet."""
    words = vocabulary()
    reading = rowwise.read(file_name, data, words, timezone.localdate(now))
    checked = rowwise.check(
        reading, words, workbooks.stored, lambda row: _enter(row, actor, now, user)
    )
    sheet = SupplySheet(
        file_name=workbooks.short(file_name), uploaded_by=user, uploaded_at=now,
        rows=checked.rows, problems=checked.problems,
    )  # fmt: skip
    workbooks.keep(sheet, data)
    sheet.save()
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def apply_sheet(
    *, actor: Actor, sheet: SupplySheet, now: dt.datetime, user: User | None = None
) -> SupplySheet:
    """Enter every good row; where one has become impossible, none."""
    current = workbooks.in_state(sheet, SheetState.CHECKED)
    workbooks.enter_all(current, lambda row: _enter(row, actor, now, user))
    return _decided(current, SheetState.APPLIED, "applied", actor)


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: SupplySheet) -> SupplySheet:
    """Put a checked workbook aside for good."""
    current = workbooks.in_state(sheet, SheetState.CHECKED)
    return _decided(current, SheetState.DISCARDED, "discarded", actor)


def _enter(row: Values, actor: Actor, now: dt.datetime, user: User | None) -> SupplyEntry:
    firm = _firm(row["enterprise"])
    same = SupplyEntry.objects.filter(
        side=row["side"], title=row["title"], enterprise__root=firm.root_id, state="open"
    )
    if same.exists():
        raise Refused(TWICE, field="title")
    given = row.get("certificates") or ""
    by_on = row.get("by_on")
    return publish(
        actor=actor, user=user, now=now, side=row["side"], enterprise=firm, kind=row["kind"],
        title=row["title"], text=row.get("text") or "",
        quantity=Decimal(row["quantity"]) if row.get("quantity") else None,
        unit=row.get("unit") or "", by_on=dt.date.fromisoformat(by_on) if by_on else None,
        certificates=[one.strip() for one in _BETWEEN.split(given) if one.strip()],
        place=row.get("place") or "",
    )  # fmt: skip


def _firm(name: str) -> Enterprise:
    found = find_enterprise(name)
    if found is None:
        raise Refused(NO_FIRM.format(name=name), field="enterprise")
    return found


def _decided(sheet: SupplySheet, state: SheetState, what: str, actor: Actor) -> SupplySheet:
    sheet.state = state
    sheet.save(update_fields=["state"])
    _note(what, actor, sheet)
    return sheet


def _note(what: str, actor: Actor, sheet: SupplySheet) -> None:
    payload: dict[str, Any] = {
        "file": sheet.file_name, "rows": len(sheet.rows), "problems": len(sheet.problems),
    }  # fmt: skip
    note(f"sheet.{what}", actor, f"supply_sheet:{sheet.pk}", payload)
