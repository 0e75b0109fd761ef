"""Numbers: each prefix counts from one, and no number is given out twice."""

from django.db import connection

_NEXT = """
INSERT INTO cases_numberseries (prefix, last) VALUES (%s, 1)
ON CONFLICT (prefix) DO UPDATE SET last = cases_numberseries.last + 1
RETURNING last
"""


_BACK = "UPDATE cases_numberseries SET last = last - 1 WHERE prefix = %s"


def take(prefix: str) -> int:
    """Return the next number under a prefix, in the caller's transaction.

    The row stays locked until the commit, so that a number is lost only with its case.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [prefix])
        return int(cursor.fetchone()[0])


def give_back(prefix: str) -> None:
    """Undo ``take`` in the same transaction: the row is still locked, so it is still the last."""
    with connection.cursor() as cursor:
        cursor.execute(_BACK, [prefix])
