"""Where self-report, electricity and inspection disagree. Nobody is corrected: a person looks."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from openzone.engines.resumption.model import Look, Said
from openzone.engines.resumption.rates import percent
from openzone.engines.text import Text

IDLE = Text("自报已复工，当日用电仅为基期日均的{share}%（不超过{limit}%）",
            "says it works, uses {share} % of the base day (not over {limit} %)")  # fmt: skip
BUSY = Text("自报未复工，当日用电达到基期日均的{share}%（超过{limit}%）",
            "says it does not work, uses {share} % of the base day (over {limit} %)")  # fmt: skip
EMPTY = Text("自报已复工，到岗人数为0", "says it works, nobody is at their post")
CROWD = Text("到岗{staff}人，多于正常{normal}人", "{staff} people at work, more than {normal}")
SEEN = Text("自报“{said}”，{day} 现场核查为“{found}”",
            "says “{said}”, an inspection of {day} found “{found}”")  # fmt: skip
WORDS = {
    Said.YES: Text("已复工", "resumed"),
    Said.PARTLY: Text("部分复工", "partly resumed"),
    Said.NO: Text("未复工", "not resumed"),
}


class Doubt(NamedTuple):
    """A disagreement: about whom, of which kind, in words."""

    member: int
    kind: str
    said: Text


class Seen(NamedTuple):
    """What an inspection found, and when."""

    on: dt.date
    found: Said


def doubts(
    found: Iterable[Look], limit: Decimal, seen: Mapping[int, Seen] | None = None
) -> list[Doubt]:
    """Return what disagrees on a day; ``limit`` is the share of base power that counts as work.

    Only a report of the day itself is held against the day's electricity.
    """
    return [
        doubt
        for one in found
        for doubt in (_power(one, limit), _people(one), _inspected(one, seen or {}))
        if doubt is not None
    ]


def _power(one: Look, limit: Decimal) -> Doubt | None:
    if one.power is None or not one.reported:
        return None
    idle, shown = one.power <= limit, percent(one.power, 1)
    numbers = {"share": shown, "limit": f"{limit * 100:.0f}"}
    if one.resumed is Said.YES and idle:
        return Doubt(one.member.id, "idle", IDLE.format(**numbers))
    if one.resumed is Said.NO and not idle:
        return Doubt(one.member.id, "busy", BUSY.format(**numbers))
    return None


def _people(one: Look) -> Doubt | None:
    said = one.statement
    if said is None or said.staff is None:
        return None
    if said.resumed is Said.YES and said.staff == 0:
        return Doubt(one.member.id, "empty", EMPTY)
    if said.staff_normal is not None and said.staff > said.staff_normal:
        text = CROWD.format(staff=f"{said.staff:f}", normal=f"{said.staff_normal:f}")
        return Doubt(one.member.id, "crowd", text)
    return None


def _inspected(one: Look, seen: Mapping[int, Seen]) -> Doubt | None:
    at, said = seen.get(one.member.id), one.statement
    # A visit before the report cannot speak against it.
    if at is None or said is None or at.on < said.on or at.found is said.resumed:
        return None
    text = Text(
        SEEN.zh.format(said=WORDS[said.resumed].zh, day=at.on, found=WORDS[at.found].zh),
        SEEN.en.format(said=WORDS[said.resumed].en, day=at.on, found=WORDS[at.found].en),
    )
    return Doubt(one.member.id, "seen", text)
