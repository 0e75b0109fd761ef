"""Conditions as sentences, for rule pages, editors and proofs."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from openzone.engines.facts.catalogue import Catalogue, FactType
from openzone.engines.rules.check_numbers import Scope, unit_of
from openzone.engines.rules.formats import NO, POINTS, YES, limit_text, plain
from openzone.engines.rules.language import (
    All,
    Any_,
    AsOf,
    AtLeast,
    Case,
    Cases,
    Comparison,
    Condition,
    FactTest,
    Growth,
    If,
    Let,
    Max,
    Mean,
    Min,
    Mul,
    Named,
    Not,
    Number,
    NumberTest,
    Otherwise,
    Ratio,
    RuleTest,
    ScoreTest,
    Sub,
    Sum,
    Veto,
    YearsSince,
    YearStart,
)
from openzone.engines.rules.literals import Offset, Quantity
from openzone.engines.rules.points import part_named
from openzone.engines.rules.schema import Version
from openzone.engines.rules.score_language import Bands
from openzone.engines.text import Text

SIZES: Mapping[str, Text] = {
    "gte": Text("不低于{limit}", "at least {limit}"),
    "gt": Text("高于{limit}", "more than {limit}"),
    "lte": Text("不高于{limit}", "at most {limit}"),
    "lt": Text("低于{limit}", "less than {limit}"),
    "eq": Text("等于{limit}", "equal to {limit}"),
    "ne": Text("不等于{limit}", "not equal to {limit}"),
    "at_or_before": Text("不晚于{limit}", "on or before {limit}"),
    "at_or_after": Text("不早于{limit}", "on or after {limit}"),
    "before": Text("早于{limit}", "before {limit}"),
    "after": Text("晚于{limit}", "after {limit}"),
    "in": Text("为{limit}", "one of {limit}"),
    "prefix": Text("属于{limit}", "within {limit}"),
    "not_in": Text("不为{limit}", "none of {limit}"),
    "not_prefix": Text("不属于{limit}", "not within {limit}"),
}
OPPOSITES: Mapping[str, str] = {
    "gte": "lt",
    "gt": "lte",
    "lte": "gt",
    "lt": "gte",
    "eq": "ne",
    "ne": "eq",
    "at_or_before": "after",
    "at_or_after": "before",
    "before": "at_or_after",
    "after": "at_or_before",
    "in": "not_in",
    "prefix": "not_prefix",
}
_DAYS = ("at_or_before", "at_or_after", "before", "after")
_KNOWN = {True: Text("已知", "known"), False: Text("未知", "not known")}
_ANSWERS = {True: Text("符合", "met"), False: Text("不符合", "not met")}
_CASE, _ELSE = (
    Text("{when}的，{then}", "if {when}: {then}"),
    Text("其他的，{then}", "otherwise: {then}"),
)
_AND, _OR = Text("，且", " and "), Text("，或", " or ")
_NOT = Text("不满足（{inner}）", "not ({inner})")
_VETO = Text("无下列情形：{inner}", "none of: {inner}")
_AT_LEAST = Text("下列至少 {n} 项：{inner}", "at least {n} of: {inner}")
_RULE = Text("“{rule}”", "“{rule}”")
_UNITS = {"d": Text("天", "day"), "m": Text("个月", "month"), "y": Text("年", "year")}
_TODAY = Text("评价日", "the day of evaluation")
_EARLIER = Text("评价日前 {n} {unit}", "{n} {unit} before the day of evaluation")
_LATER = Text("评价日后 {n} {unit}", "{n} {unit} after the day of evaluation")
_THIS_YEAR = Text("评价年度的 1 月 1 日", "1 January of the year of evaluation")
_YEAR_BEFORE = Text(
    "评价年度之前第 {n} 年的 1 月 1 日", "1 January of the year {n} before that of evaluation"
)
_YEAR_AFTER = Text(
    "评价年度之后第 {n} 年的 1 月 1 日", "1 January of the year {n} after that of evaluation"
)
OPERATORS: Mapping[type, Text] = {
    Sum: Text("＋", " + "),
    Sub: Text("－", " − "),
    Mul: Text("×", " × "),
    Ratio: Text("÷", " ÷ "),
}
_IN_BRACKETS = (Sum, Sub, Mul, Ratio, If)
_FUNCTIONS: Mapping[type, Text] = {
    Min: Text("最小值（{inner}）", "smallest of ({inner})"),
    Max: Text("最大值（{inner}）", "largest of ({inner})"),
    Mean: Text("平均值（{inner}）", "mean of ({inner})"),
    Growth: Text("增长率（{inner}）", "growth ({inner})"),
}
_IF = Text("若{condition}，则{then}，否则{otherwise}", "{then} if {condition}, else {otherwise}")
_YEARS = Text("自{date}起的整年数", "completed years since {date}")


def sentence(
    condition: Condition,
    catalogue: Catalogue,
    version: Version | None = None,
    titles: Mapping[str, Text] | None = None,
) -> Text:
    """Write a condition as a sentence in both languages.

    ``version`` names scores and lets, ``titles`` the rules that it refers to.
    """
    return Wording(catalogue, version, titles or {}).condition(condition)


@dataclass(frozen=True)
class Wording:
    """How the names of a version are said.

    ``titles`` are those of the rules that it refers to, ``levels`` the labels of their values.
    ``branch`` tells which way an ``if`` goes where that is known; then only that way is said.
    """

    catalogue: Catalogue
    version: Version | None = None
    titles: Mapping[str, Text] = field(default_factory=dict)
    levels: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    branch: Callable[[If], bool | None] = lambda _: None

    def condition(self, condition: Condition) -> Text:
        """Write a condition."""
        match condition:
            case All():
                return self._list(condition.members, _AND)
            case Any_():
                return self._list(condition.members, _OR)
            case Not():
                return said(_NOT, inner=self.condition(condition.member))
            case Veto():
                return said(_VETO, inner=self._list(condition.members, _OR))
            case AtLeast():
                inner = self._list(condition.at_least.of, Text("；", "; "))
                return said(_AT_LEAST, inner=inner, n=condition.at_least.n)
            case Cases():
                return joined(map(self.case, condition.cases), Text("；", "; "))
            case _:
                tests = joined((text for _, text in self.tests(condition)), _AND)
                space = _space(condition)
                return joined((self.subject(condition), tests), space)

    def case(self, case: Case | Otherwise) -> Text:
        """Write whom a case concerns and what it asks."""
        if isinstance(case, Otherwise):
            return said(_ELSE, then=self._bracketed(case.otherwise, Cases))
        when = self.condition(case.when)
        return said(_CASE, when=when, then=self._bracketed(case.then, Cases))

    def _list(self, members: tuple[Condition, ...], link: Text) -> Text:
        if len(members) == 1:
            return self.condition(members[0])
        return joined((self._bracketed(member, All, Any_, Cases) for member in members), link)

    def _bracketed(self, member: Condition, *forms: type[Condition]) -> Text:
        text = self.condition(member)
        return _bracket(text) if isinstance(member, forms) else text

    # ---- comparisons ----------------------------------------------------------------------

    def subject(self, test: Comparison) -> Text:
        """Write what a comparison is about."""
        match test:
            case FactTest():
                return self._fact(test.fact)
            case NumberTest():
                return self.number(test.number)
            case ScoreTest():
                return self.score(test.score)
            case RuleTest():
                return said(_RULE, rule=self.titles.get(test.rule, Text(test.rule, test.rule)))
        raise TypeError("not a comparison")

    def score(self, name: str) -> Text:
        """Write the label of a score or of its part."""
        score_name, _, part_id = name.partition(".")
        score = self.version.scores.get(score_name) if self.version else None
        part = part_named(score, part_id) if score and part_id else score
        label = part.label if part else None
        return label.text if label else Text(name, name)

    def kind(self, test: Comparison) -> FactType | None:
        """Return what the subject of a comparison measures."""
        if isinstance(test, FactTest) and test.fact in self.catalogue:
            return self.catalogue[test.fact].type
        return self.kind_of(test.number) if isinstance(test, NumberTest) else None

    def kind_of(self, number: Number) -> FactType | None:
        """Return what a number measures, None where it has no unit or the version is not given."""
        if self.version is None:
            return None
        return unit_of(Scope(self.catalogue, self.version), number, ())

    def tests(
        self, test: Comparison, wanted: bool = True, day: dt.date | None = None
    ) -> Iterable[tuple[str, Text]]:
        """Yield the tests of a comparison as (key, sentence without its subject).

        With ``wanted`` False the sentences say the opposite. ``day`` turns days that depend on
        the day of evaluation into days of the calendar.
        """
        for name in test.tests():
            limit = getattr(test, name)
            if isinstance(limit, AsOf | YearStart) and day is not None:
                limit = limit.on(day)
            if limit is not None:
                key = type(test).model_fields[name].alias or name
                yield key, self._test(test, key, limit, wanted)

    def band(self, bands: Bands, key: str, limit: Quantity) -> Text:
        """Write the limit of a band."""
        return said(SIZES[key], limit=_apart(limit_text(limit.value, self.kind_of(bands.of))))

    def _test(self, test: Comparison, key: str, limit: object, wanted: bool) -> Text:
        if key == "known":
            return _KNOWN[limit is wanted]
        if key == "is" and isinstance(limit, str):
            return _ANSWERS[(limit == "met") is wanted]
        if key == "is":
            return YES if limit is wanted else NO
        template = SIZES[key if wanted else OPPOSITES[key]]
        return said(template, limit=self._limit(test, limit))

    def _limit(self, test: Comparison, limit: object) -> Text:
        match limit:
            case Quantity(value=value) if isinstance(test, ScoreTest):
                return _apart(POINTS.format(n=plain(value)))
            case Quantity(value=value):
                return _apart(limit_text(value, self.kind(test)))
            case tuple():
                return _apart(_either(self._word(test, word) for word in limit))
            case _:
                return _apart(day_text(limit))

    def _word(self, test: Comparison, word: str) -> Text:
        if isinstance(test, FactTest) and test.fact in self.catalogue:
            choice = self.catalogue[test.fact].series.choices.get(word)
            return choice.text if choice else Text(word, word)
        known = self.levels.get(test.rule, {}) if isinstance(test, RuleTest) else {}
        return known.get(word, Text(word, word))

    def _fact(self, name: str) -> Text:
        return self.catalogue[name].label if name in self.catalogue else Text(name, name)

    # ---- numbers --------------------------------------------------------------------------

    def number(self, number: Number) -> Text:
        """Write a number as a formula of labels."""
        match number:
            case str():
                return self._fact(number)
            case Quantity(value=value, unit=unit):
                return limit_text(value, unit)
            case Let(name=name):
                known = self.version.let.get(name) if self.version else None
                return Text(name, name) if known is None else self.number(known)
            case YearsSince(fact=fact):
                return said(_YEARS, date=self._fact(fact))
            case Named(label=label):
                return label.text
            case If():
                return self._if(number)
            case Sum() | Sub() | Mul() | Ratio():
                return joined(map(self._operand, number.members), OPERATORS[type(number)])
            case Growth():
                inner = joined(map(self.number, number.members), Text(" → ", " → "))
                return said(_FUNCTIONS[Growth], inner=inner)
            case _:
                inner = joined(map(self.number, number.members), Text("、", ", "))
                return said(_FUNCTIONS[type(number)], inner=inner)

    def _if(self, number: If) -> Text:
        taken = self.branch(number)
        if taken is not None:
            return self.number(number.then if taken else number.otherwise)
        return said(
            _IF,
            condition=self.condition(number.condition),
            then=self.number(number.then),
            otherwise=self.number(number.otherwise),
        )

    def _operand(self, number: Number) -> Text:
        text = self.number(number)
        return _bracket(text) if isinstance(self._behind(number), _IN_BRACKETS) else text

    def _behind(self, number: Number | None) -> Number | None:
        """Return what a ``let`` or a decided ``if`` stands for."""
        if isinstance(number, Let) and self.version is not None:
            return self._behind(self.version.let.get(number.name))
        taken = self.branch(number) if isinstance(number, If) else None
        if isinstance(number, If) and taken is not None:
            return self._behind(number.then if taken else number.otherwise)
        return number


def day_text(day: object) -> Text:
    """Write a day, or its distance from the day of evaluation."""
    match day:
        case AsOf(as_of=Offset(count=0)):
            return _TODAY
        case AsOf(as_of=Offset(count=count, unit=unit)):
            plural = "s" if abs(count) > 1 else ""
            named = Text(_UNITS[unit].zh, _UNITS[unit].en + plural)
            return said(_EARLIER if count < 0 else _LATER, n=abs(count), unit=named)
        case YearStart(year_start=0):
            return _THIS_YEAR
        case YearStart(year_start=years):
            return (_YEAR_BEFORE if years < 0 else _YEAR_AFTER).format(n=abs(years))
        case dt.date():
            return Text(day.isoformat(), day.isoformat())
    raise TypeError("not a day")


def joined(texts: Iterable[Text], link: Text) -> Text:
    """Join texts with a link of each language."""
    found = list(texts)
    return Text(link.zh.join(t.zh for t in found), link.en.join(t.en for t in found))


def said(template: Text, **values: Text | int) -> Text:
    """Fill a template, each language with its own words."""
    zh = {key: value.zh if isinstance(value, Text) else value for key, value in values.items()}
    en = {key: value.en if isinstance(value, Text) else value for key, value in values.items()}
    return Text(template.zh.format(**zh), template.en.format(**en))


def _bracket(text: Text) -> Text:
    return Text(f"（{text.zh}）", f"({text.en})")


def _either(words: Iterable[Text]) -> Text:
    """List alternatives."""
    *first, last = words
    before = joined(first, Text("、", ", "))
    link = " 或 " if last.zh[:1].isascii() else "或"
    return joined((before, last), Text(link, ", ")) if first else last


def _apart(text: Text) -> Text:
    """Set digits and Latin letters off from the Chinese before them."""
    return Text(f" {text.zh}" if text.zh[:1].isascii() else text.zh, text.en)


def _space(test: Comparison) -> Text:
    answers = getattr(test, "is_", None) is not None and isinstance(test, FactTest)
    return Text("：", ": ") if answers else Text("", " is ")
