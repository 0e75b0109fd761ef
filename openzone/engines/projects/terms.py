"""Term sheets: typed fields in set sentences, what is filled in, and what two versions differ in.

Values are kept as text in one form a type: a quantity as a plain decimal number (yuan for money),
a day as 2026-03-31, a choice as its id. A value nobody gave is absent, never empty.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.text import Text

Values = Mapping[str, str]

BLANK = "＿＿＿＿"
"""What stands where a value is not known yet."""
LONGEST = 500
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_MOST = Decimal(10) ** 16

NO_FIELD = Text("模板中没有字段“{name}”", "the template has no field “{name}”")
NOT_A_NUMBER = Text("“{given}”不是数字", "“{given}” is not a number")
NOT_POSITIVE = Text("应为大于零的数", "a number above zero is wanted")
NOT_A_DAY = Text("“{given}”不是日期（如 2026-03-31）", "“{given}” is no day such as 2026-03-31")
NOT_OFFERED = Text("“{given}”不在可选范围内", "“{given}” is not one of the choices")
TOO_LONG = Text("最多 {most} 字", "at most {most} characters")
WANTED = Text("请填写“{label}”", "“{label}” is to be filled in")


class FieldType(StrEnum):
    """What a field takes."""

    TEXT = "text"
    YUAN = "yuan"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Promised(_Part):
    """The promise a field becomes in an agreement; ``due`` names the field of its day."""

    side: Literal["investor", "zone"]
    kind: str
    due: str
    text: Bilingual | None = None


class TermField(_Part):
    """A field. ``fill`` names what a lead or project knows of it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    label: Bilingual
    type: FieldType
    unit: Bilingual | None = None
    required: bool = False
    fill: str = ""
    choices: Mapping[str, Bilingual] = {}
    promise: Promised | None = None


class TermSection(_Part):
    """A heading and its sentences, with fields in curly brackets."""

    heading: Bilingual
    text: tuple[Bilingual, ...] = ()


class Change(NamedTuple):
    """A value of two versions; ``None`` where it was or is not given."""

    field: TermField
    before: str | None
    after: str | None


def placeholders(sections: Iterable[TermSection]) -> set[str]:
    """Return the fields that sentences name, in either language."""
    sentences = (text for one in sections for line in one.text for text in (line.zh, line.en))
    return {name for text in sentences for name in _PLACE.findall(text)}


def fault(field: TermField, given: str) -> Text | None:
    """Return what is wrong with a value, or nothing."""
    if field.type in (FieldType.YUAN, FieldType.NUMBER):
        return _number_fault(given)
    if field.type is FieldType.DAY:
        return None if _day(given) else NOT_A_DAY.format(given=given)
    if field.type is FieldType.CHOICE:
        return None if given in field.choices else NOT_OFFERED.format(given=given)
    return TOO_LONG.format(most=LONGEST) if len(given) > LONGEST else None


def faults(fields: Sequence[TermField], values: Values) -> dict[str, Text]:
    """Return what is wrong with values, by field: unknown names too, but not what is missing."""
    known = {field.id: field for field in fields}
    found = {name: NO_FIELD.format(name=name) for name in values if name not in known}
    for name, given in values.items():
        if name in known and (wrong := fault(known[name], given)) is not None:
            found[name] = wrong
    return found


def missing(fields: Sequence[TermField], values: Values) -> list[TermField]:
    """Return the required fields that have no value, and the days promises are due on."""
    due = {one.promise.due for one in fields if one.promise and one.id in values}
    return [one for one in fields if (one.required or one.id in due) and one.id not in values]


def wanted(field: TermField) -> Text:
    """Return the sentence that asks for a field."""
    label = field.label
    return Text(WANTED.zh.format(label=label.zh), WANTED.en.format(label=label.en))


def filled(fields: Sequence[TermField], known: Mapping[str, str]) -> dict[str, str]:
    """Return the values that a lead or project already says, as far as they fit their fields."""
    return {
        one.id: known[one.fill]
        for one in fields
        if known.get(one.fill) and fault(one, known[one.fill]) is None
    }


def shown(field: TermField, value: str | None) -> Text:
    """Return a value as a sentence says it: with its unit, money in 万 or 亿."""
    if value is None:
        return Text(BLANK, BLANK)
    if field.type is FieldType.CHOICE:
        return field.choices[value].text if value in field.choices else Text(value, value)
    if field.type is FieldType.YUAN:
        return _money(Decimal(value))
    if field.type is FieldType.DAY and (day := _day(value)):
        return Text(f"{day.year}年{day.month}月{day.day}日", value)
    unit = field.unit.text if field.unit else Text("", "")
    return Text(f"{value}{unit.zh}", f"{value} {unit.en}".strip())


def said(
    fields: Sequence[TermField], sections: Sequence[TermSection], values: Values
) -> list[tuple[Text, list[Text]]]:
    """Return the sections with their sentences filled in; what is not known stays blank."""
    words = {one.id: shown(one, values.get(one.id)) for one in fields}
    return [
        (one.heading.text, [_sentence(line.text, words) for line in one.text]) for one in sections
    ]


def differences(fields: Sequence[TermField], before: Values, after: Values) -> list[Change]:
    """Return the fields whose values differ between two versions, in the order of the template."""
    return [
        Change(one, before.get(one.id), after.get(one.id))
        for one in fields
        if before.get(one.id) != after.get(one.id)
    ]


def _sentence(line: Text, words: Mapping[str, Text]) -> Text:
    zh = _PLACE.sub(lambda found: words[found[1]].zh, line.zh)
    return Text(zh, _PLACE.sub(lambda found: words[found[1]].en, line.en))


def _number_fault(given: str) -> Text | None:
    try:
        number = Decimal(given)
    except InvalidOperation:
        return NOT_A_NUMBER.format(given=given)
    if not number.is_finite() or number >= _MOST:
        return NOT_A_NUMBER.format(given=given)
    return None if number > 0 else NOT_POSITIVE


def _day(given: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given) if len(given) == len("2026-03-31") else None
    except ValueError:
        return None


def _money(yuan: Decimal) -> Text:
    english = f"{yuan.normalize():,f} yuan"
    for size, word in ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
        if yuan >= size:
            return Text(f"{(yuan / size).normalize():f}{word}元", english)
    return Text(f"{yuan.normalize():f}元", english)
