"""Rows that speak of the same thing: said twice, or in two different ways."""

from collections.abc import Sequence

from openzone.engines.tables.columns import Vocabulary
from openzone.engines.tables.problems import Fault, Problem, problem
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text


class Duplicates:
    """Compares each row with the first of the same key.

    The key of a row is its value of the first of the given fields that it has; rows without any
    are never compared.
    """

    def __init__(self, key: Sequence[str], vocabulary: Vocabulary) -> None:
        self.key = key
        self.vocabulary = vocabulary
        self.first: dict[tuple[str, str], Row] = {}
        self.reported: set[tuple[str, int]] = set()

    def key_of(self, row: Row) -> tuple[str, str] | None:
        """The field and the value that name what a row speaks of."""
        for name in self.key:
            if name in row.values:
                return name, str(row.values[name].value)
        return None

    def same(self, row: Row) -> Row | None:
        """The earlier row with exactly the same values."""
        earlier = self._earlier(row)
        return earlier if earlier and not _differing(earlier, row) else None

    def conflicts(self, row: Row) -> list[Problem]:
        """Problems of both rows where an earlier row says something else; remembers the row."""
        key = self.key_of(row)
        earlier = self._earlier(row)
        if key is None or earlier is None:
            if key is not None:
                self.first[key] = row
            return []
        fields = _differing(earlier, row)
        if not fields:
            return []
        found = [self._conflict(row, earlier, key, fields)]
        if (earlier.sheet, earlier.number) not in self.reported:
            self.reported.add((earlier.sheet, earlier.number))
            found.append(self._conflict(earlier, row, key, fields))
        return found

    def _earlier(self, row: Row) -> Row | None:
        key = self.key_of(row)
        return self.first.get(key) if key else None

    def _conflict(
        self, row: Row, other: Row, key: tuple[str, str], fields: Sequence[str]
    ) -> Problem:
        labels = [self.vocabulary[name].label for name in fields]
        named = Text(
            "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
        )
        values = {"key": key[1], "other": place(other, row), "fields": named}
        return problem(Fault("row_conflict", values), sheet=row.sheet, row=row.number, value=key[1])


def place(row: Row, seen_from: Row) -> Text:
    """Where a row is, with its sheet only when that is another one."""
    zh, en = f"第{row.number}行", f"row {row.number}"
    if row.sheet == seen_from.sheet:
        return Text(zh, en)
    return Text(f"工作表“{row.sheet}”{zh}", f"{en} of sheet “{row.sheet}”")


def _differing(one: Row, other: Row) -> list[str]:
    names = dict.fromkeys([*one.values, *other.values])
    return [name for name in names if _value(one, name) != _value(other, name)]


def _value(row: Row, name: str) -> object:
    value = row.values.get(name)
    return None if value is None else (type(value.value), value.value)
