"""Short ways to import a workbook in a test."""

import datetime as dt
from typing import Any

from openzone.zone.registry.imports.apply import apply_batch
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.marking import problems_of
from openzone.zone.registry.imports.receiving import receive_upload
from openzone.zone.registry.models import Enterprise, ImportBatch
from openzone.zone.registry.selectors.facts import facts_of
from tests.factories import TESTS, make_uscc

MARCH = dt.date(2026, 3, 31)
JUNE = dt.date(2026, 6, 30)
NAME = "合肥晶能电池科技有限公司"
CODE = make_uscc(1)


def upload(data: bytes, name: str = "台账.xlsx", **more: Any) -> ImportBatch:
    return receive_upload(actor=TESTS, file_name=name, data=data, **{"as_of": MARCH} | more)


def check(data: bytes, name: str = "台账.xlsx", **more: Any) -> ImportBatch:
    return check_batch(actor=TESTS, batch=upload(data, name, **more))


def apply(batch: ImportBatch, *, good_rows_only: bool = False) -> ImportBatch:
    return apply_batch(actor=TESTS, batch=batch, good_rows_only=good_rows_only)


def row(name: str = NAME, code: str | None = CODE, **cells: Any) -> list[Any]:
    """A row under the headers of ``workbook``."""
    given = {"industry": "C3841", "revenue": 1234.5, "employees": 120, "park": None} | cells
    return [1, name, code, *given.values()]


def codes(batch: ImportBatch) -> set[str]:
    return {problem.code for problem in problems_of(batch)}


def values(firm: Enterprise, as_of: dt.date = MARCH) -> dict[str, object]:
    known = facts_of(firm, as_of)
    return {name: fact.value for name, fact in known.items() if fact.row is not None}
