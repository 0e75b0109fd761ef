"""Which column of an upload holds which fact, as a person says it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from openzone.engines.tables.problems import Problem
from openzone.engines.text import Text
from openzone.www.formats import say
from openzone.zone.errors import Refused
from openzone.zone.registry.models import ImportBatch
from openzone.zone.registry.packs import catalogue

PREFIX = "column-"


class Column(NamedTuple):
    """A column of the file: how it was read, empty where it was not."""

    sheet: str
    letter: str
    header: str
    fact: str
    unit: str


def columns_of(batch: ImportBatch, problems: Sequence[Problem]) -> list[Column]:
    """Return the columns of an upload in order, those that were not read included."""
    read = [
        Column(one["sheet"], one["column"], one["header"], one["fact"], one["unit"])
        for one in batch.mapping
    ]
    return sorted([*read, *_unread(read, problems)], key=_place)


def _unread(read: Sequence[Column], problems: Sequence[Problem]) -> Iterator[Column]:
    seen = {(column.sheet, column.letter) for column in read}
    for problem in problems:
        place = (problem.sheet, problem.column or "")
        if problem.column and place not in seen:
            seen.add(place)
            yield Column(*place, problem.header or problem.value, "", "")


def _place(column: Column) -> tuple[str, int, str]:
    return column.sheet, len(column.letter), column.letter


def options() -> list[str]:
    """Return the labels of the facts a column can hold, to choose from while typing."""
    return [say(fact.label) for fact in catalogue()]


def assigned(data: Mapping[str, Any]) -> dict[str, str | None]:
    """Return column letter → fact name of a posted form; an empty field leaves the column out."""
    names = _by_label()
    return {
        key.removeprefix(PREFIX): _fact(str(value).strip(), names)
        for key, value in data.items()
        if key.startswith(PREFIX)
    }


def _by_label() -> dict[str, str]:
    labels: dict[str, str] = {}
    for fact in catalogue():
        labels |= {fact.name: fact.name, fact.label.zh: fact.name, fact.label.en: fact.name}
    return labels


def _fact(said: str, names: Mapping[str, str]) -> str | None:
    if said and said not in names:
        raise Refused(
            Text("指标目录中没有“{said}”", "“{said}” is not in the fact catalogue").format(
                said=said
            )
        )
    return names[said] if said else None
