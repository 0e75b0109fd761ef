"""Lengths of time as documents write them: 3个工作日, 1 working hour, 24小时, 7日."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import cn2an

from openzone.engines.text import Text
from openzone.engines.worktime.errors import WorktimeError


class Unit(StrEnum):
    """What is counted. Hours and minutes without "working" run round the clock."""

    WORKING_MINUTE = "working_minute"
    WORKING_HOUR = "working_hour"
    WORKDAY = "workday"
    DAY = "day"  # 自然日
    HOUR = "hour"
    MINUTE = "minute"

    @property
    def counts_working_time(self) -> bool:
        """Whether it runs only while offices are open."""
        return self in (Unit.WORKING_MINUTE, Unit.WORKING_HOUR)

    @property
    def minutes(self) -> int | None:
        """Its length in (working) minutes; ``None`` for units of whole days."""
        return _MINUTES.get(self)


_MINUTES = {Unit.WORKING_MINUTE: 1, Unit.WORKING_HOUR: 60, Unit.MINUTE: 1, Unit.HOUR: 60}
_SMALLER = {Unit.WORKING_HOUR: Unit.WORKING_MINUTE, Unit.HOUR: Unit.MINUTE}
_LABELS = {
    Unit.WORKING_MINUTE: (Text("{n}工作分钟", "{n} working minute"), "s"),
    Unit.WORKING_HOUR: (Text("{n}工作小时", "{n} working hour"), "s"),
    Unit.WORKDAY: (Text("{n}个工作日", "{n} working day"), "s"),
    Unit.DAY: (Text("{n}日（自然日）", "{n} calendar day"), "s"),
    Unit.HOUR: (Text("{n}小时", "{n} hour"), "s"),
    Unit.MINUTE: (Text("{n}分钟", "{n} minute"), "s"),
}
_WORDS = {
    Unit.WORKING_MINUTE: ("working minute", "工作分钟"),
    Unit.WORKING_HOUR: ("working hour", "work hour", "business hour", "工作小时"),
    Unit.WORKDAY: ("workday", "working day", "business day", "工作日"),
    Unit.DAY: ("day", "calendar day", "日", "天", "自然日", "日历日"),
    Unit.HOUR: ("hour", "clock hour", "小时"),
    Unit.MINUTE: ("minute", "min", "clock minute", "分钟"),
}
_UNITS = {word: unit for unit, words in _WORDS.items() for word in words}
_DIGITS = r"\d{1,18}(?:\.\d{1,18})?"
_CHINESE = "[零〇一二两三四五六七八九十百千]+"
_SHAPE = re.compile(
    rf"(?:within )?(?P<number>{_DIGITS}|{_CHINESE}|半|half an?|half) ?个?(?P<unit>.+?)(?:以?内)?"
)
# 2个半小时, 两小时半, 2 and a half hours, 1 hour and a half: a whole number and a half more.
_AND_A_HALF = re.compile(
    rf"(?:within )?(?P<number>\d{{1,18}}|{_CHINESE}) ?"
    r"(?:(?:个半|and a half) ?(?P<unit>.+?)|个?(?P<before>.+?) ?(?:半|and a half))(?:以?内)?"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A limit as data: ``amount`` (at least 1) of ``unit``."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise WorktimeError(
                Text(
                    "期限应大于零，实际为{n}", "a duration must be more than zero, not {n}"
                ).format(n=self.amount)
            )

    @property
    def minutes(self) -> int | None:
        """Its length in (working) minutes; ``None`` if it counts whole days."""
        each = self.unit.minutes
        return None if each is None else each * self.amount

    @property
    def text(self) -> Text:
        """The duration in words."""
        pattern, plural = _LABELS[self.unit]
        words = pattern.format(n=self.amount)
        return words if self.amount == 1 else Text(words.zh, words.en + plural)

    def to_data(self) -> dict[str, Any]:
        """Return ``{unit, amount}`` for JSON or a pack."""
        return {"unit": self.unit.value, "amount": self.amount}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Duration":
        """Read ``{unit, amount}``; raise ``WorktimeError`` if it is anything else."""
        unit, amount = data.get("unit"), data.get("amount")
        if set(data) != {"unit", "amount"} or unit not in list(Unit) or type(amount) is not int:
            raise WorktimeError(
                Text(
                    "期限应写作{{unit, amount}}，单位为{units}之一、数量为整数，实际为{data}",
                    "a duration is {{unit, amount}} with a unit out of {units} and a whole "
                    "amount, not {data}",
                ).format(units=", ".join(Unit), data=dict(data))
            )
        return cls(amount, Unit(unit))


def parse_duration(text: str) -> Duration:
    """Read a duration in Chinese or English; raise ``WorktimeError`` unless it is unambiguous."""
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if match := _AND_A_HALF.fullmatch(plain):
        word, more = match["unit"] or match["before"], Decimal("0.5")
    elif match := _SHAPE.fullmatch(plain):
        word, more = match["unit"], Decimal(0)
    unit = _unit(word) if match else None
    if match is None or unit is None:
        raise _unreadable(text)
    return _whole(text, _number(text, match["number"]) + more, unit)


def _unit(word: str) -> Unit | None:
    word = word.strip()
    return _UNITS.get(word) or _UNITS.get(word.removesuffix("s"))


def _number(text: str, word: str) -> Decimal:
    if word.startswith(("半", "half")):
        return Decimal("0.5")
    if word[0].isascii():
        return Decimal(word)
    try:
        return Decimal(cn2an.cn2an(word.replace("〇", "零"), "normal"))
    except ValueError:
        raise _unreadable(text) from None


def _whole(text: str, number: Decimal, unit: Unit) -> Duration:
    """Turn parts of an hour into minutes; refuse parts of a day, which offices read differently."""
    if number != int(number) and unit in _SMALLER:
        number, unit = number * 60, _SMALLER[unit]
    if number != int(number):
        raise WorktimeError(
            Text(
                "“{text}”含义不明：不足一日的写工作小时（如“4工作小时”），不足一小时的写整分钟",
                "“{text}” is ambiguous: give parts of a day in working hours "
                "(“4 working hours”) and parts of an hour in whole minutes",
            ).format(text=text)
        )
    return Duration(int(number), unit)


def _unreadable(text: str) -> WorktimeError:
    return WorktimeError(
        Text(
            "读不懂期限“{text}”，请写作：3个工作日、1工作小时、24小时、60分钟、7日",
            "cannot read the duration “{text}”; write 3 workdays, 1 working hour, 24 hours, "
            "60 minutes or 7 days",
        ).format(text=text)
    )
