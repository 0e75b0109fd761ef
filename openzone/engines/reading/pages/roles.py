"""What part a number plays: a level, its growth, its target, a rank, a threshold, nothing."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from openzone.engines.reading.pages.lexicon import Lexicon, RoleRules
from openzone.engines.reading.pages.numerals import number
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.quantities import Quantity


class Role(StrEnum):
    """The parts."""

    LEVEL = "level"
    GROWTH = "growth"
    TARGET = "target"
    SHARE = "share"
    CHANGE = "change"
    DIFFERENCE = "difference"
    STREAK = "streak"
    RANK = "rank"
    FROM = "from"
    NONE = "none"


@dataclass(slots=True)
class Figure:
    """A quantity with its part; ``of`` is the index of the level it qualifies, if any."""

    quantity: Quantity
    index: int
    role: Role
    of: int | None = None
    negative: bool = False
    monthly: bool = False
    """Growth over the month before (环比)."""
    qualifiers: dict[str, object] = field(default_factory=dict)
    begun: bool = False
    """The next figure began here: 由1个增至11个."""
    end: int = 0


_NEAR = 26
_CHANGED = frozenset(("money", "dollars", "count", "firms", "person"))


def figures(passage: Passage, lexicon: Lexicon) -> list[Figure]:
    """Return the part of every quantity of a passage, growth and targets tied to their levels."""
    found: list[Figure] = []
    for index, one in enumerate(passage.quantities):
        figure = _figure(passage, index, one, lexicon, found)
        figure.end = one.end
        found.append(figure)
    _respectively(passage, found)
    return found


_ROW_OF_RATES = re.compile(r"[、和]")


def _respectively(passage: Passage, found: list[Figure]) -> None:
    """Give each level its own rate: 产值9亿元、税收1亿元，分别增长3.2%、5.6%."""
    for index, figure in enumerate(found):
        if figure.role is not Role.GROWTH or figure.of is None:
            continue
        if "分别" not in passage.text[figure.quantity.start - 10 : figure.quantity.start]:
            continue
        rates = [figure]
        for other in found[index + 1 :]:
            between = passage.text[rates[-1].quantity.end : other.quantity.start]
            if other.quantity.kind != "share" or not _ROW_OF_RATES.fullmatch(between):
                break
            rates.append(other)
        levels = [one for one in found[:index] if one.role is Role.LEVEL][-len(rates) :]
        if len(levels) == len(rates):
            for rate, level in zip(rates, levels, strict=True):
                rate.role, rate.of, rate.negative = Role.GROWTH, level.index, figure.negative


def _figure(
    passage: Passage, index: int, one: Quantity, lexicon: Lexicon, before: list[Figure]
) -> Figure:
    rules = lexicon.roles
    clause = passage.clauses.at(one.start)
    left = passage.text[max(clause.start, one.start - _NEAR) : one.start]
    left = _without_rough(left, lexicon)
    right = passage.text[one.end : one.end + 14]
    moved = one.unit == "位" and rules.moved.search(left)
    if moved or _nothing(one, left, right, lexicon):
        return Figure(one, index, Role.NONE)
    if one.kind != "points" and _grown_from(passage, one, left, rules):
        role = Role.LEVEL if rules.dated.search(left) else Role.FROM
        return Figure(one, index, role, begun=True)
    if one.kind in ("share", "times", "points"):
        return _ratio(passage, index, one, left, before, lexicon)
    if one.kind in _CHANGED and rules.change.search(left):
        return Figure(one, index, Role.DIFFERENCE, negative=bool(rules.falling.search(left[-6:])))
    if rules.streak.search(left) and one.kind in ("time", "times_done"):
        return Figure(one, index, Role.STREAK)
    if one.kind == "time":
        timed = _timed(one, left, right, rules) or _second_time(passage, one, before)
        return Figure(one, index, Role.LEVEL if timed else Role.NONE)
    return Figure(one, index, Role.LEVEL)


def _timed(one: Quantity, left: str, right: str, rules: RoleRules) -> bool:
    """Say whether a time tells how long something takes: 用了43天, 2天就办好, but not 近3年建成."""
    if rules.duration.search(left) or one.unit == "工作日":
        return True
    return one.unit != "年" and left[-1:] not in _PASSED and bool(rules.timed.match(right))


def _second_time(passage: Passage, one: Quantity, before: list[Figure]) -> bool:
    """Say whether a time stands in a row behind another: 压缩至21小时和0.6小时."""
    if not before or before[-1].role is not Role.LEVEL or before[-1].quantity.kind != "time":
        return False
    return bool(_ROW_OF_RATES.fullmatch(passage.text, before[-1].quantity.end, one.start))


_PASSED = frozenset("近去来前头后首第年")


def _without_rough(left: str, lexicon: Lexicon) -> str:
    for word in lexicon.approximate.before:
        if left.endswith(word) and len(word) > 1:
            return left[: -len(word)]
    return left[:-1] if left[-1:] in ("约", "近", "超", "逾", "破", "上", "过") else left


def _nothing(one: Quantity, left: str, right: str, lexicon: Lexicon) -> bool:
    """Say whether a number is no fact: an ordinal, an age, a threshold, a name."""
    rules = lexicon.roles
    if one.kind == "bare" and rules.score_before.search(left):
        return False
    if one.kind == "bare" or (one.unit == "" and one.kind != "money"):
        return True
    money = one.kind in ("money", "dollars")
    code = left[-1:].isascii() and left[-1:].isalpha() and not money  # K12, G60, but GDP108.8亿元
    if code or rules.skip_before.search(left) or rules.skip_after.match(right):
        return True
    right = right.removeprefix(one.approx)
    if money and one.spoken and rules.of_size.match(right):
        return True
    if money and one.approx in ("以上", "以内") and rules.threshold_after.match(right):
        return True
    return money and one.approx == "以上" and bool(re.match(r"(?:的)?[\u4e00-\u9fff]", right))


def _ratio(
    passage: Passage, index: int, one: Quantity, left: str, before: list[Figure], lexicon: Lexicon
) -> Figure:
    rules = lexicon.roles
    if one.kind == "points":
        return Figure(one, index, Role.CHANGE, negative=bool(rules.lower.search(left)))
    target = rules.target.search(left)
    if target and (level := _level(passage, before, one, target.start(), left, None)) is not None:
        return Figure(one, index, Role.TARGET, of=level)
    if rules.leads.search(passage.text, max(0, one.start - _NEAR), one.start):
        return Figure(one, index, Role.GROWTH)
    growth = rules.growth.search(left)
    if growth:
        negative = bool(rules.falling.search(growth[0]))
        level = _level(passage, before, one, growth.start(), left, rules.joins)
        figure = Figure(one, index, Role.GROWTH, of=level, negative=negative)
        figure.monthly = "环比" in growth[0]
        return figure
    return Figure(one, index, Role.SHARE if one.kind == "share" else Role.LEVEL)


def _level(
    passage: Passage,
    before: list[Figure],
    one: Quantity,
    offset: int,
    left: str,
    joins: re.Pattern[str] | None,
) -> int | None:
    """Return the level a growth or a target belongs to: the figure just before in the sentence."""
    start = one.start - len(left) + offset if left else one.start
    sentence = passage.sentences.at(one.start)
    until: int | None = None
    for figure in reversed(before):
        if figure.quantity.start < sentence.start:
            return None
        until = until or figure.quantity.end
        if figure.role in (Role.GROWTH, Role.TARGET, Role.NONE):
            if joins is None or figure.role is not Role.NONE:
                continue
            return None
        between = passage.text[until:start]
        return figure.index if joins is None or joins.match(_rough_tail(between)) else None
    return None


def _rough_tail(between: str) -> str:
    return re.sub(r"^(?:以上|左右|多|余)", "", between)


def _grown_from(passage: Passage, one: Quantity, left: str, rules: RoleRules) -> bool:
    """Say whether a number is where another began: 由1个增至11个."""
    following = passage.text[one.end : one.end + 16]
    return bool(rules.begins_at.search(left) and rules.rises.match(following))


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank: 居全市第一, 排名第4位, 榜首; ``before`` says that it is 前10 rather than 10."""

    start: int
    end: int
    value: float
    scope: str
    before: bool = False


@lru_cache(maxsize=8)
def _ranked(lexicon: Lexicon) -> re.Pattern[str]:
    numerals = "[一二三四五六七八九十]{1,3}"
    return re.compile(
        rf"第(?P<n>\d{{1,3}}|{numerals})(?P<u>位|名|方阵)?|(?P<first>{lexicon.roles.rank_first.pattern})"
        rf"|前(?P<top>\d{{1,3}}|{numerals}|百)(?P<u2>位|名|强|列)"
    )


_KIND = (
    "(?:[\\u4e00-\\u9fff]{0,6}(?:园区|经开区|高新区|开发区|县市|区县|城市|行业|企业|市|区|县|类))?"
)
_SCOPE = re.compile(
    rf"(?:全[国省市球区县州]|世界|亚洲|国内|国际|行业|同行业|中国|西部|中部|东部|华[东中南北]|同类|[\u4e00-\u9fff]{{2,3}}[省市县区州]|[省市]){_KIND}(?:中|内|排名|前列)?$"
)


_VERB = re.compile(r"^(?:位居|位列|居|列|排名|排在|稳居|跃居|在)+")


def ranks(passage: Passage, lexicon: Lexicon) -> list[Rank]:
    """Return the ranks told in a passage."""
    rules, text = lexicon.roles, passage.text
    found = []
    for match in _ranked(lexicon).finditer(text):
        clause = passage.clauses.at(match.start())
        left = text[max(clause.start, match.start() - 28) : match.start()]
        verb = rules.rank_verbs.search(left)
        scope = _SCOPE.search(left)
        if not _is_rank(match, text, bool(verb), bool(scope), rules.not_rank):
            continue
        printed = match["n"] or match["top"]
        value = 1 if match["first"] else number("一百" if printed == "百" else printed)
        if value is not None:
            found.append(
                Rank(
                    match.start(),
                    match.end(),
                    value,
                    _VERB.sub("", scope[0]) if scope else "",
                    bool(match["top"]),
                )
            )
    return found


def _is_rank(
    match: re.Match[str], text: str, verb: bool, scope: bool, not_rank: re.Pattern[str]
) -> bool:
    if match["n"] and not match["u"] and not_rank.match(text, match.end()):
        return False
    if match["first"] or match["top"]:
        return verb
    if match["u"]:
        return verb or scope
    return scope or (verb and text[match.end() : match.end() + 1] in "，。；、\n）”")
