"""Values that come from a program, checked where they come in."""

import base64
import binascii
import datetime as dt
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictInt

from openzone.engines.text import Text
from openzone.zone.errors import Refused


def storable(value: Any) -> Any:
    """Refuse text that no database stores, however deep in the value it is.

    Raises:
        ValueError: in both languages, naming what is wrong.

    """
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("含有不可见字符NUL / holds an invisible NUL character")
        if not value.isprintable() and any("\ud800" <= one <= "\udfff" for one in value):
            raise ValueError("含有半个字符 / holds half a character")
    elif isinstance(value, dict):
        for key, part in value.items():
            storable(key)
            storable(part)
    elif isinstance(value, list):
        for part in value:
            storable(part)
    return value


def _written_day(value: Any) -> Any:
    """Refuse a number as a day: JSON has no dates, and 20261121 is no count of seconds."""
    if isinstance(value, (int, float)):
        raise ValueError("应为日期（YYYY-MM-DD） / is a date (YYYY-MM-DD)")
    return value


Line = Annotated[str, Field(max_length=500), AfterValidator(storable)]
Paragraphs = Annotated[str, Field(max_length=20_000), AfterValidator(storable)]
Data = Annotated[dict[str, Any], AfterValidator(storable)]
Day = Annotated[dt.date, BeforeValidator(_written_day)]
Whole = Annotated[StrictInt, Field(ge=-(2**63), le=2**63 - 1)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class FileIn(Schema):
    """A paper, its content in base64; ``field`` is the field of the form it answers."""

    model_config = ConfigDict(extra="forbid")

    name: Line
    content: str
    field: Line = ""


def content_of(file: FileIn) -> bytes:
    """Return what a paper holds, or refuse what is not base64."""
    try:
        return base64.b64decode(file.content, validate=True)
    except (binascii.Error, ValueError):
        reason = Text("“{name}”不是base64", "“{name}” is not base64").format(name=file.name)
        raise Refused(reason, field="files") from None
