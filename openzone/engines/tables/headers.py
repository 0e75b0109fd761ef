"""Header text → what it names: the bare name, the unit and the year written around it."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from openzone.engines.tables.units import Unit, parse_unit, plain

_BRACKETS = str.maketrans("[]{}【】〔〕〖〗", "()()()()()")
_DECORATION = "*※★☆▲△●\"'“”‘’:;,、。_-"
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.、)](?!\d)|\(?[一二三四五六七八九十]{1,3}[、)]|其中:?)")
_GROUP = re.compile(r"\(([^()]*)\)")
_NOISE = re.compile(
    r"必填|选填|必填项|选填项|可选|可不填|请填写?|下拉选择?|是/否|是或否|有/无|y/n|文本|数字|整数|日期"
    r"|y{4}[-/.年]?m{1,2}(?:[-/.月]?d{1,2}日?)?|(?:格式|例如?|示例|如)[:：].*|(?:加?盖)?公?章|盖章|单选|精确到.*"
)
_UNIT_PREFIX = re.compile(r"^(?:计量|金额|货币)?单位[:：]?")
_UNIT_SUFFIX = re.compile(r"^(.+?)[/_\-:,]([^/_\-:,]+)$")
_YEAR = re.compile(
    r"(?:截至|截止)?(?:fy)?(?<!\d)((?:19|20)\d{2})(?!\d|[-~至—/.]\d|、)"
    r"(?:年度?)?(?:末|底|全年|12月(?:31日|末|底)|1[-~至—]12月)?"
)
_MANY_YEARS = re.compile(r"(?:19|20)\d{2}年?度?[-~至—、](?:19|20)?\d{2}")
_RELATIVE: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"大前年度?"), 3),
    (re.compile(r"上上年度?|前一年度|(?<!以)前年度?"), 2),
    (re.compile(r"上一?年度?(?:末|底)?|去年度?(?:末|底)?"), 1),
    (re.compile(r"lastyear"), 1),
    (re.compile(r"theyearbefore"), 2),
    (re.compile(r"本年度?(?:末|底)?|今年|当年度"), 0),
)
_YEARS_BEFORE = re.compile(r"前([2-9])年度")  # 前2年度 is the year before 前一年度
_YEARS_AGO = re.compile(r"([1-9])yearsago")


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A header taken apart: `base` is the bare name in the form of `units.plain`.

    `year` is an absolute year, `back` a relative one (1 = the year before `as_of`); at most one
    of the two is set.
    """

    base: str
    unit: Unit | None = None
    year: int | None = None
    back: int | None = None

    def years_back(self, as_of: dt.date) -> int | None:
        """How many years before `as_of` the header speaks of, None where it does not say."""
        return as_of.year - self.year if self.year is not None else self.back

    @property
    def has_year(self) -> bool:
        """Whether the header names a year at all."""
        return self.year is not None or self.back is not None


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The form in which headers are compared.

    >>> normalise(" * 企业　名称（全称）：")
    '企业名称(全称)'
    """
    return plain(text).translate(_BRACKETS).strip(_DECORATION)


@lru_cache(maxsize=8192)
def parse_header(text: str) -> HeaderText:
    """Take a header apart.

    >>> parse_header("2025年营业收入（万元）").base
    '营业收入'
    """
    rest = _NUMBERING.sub("", normalise(text))
    if whole := _GROUP.fullmatch(rest):
        rest = whole[1]
    header = _read_brackets(rest)
    header = _read_slash(header)
    return _read_year(header)


def split_unit(header: HeaderText) -> HeaderText | None:
    """Try a unit written straight after the name: 营业收入万元, 研发占比%."""
    if header.unit is not None:
        return None
    for length in range(min(6, len(header.base) - 1), 0, -1):
        unit = parse_unit(header.base[-length:])
        if unit is not None:
            base = header.base[:-length].strip(_DECORATION)
            return replace(header, base=base, unit=unit)
    return None


def unit_of(text: str) -> Unit | None:
    """A cell that is nothing but a unit, bracketed or not: （万元）, 单位：亩."""
    bare = _UNIT_PREFIX.sub("", normalise(text).strip("()"))
    return parse_unit(bare) if bare else None


def _read_brackets(rest: str) -> HeaderText:
    header = HeaderText("")
    kept = ""
    position = 0
    for group in _GROUP.finditer(rest):
        kept += rest[position : group.start()]
        header, words = _read_group(header, group[1])
        kept += f"({','.join(words)})" if words else ""
        position = group.end()
    return replace(header, base=(kept + rest[position:]).strip(_DECORATION))


def _read_group(header: HeaderText, content: str) -> tuple[HeaderText, list[str]]:
    """Unit and year out of one pair of brackets; words that change the meaning are kept."""
    words = []
    for word in re.split(r"[,;、]", content):
        bare = _UNIT_PREFIX.sub("", word)
        dated = _read_year(HeaderText(bare))
        if unit := parse_unit(bare):
            header = replace(header, unit=unit)
        elif dated.has_year and not dated.base:
            header = replace(header, year=dated.year, back=dated.back)
        elif bare and not _NOISE.fullmatch(bare):
            words.append(word)
    return header, words


def _read_slash(header: HeaderText) -> HeaderText:
    match = _UNIT_SUFFIX.match(header.base)
    unit = parse_unit(match[2]) if match and header.unit is None else None
    if match is None or unit is None:
        return header
    return replace(header, base=match[1].strip(_DECORATION), unit=unit)


def _read_year(header: HeaderText) -> HeaderText:
    if header.has_year or _MANY_YEARS.search(header.base):
        return header
    years = list(_YEAR.finditer(header.base))
    if len(years) == 1:
        return replace(header, base=_without(header.base, years[0]), year=int(years[0][1]))
    if years:
        return header
    return _read_relative(header)


def _read_relative(header: HeaderText) -> HeaderText:
    if before := _YEARS_BEFORE.search(header.base):
        return replace(header, base=_without(header.base, before), back=int(before[1]) + 1)
    if ago := _YEARS_AGO.search(header.base):
        return replace(header, base=_without(header.base, ago), back=int(ago[1]))
    for pattern, back in _RELATIVE:
        if match := pattern.search(header.base):
            return replace(header, base=_without(header.base, match), back=back)
    return header


def _without(base: str, match: re.Match[str]) -> str:
    return (base[: match.start()] + base[match.end() :]).replace("()", "").strip(_DECORATION)
