"""Statements read by the rules of ``texts.yaml``: sayings, pairs of names, names in quotes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from openzone.engines.reading.pages.lexicon import Lexicon, Pair, Quoted, Saying
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.statements_told import MOST, Told
from openzone.engines.reading.pages.words import any_of

_AROUND = 60


@lru_cache(maxsize=8)
def _marks(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, tuple[Saying, ...]]]:
    """Return a pattern of the marks of all rules, and the rules of each mark."""
    marks: dict[str, tuple[Saying, ...]] = {}
    for rule in lexicon.statements.sayings:
        for mark in rule.marks:
            marks[mark] = (*marks.get(mark, ()), rule)
    return re.compile(any_of(marks)), marks


def sayings(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield what stands around a mark: 是甲集团旗下的…."""
    seen: set[tuple[str, str | int]] = set()
    pattern, rules = _marks(lexicon)
    for hit in pattern.finditer(passage.text):
        for rule in rules[hit[0]]:
            found = _value(passage, rule, *hit.span())
            if found is None or (rule.id, found.value) in seen:
                continue
            seen.add((rule.id, found.value))
            told = _said(passage, rule, found, hit.start(), lexicon.statements.staff)
            if told is not None:
                yield told


def _value(passage: Passage, rule: Saying, low: int, high: int) -> Told | None:
    """Return the value a rule finds around its mark, told of whom the rule itself names."""
    text, clause = passage.text, passage.clauses.at(low)
    first = max(clause.start, low - _AROUND)
    before = rule.before.search(text[first:low])
    behind = rule.behind.match(text, high, min(clause.end, high + _AROUND)) if before else None
    if before is None or behind is None:
        return None
    start, end = low, high
    if "value" in before.groupdict():
        start, end = first + before.start("value"), first + before.end("value")
    elif "value" in behind.groupdict():
        start, end = behind.span("value")
    end = high if rule.whole else end
    subject = behind.groupdict().get("subject")
    if not 0 < end - start <= MOST:
        return None
    told = (rule.type, rule.attribute, text[start:end], start, end, clause.start)
    return Told(*told, rule.id, 0.65, subject)


def _said(
    passage: Passage, rule: Saying, one: Told, low: int, staff: re.Pattern[str]
) -> Told | None:
    """Return a saying with whom it is about: the last name of the rule's kinds before it."""
    if rule.of:
        name = _last_of(passage, rule.of, min(one.start, low), staff)
        if name is None:
            return None
        one = replace(one, subject=None if name.anaphor else name.name)
    times = passage.periods_in(one.start, one.end) if one.attribute.startswith("date") else ()
    return replace(one, value=times[0].value or one.value) if times else one


def _last_of(
    passage: Passage, kinds: frozenset[str], high: int, staff: re.Pattern[str]
) -> Mention | None:
    """Return the last name of some kinds before a place, in its sentence or the one before.

    Whose works they are that somebody speaks about may have been told a paragraph before.
    """
    sentence = passage.sentences.at(high)
    before = passage.sentences.before(high)
    near = before.start if before else sentence.start
    low = max(0 if kinds == _WORKS else near, high - _LOOK)
    for one in reversed(passage.mentions_in(low, high)):
        if kinds == _WORKS and (one.anaphor or _described(passage, one)):
            continue
        if one.kind in kinds and one.end <= high and not staff.match(passage.text, one.end):
            return one
    return None


def _described(passage: Passage, one: Mention) -> bool:
    """Say whether words for works mean no 项目, or what one is said to be: 是…批准的…项目."""
    if not one.name.endswith("项目"):
        return True
    sentence = passage.sentences.at(one.start)
    return "是" in passage.text[max(sentence.start, one.start - _SAID) : one.start]


_SAID = 24
_LOOK = 240
_WORKS = frozenset(("project",))


def pairs(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield what two names side by side say of each other: 甲公司投资建设的乙项目."""
    text = passage.text
    for one, other in zip(passage.mentions, passage.mentions[1:], strict=False):
        if other.start - one.end > _BETWEEN or other.anaphor:
            continue
        for rule in lexicon.statements.pairs:
            if (
                one.kind in rule.first
                and other.kind in rule.second
                and _tied(text, rule, one, other)
            ):
                yield _paired(text, rule, one, other)


_BETWEEN = 14


def _tied(text: str, rule: Pair, one: Mention, other: Mention) -> bool:
    return bool(
        rule.between.fullmatch(text, one.end, other.start)
        and rule.behind.match(text, other.end, other.end + _BETWEEN)
        and not (one.anaphor and rule.value == "first")
    )


def _paired(text: str, rule: Pair, one: Mention, other: Mention) -> Told:
    value, whose = (one, other) if rule.value == "first" else (other, one)
    subject = None if whose.anaphor else whose.name
    span = (value.start, value.end, one.start)
    named = text[value.start : value.end] if value.kind == "place" else value.name
    return Told(rule.type, rule.attribute, named, *span, rule.id, 0.75, subject)


_RUN = re.compile(
    r"[“‘][^“”‘’，。；：\n]{2,18}[”’](?:[、和与]?[“‘][^“”‘’，。；：\n]{2,18}[”’]){0,9}"
)
_INNER = re.compile(r"[“‘]([^“”‘’]+)[”’]")


def quoted(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield names in quotes by the kind told behind them: “示例英才”等惠企政策."""
    seen: set[tuple[str, str]] = set()
    for run in _RUN.finditer(passage.text):
        rule = _kind(passage, run, lexicon)
        if rule is None:
            continue
        for match in _INNER.finditer(run[0]):
            start = run.start() + match.start(1)
            known = (rule.attribute, match[1]) in seen
            seen.add((rule.attribute, match[1]))
            if not known and not lexicon.statements.not_named.search(match[1]):
                yield _named(passage, rule, start, start + len(match[1]), run)


def _kind(passage: Passage, run: re.Match[str], lexicon: Lexicon) -> Quoted | None:
    """Return the first rule that what stands around quotes fits."""
    clause = passage.clauses.at(run.start())
    low, text = max(clause.start, run.start() - _VERB), passage.text
    for rule in lexicon.statements.quoted:
        if rule.behind.match(text, run.end(), run.end() + _TAIL) and rule.before.search(
            text, low, run.start()
        ):
            return rule
    return None


_VERB, _TAIL = 28, 16


def _named(passage: Passage, rule: Quoted, start: int, end: int, run: re.Match[str]) -> Told:
    """Return a name in quotes, where the rule says so with the word for its kind behind it."""
    if rule.whole:
        tail = rule.behind.match(passage.text, run.end(), run.end() + _TAIL)
        start, end = run.start(), tail.end() if tail else run.end()
    value = passage.text[start:end]
    said = passage.clauses.at(run.start()).start
    return Told(rule.type, rule.attribute, value, start, end, said, rule.id, 0.6)


def loans(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield loans by their names: 提供甲贷、乙贷等产品."""
    seen: set[str] = set()
    names = {one.start for one in passage.mentions if one.kind == "enterprise"}
    for match in lexicon.names.products.finditer(passage.text):
        if match[1] not in seen and match.start(1) not in names:
            seen.add(match[1])
            span = (*match.span(1), passage.clauses.at(match.start()).start)
            yield Told("finance", "product", match[1], *span, "product", 0.7)
    if "贷" not in passage.text:
        return
    for run in lexicon.statements.loans.finditer(passage.text):
        at = run.start("names")
        for name in re.split("[、和]", run["names"]):
            if name and name not in seen:
                seen.add(name)
                span = (at, at + len(name), passage.clauses.at(at).start)
                yield Told("finance", "product", name, *span, "product", 0.7)
            at += len(name) + 1


def in_class(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield a title that enterprises named together share: 甲科技和乙药业两家链主企业."""
    for match in lexicon.statements.in_class.finditer(passage.text):
        low = passage.clauses.at(match.start()).start
        end = match.start()
        for one in reversed(passage.mentions_in(max(low, end - _AROUND), end)):
            if one.kind != "enterprise" or passage.text[one.end : end] not in _JOINED:
                break
            span = (match.start("value"), match.end("value"), one.start)
            yield Told(
                "enterprise", "designation", match["value"], *span, "in_class", 0.7, one.name
            )
            end = one.start


_JOINED = frozenset(("", "、", "和", "与", "及", "等"))
