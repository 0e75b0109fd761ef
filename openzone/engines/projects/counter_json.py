"""Counters as JSON, the shape of ``openzone projects stats --json`` (docs/projects-engine.md)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from openzone.engines.projects.money import YUAN
from openzone.engines.projects.pipeline import EXIT, Pipeline
from openzone.engines.projects.sizes import BELOW, UNKNOWN
from openzone.engines.projects.statistics import RateValue, Unproved
from openzone.engines.projects.tally import Counters, Row
from openzone.engines.text import Text

EXITED = Text("退出", "Left")
SMALL = Text("最低一档以下", "Below the least bucket")
NOT_KNOWN = Text("不详", "Not known")
TERMS = {
    "domestic_in_province": Text("内资（省内）", "Domestic, in the province"),
    "domestic_out": Text("内资（省外）", "Domestic, from outside the province"),
    "foreign": Text("外资", "Foreign"),
    "sector 1": Text("第一产业", "Primary sector"),
    "sector 2": Text("第二产业", "Secondary sector"),
    "sector 3": Text("第三产业", "Tertiary sector"),
}


def counters_json(pipeline: Pipeline, found: Counters) -> dict[str, Any]:
    """Return rows, framework agreements and what was left out."""
    labels = {one.id: one.label for one in pipeline.exclusions}
    return {
        "by": list(found.by),
        "overlapping": list(found.overlapping),
        "rows": _rows(pipeline, found.by, found.rows),
        "frameworks": _rows(pipeline, found.by, found.frameworks),
        "left_out": [
            {
                "id": one.id,
                "stage": one.stage,
                "on": one.on.isoformat(),
                "exclusion": one.exclusion,
                "reason": text_json(labels[one.exclusion]),
            }
            for one in found.left_out
        ],
    }


def rate_json(found: RateValue) -> dict[str, Any]:
    """Return a rate with what is above and below the line."""
    return {
        "id": found.rate.id,
        "label": text_json(found.rate.label),
        "value": None if found.value is None else float(round(found.value, 6)),
        "numerator": len(found.numerator),
        "denominator": len(found.denominator),
        "numerator_ids": list(found.numerator),
        "denominator_ids": list(found.denominator),
    }


def unproved_json(pipeline: Pipeline, found: Unproved) -> dict[str, Any]:
    """Return an entry without its evidence."""
    return {
        "id": found.id,
        "stage": found.stage,
        "on": found.on.isoformat(),
        "lacking": [
            {"id": one, "label": text_json(pipeline.evidence[one])} for one in found.lacking
        ],
    }


def text_json(text: Text) -> dict[str, str]:
    """Return a text in both languages."""
    return {"zh": text.zh, "en": text.en}


def label_of(pipeline: Pipeline, dimension: str, value: str) -> Text:
    """Return what a value of a dimension is called; codes and names are called what they are."""
    if value == UNKNOWN:
        return NOT_KNOWN
    if dimension == "stage":
        return EXITED if value == EXIT else pipeline[value].label
    if dimension == "batch":
        return pipeline.batches[value]
    if dimension in ("size", "size_at_least"):
        sizes = {one.id: one.label for one in pipeline.sizes}
        return SMALL if value == BELOW else sizes[value]
    key = f"sector {value}" if dimension == "sector" else value
    return TERMS.get(key, Text(value, value)) if dimension in ("sector", "origin") else _same(value)


def plain(number: Decimal) -> int | float:
    """Return a number as JSON has it: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def _yuan(row: Row, sums: Mapping[str, Decimal]) -> int | float | None:
    """Nothing entered is zero yuan; what nobody stated in yuan is not."""
    return plain(sums.get(YUAN, Decimal(0))) if YUAN in sums or not row.ids else None


def _same(value: str) -> Text:
    return Text(value, value)


def _rows(pipeline: Pipeline, by: Iterable[str], rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [_row(pipeline, tuple(by), row) for row in rows]


def _row(pipeline: Pipeline, by: tuple[str, ...], row: Row) -> dict[str, Any]:
    pairs = list(zip(by, row.key, strict=True))
    return {
        **dict(pairs),
        "labels": {name: text_json(label_of(pipeline, name, value)) for name, value in pairs},
        "count": plain(row.count),
        "projects": row.projects,
        "amount": _yuan(row, row.amounts),
        "amount_now": _yuan(row, row.now),
        "other_currencies": {
            name: plain(value) for name, value in row.amounts.items() if name != YUAN
        },
        "ids": list(row.ids),
        "amount_unstated": list(row.unstated),
    }
