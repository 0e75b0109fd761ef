"""Rows of one file that speak of the same enterprise: said twice, added to, or contradicted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from openzone.engines.tables.problems import Fault, problem
from openzone.engines.text import Text
from openzone.zone.registry.imports.staging import StagedRow
from openzone.zone.registry.packs import catalogue


def compare_rows(rows: Iterable[StagedRow]) -> None:
    """Mark rows that only repeat an earlier one, and both rows where two contradict each other.

    A workbook often has a sheet of addresses and one of figures: rows that add to each other are
    as good as one long row.
    """
    groups: dict[int, list[StagedRow]] = defaultdict(list)
    for row in rows:
        if row.target is not None:
            groups[row.target].append(row)
    for group in groups.values():
        if len(group) > 1:
            _compare(group)


def _compare(group: Sequence[StagedRow]) -> None:
    said: dict[str, tuple[StagedRow, str]] = {}
    for row in group:
        own = dict(_values(row))
        adds = False
        for other, fields in _contradictions(said, own):
            _contradict(row, other, fields)
            _contradict(other, row, fields)
        for name, value in own.items():
            earlier = said.setdefault(name, (row, value))
            # What a row that waits has said still has to come in from somewhere else.
            adds = adds or earlier[0] is row or earlier[0].is_bad
        row.repeated = not adds


def _values(row: StagedRow) -> Iterator[tuple[str, str]]:
    yield from row.identity.items()
    for fact in row.facts:
        yield fact.name, fact.value


def _contradictions(
    said: dict[str, tuple[StagedRow, str]], own: dict[str, str]
) -> Iterator[tuple[StagedRow, list[str]]]:
    """Yield each earlier row that says something else, with the names it differs in."""
    found: dict[int, tuple[StagedRow, list[str]]] = {}
    for name, value in own.items():
        earlier = said.get(name)
        if earlier is not None and earlier[1] != value and name not in _MAY_DIFFER:
            found.setdefault(id(earlier[0]), (earlier[0], []))[1].append(name)
    yield from found.values()


# An enterprise has several of these, and another spelling of its name is told elsewhere.
_MAY_DIFFER = frozenset({"name", "short_name", "former_name"})


def _contradict(row: StagedRow, other: StagedRow, names: Sequence[str]) -> None:
    labels = [catalogue()[name].label for name in names]
    fields = Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))
    key = row.identity.get("name") or row.identity.get("uscc") or row.identity.get("id", "")
    fault = Fault("row_conflict", {"key": key, "other": _place(other, row), "fields": fields})
    row.problems.append(problem(fault, sheet=row.sheet, row=row.number, value=key))


def _place(row: StagedRow, seen_from: StagedRow) -> Text:
    zh, en = f"第{row.number}行", f"row {row.number}"
    if row.sheet == seen_from.sheet:
        return Text(zh, en)
    return Text(f"工作表“{row.sheet}”{zh}", f"{en} of sheet “{row.sheet}”")
