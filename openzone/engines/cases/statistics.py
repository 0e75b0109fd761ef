"""How a set of cases went, from their events alone.

Every figure keeps its numerator, its denominator and the numbers of the cases behind it. A case
merged into another or split is counted apart: its matter goes on under another number. A figure
without a denominator has no value; it is not zero.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeVar

from openzone.engines.cases import holding
from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.definition import CaseType
from openzone.engines.cases.state import UNIT, State
from openzone.engines.text import Text

Key = TypeVar("Key", bound=Hashable)


class Folded(NamedTuple):
    """A case with the type it was opened under."""

    type: CaseType
    state: State


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: ``numerator`` of ``denominator``; ``behind``: the cases counted in the numerator.

    ``percent``: whether it is a share rather than a mean or a count (``denominator`` ``None``).
    """

    id: str
    label: Text
    meaning: Text
    numerator: int
    denominator: int | None
    behind: tuple[str, ...]
    percent: bool = True

    @property
    def value(self) -> Fraction | None:
        """The figure; ``None`` if there is nothing to divide by."""
        if self.denominator is None:
            return Fraction(self.numerator)
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def shown(self) -> str:
        """The figure as it is written: 78.57% of a share, one decimal of a mean."""
        value = self.value
        if value is None:
            return "–"
        if self.denominator is None:
            return str(self.numerator)
        return f"{float(value * 100):.2f}%" if self.percent else f"{float(value):.1f}"


_MEANING = {
    "received": (
        "收到件数",
        "Received",
        "不含已合并、已拆分的件",
        "without merged and split cases",
    ),
    "requesters": ("涉及主体", "Requesters", "不同的诉求人", "different requesters"),
    "closed": ("办结率", "Closed", "已办结／收到", "closed of received"),
    "responded": (
        "响应率",
        "Responded",
        "已受理、联系或答复／收到",
        "accepted, contacted or answered of received",
    ),
    "on_time": (
        "按时办结率",
        "On time",
        "每一轮期限都按时／已办结且有期限的",
        "every round of every clock met, of closed cases with clocks",
    ),
    "solved": (
        "解决率",
        "Solved",
        "结果为已解决／已办结且未撤回；解释说明不算解决",
        "outcome solved, of closed and not withdrawn; explained is not solved",
    ),
    "explained": (
        "解释办结率",
        "Explained",
        "结果为解释说明／已办结且未撤回",
        "outcome explained, of closed and not withdrawn",
    ),
    "unanswered": (
        "不回复办结率",
        "Closed for no response",
        "按不回复规则办结／已办结",
        "closed by the no-response rule, of closed",
    ),
    "satisfied": (
        "满意率",
        "Satisfied",
        "评分达到满意线／有评价的",
        "marks of satisfaction, of cases rated",
    ),
    "redone": ("重办率", "Redone", "退回重办过／给出过结果的", "redone, of cases once answered"),
    "repeated": (
        "重复诉求率",
        "Repeated",
        "同一诉求人同一类别再次提出／收到",
        "the same requester and topic again, of received",
    ),
    "mean_minutes": (
        "平均用时（工作分钟）",
        "Mean working minutes",
        "立案到办结的工作分钟／已办结",
        "open working minutes, of closed",
    ),
    "unit_minutes": (
        "部门平均用时（工作分钟）",
        "Mean minutes with units",
        "由部门持有的工作分钟／已办结",
        "working minutes held by units, of closed",
    ),
    "merged": ("已合并", "Merged", "并入另一件的", "went on in another case"),
    "divided": ("已拆分", "Split", "拆成几件的", "went on in parts"),
}


def metrics(cases: Iterable[Folded], worktime: Worktime, now: dt.datetime) -> dict[str, Metric]:
    """Return every figure of a set of cases, by id."""
    everything = sorted(cases, key=lambda case: (case.state.opened_at, case.state.number))
    merged = [case for case in everything if case.state.merged_into]
    divided = [case for case in everything if case.state.children]
    received = [c for c in everything if not (c.state.merged_into or c.state.children)]
    closed = [case for case in received if case.state.closed]
    judged = [case for case in closed if case.state.outcome != "withdrawn"]
    timed = [case for case in closed if case.state.clocks]
    rated = [case for case in received if case.state.satisfaction is not None]
    answered = [case for case in received if _was_answered(case)]
    found = (
        _count("received", received),
        _requesters(received),
        _share("closed", closed, received),
        _share("responded", _those(_responded, received), received),
        _share("on_time", _those(_in_time, timed), timed),
        _share("solved", _outcome("solved", judged), judged),
        _share("explained", _outcome("explained", judged), judged),
        _share("unanswered", [c for c in closed if c.state.word_by == "lapse"], closed),
        _share("satisfied", _those(_satisfied, rated), rated),
        _share("redone", [case for case in answered if case.state.redo], answered),
        _share("repeated", _repeated(received), received),
        _mean("mean_minutes", closed, lambda case: _open_minutes(case, worktime, now)),
        _mean("unit_minutes", closed, lambda case: _unit_minutes(case, worktime, now)),
        _count("merged", merged),
        _count("divided", divided),
    )
    return {metric.id: metric for metric in found}


def grouped(cases: Iterable[Folded], key: Callable[[Folded], Key]) -> dict[Key, list[Folded]]:
    """Return the cases by unit, topic, month or whatever ``key`` names."""
    found: dict[Key, list[Folded]] = {}
    for case in cases:
        found.setdefault(key(case), []).append(case)
    return found


def _metric(
    name: str, numerator: int, denominator: int | None, behind: Sequence[Folded], percent: bool
) -> Metric:
    zh, en, meaning_zh, meaning_en = _MEANING[name]
    numbers = tuple(case.state.number for case in behind)
    label, meaning = Text(zh, en), Text(meaning_zh, meaning_en)
    return Metric(name, label, meaning, numerator, denominator, numbers, percent)


def _count(name: str, cases: Sequence[Folded]) -> Metric:
    return _metric(name, len(cases), None, cases, percent=False)


def _share(name: str, part: Sequence[Folded], whole: Sequence[Folded]) -> Metric:
    return _metric(name, len(part), len(whole), part, percent=True)


def _mean(name: str, cases: Sequence[Folded], measure: Callable[[Folded], int]) -> Metric:
    return _metric(name, sum(map(measure, cases)), len(cases), cases, percent=False)


def _requesters(cases: Sequence[Folded]) -> Metric:
    """Count different requesters; anonymous ones are nobody's and are not counted."""
    known = {(who.kind, who.id) for case in cases if (who := case.state.requester).id}
    return _metric("requesters", len(known), None, cases, percent=False)


def _those(test: Callable[[Folded], bool], cases: Sequence[Folded]) -> list[Folded]:
    return [case for case in cases if test(case)]


def _outcome(outcome: str, cases: Sequence[Folded]) -> list[Folded]:
    return [case for case in cases if case.state.outcome == outcome]


def _responded(case: Folded) -> bool:
    """Whether somebody took it on: accepted, or any clock stopped by what was done."""
    clocks = case.state.clocks.values()
    by_deed = any(clock.stopped and not clock.with_case for clock in clocks)
    return case.state.accepted_at is not None or by_deed


def _was_answered(case: Folded) -> bool:
    return case.state.proposal is not None or case.state.redo > 0


def _in_time(case: Folded) -> bool:
    return not any(clock.ever_missed for clock in case.state.clocks.values())


def _satisfied(case: Folded) -> bool:
    mark = case.state.satisfaction
    return mark is not None and mark >= case.type.closing.satisfied


def _repeated(cases: Sequence[Folded]) -> list[Folded]:
    seen: set[tuple[str, str, str]] = set()
    found = []
    for case in cases:
        who, topic = case.state.requester, case.state.topic
        key = (who.kind, who.id, topic)
        if who.id and topic and key in seen:
            found.append(case)
        seen.add(key)
    return found


def _open_minutes(case: Folded, worktime: Worktime, now: dt.datetime) -> int:
    return holding.elapsed(case.state.spans, worktime.calendar, now)


def _unit_minutes(case: Folded, worktime: Worktime, now: dt.datetime) -> int:
    held = holding.minutes(case.state.stretches, worktime.calendar, now)
    return sum(minutes for holder, minutes in held.items() if holder.startswith(UNIT))
