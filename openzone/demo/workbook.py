"""The synthetic population as the workbook a park office would send.

A title above the header, a unit line, money in 万元, yes and no in words: the demo enters through
the importer, so the importer must read what offices write.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openzone.demo.population import Enterprise, Value
from openzone.engines.facts.catalogue import Catalogue, Fact, FactType, PeriodKind
from openzone.engines.tables.writing import write_table

TEN_THOUSAND = 10_000
_UNITS = {FactType.YUAN: "(万元)", FactType.AREA: "(平方米)"}


def workbook(
    firms: Iterable[Enterprise], parks: Mapping[str, str], catalogue: Catalogue, as_of: dt.date
) -> bytes:
    """Write the firms with Chinese headers; ``parks`` gives the names of the parks by code."""
    listed = list(firms)
    facts = _columns(listed, catalogue)
    headers = [_header(fact, as_of) for fact in facts]
    rows = (_row(firm, parks[firm.park], facts) for firm in listed)
    stream = BytesIO()
    write_table(
        stream,
        [*headers, "所属园区"],
        rows,
        title=f"示例高新区企业基本情况表({as_of.year - 1}年度)",
        note="示例数据：由程序生成，不代表任何真实企业。单位：万元(另有注明的除外)",
    )
    return stream.getvalue()


def _columns(firms: Sequence[Enterprise], catalogue: Catalogue) -> list[Fact]:
    used = {name for firm in firms for name in firm.facts}
    return [fact for fact in catalogue if fact.name in used]


def _header(fact: Fact, as_of: dt.date) -> str:
    label = fact.series.label.zh
    if fact.series.period is PeriodKind.YEAR:
        label = f"{as_of.year - fact.years_back}年{label}"
    return label + _UNITS.get(fact.type, "")


def _row(firm: Enterprise, park: str, facts: Sequence[Fact]) -> list[Any]:
    return [*(_cell(firm.facts.get(fact.name), fact) for fact in facts), park]


def _cell(value: Value, fact: Fact) -> Any:
    if isinstance(value, Decimal):
        return _figure(value, fact)
    if isinstance(value, str) and value in fact.series.choices:
        return fact.series.choices[value].zh
    return value


def _figure(value: Decimal, fact: Fact) -> Any:
    if fact.type is FactType.YUAN:
        return value / TEN_THOUSAND
    if fact.type is FactType.RATIO:
        return f"{value * 100:f}%"
    return value
