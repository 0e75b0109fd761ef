"""Figures, heads, subjects and times joined to facts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from openzone.engines.reading.pages.head import Head
from openzone.engines.reading.pages.heads import grown, head_of
from openzone.engines.reading.pages.lexicon import Lexicon, RoleRules
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.periods import Period, until
from openzone.engines.reading.pages.records import Fact, quote
from openzone.engines.reading.pages.reports import time_of_part
from openzone.engines.reading.pages.respective import shared, shared_heads
from openzone.engines.reading.pages.roles import Figure, Rank, Role, figures, ranks
from openzone.engines.reading.pages.statements import told
from openzone.engines.reading.pages.subjects import Resolver, Subject

_QUALIFIES = {Role.GROWTH: "yoy_pct", Role.TARGET: "target_pct"}
_OWN_CODE = {Role.STREAK: "streak", Role.CHANGE: "growth_change"}


def facts_of(raw: str, passage: Passage, resolver: Resolver, lexicon: Lexicon) -> Iterator[Fact]:
    """Yield the numeric facts of an article in the order they stand."""
    found = figures(passage, lexicon)
    _tie(found)
    own, heads = shared(passage, found), shared_heads(passage, found)
    facts: list[Fact] = []
    for figure in found:
        if figure.role is Role.NONE or figure.role is Role.FROM or figure.of is not None:
            continue
        head = _head(passage, figure, lexicon, heads.get(figure.index))
        if figure.quantity.spoken and head.rule == "unit:count":
            continue  # 两件事, 两头受气
        facts.append(_fact(raw, passage, figure, head, resolver, lexicon, own.get(figure.index)))
    yield from _timed(facts)
    for rank in ranks(passage, lexicon):
        yield _ranked(raw, passage, rank, resolver, lexicon)


def _timed(facts: list[Fact]) -> Iterator[Fact]:
    """Yield facts; one without a time (of a headline) takes it from where it is told again."""
    times: dict[tuple[str, float | str, str | None], set[str]] = {}
    for fact in facts:
        if fact.period:
            times.setdefault((fact.attribute, fact.value, fact.unit), set()).add(fact.period)
    for fact in facts:
        known = times.get((fact.attribute, fact.value, fact.unit), set())
        again = fact.period is None and len(known) == 1
        yield replace(fact, period=next(iter(known))) if again else fact


def statements_of(
    raw: str, passage: Passage, resolver: Resolver, lexicon: Lexicon
) -> Iterator[Fact]:
    """Yield the facts of an article that have no figure."""
    for one in told(passage, lexicon):
        if one.subject is None:
            subject = resolver.subject(one.start, one.end, one.attribute, one.type)
        else:
            subject = Subject(one.subject, "", 0.8)
        time = period_of(passage, one.start, lexicon)
        period = str(one.value) if one.attribute == "founded" else time and time.value
        firm = subject.kind == "enterprise" and one.type == "zone"
        yield _record(
            raw,
            passage,
            (one.said, one.end),
            subject,
            type="enterprise" if firm else one.type,
            attribute=one.attribute,
            attr_text=one.attribute,
            value=one.value,
            unit=one.unit,
            period=period,
            rule=one.rule,
            confidence=round(one.confidence * 0.6 + subject.confidence * 0.4, 2),
        )


def _tie(found: list[Figure]) -> None:
    """Write growth, targets and starting points into the figures they qualify."""
    for figure in found:
        value = figure.quantity.value
        if figure.of is not None:
            level = found[figure.of]
            signed = -value if figure.negative else value
            times = 100 if figure.quantity.kind == "times" else 1
            name = "mom_pct" if figure.monthly else _QUALIFIES[figure.role]
            level.qualifiers.setdefault(name, signed * times)
            level.end = max(level.end, figure.quantity.end)
        if figure.begun and figure.index + 1 < len(found):
            found[figure.index + 1].qualifiers["from"] = value


def _fact(
    raw: str,
    passage: Passage,
    figure: Figure,
    head: Head,
    resolver: Resolver,
    lexicon: Lexicon,
    own: Mention | None,
) -> Fact:
    one = figure.quantity
    code = _code(figure, head, lexicon.roles.changes)
    subject = resolver.subject(one.start, one.end, head.code, head.type)
    if own is not None:
        subject = Subject(own.name, own.kind, 0.8)
    period = period_of(passage, one.start, lexicon)
    if period is None and head.start < passage.sentences.at(one.start).start:
        period = period_of(passage, head.start, lexicon)
    value = -one.value if figure.negative or head.loss else one.value
    start, end = _quoted(passage, min(head.start, one.start), figure.end)
    return _record(
        raw,
        passage,
        (start, end),
        subject,
        type=_type(head, subject),
        attribute=code,
        attr_text=head.text,
        value=value,
        unit=_unit(passage, figure, head, lexicon.roles),
        period=period.value if period else None,
        rule=head.rule,
        confidence=round(head.confidence * 0.5 + subject.confidence * 0.5, 2),
        qualifiers=_qualifiers(passage, figure, period, lexicon),
    )


def _head(passage: Passage, figure: Figure, lexicon: Lexicon, told: int | None) -> Head:
    found = grown(passage, figure.index, lexicon) if figure.role is Role.GROWTH else None
    return found or head_of(passage, figure.index, lexicon, told)


def _code(figure: Figure, head: Head, changes: Mapping[str, str]) -> str:
    if figure.role is Role.DIFFERENCE:
        return changes.get(head.code, head.code)
    if figure.role in _OWN_CODE:
        return _OWN_CODE[figure.role]
    if figure.role is Role.GROWTH:
        return "growth" if head.code in ("growth", "share", "") else f"{head.code}_yoy"
    return head.code


def _unit(passage: Passage, figure: Figure, head: Head, rules: RoleRules) -> str:
    """Return the unit, for each 亩 or day where the words say so: 亩均税收30.6万元 is in 元/亩."""
    one, unit = figure.quantity, figure.quantity.unit
    if figure.role is not Role.LEVEL:
        return unit
    left = passage.text[passage.clauses.at(one.start).start : one.start]
    if one.kind in _DAILY and "/" not in unit and rules.daily.search(f"{head.text}，{left}"):
        return f"{unit}/天"
    asked = head.code == "threshold" and rules.each_mu.search(left)
    per = head.per or ("亩" if asked else "")
    return f"{unit}/{per}" if per and unit == "元" else unit


_DAILY = frozenset(("capacity", "persons_times"))


def _type(head: Head, subject: Subject) -> str:
    """A place's indicators stay indicators; an enterprise's are facts about the enterprise."""
    if subject.kind == "enterprise" and head.type in ("indicator", "zone"):
        return "enterprise"
    if subject.kind == "project":
        return "project"
    if subject.kind in ("zone", "place") and head.type in ("project", "enterprise"):
        return "indicator"
    return head.type


def _qualifiers(
    passage: Passage, figure: Figure, period: Period | None, lexicon: Lexicon
) -> dict[str, Any]:
    one, rules = figure.quantity, lexicon.roles
    out: dict[str, Any] = dict(figure.qualifiers)
    clause = passage.clauses.at(one.start)
    before = passage.text[clause.start : one.start]
    if one.approx:
        out["approx"] = one.approx
    if one.upper is not None:
        out["note"] = f"{one.value}–{one.upper} {one.unit}"
    if rules.cumulative.search(before) or (period and period.cumulative and one.kind != "count"):
        out["cumulative"] = True
    if rules.forecast.search(before):
        out["forecast"] = True
    return out


def period_of(passage: Passage, position: int, lexicon: Lexicon) -> Period | None:
    """Return the time of a figure: the last before it in its sentence.

    Else the one of the sentence before, if that goes on (其中); the one that opens its paragraph,
    or that its part of a report is about; older times are no better than none.
    """
    sentence = passage.sentences.at(position)
    told = passage.periods_in(_since(passage, sentence.start, lexicon), position)
    for one in reversed(told):
        if one.value == "":
            return None
        if one.value and one.spreads:
            return until(one, told)
    paragraph = passage.paragraphs.at(position)
    first = passage.sentences.at(paragraph.start)
    opening = passage.periods_in(first.start, min(first.start + 12, position))
    for one in opening:
        if one.value and one.spreads:
            return until(one, opening)
    return time_of_part(passage, position, lexicon.reports)


def _since(passage: Passage, start: int, lexicon: Lexicon) -> int:
    """Return where the times of a sentence may begin: with the one before, if that goes on or asks.

    今年前5个月新签约项目9个。其中…; 2020年呢？不过28亿元。
    """
    before = passage.sentences.before(start)
    if before is None:
        return start
    asked = "？" in passage.text[before.end : start]
    return before.start if asked or lexicon.roles.continues.match(passage.text, start) else start


def _ranked(raw: str, passage: Passage, rank: Rank, resolver: Resolver, lexicon: Lexicon) -> Fact:
    subject = resolver.subject(rank.start, rank.end, "rank", "indicator")
    clause = passage.clauses.at(rank.start)
    period = period_of(passage, rank.start, lexicon)
    qualifiers: dict[str, Any] = {"rank_scope": rank.scope} if rank.scope else {}
    if rank.before:
        qualifiers["approx"] = "前"
    return _record(
        raw,
        passage,
        (clause.start, rank.end),
        subject,
        type="enterprise" if subject.kind == "enterprise" else "indicator",
        attribute="rank",
        attr_text=passage.text[max(clause.start, rank.start - 12) : rank.end],
        value=rank.value,
        unit="位",
        period=period.value if period else None,
        rule="rank",
        confidence=round(0.4 + subject.confidence * 0.5, 2),
        qualifiers=qualifiers,
    )


def _quoted(passage: Passage, low: int, high: int) -> tuple[int, int]:
    """Return the clause or clauses around a figure, without the marks at their ends."""
    return min(passage.clauses.at(low).start, low), high


def _record(
    raw: str,
    passage: Passage,
    span: tuple[int, int],
    subject: Subject,
    confidence: float,
    **values: Any,
) -> Fact:
    start, end = span
    while start < end - 1 and passage.text[start] in "\n 、，":
        start += 1
    begin, finish = contiguous(passage, start, end)
    return Fact(
        subject=subject.name,
        candidates=subject.others,
        quote=quote(raw, begin, finish),
        start=begin,
        end=finish,
        article=passage.headline,
        confidence=round(confidence * passage.sure, 2),
        **values,
    )


def contiguous(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Return the place on the page; where another article lies between, only the last part."""
    at = passage.folded.at
    for place in range(end - 1, start, -1):
        if at[place] - at[place - 1] > 60 or at[place] < at[place - 1]:
            start = place
            break
    return passage.folded.raw_span(start, end)
