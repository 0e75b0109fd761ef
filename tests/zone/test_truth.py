"""The database of the zone as an outside oracle of three-valued logic, PostgreSQL where it runs."""

from collections.abc import Sequence

from django.db import connection

from tests.engines.rules.test_sql_truth import (
    ANSWERS,
    TESTS,
    Both,
    N,
    P,
    Q,
    Row,
    deeper,
    every,
    of_rules,
)

COLUMNS = {"dishonest": "boolean", "certified": "boolean", "employees": "float"}


def of_database(conditions: Sequence[Both], rows: Sequence[Row]) -> list[list[str]]:
    with connection.cursor() as cursor:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        cursor.execute(f"create temporary table firms (n integer, {columns})")
        cursor.executemany(
            "insert into firms values (%s, %s, %s, %s)",
            [(number, *(row[name] for name in COLUMNS)) for number, row in enumerate(rows)],
        )
        cursor.execute(f"select {', '.join(each.sql for each in conditions)} from firms order by n")
        return [[ANSWERS[value] for value in row] for row in cursor.fetchall()]


def test_the_database_agrees_on_every_condition(db: None) -> None:
    first = [P, Q, N, *deeper([P, Q, N], [P, Q, N])]
    limits = [Both(f"employees {sign} 5", {"fact": "employees", key: 5}) for key, sign in TESTS]
    conditions = [*limits, *first, *deeper(first, [P, Q, N])]
    rows = every(dishonest=[False, True], certified=[False, True], employees=[4.0, 5.0])
    assert len(rows) == 27
    assert of_database(conditions, rows) == of_rules(conditions, rows)
