"""The columns lists search and filter by, derived from names and facts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from openzone.zone.registry.models import Enterprise, EnterpriseName
from openzone.zone.registry.searchtext import search_text
from openzone.zone.registry.selectors.columns import columns

LISTED = ("address", "industry")
_CHUNK = 2_000


def refresh(enterprises: Iterable[int]) -> None:
    """Derive the list columns of these enterprises anew (and of those they are merged into).

    Subjects of another kind are passed over. Lists show what is known now, so the latest statement
    counts, whatever the day.
    """
    ids = sorted(set(enterprises))
    for start in range(0, len(ids), _CHUNK):
        roots = Enterprise.objects.filter(cluster__in=ids[start : start + _CHUNK]).order_by("pk")
        _refresh(sorted(set(roots.values_list("pk", flat=True))))


def _refresh(roots: Sequence[int]) -> None:
    latest = columns(dt.date.max, LISTED, roots).values
    names, codes = _words(roots)
    rows = [
        (search_text(names[pk], [*codes[pk], _text(address)]), _text(industry)[:8], pk)
        for pk, address, industry in zip(roots, latest["address"], latest["industry"], strict=True)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_UPDATE, rows)


_UPDATE = (
    f"UPDATE {Enterprise._meta.db_table} "  # noqa: S608 - the table's own name
    "SET search_text = %s, industry = %s WHERE subject_id = %s"
)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _words(roots: Sequence[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return the names and the codes under which each enterprise is found, its own first."""
    names: dict[int, list[str]] = defaultdict(list)
    codes: dict[int, list[str]] = defaultdict(list)
    for enterprise in _own_first(roots):
        names[enterprise.root_id] += [enterprise.name, enterprise.short_name]
        codes[enterprise.root_id] += [enterprise.uscc or "", enterprise.external_id or ""]
    recorded = EnterpriseName.objects.filter(enterprise__root__in=roots).order_by("id")
    for root, name in recorded.values_list("enterprise__root_id", "name"):
        names[root].append(name)
    return names, codes


def _own_first(roots: Sequence[int]) -> Iterator[Enterprise]:
    members = Enterprise.objects.filter(root__in=roots).defer("search_text").order_by("pk")
    yield from sorted(members, key=lambda enterprise: enterprise.pk != enterprise.root_id)
