"""The part of FEEL (OMG DMN 1.5, chapter 10) that conditions of rules can say: a parser.

Boolean expressions over literals and names: `and`, `or`, `not()`, comparisons, `between`, `in` with
lists, ranges and unary tests. Everything else raises `NotExpressibleError` with what it was.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"\\]|\\.)*\")|(?P<number>\d+(?:\.(?!\.)\d+)?|\.\d+)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>\.\.|<=|>=|!=|[-+*/()\[\],<>=.{}:?@]))"
)
SIGNS = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte", "=": "eq", "!=": "ne"}


class NotExpressibleError(Exception):
    """The expression uses what conditions do not have; the message names it."""


@dataclass(frozen=True)
class Value:
    """A literal; None is FEEL's null."""

    value: Any


@dataclass(frozen=True)
class Name:
    """An input of the decision."""

    name: str


@dataclass(frozen=True)
class Logic:
    """`all`, `any` or `not` of members."""

    form: str
    members: tuple["Expression", ...]


@dataclass(frozen=True)
class Compare:
    """Two values and the test between them, as the rule language names it."""

    test: str
    left: Value | Name
    right: Value | Name


Expression = Value | Name | Logic | Compare


def parse(text: str) -> Expression:
    """Parse one expression.

    Raises:
        NotExpressibleError: it is more than conditions can say.

    """
    parser = _Parser(_tokens(text))
    found = parser.either()
    if parser.peek() is not None:
        raise NotExpressibleError(f"“{parser.peek()}”")
    return found


def _tokens(text: str) -> list[str]:
    found, place, text = [], 0, text.strip()
    while place < len(text):
        token = TOKEN.match(text, place)
        if token is None:
            raise NotExpressibleError(f"“{text[place : place + 10]}”")
        found.append(token[0].strip())
        place = token.end()
    return found


class _Parser:
    """Recursive descent, one method per level of the grammar."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def peek(self, ahead: int = 0) -> str | None:
        """Return a token without taking it."""
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def take(self, *wanted: str) -> str | None:
        """Take the next token if it is one of these."""
        token = self.peek()
        if token in wanted:
            self.place += 1
            return token
        return None

    def expect(self, wanted: str) -> None:
        """Take this token."""
        if self.take(wanted) is None:
            raise NotExpressibleError(f"“{self.peek() or 'an end'}”")

    def either(self) -> Expression:
        """Disjunction."""
        members = [self.both()]
        while self.take("or"):
            members.append(self.both())
        return members[0] if len(members) == 1 else Logic("any", tuple(members))

    def both(self) -> Expression:
        """Conjunction."""
        members = [self.comparison()]
        while self.take("and"):
            members.append(self.comparison())
        return members[0] if len(members) == 1 else Logic("all", tuple(members))

    def comparison(self) -> Expression:
        """A value, and perhaps what it is compared with."""
        left = self.primary()
        if sign := self.take(*SIGNS):
            return Compare(SIGNS[sign], _simple(left), _simple(self.primary()))
        if self.take("between"):
            low = _simple(self.primary())
            self.expect("and")
            high = _simple(self.primary())
            return _within(_simple(left), low, high, "gte", "lte")
        if self.take("in"):
            return self.tests(_simple(left))
        return left

    def tests(self, left: Value | Name) -> Expression:
        """What follows `in`: one test, several in round brackets, or a list."""
        if self.peek() == "(" and not self.is_range():
            return self.several(left, "(", ")")
        if self.peek() == "[" and not self.is_range():
            return self.several(left, "[", "]")
        return self.test(left)

    def several(self, left: Value | Name, first: str, last: str) -> Expression:
        """Any of several tests."""
        self.expect(first)
        members = [self.test(left)]
        while self.take(","):
            members.append(self.test(left))
        self.expect(last)
        return members[0] if len(members) == 1 else Logic("any", tuple(members))

    def test(self, left: Value | Name) -> Expression:
        """A range, a sign with an end, or a value."""
        if self.is_range():
            return self.range(left)
        sign = self.take(*SIGNS)
        return Compare(SIGNS[sign or "="], left, _simple(self.primary()))

    def is_range(self) -> bool:
        """Whether a bracket opens a range."""
        if self.peek() not in ("[", "(", "]"):
            return False
        depth = 0
        for token in self.tokens[self.place + 1 :]:
            if token == ".." and depth == 0:
                return True
            if token == "," and depth == 0:
                return False
            depth += (token in ("(", "[")) - (token in (")", "]"))
            if depth < 0:
                return False
        return False

    def range(self, left: Value | Name) -> Expression:
        """`[a..b]`, with round or outward brackets for ends that do not belong."""
        first = "gte" if self.take("[", "(", "]") == "[" else "gt"
        low = _simple(self.primary())
        self.expect("..")
        high = _simple(self.primary())
        last = self.take("]", ")", "[")
        if last is None:
            raise NotExpressibleError("a range without an end")
        return _within(left, low, high, first, "lte" if last == "]" else "lt")

    def primary(self) -> Expression:
        """A literal, a name, a bracket, `not(…)` or `date(…)`."""
        token = self.peek()
        if token is None:
            raise NotExpressibleError("an end")
        self.place += 1
        if token == "(":
            inner = self.either()
            self.expect(")")
            return inner
        if token == "-" and (self.peek() or "")[:1].isdigit():
            self.place += 1
            return Value(-float(self.tokens[self.place - 1]))
        if self.peek() == "(" and token in ("not", "date"):
            return self.call(token)
        return self.atom(token)

    def call(self, name: str) -> Expression:
        """One of the two functions."""
        self.expect("(")
        inner = self.either()
        self.expect(")")
        if name == "not":
            return Logic("not", (inner,))
        try:
            return Value(dt.date.fromisoformat(inner.value))  # type: ignore[union-attr]
        except (AttributeError, TypeError, ValueError):
            raise NotExpressibleError("date() of something else than a text") from None

    def atom(self, token: str) -> Expression:
        """A literal or a name."""
        if token[0] == '"':
            return Value(token[1:-1])
        if token[0].isdigit() or (token[0] == "." and len(token) > 1 and token != ".."):
            return Value(float(token))
        if token in ("true", "false", "null"):
            return Value({"true": True, "false": False, "null": None}[token])
        if not re.fullmatch(r"[A-Za-z_]\w*", token) or self.peek() in ("(", ".", "["):
            raise NotExpressibleError(f"“{token}{self.peek() or ''}”")
        return Name(token)


def _simple(side: Expression) -> Value | Name:
    if isinstance(side, Value | Name):
        return side
    raise NotExpressibleError("a comparison of a condition")


def _within(
    left: Value | Name, low: Value | Name, high: Value | Name, first: str, last: str
) -> Expression:
    return Logic("all", (Compare(first, left, low), Compare(last, left, high)))
