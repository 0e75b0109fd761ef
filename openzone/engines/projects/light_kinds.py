"""The kinds of light rules: how one month alone is judged. Every bound is a parameter of a pack.

A month is judged as of its last day. Where a value is missing the answer is ``unknown`` with the
name of it, unless it would be the same whatever the value is.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_DOWN, Context, Decimal
from functools import lru_cache
from typing import ClassVar

from openzone.engines.projects.light_model import (
    Carry,
    Colour,
    Judgement,
    Month,
    add_months,
    month_end,
)
from openzone.engines.text import Text

HUNDREDTH = Decimal("0.01")
_WIDE = Context(prec=100)
"""Over a plan of next to nothing a share can have many digits."""
FIELDS = {
    "planned": Text("计划进度", "planned progress"),
    "actual": Text("实际进度", "actual progress"),
    "due_start": Text("计划开工日期", "planned start"),
    "started_on": Text("实际开工日期", "actual start"),
    "statistics_on": Text("入库日期", "entry into statistics"),
    "due_on": Text("节点期限", "deadline"),
    "done_on": Text("节点完成日期", "day the deadline was met"),
}
NOTHING_PLANNED = Text("按计划本月尚无应完成的进度", "no progress is planned yet")


@dataclass(frozen=True, slots=True)
class ProgressRatio:
    """Progress done over progress planned (武汉): under a share of the plan yellow or red."""

    needs: ClassVar = ("planned", "actual")
    red_below: Decimal
    yellow_below: Decimal

    def judge(self, month: Month, carry: Carry) -> Judgement:
        """Judge a month; a plan of zero asks for nothing."""
        planned, actual = month.planned, month.actual
        if planned is None or actual is None:
            return _progress_missing(month)
        used = {"planned": planned, "actual": actual}
        if planned == 0:
            return Judgement(Colour.GREEN, NOTHING_PLANNED, used)
        used["ratio"] = actual / planned
        done = _percent(used["ratio"])
        for bound, colour in (
            (self.red_below, Colour.RED),
            (self.yellow_below, Colour.YELLOW),
        ):
            if actual < bound * planned:
                return Judgement(colour, _under(month, done, _percent(bound)), used)
        return Judgement(Colour.GREEN, _reaches(month, done, _percent(self.yellow_below)), used)


@dataclass(frozen=True, slots=True)
class ProgressPoints:
    """Percentage points behind the plan (银川): from a bound yellow, above another red."""

    needs: ClassVar = ("planned", "actual")
    yellow_from: Decimal
    red_above: Decimal

    def judge(self, month: Month, carry: Carry) -> Judgement:
        """Judge a month; being ahead is a negative gap."""
        planned, actual = month.planned, month.actual
        if planned is None or actual is None:
            return _progress_missing(month)
        gap = planned - actual
        used = {"planned": planned, "actual": actual, "behind": gap}
        colour = Colour.GREEN
        if gap > self.red_above:
            colour = Colour.RED
        elif gap >= self.yellow_from:
            colour = Colour.YELLOW
        return Judgement(colour, self._reason(month, gap, colour), used)

    def _reason(self, month: Month, gap: Decimal, colour: Colour) -> Text:
        low, high = _points(self.yellow_from), _points(self.red_above)
        plan = _plan_and_actual(month)
        bounds = {
            Colour.GREEN: Text(f"不到{low}个百分点", f"less than {low} points"),
            Colour.YELLOW: Text(f"在{low}至{high}个百分点之间", f"from {low} to {high} points"),
            Colour.RED: Text(f"超过{high}个百分点", f"more than {high} points"),
        }[colour]
        if gap <= 0:
            return Text(f"{plan.zh}，不落后于计划", f"{plan.en}: not behind")
        behind = _points(gap)
        return Text(
            f"{plan.zh}，落后{behind}个百分点，{bounds.zh}",
            f"{plan.en}: {behind} percentage points behind, {bounds.en}",
        )


@dataclass(frozen=True, slots=True)
class Slippage:
    """Behind or expected late yellow, serious delay without reason red (海口江东)."""

    needs: ClassVar = ("planned", "actual")

    def judge(self, month: Month, carry: Carry) -> Judgement:
        """Judge a month; what was raised as a flag counts also without figures."""
        used: dict[str, object] = {
            name: value
            for name in ("planned", "actual", "expected_late", "serious", "reason_accepted")
            if (value := getattr(month, name)) is not None
        }
        if month.serious and not month.reason_accepted:
            reason = Text("严重滞后且无正当理由", "seriously delayed without a good reason")
            return Judgement(Colour.RED, reason, used)
        if month.serious:
            reason = Text("严重滞后，理由已认可", "seriously delayed, the reason is accepted")
            return Judgement(Colour.YELLOW, reason, used)
        if month.expected_late:
            return Judgement(Colour.YELLOW, Text("预计逾期", "expected to be late"), used)
        if month.planned is None or month.actual is None:
            return _progress_missing(month)
        plan = _plan_and_actual(month)
        if month.actual < month.planned:
            reason = Text(f"{plan.zh}，滞后", f"{plan.en}: behind")
            return Judgement(Colour.YELLOW, reason, used)
        return Judgement(Colour.GREEN, Text(f"{plan.zh}，按计划推进", f"{plan.en}: on plan"), used)


@dataclass(frozen=True, slots=True)
class StartOverdue:
    """Due to start and not started without an accepted reason: yellow (银川)."""

    needs: ClassVar = ("due_start", "started_on")

    def judge(self, month: Month, carry: Carry) -> Judgement:
        """Judge a month; the whole month of the planned day is the month it is due."""
        due, started, end = carry.due_start, carry.started_on, month_end(month.month)
        used = _dates(due_start=due, started_on=started)
        if started is not None and started <= end:
            return Judgement(Colour.GREEN, _started(started, due), used)
        if due is not None and due > end:
            reason = Text(
                f"应于{due:%Y-%m}开工，未到期", f"due to start in {due:%Y-%m}, not yet due"
            )
            return Judgement(Colour.GREEN, reason, used)
        if due is None or started is None:
            return _missing("due_start", "started_on", of=carry)
        late = Text(f"应于{due:%Y-%m}开工，未开工", f"due to start in {due:%Y-%m}, not started")
        if not month.reason_accepted:
            return Judgement(Colour.YELLOW, late, used)
        reason = Text(f"{late.zh}，理由已认可", f"{late.en}, the reason is accepted")
        return Judgement(Colour.GREEN, reason, {**used, "reason_accepted": True})


@dataclass(frozen=True, slots=True)
class StatisticalEntry:
    """Started and not in the statistics after some months: yellow, then red (银川入库)."""

    needs: ClassVar = ("started_on", "statistics_on")
    yellow_after_months: int
    red_after_months: int

    def judge(self, month: Month, carry: Carry) -> Judgement:
        """Judge a month; yellow from the day so many months after the start, red past the other."""
        started, entered, end = carry.started_on, carry.statistics_on, month_end(month.month)
        used = _dates(started_on=started, statistics_on=entered)
        if entered is not None and entered <= end:
            reason = Text(f"{entered}已入库", f"in the statistics since {entered}")
            return Judgement(Colour.GREEN, reason, used)
        if started is not None and started > end:
            return Judgement(Colour.GREEN, Text("未开工，尚不需入库", "not started yet"), used)
        if started is None:
            return _missing("started_on", "statistics_on", of=carry)
        if end < add_months(started, self.yellow_after_months):
            reason = Text(
                f"{started}开工，不满{self.yellow_after_months}个月",
                f"started on {started}, less than {_months(self.yellow_after_months)} ago",
            )
            return Judgement(Colour.GREEN, reason, used)
        if entered is None:
            return _missing("started_on", "statistics_on", of=carry)
        return self._late(started, end, used)

    def _late(self, started: dt.date, end: dt.date, used: dict[str, object]) -> Judgement:
        late = end > add_months(started, self.red_after_months)
        months = self.red_after_months if late else self.yellow_after_months
        zh, en = ("超过", "more than ") if late else ("满", "")
        reason = Text(
            f"{started}开工，{zh}{months}个月未入库",
            f"started on {started}, not in the statistics after {en}{_months(months)}",
        )
        return Judgement(Colour.RED if late else Colour.YELLOW, reason, used)


@dataclass(frozen=True, slots=True)
class Slips:
    """Near a deadline blue, behind or of poor quality yellow, past the deadline red (宿迁)."""

    needs: ClassVar = ("due_on", "done_on", "planned", "actual")
    near_days: int

    def judge(self, month: Month, carry: Carry) -> Judgement:
        """Judge a month; the deadline itself is not past it."""
        due, done, end = carry.due_on, carry.done_on, month_end(month.month)
        used = _dates(due_on=due, done_on=done)
        if done is not None and done <= end:
            return Judgement(Colour.GREEN, Text(f"{done}已完成", f"done on {done}"), used)
        if due is None or (due < end and done is None):
            return _missing("due_on", "done_on", of=carry)
        if due < end:
            reason = Text(f"{due}到期，未完成", f"due on {due}, not done")
            return Judgement(Colour.RED, reason, used)
        if month.poor_quality:
            reason = Text("质量不佳", "of poor quality")
            return Judgement(Colour.YELLOW, reason, {**used, "poor_quality": True})
        if month.planned is None or month.actual is None:
            return _progress_missing(month)
        return self._by_progress(
            month, due, {**used, "planned": month.planned, "actual": month.actual}
        )

    def _by_progress(self, month: Month, due: dt.date, used: dict[str, object]) -> Judgement:
        plan = _plan_and_actual(month)
        if month.planned is not None and month.actual is not None and month.actual < month.planned:
            return Judgement(Colour.YELLOW, Text(f"{plan.zh}，滞后", f"{plan.en}: behind"), used)
        left = (due - month_end(month.month)).days
        reason = Text(f"距{due}还有{left}天", f"{left} days left until {due}")
        colour = Colour.BLUE if left <= self.near_days else Colour.GREEN
        return Judgement(colour, reason, used)


Kind = ProgressRatio | ProgressPoints | Slippage | StartOverdue | StatisticalEntry | Slips


def _missing(*names: str, of: Carry | Month) -> Judgement:
    lacking = tuple(name for name in names if getattr(of, name) is None)
    labels = [FIELDS[name] for name in lacking]
    zh, en = "、".join(one.zh for one in labels), ", ".join(one.en for one in labels)
    return Judgement(Colour.UNKNOWN, Text(f"缺少{zh}", f"missing: {en}"), {}, lacking)


def _progress_missing(month: Month) -> Judgement:
    return _missing("planned", "actual", of=month)


def _dates(**days: dt.date | None) -> dict[str, object]:
    return {name: day for name, day in days.items() if day is not None}


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _started(started: dt.date, due: dt.date | None) -> Text:
    if due is not None and started < due:
        return Text(f"{started}已开工，早于计划的{due}", f"started on {started}, before {due}")
    return Text(f"{started}已开工", f"started on {started}")


def _plan_and_actual(month: Month) -> Text:
    planned, actual = _percent(month.planned), _percent(month.actual)
    return Text(f"计划{planned}，实际{actual}", f"planned {planned}, actual {actual}")


def _under(month: Month, done: str, bound: str) -> Text:
    plan = _plan_and_actual(month)
    return Text(
        f"{plan.zh}，完成时序进度的{done}，低于{bound}",
        f"{plan.en}: {done} of the progress due, under {bound}",
    )


def _reaches(month: Month, done: str, bound: str) -> Text:
    plan = _plan_and_actual(month)
    return Text(
        f"{plan.zh}，完成时序进度的{done}，不低于{bound}",
        f"{plan.en}: {done} of the progress due, not under {bound}",
    )


def _percent(share: Decimal | None) -> str:
    """Write a share as percent, cut off and not rounded up: 59.999 % is not 60 %."""
    return "–" if share is None else f"{_points(share)}%"


@lru_cache(maxsize=50_000)
def _points(share: Decimal) -> str:
    points = (share * 100).quantize(HUNDREDTH, ROUND_DOWN, _WIDE)
    return f"{points.normalize() + 0:f}"
