"""A spreadsheet of earlier payments as rows that can be kept, and everything wrong with it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from openzone.engines.ledger.errors import LedgerError
from openzone.engines.ledger.units import to_smallest
from openzone.engines.tables.columns import Field
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.engines.tables.reading import read_table
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text
from openzone.zone.errors import Refused
from openzone.zone.policies.models import Item
from openzone.zone.registry.selectors.identity import find_enterprise

COLUMNS = (
    Field(
        "enterprise", "text", None, "企业", "Enterprise",
        ("企业名称", "统一社会信用代码", "单位名称"), required=True,
    ),
    Field("title", "text", None, "政策", "Policy", ("政策名称", "事项", "事项名称", "项目名称"),
          required=True),
    Field("item", "text", None, "事项编号", "Item code", ("规则编号",)),
    Field("granted_on", "date", None, "兑现日期", "Paid on", ("拨付日期", "到账日期"),
          required=True),
    Field("amount", "number", "元", "金额", "Amount", ("兑现金额", "拨付金额"), required=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A row that can be kept; ``amount`` in fen."""

    row: int
    enterprise: int
    name: str
    rule_id: str
    title: str
    granted_on: str
    amount: int

    def as_json(self) -> dict[str, Any]:
        """Return it as it waits for application."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong: where, which field, and why, in both languages."""

    place: Text
    reason: Text

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "place": [self.place.zh, self.place.en],
            "reason": [self.reason.zh, self.reason.en],
        }


def read_grants(file_name: str, data: bytes) -> tuple[list[GrantRow], list[RowProblem]]:
    """Read a list; the rows without a problem, and every problem.

    Raises:
        Refused: the file as a whole is no table that can be read.

    """
    try:
        # No column of this list speaks of a year, so the day from which years count is of no use.
        reading = read_table(file_name, data, COLUMNS, as_of=dt.date(2000, 1, 1), key=())
    except FileRefused as refusal:
        raise Refused(refusal.text, field="file") from None
    problems = [_problem(one) for one in reading.errors]
    rows: list[GrantRow] = []
    for row in reading.good_rows:
        found = _row(row)
        problems += found if isinstance(found, list) else []
        rows += [] if isinstance(found, list) else [found]
    problems += _twice(rows)
    if not rows and not problems:
        raise Refused(Text("清单里没有数据", "the list has no rows"), field="file")
    return rows, problems


def _problem(found: Problem) -> RowProblem:
    return RowProblem(found.place, found.reason)


def _row(row: Row) -> GrantRow | list[RowProblem]:
    problems = []
    said = {name: value.value for name, value in row.values.items()}
    named, day = str(said["enterprise"]), said["granted_on"]
    firm = find_enterprise(named)
    if firm is None:
        problems.append(_at(row, "企业", "Enterprise", NOT_FOUND.format(name=named)))
    rule_id = _rule(str(said.get("item", "")))
    if rule_id is None:
        problems.append(_at(row, "事项编号", "Item code", NO_ITEM.format(code=said["item"])))
    amount = _amount(said["amount"])
    if isinstance(amount, Text):
        problems.append(_at(row, "金额", "Amount", amount))
    if problems or firm is None or rule_id is None or isinstance(amount, Text):
        return problems
    return GrantRow(row.number, firm.pk, firm.name, rule_id, str(said["title"]), str(day), amount)


def _rule(code: str) -> str | None:
    """Return the rule of an item by the item's code, or the rule itself; ``None`` for neither."""
    if not code:
        return ""
    item = Item.objects.filter(code=code).first() or Item.objects.filter(rule_id=code).first()
    return item.rule_id if item else None


def _amount(value: object) -> int | Text:
    try:
        amount = to_smallest(Decimal(str(value)), "yuan")
    except LedgerError as error:
        return error.reason
    return amount if amount > 0 else NOT_POSITIVE


def _twice(rows: list[GrantRow]) -> Iterator[RowProblem]:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = (row.enterprise, row.title, row.granted_on, row.amount)
        if key in seen:
            reason = TWICE.format(row=seen[key])
            yield RowProblem(Text(f"第{row.row}行", f"row {row.row}"), reason)
        seen.setdefault(key, row.row)


def _at(row: Row, zh: str, en: str, reason: Text) -> RowProblem:
    return RowProblem(Text(f"第{row.number}行 {zh}", f"row {row.number}, {en}"), reason)


NOT_FOUND = Text("档案中找不到企业“{name}”", "no enterprise “{name}” on record, or several")
NO_ITEM = Text("没有编号为“{code}”的事项", "no item or rule “{code}”")
NOT_POSITIVE = Text("金额必须大于零", "an amount must be above zero")
TWICE = Text("与第{row}行完全相同", "the same as row {row}")
