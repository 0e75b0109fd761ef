"""Traffic lights from the history of months: five real rules, none of which sees only today.

``colours`` folds the months of one project in their order; the colour of a month never depends on
a later one. An approved pause is ``paused`` and neither breaks nor adds to a run of months. A month
without a report is ``unknown`` and ends a run: nobody can say that it was consecutive.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from openzone.engines.projects.light_kinds import Kind
from openzone.engines.projects.light_model import (
    NOT_YET,
    Carry,
    Colour,
    Judgement,
    Month,
    Override,
    Verdict,
    add_months,
    month_end,
    next_month,
)
from openzone.engines.text import Text

__all__ = [
    "NOT_YET",
    "Carry",
    "Colour",
    "HistoryError",
    "LightRule",
    "Month",
    "Override",
    "Run",
    "Verdict",
    "add_months",
    "colours",
    "month_end",
    "step",
]
PAUSED = Text("经批准暂停", "paused with approval")
NO_REPORT = Text("本月没有上报", "nothing was reported for this month")
TWICE = Text("{month} 出现了两次", "{month} is there twice")
NOT_AFTER = Text("{month} 不在 {last} 之后", "{month} is not after {last}")


@dataclass(frozen=True, slots=True)
class Run:
    """So many months running in these colours make another one."""

    of: frozenset[Colour]
    times: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class LightRule:
    """A rule of a place: how a month is judged, and what a run of months makes of it."""

    id: str
    label: Text
    kind: Kind
    run: Run | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """The fields of a month the rule looks at first."""
        return self.kind.needs


class HistoryError(ValueError):
    """Months that are no history: one twice, or out of order."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(str(reason))


def colours(rule: LightRule, months: Iterable[Month]) -> list[Verdict]:
    """Return the colour of every month of one project, those without a report between them too.

    The order of ``months`` does not matter. Raises ``HistoryError`` for a month there twice.
    """
    ordered = sorted(months, key=lambda one: one.month)
    _refuse_twice(ordered)
    carry, found = Carry(), list[Verdict]()
    for month in ordered:
        while carry.last is not None and next_month(carry.last) < month.month:
            absent = Month(next_month(carry.last), month.project, reported=False)
            found.append(step(rule, carry, absent))
        found.append(step(rule, carry, month))
    return found


def step(rule: LightRule, carry: Carry, month: Month) -> Verdict:
    """Return the colour of the next month and keep in ``carry`` what the one after needs."""
    if carry.last is not None and month.month <= carry.last:
        raise HistoryError(
            NOT_AFTER.format(month=f"{month.month:%Y-%m}", last=f"{carry.last:%Y-%m}")
        )
    _take_over(carry, month)
    judged = _judged(rule, carry, month)
    if rule.run is not None:
        judged = _with_run(rule.run, carry, month, judged)
    override = _override(rule, carry, month)
    verdict = Verdict(
        month.project, month.month, rule.id, judged.colour, judged.colour, judged.reason,
        judged.signals, judged.missing, carry.run,
    )  # fmt: skip
    if override is None or judged.colour is Colour.PAUSED:
        return verdict
    if override.until < month_end(month.month):
        return replace(verdict, reason=_joined(verdict.reason, _ended(override)))
    return _overridden(verdict, override)


def _refuse_twice(ordered: Sequence[Month]) -> None:
    for one, two in pairwise(ordered):
        if one.month == two.month:
            raise HistoryError(TWICE.format(month=f"{one.month:%Y-%m}"))


def _take_over(carry: Carry, month: Month) -> None:
    """Keep what a month states; what it does not state, or has not come, leaves what was known."""
    carry.last = month.month
    if month.due_start is not None:
        carry.due_start = month.due_start
    if month.due_on is not None:
        carry.due_on = month.due_on
    carry.started_on = _later_word(carry.started_on, month.started_on)
    carry.statistics_on = _later_word(carry.statistics_on, month.statistics_on)
    carry.done_on = _later_word(carry.done_on, month.done_on)


def _later_word(known: dt.date | None, stated: dt.date | None) -> dt.date | None:
    """A day that has come is not taken back by an empty cell later on."""
    if stated is None or (stated == NOT_YET and known is not None):
        return known
    return stated


def _judged(rule: LightRule, carry: Carry, month: Month) -> Judgement:
    if month.paused:
        return Judgement(Colour.PAUSED, PAUSED, {"paused": True})
    if not month.reported:
        return Judgement(Colour.UNKNOWN, NO_REPORT, {}, ("month",))
    return rule.kind.judge(month, carry)


def _with_run(run: Run, carry: Carry, month: Month, judged: Judgement) -> Judgement:
    if judged.colour is Colour.PAUSED:
        return judged
    if judged.colour not in run.of:
        broken = judged.colour is Colour.UNKNOWN and carry.run > 0
        carry.broken_in = month.month if broken else None
        carry.run = 0
        return judged
    carry.run += 1
    if carry.run >= run.times:
        made = Text(f"，连续{carry.run}个月", f", {carry.run} months running")
        return replace(judged, colour=run.colour, reason=_joined(judged.reason, made))
    if carry.broken_in is not None:
        made = Text(
            f"；{carry.broken_in:%Y-%m}情况不明，连续月数重新计算",
            f"; nothing is known of {carry.broken_in:%Y-%m}, the months are counted anew",
        )
        return replace(judged, reason=_joined(judged.reason, made))
    return judged


def _override(rule: LightRule, carry: Carry, month: Month) -> Override | None:
    """Return the override that holds in a month, or ends in it: the last day decides."""
    for one in month.overrides:
        if one.rule in ("", rule.id):
            carry.override = one
    found = carry.override
    if found is not None and found.until < month_end(month.month):
        carry.override = None
    return found


def _ended(override: Override) -> Text:
    """Say that a colour set by hand is over, or nobody would know why it is not shown."""
    colour, until = override.colour.label, override.until
    return Text(
        f"；人工改的{colour.zh}已于{until}到期",
        f"; {colour.en} set by hand ended on {until}",
    )


def _overridden(verdict: Verdict, override: Override) -> Verdict:
    colour, raw = override.colour.label, verdict.raw.label
    reason = Text(
        f"人工改为{colour.zh}，至{override.until}：{override.reason}；按规则为{raw.zh}（{verdict.reason.zh}）",
        f"set to {colour.en} by hand until {override.until}: {override.reason}; "
        f"by the rule {raw.en} ({verdict.reason.en})",
    )
    return replace(verdict, colour=override.colour, reason=reason, override=override)


def _joined(one: Text, two: Text) -> Text:
    return Text(one.zh + two.zh, one.en + two.en)
