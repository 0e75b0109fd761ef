"""The rule language once more, as slowly and plainly as possible.

Interprets the YAML values themselves, one enterprise at a time, by the words of
docs/reference/rules.md, and shares no code with the engine. The property tests compare the two.
"""

import calendar
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from tests.engines.rules.reference_logic import State, all_of, any_of, negated
from tests.engines.rules.reference_near import eased
from tests.engines.rules.reference_numbers import (
    calculate,
    compare,
    ends,
    find_part,
    literal,
    rounded,
)

Value = Any


@dataclass
class Interpreter:
    """One version of a rule for one enterprise. ``rules`` are the other rules in force."""

    version: dict[str, Any]
    row: dict[str, Value]
    as_of: dt.date
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)

    # ---- conditions ---------------------------------------------------------------------

    def state(self, c: dict[str, Any]) -> State:
        if "all" in c:
            return all_of([self.state(m) for m in c["all"]])
        if "any" in c:
            return any_of([self.state(m) for m in c["any"]])
        if "not" in c:
            return negated(self.state(c["not"]))
        if "veto" in c:
            return negated(any_of([self.state(m) for m in c["veto"]]))
        if "cases" in c:
            return self.decided(c["cases"])
        if "at_least" in c:
            states = [self.state(m) for m in c["at_least"]["of"]]
            if states.count(True) >= c["at_least"]["n"]:
                return True
            possible = states.count(True) + states.count(None)
            return False if possible < c["at_least"]["n"] else None
        tests = {"gte", "gt", "lte", "lt", "eq", "ne", "is", "in", "prefix", "known",
                 "at_or_before", "at_or_after", "before", "after"}  # fmt: skip
        return all_of([self.test(c, test, c[test]) for test in c if test in tests])

    def decided(self, cases: list[dict[str, Any]]) -> State:
        """What every case that can still be the first to apply agrees on."""
        answers: set[State] = set()
        for case in cases:
            applies = True if "else" in case else self.state(case["when"])
            if applies is not False:
                answers.add(self.state(case["else"] if "else" in case else case["then"]))
            if applies is True:
                break
        else:
            answers.add(False)
        return answers.pop() if len(answers) == 1 else None

    def test(self, c: dict[str, Any], test: str, limit: Any) -> State:
        if "rule" in c:
            return self.rule_test(c["rule"], test, limit)
        if "score" in c:
            low, high = self.named_points(c["score"])
            states = {compare(test, point, literal(limit)) for point in ends(low, high, limit)}
            return states.pop() if len(states) == 1 else None
        value = self.number(c["number"]) if "number" in c else self.row.get(c["fact"])
        if test == "known":
            return (value is not None) is limit
        if value is None:
            return None
        if test == "is":
            return value is limit
        if test == "in":
            return value in limit
        if test == "prefix":
            if any(value.startswith(prefix) for prefix in limit):
                return True
            return None if any(prefix.startswith(value) for prefix in limit) else False
        if isinstance(value, dt.date):
            return compare(test, value, self.day(limit))
        return compare(test, value, literal(limit))

    def day(self, raw: Any) -> dt.date:
        if isinstance(raw, dt.date):
            return raw
        if "year_start" in raw:
            return dt.date(self.as_of.year + raw["year_start"], 1, 1)
        count, unit = int(raw["as_of"][:-1]), raw["as_of"][-1]
        if unit == "d":
            return self.as_of + dt.timedelta(days=count)
        year, month = self.as_of.year, self.as_of.month
        if unit == "y":
            year += count
        else:
            month += count
            while month < 1:
                year, month = year - 1, month + 12
            while month > 12:
                year, month = year + 1, month - 12
        return dt.date(year, month, min(self.as_of.day, calendar.monthrange(year, month)[1]))

    def rule_test(self, name: str, test: str, wanted: Any) -> State:
        other = self.of_rule(name)
        if other is None:
            return None
        if test == "is":
            return other.answer() if wanted == "met" else negated(other.answer())
        possible = other.possible_values()
        inside = [value in wanted for value in possible]
        return True if all(inside) else None if any(inside) else False

    def of_rule(self, name: str) -> "Interpreter | None":
        version = self.rules.get(name)
        return None if version is None else Interpreter(version, self.row, self.as_of, self.rules)

    # ---- numbers ------------------------------------------------------------------------

    def number(self, n: Any) -> float | None:
        if isinstance(n, str) and n[0].isalpha():
            value = self.row.get(n)
            return None if value is None else float(value)
        if not isinstance(n, dict):
            return literal(n)
        if "let" in n:
            return self.number(self.version["let"][n["let"]])
        if "if" in n:
            state = self.state(n["if"])
            return None if state is None else self.number(n["then"] if state else n["else"])
        if "years_since" in n:
            return self.years_since(self.row.get(n["years_since"]))
        ((operation, members),) = n.items()
        values = [self.number(member) for member in members]
        known = [value for value in values if value is not None]
        return calculate(operation, known) if len(known) == len(values) else None

    def years_since(self, date: dt.date | None) -> float | None:
        if date is None:
            return None
        years = -200
        while date <= self.day({"as_of": f"-{years + 1}y" if years >= 0 else f"{-years - 1}y"}):
            years += 1
        return float(years)

    # ---- points -------------------------------------------------------------------------

    def named_points(self, name: str) -> tuple[float, float]:
        return self.points(self.part(name))

    def part(self, name: str) -> dict[str, Any]:
        score, _, part_id = name.partition(".")
        part: dict[str, Any] = self.version["scores"][score]
        return find_part(part, part_id) if part_id else part

    def points(self, part: dict[str, Any]) -> tuple[float, float]:
        low, high = self.uncapped(part)
        if part.get("cap"):
            return min(low, part["max"]), min(high, part["max"])
        return low, high

    def uncapped(self, part: dict[str, Any]) -> tuple[float, float]:
        if "bands" in part:
            return self.banded(part["bands"])
        if "points" in part:
            possible = [choice["points"] for choice, _ in self.reachable(part)]
            if all(state is not True for _, state in self.reachable(part)):
                possible.append(part["else"])
            return min(possible), max(possible)
        spans = [self.points(member) for member in part.get("parts") or part["best_of"]]
        if "best_of" in part:
            return max(low for low, _ in spans), max(high for _, high in spans)
        return sum(low for low, _ in spans), sum(high for _, high in spans)

    def banded(self, bands: dict[str, Any]) -> tuple[float, float]:
        test = "gte" if "gte" in bands else "lte"
        number = self.number(bands["of"])
        if number is None:
            every = [points for _, points in bands[test]] + [bands["else"]]
            return min(every), max(every)
        for limit, points in bands[test]:
            if compare(test, number, literal(limit)):
                return points, points
        return bands["else"], bands["else"]

    def reachable(self, part: dict[str, Any]) -> list[tuple[dict[str, Any], State]]:
        """The choices that may give the points: those not excluded, up to the first that holds."""
        found = []
        for choice in part["points"]:
            state = self.state(choice["when"])
            if state is not False:
                found.append((choice, state))
            if state is True:
                break
        return found

    # ---- money --------------------------------------------------------------------------

    def amount(self) -> float | None:
        """What is paid; None where nothing says so, a number is missing or nobody is entitled."""
        if "amount" not in self.version or self.answer() is not True:
            return None
        yuan = self.number(self.version["amount"]["number"])
        return None if yuan is None else rounded(yuan, self.version["amount"].get("round"))

    def amount_missing(self) -> set[str]:
        if "amount" not in self.version or self.answer() is not True:
            return set()
        return self.missing_number(self.version["amount"]["number"])

    # ---- the answer ---------------------------------------------------------------------

    def answer(self) -> State:
        if "classify" not in self.version:
            return self.state(self.version["when"])
        possible = self.possible_values()
        if len(possible) > 1:
            return None
        return possible != {None}

    def value(self) -> str | None:
        if "classify" not in self.version:
            return None
        possible = self.possible_values()
        return possible.pop() if len(possible) == 1 else None

    def possible_rows(self) -> list[tuple[dict[str, Any], State]]:
        states = [(row, self.state(row["when"])) for row in self.version["classify"]["rows"]]
        certain = [(row, state) for row, state in states if state is True]
        return certain or [(row, state) for row, state in states if state is None]

    def possible_values(self) -> set[str | None]:
        """The levels that missing facts leave possible; None stands for "no row applies"."""
        rows = self.possible_rows()
        found: set[str | None] = {level for row, _ in rows for level in self.possible_levels(row)}
        return found if any(state is True for _, state in rows) else found | {None}

    def possible_levels(self, row: dict[str, Any]) -> set[str]:
        found = set()
        *upper, last = self.version["classify"]["levels"]
        for level in upper:
            state = self.reaches(row[level])
            if state is not False:
                found.add(level)
            if state is True:
                return found
        return found | {last}

    def reaches(self, limits: dict[str, Any]) -> State:
        return all_of([self.state({"fact": fact, "gte": limits[fact]}) for fact in limits])

    def failed(self) -> tuple[str, ...]:
        if "classify" in self.version:
            return ()
        return tuple(c["id"] for c in self.clauses() if self.state(c) is False)

    def clauses(self) -> list[dict[str, Any]]:
        when = self.version["when"]
        clauses: list[dict[str, Any]] = when.get("all", [when])
        return clauses

    def is_near_miss(self) -> bool:
        states = [] if "classify" in self.version else [self.state(c) for c in self.clauses()]
        near = states.count(False) == 1 and states.count(True) == len(states) - 1
        return near and self.is_near_enough()

    def is_near_enough(self) -> bool:
        if "near" not in self.version:
            return True
        when = eased(self.version["when"], literal(self.version["near"]["within"]), True, self.day)
        return self.state(when) is True

    # ---- what would settle it -------------------------------------------------------------

    def missing(self) -> set[str]:
        if self.answer() is not None:
            return set()
        if "classify" in self.version:
            return self.missing_in_rows()
        return self.missing_in(self.version["when"])

    def missing_in(self, c: dict[str, Any]) -> set[str]:
        """The facts that keep a condition unknown; it is unknown."""
        for key in ("all", "any", "veto"):
            if key in c:
                return self.missing_among(c[key])
        if "not" in c:
            return self.missing_in(c["not"])
        if "cases" in c:
            return self.missing_in_cases(c["cases"])
        if "at_least" in c:
            return self.missing_among(c["at_least"]["of"])
        if "rule" in c:
            other = self.of_rule(c["rule"])
            return {f"rule:{c['rule']}"} if other is None else other.missing()
        if "score" in c:
            return self.missing_points(self.part(c["score"]))
        return self.missing_number(c["number"]) if "number" in c else {c["fact"]}

    def missing_in_cases(self, cases: list[dict[str, Any]]) -> set[str]:
        """The facts that say which case applies, and those of the cases that still can."""
        if not cases or self.decided(cases) is not None:
            return set()
        first, *rest = cases
        if "else" in first:
            return self.missing_in(first["else"])
        applies = self.state(first["when"])
        found = self.missing_in(first["when"]) if applies is None else set()
        if applies is not False and self.state(first["then"]) is None:
            found |= self.missing_in(first["then"])
        return found if applies is True else found | self.missing_in_cases(rest)

    def missing_among(self, members: list[dict[str, Any]]) -> set[str]:
        found: set[str] = set()
        for member in members:
            if self.state(member) is None:
                found |= self.missing_in(member)
        return found

    def missing_number(self, n: Any) -> set[str]:
        """The facts that keep a number unknown; none if it is known."""
        if self.number(n) is not None:
            return set()
        if isinstance(n, str):
            return {n}
        if "let" in n:
            return self.missing_number(self.version["let"][n["let"]])
        if "years_since" in n:
            return {n["years_since"]}
        if "if" in n:
            state = self.state(n["if"])
            found = self.missing_in(n["if"]) if state is None else set()
            if state is not False:
                found |= self.missing_number(n["then"])
            return found if state is True else found | self.missing_number(n["else"])
        ((_, members),) = n.items()
        return {name for member in members for name in self.missing_number(member)}

    def missing_points(self, part: dict[str, Any]) -> set[str]:
        """The facts that keep points open; none if they are certain."""
        low, high = self.points(part)
        if low == high:
            return set()
        if "bands" in part:
            return self.missing_number(part["bands"]["of"])
        if "points" in part:
            return self.missing_among([choice["when"] for choice, _ in self.reachable(part)])
        members = part.get("parts") or part["best_of"]
        if "best_of" in part:
            floor = max(self.points(member)[0] for member in members)
            members = [member for member in members if self.points(member)[1] > floor]
        return {name for member in members for name in self.missing_points(member)}

    def missing_in_rows(self) -> set[str]:
        found: set[str] = set()
        for row, state in self.possible_rows():
            if state is None:
                found |= self.missing_in(row["when"])
            above: list[State] = []
            for level in self.possible_levels(row):
                above = [negated(self.reaches(row[upper])) for upper in self.upper(level)]
                limits = self.upper(level) + ([level] if level in row else [])
                own = [self.reaches(row[level])] if level in row else []
                if all_of(above + own) is None:
                    found |= self.missing_limits([row[name] for name in limits])
        return found

    def upper(self, level: str) -> list[str]:
        levels: list[str] = self.version["classify"]["levels"]
        return levels[: levels.index(level)]

    def missing_limits(self, levels: list[dict[str, Any]]) -> set[str]:
        return {
            fact
            for limits in levels
            if self.reaches(limits) is None
            for fact in limits
            if self.row.get(fact) is None
        }
