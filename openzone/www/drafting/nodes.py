"""The conditions of a version as a tree of rows that a form can show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.engines.facts.catalogue import Fact
from openzone.engines.rules.language import CONDITION_FORMS
from openzone.engines.rules.problems import Path
from openzone.www.drafting import facts, values
from openzone.www.formats import say

GROUPS = ("all", "any", "veto")
LEAVES = ("fact", "number", "score", "rule")
CARRIED = ("id", "label", "ref", "verified", "note")
MOST_TESTS = 2
FORMS: Mapping[str, Promise] = {
    "all": _("All of these hold"),
    "any": _("At least one of these holds"),
    "veto": _("None of these holds"),
    "at_least": _("At least so many of these hold"),
    "not": _("This does not hold"),
    "cases": _("By case: the first that applies decides"),
    "case": _("For those for whom"),
    "else": _("For all others"),
    "fact": _("Fact"),
    "number": _("Formula"),
    "score": _("Points"),
    "rule": _("Answer of another rule"),
}
OPERATORS: Mapping[str, Promise] = {
    "gte": _("at least (≥)"),
    "gt": _("more than (>)"),
    "lte": _("at most (≤)"),
    "lt": _("less than (<)"),
    "eq": _("equal to (=)"),
    "ne": _("other than (≠)"),
    "is": _("is"),
    "in": _("is one of"),
    "prefix": _("begins with one of"),
    "at_or_before": _("on or before"),
    "at_or_after": _("on or after"),
    "before": _("before"),
    "after": _("after"),
    "known": _("is known"),
}


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a comparison as inputs show it."""

    __test__ = False  # not a test for pytest
    position: int
    operator: str
    value: str

    @property
    def slides(self) -> bool:
        """Whether another threshold can be tried with a slider."""
        return self.operator in values.SIZES and values.as_decimal(self.value) not in (None, 0)


@dataclass(frozen=True)
class Node:
    """One condition. ``path`` leads to it from the version."""

    path: Path
    form: str
    raw: Mapping[str, Any]
    children: tuple["Node", ...]
    movable: bool

    @property
    def key(self) -> str:
        """The path as a part of input names."""
        return ".".join(map(str, self.path))

    @property
    def anchor(self) -> str:
        """The path as an id of the page."""
        return "-".join(map(str, self.path))

    @property
    def word(self) -> Promise:
        """What kind of condition it is."""
        return FORMS[self.form]

    @property
    def is_leaf(self) -> bool:
        """Whether it compares something."""
        return self.form in LEAVES

    @property
    def is_list(self) -> bool:
        """Whether members can be added to it."""
        return self.form in (*GROUPS, "at_least", "cases")

    @property
    def switchable(self) -> bool:
        """Whether its form can be exchanged for another of the same shape."""
        return self.form in GROUPS

    @property
    def label(self) -> Mapping[str, str]:
        """Its name in both languages, empty where it has none."""
        given = self.raw.get("label")
        given = given if isinstance(given, dict) else {}
        return {"zh": str(given.get("zh", "")), "en": str(given.get("en", ""))}

    @property
    def id(self) -> str:
        """Its id, empty where it has none."""
        return str(self.raw.get("id") or "")

    @property
    def ref(self) -> str:
        """The article, empty where none is named."""
        return str(self.raw.get("ref") or "")

    @property
    def least(self) -> str:
        """How many of its members must hold."""
        return str(self.raw.get("at_least", {}).get("n", "")) if self.form == "at_least" else ""

    @property
    def fact(self) -> Fact | None:
        """The fact it is about."""
        return facts.known(self.raw.get("fact")) if self.form == "fact" else None

    @property
    def subject(self) -> str:
        """What it is about, as its input shows it."""
        given = self.raw.get(self.form)
        if self.form == "fact":
            return facts.shown(str(given or ""))
        return given if isinstance(given, str) else values.flow(given)

    @property
    def hint(self) -> str:
        """What kind of value it compares."""
        return facts.described(self.fact) if self.fact else ""

    @property
    def tests(self) -> list[Test]:
        """Its tests, with an empty one where none is written."""
        used = [key for key in OPERATORS if key in self.raw and key not in CARRIED]
        rows = [Test(n, key, self._value(key)) for n, key in enumerate(used)]
        return rows or [Test(0, self.operators[0], "")]

    @property
    def has_room(self) -> bool:
        """Whether a second test can be added."""
        return self.is_leaf and len(self.tests) < MOST_TESTS and self.form != "rule"

    @property
    def spare(self) -> Test:
        """An empty second test."""
        return Test(1, "", "")

    @property
    def slides(self) -> bool:
        """Whether it compares numbers."""
        return self.form in ("number", "score") or bool(self.fact and self.fact.type.is_numeric)

    @property
    def operators(self) -> Sequence[str]:
        """The tests that fit what it is about."""
        return values.operators(self.form, self.fact)

    @property
    def choices(self) -> str:
        """The words that its fact can be, for a hint."""
        choices = self.fact.series.choices if self.fact else {}
        return "、".join(say(label.text) for label in choices.values())

    def _value(self, key: str) -> str:
        return values.write(key, self.raw[key], self.fact)

    def walk(self) -> Iterator["Node"]:
        """Yield it and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(raw: object, path: Path = ("when",), *, movable: bool = False) -> Node:
    """Return the tree of a condition as it stands in the file, however wrong it may be."""
    given: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    form = form_of(given, path)
    return Node(path, form, given, tuple(_children(form, given, path)), movable)


def form_of(raw: Mapping[str, Any], path: Path) -> str:
    """Return the form of a condition; what has none yet is a comparison of a fact."""
    if path[-2:-1] == ("cases",):
        return "else" if "else" in raw else "case"
    return next((form for form in CONDITION_FORMS if form in raw), "fact")


def _children(form: str, raw: Mapping[str, Any], path: Path) -> Iterator[Node]:
    match form:
        case "all" | "any" | "veto" | "cases":
            yield from _members(raw[form], (*path, form))
        case "at_least":
            of = raw[form].get("of") if isinstance(raw[form], Mapping) else None
            yield from _members(of, (*path, form, "of"))
        case "not" | "else":
            yield tree(raw[form], (*path, form))
        case "case":
            yield tree(raw.get("when"), (*path, "when"))
            yield tree(raw.get("then"), (*path, "then"))


def _members(given: object, path: Path) -> Iterator[Node]:
    for number, member in enumerate(given if isinstance(given, list) else ()):
        yield tree(member, (*path, number), movable=True)
