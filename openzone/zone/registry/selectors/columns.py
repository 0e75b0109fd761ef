"""The bulk read: the facts of all enterprises as columns, in one pass over the table."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

from openzone.engines.facts.catalogue import Fact as FactName
from openzone.engines.facts.catalogue import Period
from openzone.zone.registry.bulk import stated_period
from openzone.zone.registry.models import Enterprise, Fact
from openzone.zone.registry.packs import IDENTITY, catalogue
from openzone.zone.registry.selectors.identity import identity_columns, live
from openzone.zone.registry.values import Value, reader

Column = list[Value | None]
# Up to here the index is asked for each enterprise; beyond, one pass over the table is faster.
_FEW = 2_000
_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Columns:
    """Facts of many enterprises: ``values[name][i]`` is that of ``enterprises[i]``, or ``None``."""

    enterprises: list[int]
    values: dict[str, Column]


def columns(
    as_of: dt.date,
    names: Sequence[str],
    enterprises: Sequence[int] | None = None,
    knowledge_date: dt.date | None = None,
) -> Columns:
    """Return these facts of these enterprises (all that are not merged away, unless given).

    The same answer as :func:`facts_of` for each of them. Raises ``KeyError`` for a name that is not
    in the catalogue.
    """
    known = catalogue()
    wanted = [known[name] for name in names]
    ids = _live() if enterprises is None else list(enterprises)
    stated = [fact for fact in wanted if fact.name not in IDENTITY]
    values = _stated(ids, stated, as_of, knowledge_date or as_of) if ids else _nothing(stated)
    if len(stated) < len(wanted):
        for name, column in identity_columns(ids, as_of).items():
            values[name] = list(column)
    return Columns(ids, {name: values[name] for name in names})


def stated_cells(
    as_of: dt.date, names: Sequence[str], enterprises: Sequence[int], knowledge_date: dt.date
) -> dict[str, list[str | None]]:
    """Return what was stated for exactly the periods that these names have when stated on a day.

    Unlike :func:`columns`, a moment is that very day and values are canonical text: this is what a
    new statement is compared with.
    """
    facts = [catalogue()[name] for name in names]
    if not (facts and enterprises):
        return {name: [None] * len(enterprises) for name in names}
    periods = {fact.name: stated_period(fact, as_of) for fact in facts}
    cells = {name: _Cells.empty(len(enterprises), str) for name in names}
    queries = _queries(facts, periods, as_of, knowledge_date, _few(enterprises))
    _read(cells, enterprises, queries)
    return {name: column.values for name, column in cells.items()}


def _nothing(facts: Sequence[FactName]) -> dict[str, Column]:
    return {fact.name: [] for fact in facts}


def _live() -> list[int]:
    return list(live().order_by("subject_id").values_list("subject_id", flat=True))


@dataclass(slots=True)
class _Cells:
    """The values of one column while rows stream by, with the strength of each."""

    values: list[Any]
    strengths: list[str]
    read: Callable[[str], Any]

    @classmethod
    def empty(cls, count: int, read: Callable[[str], Any]) -> "_Cells":
        """Return a column in which nothing is known."""
        return cls([None] * count, [""] * count, read)


def _stated(
    ids: Sequence[int], facts: Sequence[FactName], as_of: dt.date, knowledge_date: dt.date
) -> dict[str, Column]:
    """Read the columns that come from facts."""
    periods = {fact.name: fact.period(as_of) for fact in facts}
    cells = {fact.name: _Cells.empty(len(ids), reader(fact.type)) for fact in facts}
    _read(cells, ids, _queries(facts, periods, as_of, knowledge_date, _few(ids)))
    return {name: column.values for name, column in cells.items()}


def _read(cells: Mapping[str, _Cells], ids: Sequence[int], queries: Iterable["_Query"]) -> None:
    rows = _rows(ids)
    for query in queries:
        places = {key: cells[name] for key, name in query.targets.items()}
        with connection.chunked_cursor() as cursor:
            cursor.execute(query.sql, query.parameters)
            _fill(cursor, rows, places)


def _few(ids: Sequence[int]) -> list[int] | None:
    """Return the subjects to ask the index for, or ``None`` where one pass is faster."""
    return sorted(_rows(ids)) if len(ids) <= _FEW else None


def _rows(ids: Sequence[int]) -> dict[int, int]:
    """Return the row of every subject, those merged into an enterprise on that enterprise's."""
    rows = {subject: row for row, subject in enumerate(ids)}
    absorbed = Enterprise.objects.filter(merged_into__isnull=False).order_by("subject_id")
    for subject, root in absorbed.values_list("subject_id", "root_id"):
        if root in rows:
            rows[subject] = rows[root]
    return rows


def _fill(cursor: CursorWrapper, rows: Mapping[int, int], places: Mapping[str, _Cells]) -> None:
    """Keep the strongest statement per cell. Of equals the later row wins: rows come by id."""
    same: dict[str, str] = {}  # millions of strengths, but few different ones
    for subject, key, strength, value in _stream(cursor):
        row, cells = rows.get(subject), places.get(key)
        if row is not None and cells is not None and strength >= cells.strengths[row]:
            cells.values[row] = None if value is None else cells.read(value)
            cells.strengths[row] = same.setdefault(strength, strength)


def _stream(cursor: CursorWrapper) -> Iterator[tuple[int, str, str, str | None]]:
    while chunk := cursor.fetchmany(_CHUNK):
        yield from chunk


Parameter = str | int | dt.date | None


class _Query(NamedTuple):
    sql: str
    parameters: list[Parameter]
    targets: dict[str, str]  # what the second column of a row says -> name of the fact


# Days are cast to text: read as dates they would cost more than the scan itself.
_FIRST, _LAST = "CAST(period_first AS TEXT)", "CAST(period_last AS TEXT)"
_STRENGTH = f"COALESCE({_LAST}, '') || CAST(known_on AS TEXT)"


def _queries(
    facts: Sequence[FactName],
    periods: Mapping[str, Period],
    as_of: dt.date,
    knowledge_date: dt.date,
    few: Sequence[int] | None,
) -> Iterator[_Query]:
    """Yield one query for what is looked up by its period, one for what is latest on the day."""
    dated = [fact for fact in facts if periods[fact.name].last is not None]
    if dated:
        lasts = sorted({periods[fact.name].last for fact in dated}, key=str)
        where = f"period_last IN ({_marks(lasts)})"
        sql, parameters = _query(f"series || {_FIRST} || {_LAST}", dated, where, few)
        targets = {_dated_key(fact, periods[fact.name]): fact.name for fact in dated}
        yield _Query(sql, [*parameters, knowledge_date, *lasts], targets)
    latest = [fact for fact in facts if periods[fact.name].last is None]
    if latest:
        where = "(period_last IS NULL OR period_last <= %s)"
        sql, parameters = _query("series", latest, where, few)
        targets = {fact.series.name: fact.name for fact in latest}
        yield _Query(sql, [*parameters, knowledge_date, as_of], targets)


def _dated_key(fact: FactName, period: Period) -> str:
    return f"{fact.series.name}{period.first}{period.last}"


def _query(
    key: str, facts: Iterable[FactName], where: str, few: Sequence[int] | None
) -> tuple[str, list[Parameter]]:
    """Return the statement and its first parameters; the rest are the day known and ``where``'s."""
    series = sorted({fact.series.name for fact in facts})
    subjects = "" if few is None else f"subject_id IN ({_marks(few)}) AND"
    # A plain `id` makes SQLite walk the whole table in that order rather than use the index.
    order = "id" if few is None else "+id"
    sql = (
        f"SELECT subject_id, {key}, {_STRENGTH}, value FROM {Fact._meta.db_table} "  # noqa: S608
        f"WHERE {subjects} series IN ({_marks(series)}) AND known_on <= %s AND {where} "
        f"ORDER BY {order}"
    )
    return sql, [*(few or ()), *series]


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
