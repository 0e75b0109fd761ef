"""Statements read by the rules of ``texts.yaml``: sayings, pairs of names, names in quotes."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from openzone.engines.reading.pages.lexicon import Lexicon, Pair, Quoted, Saying
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.statements_told import MOST, Told
from openzone.engines.reading.pages.words import Words

_AROUND = 60


@lru_cache(maxsize=8)
def _marks(lexicon: Lexicon) -> Words[tuple[Saying, ...]]:
    marks: dict[str, tuple[Saying, ...]] = {}
    for rule in lexicon.statements.sayings:
        for mark in rule.marks:
            marks[mark] = (*marks.get(mark, ()), rule)
    return Words(marks)


def sayings(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield what stands around a mark: 是甲集团旗下的…."""
    seen: set[tuple[str, str]] = set()
    for hit in _marks(lexicon).find(passage.text):
        for rule in hit.value:
            found = _value(passage, rule, hit.start, hit.end)
            if found is None or (rule.id, found[0]) in seen:
                continue
            seen.add((rule.id, found[0]))
            told = _said(passage, rule, found, hit.start)
            if told is not None:
                yield told


def _value(passage: Passage, rule: Saying, low: int, high: int) -> tuple[str, int, int] | None:
    """Return the value a rule finds around its mark, and where."""
    text, clause = passage.text, passage.clauses.at(low)
    before = rule.before.search(text, max(clause.start, low - _AROUND), low)
    if before is None:
        return None
    behind = rule.behind.match(text, high, min(clause.end, high + _AROUND))
    if behind is None:
        return None
    match = before if "value" in before.groupdict() else behind
    inside = "value" in match.groupdict()
    start, end = match.span("value") if inside else (low, high)
    end = high if rule.whole else end
    return (text[start:end], start, end) if 0 < end - start <= MOST else None


def _said(
    passage: Passage, rule: Saying, found: tuple[str, int, int], low: int
) -> Told | None:
    """Return a saying with whom it is about: the last name of the rule's kinds before it."""
    value, start, end = found
    subject: str | None = None
    if rule.of:
        one = _last_of(passage, rule.of, min(start, low))
        if one is None:
            return None
        subject = None if one.anaphor else one.name
    if rule.attribute.startswith("date"):
        times = passage.periods_in(start, end)
        value = times[0].value or value if times else value
    said = passage.clauses.at(low).start
    return Told(rule.type, rule.attribute, value, start, end, said, rule.id, 0.65, subject)


def _last_of(passage: Passage, kinds: frozenset[str], high: int) -> Mention | None:
    """Return the last name of some kinds before a place, in its sentence or the one before."""
    sentence = passage.sentences.at(high)
    before = passage.sentences.before(high)
    low = before.start if before else sentence.start
    for one in reversed(passage.mentions_in(max(low, high - _LOOK), high)):
        if one.kind in kinds and one.end <= high and not _PERSON.match(passage.text, one.end):
            return one
    return None


_LOOK = 120
_PERSON = re.compile("(?:负责人|经理|部|总工|工程师)")


def pairs(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield what two names side by side say of each other: 甲公司投资建设的乙项目."""
    text = passage.text
    for one, other in zip(passage.mentions, passage.mentions[1:], strict=False):
        if other.start - one.end > _BETWEEN or other.anaphor:
            continue
        for rule in lexicon.statements.pairs:
            if one.kind in rule.first and other.kind in rule.second and _tied(
                text, rule, one, other
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
    names = sorted(one.start for one in passage.mentions if one.kind != "place")
    for run in _RUN.finditer(passage.text):
        rule = _kind(passage, run, lexicon)
        if rule is None:
            continue
        for match in _INNER.finditer(run[0]):
            start = run.start() + match.start(1)
            index = bisect_left(names, start)
            known = index < len(names) and names[index] == start
            if known or lexicon.statements.not_named.search(match[1]):
                continue
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
    """Yield loans by their names: 提供成长贷、园保贷等产品."""
    seen: set[str] = set()
    names = {one.start for one in passage.mentions if one.kind == "enterprise"}
    for match in _LOAN.finditer(passage.text):
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


_LOAN = re.compile(r"(?<!简称)[“‘]([\u4e00-\u9fffA-Za-z]{1,8}[贷险])[”’]")


def in_class(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield a title that enterprises named together share: 甲科技和乙锂业两家链主企业."""
    for match in lexicon.statements.in_class.finditer(passage.text):
        low = passage.clauses.at(match.start()).start
        end = match.start()
        for one in reversed(passage.mentions_in(max(low, end - _AROUND), end)):
            if one.kind != "enterprise" or passage.text[one.end : end] not in _JOINED:
                break
            span = (match.start("value"), match.end("value"), one.start)
            yield Told("enterprise", "designation", match["value"], *span, "in_class", 0.7, one.name)
            end = one.start


_JOINED = frozenset(("", "、", "和", "与", "及", "等"))
