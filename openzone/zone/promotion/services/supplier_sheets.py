"""Workbooks of a leader's suppliers: checked row by row, entered as a whole or not."""

import datetime as dt
from typing import Final

from django.db import transaction

from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.projects.enums import SheetState
from openzone.zone.projects.selectors.merges import alike
from openzone.zone.promotion.models import Supplier, SupplierList, SupplierSheet
from openzone.zone.promotion.services.suppliers import describe
from openzone.zone.promotion.services.writing import note
from openzone.zone.rowwise import Values
from openzone.zone.workbooks import in_state

TWICE: Final = Text("与第 {row} 行是同一企业", "this is the same firm as in row {row}")
TIER: Final = Text("层级应为 1 至 9", "the tier is a number from 1 to 9")
_DEEPEST: Final = 9
VOCABULARY: Final = Vocabulary((
    Field("name", "text", None, "企业名称", "Firm", ("供应商名称", "供应商", "企业", "名称",
                                                    "配套企业"), required=True),
    Field("uscc", "text", None, "统一社会信用代码", "Unified social credit code",
          ("信用代码", "社会信用代码")),
    Field("product", "text", None, "供应产品", "What it supplies",
          ("产品", "配套产品", "供货产品", "主要产品")),
    Field("node", "text", None, "链条环节", "Link of the chain",
          ("环节", "产业链环节", "所属环节")),
    Field("region", "text", None, "所在地", "Province, city", ("地区", "所在城市", "城市", "省市")),
    Field("tier", "number", None, "供应层级", "Tier", ("层级", "级别")),
    Field("gap", "bool", None, "补缺口", "Fills a gap", ("是否补链", "是否缺口", "补链")),
))  # fmt: skip


@transaction.atomic
def check_suppliers(
    *, actor: Actor, listing: SupplierList, file_name: str, data: bytes, as_of: dt.date,
    now: dt.datetime, user: User | None = None,
) -> SupplierSheet:  # fmt: skip
    """Keep a workbook and say row by row what would be entered; nothing is entered yet."""
    reading = rowwise.read(file_name, data, VOCABULARY, as_of)
    entering = _Entering(listing)
    checked = rowwise.check(reading, VOCABULARY, workbooks.stored, entering.enter)
    sheet = SupplierSheet(
        listing=listing, file_name=workbooks.short(file_name), as_of=as_of,
        uploaded_by=user, uploaded_at=now, rows=checked.rows, problems=checked.problems,
        created=entering.created, changed=entering.changed,
    )  # fmt: skip
    workbooks.keep(sheet, data)
    sheet.save()
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def apply_suppliers(*, actor: Actor, sheet: SupplierSheet) -> SupplierSheet:
    """Enter every good row; where one has become impossible, none."""
    current = in_state(sheet, SheetState.CHECKED)
    entering = _Entering(current.listing)
    workbooks.enter_all(current, entering.enter)
    current.state = SheetState.APPLIED
    current.created, current.changed = entering.created, entering.changed
    current.save(update_fields=["state", "created", "changed"])
    _note("applied", actor, current)
    return current


@transaction.atomic
def discard_suppliers(*, actor: Actor, sheet: SupplierSheet) -> SupplierSheet:
    """Put a checked workbook aside for good."""
    current = in_state(sheet, SheetState.CHECKED)
    current.state = SheetState.DISCARDED
    current.save(update_fields=["state"])
    _note("discarded", actor, current)
    return current


class _Entering:
    """Enters rows one after the other; a firm in the list is described anew, its state stays."""

    def __init__(self, listing: SupplierList) -> None:
        self.listing = listing
        self.created = self.changed = 0
        self._rows: dict[str, int] = {}

    def enter(self, row: Values) -> Supplier:
        """Enter one row as it was stored; an empty cell says nothing."""
        key = alike(row["name"])
        if key in self._rows:
            raise Refused(TWICE.format(row=self._rows[key]), field="name")
        found = self.listing.suppliers.filter(alike=key).first()
        supplier = found or Supplier(listing=self.listing, alike=key)
        said = {name: row[name] for name in _SAID if row.get(name) not in (None, "")}
        describe(supplier, **said | ({"tier": _tier(row["tier"])} if row.get("tier") else {}))
        self._rows[key] = row["row"]
        self.created += found is None
        self.changed += found is not None
        return supplier


_SAID: Final = ("name", "uscc", "product", "node", "region", "gap")


def _tier(given: str) -> int:
    number = float(given)
    if not (number.is_integer() and 1 <= number <= _DEEPEST):
        raise Refused(TIER, field="tier")
    return int(number)


def _note(what: str, actor: Actor, sheet: SupplierSheet) -> None:
    note(
        action=f"suppliers.sheet.{what}",
        actor=actor,
        subject=f"supplier_list:{sheet.listing_id}",
        payload=workbooks.summary(sheet),
    )
