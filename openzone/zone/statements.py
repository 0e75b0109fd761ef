"""Statements whose shape never changes: their SQL is made once, and several travel together.

Django makes the SQL of a query anew each time it runs. For the few statements every event of a case
needs that takes longer than what they do; everything else goes through the models as usual.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.fields import Field


class Slot(Expression):
    """A place in a prepared query that is filled in when it runs."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list["Slot"]]:  # type: ignore[override]
        """Return one placeholder with the slot itself for its parameter."""
        return "%s", [self]


class _Made(NamedTuple):
    """A query as one database takes it."""

    sql: str
    params: tuple[Any, ...]
    compiler: Any
    converters: Any


class Prepared:
    """A query for tuples (``values_list``) with slots.

    >>> units = Prepared(lambda: Unit.objects.filter(pk=Slot("pk")).values_list("code"))
    >>> units.rows(pk=3)
    [("finance",)]
    """

    def __init__(self, query: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._query = query
        self._made: dict[str, _Made] = {}

    def rows(self, **given: Any) -> list[Sequence[Any]]:
        """Return the rows with the slots filled in."""
        return self.send(**given)()

    def send(self, **given: Any) -> Callable[[], list[Sequence[Any]]]:
        """Ask now, and return what reads the answer."""
        made = self._made.get(connection.vendor) or self._make()
        params = _Hasty(given[one.name] if isinstance(one, Slot) else one for one in made.params)
        cursor = connection.cursor()
        cursor.execute(made.sql, params)
        return lambda: _read(cursor, made)

    def _make(self) -> _Made:
        compiler = self._query().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters(column for column, _, _ in compiler.select)
        made = self._made[connection.vendor] = _Made(sql, tuple(params), compiler, converters)
        return made


def _read(cursor: Any, made: _Made) -> list[Sequence[Any]]:
    with cursor:
        rows = cursor.fetchall()
    if not made.converters:
        return list(rows)
    return list(made.compiler.apply_converters(rows, made.converters))


class Rows:
    """Writes rows of one model without asking for anything back.

    ``changing`` names the columns an update writes; the others stay as they are.
    """

    def __init__(self, model: type[Model], *, changing: Sequence[str] = ()) -> None:
        columns = [f for f in model._meta.concrete_fields if not f.primary_key]
        self._key = model._meta.pk
        auto = not self._key.auto_created and not self._key.get_internal_type().endswith(
            "AutoField"
        )
        self._inserted = [*([self._key] if auto else []), *columns]
        self._changed = [field for field in columns if field.name in changing]
        quoted = model._meta.db_table
        names = ", ".join(f'"{field.column}"' for field in self._inserted)
        self._insert = f'INSERT INTO "{quoted}" ({names}) VALUES '  # noqa: S608 - names of the model
        self._one = "(" + ", ".join(["%s"] * len(self._inserted)) + ")"
        sets = ", ".join(f'"{field.column}" = %s' for field in self._changed)
        self._update = f'UPDATE "{quoted}" SET {sets} WHERE "{self._key.column}" = %s'  # noqa: S608 - names of the model

    def insert(self, *rows: Model) -> None:
        """Write new rows; keys the database gives out are not read back."""
        if rows:
            values = _Hasty(value for row in rows for value in _values(row, self._inserted))
            with connection.cursor() as cursor:
                cursor.execute(self._insert + ", ".join([self._one] * len(rows)), values)

    def add(self, row: Model, *, once: str = "") -> bool:
        """Write a new row and give it the key it got.

        ``False`` where there is one already with the same value in the unique column ``once``.
        """
        with connection.cursor() as cursor:
            known = f' ON CONFLICT ("{once}") DO NOTHING' if once else ""
            sql = f'{self._insert}{self._one}{known} RETURNING "{self._key.column}"'
            cursor.execute(sql, _Hasty(_values(row, self._inserted)))
            found = cursor.fetchone()
        if found is not None:
            row.pk, row._state.adding, row._state.db = found[0], False, connection.alias
        return found is not None

    def update(self, row: Model) -> None:
        """Write the columns that change."""
        with connection.cursor() as cursor:
            cursor.execute(self._update, _Hasty([*_values(row, self._changed), row.pk]))


def _values(row: Model, fields: Sequence["Field[Any, Any]"]) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


class _Hasty(list[Any]):
    """The parameters of a statement whose answer nobody waits for yet."""


@contextmanager
def together() -> Iterator[None]:
    """Send the statements of this module without waiting for each, where the database can.

    All others wait as always. An error comes out where an answer is read, at the latest at the end
    of the block: nothing in it may catch one and go on. Around a whole transaction the commit
    travels with what it commits; the block ends when the database has said that it is written.
    """
    if connection.vendor != "postgresql" or _under_way():
        yield
        return
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        connection.connection.pipeline() as line,
        connection.execute_wrapper(partial(_waiting, line)),
    ):
        yield


def _waiting(line: Any, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    found = execute(sql, params, many, context)
    if not isinstance(params, _Hasty):
        with connection.wrap_database_errors:
            line.sync()
    return found


def _under_way() -> bool:
    raw = connection.connection
    return raw is not None and bool(raw.pgconn.pipeline_status)


def made(model: type[Model], row: Mapping[str, Any]) -> Any:
    """Return an instance of a model from columns by name; the others are read when asked for."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in row]
    return model.from_db(connection.alias, names, [row[name] for name in names])
