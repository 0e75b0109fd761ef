"""The enterprises a name is linked against, and how their rows are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openzone.engines.identity import uscc
from openzone.engines.identity.names import normalise
from openzone.engines.text import Text

_EMPTY = Text("未填写", "is empty")
_REPEATED = Text("“{id}”重复", "“{id}” occurs twice")
_NOT_NAMES = Text("应为文本或文本列表", "should be text or a list of texts")


class InvalidEntry(ValueError):  # noqa: N818 - callers read it as the reason it is
    """A registry row cannot be used; ``reason`` names row, field and cause."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """One enterprise of the registry to link against."""

    id: str
    name: str
    former_names: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    uscc: str | None = None

    @classmethod
    def from_row(cls, row: Mapping[str, Any], number: int) -> "RegistryEntry":
        """Read a JSON object or table row; several names are a list or separated by ``;``.

        Raises ``InvalidEntry`` naming row ``number`` and the field.
        """
        return cls(
            id=_required(row, "id", number),
            name=_required(row, "name", number),
            former_names=_several(row, "former_names", number),
            short_names=_several(row, "short_names", number),
            uscc=_code(row.get("uscc"), number),
        )


def require_usable(entries: Sequence[RegistryEntry]) -> None:
    """Raise ``InvalidEntry`` for the first entry with an empty name or a repeated id."""
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        if not normalise(entry.name):
            raise InvalidEntry(_bad_field(number, "name", _EMPTY))
        if entry.id in seen:
            raise InvalidEntry(_bad_field(number, "id", _REPEATED.format(id=entry.id)))
        seen.add(entry.id)


def _bad_field(number: int, field: str, cause: Text) -> Text:
    return Text(
        f"第{number}条，字段{field}：{cause.zh}",
        f"entry {number}, field {field}: {cause.en}",
    )


def _required(row: Mapping[str, Any], field: str, number: int) -> str:
    value = row.get(field)
    text = "" if value is None else str(value).strip()
    if not text:
        raise InvalidEntry(_bad_field(number, field, _EMPTY))
    return text


def _several(row: Mapping[str, Any], field: str, number: int) -> tuple[str, ...]:
    value = row.get(field)
    items = value.replace("；", ";").split(";") if isinstance(value, str) else value or []
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise InvalidEntry(_bad_field(number, field, _NOT_NAMES))
    return tuple(item.strip() for item in items if item.strip())


def _code(value: Any, number: int) -> str | None:
    if value is None or not str(value).strip():
        return None
    try:
        return uscc.parse(str(value)).code
    except uscc.InvalidCreditCode as error:
        raise InvalidEntry(_bad_field(number, "uscc", error.reason)) from error


def valid_code(text: str | None) -> str | None:
    """Return the compact credit code, None when the text is none."""
    try:
        return uscc.parse(text).code if text else None
    except uscc.InvalidCreditCode:
        return None
