"""Histories in one line: months of one project, and the colours a shipped rule gives them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openzone.engines.projects.lights import Colour, LightRule, Month, Verdict, colours
from openzone.packs.lights import light_pack

Pair = tuple[str, str]


def rule(name: str) -> LightRule:
    return light_pack(name, None).as_rule


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text if len(text) > len("2025-03") else f"{text}-01")


def month(name: str, **values: Any) -> Month:
    """``month("2025-03", planned="50", actual="35")``: progress in percent, days as text."""
    read = {
        key: Decimal(value) / 100 if key in ("planned", "actual") else _day(value)
        for key, value in values.items()
    }
    return Month(on(name), "P1", **read)


def _day(value: Any) -> Any:
    return on(value) if isinstance(value, str) else value


def colours_of(name: str, months: Iterable[Month]) -> list[str]:
    return [one.colour.value for one in verdicts_of(name, months)]


def verdicts_of(name: str, months: Iterable[Month]) -> list[Verdict]:
    return colours(rule(name), months)


def progress(pairs: Sequence[Pair | None], first: int = 1, **more: Any) -> list[Month]:
    """Months from January 2025 on, as (planned, actual) in percent; None: nothing reported."""
    return [
        month(f"2025-{number:02}", planned=pair[0], actual=pair[1], **more)
        for number, pair in enumerate(pairs, start=first)
        if pair is not None
    ]


RED, YELLOW, GREEN, BLUE, PAUSED, UNKNOWN = (
    one.value
    for one in (
        Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.BLUE, Colour.PAUSED, Colour.UNKNOWN,
    )
)  # fmt: skip
