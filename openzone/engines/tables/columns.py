"""Which field a header means: the vocabulary, and how headers are matched with it."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from openzone.engines.identity.verdict import Verdict
from openzone.engines.tables.headers import HeaderText, normalise, parse_header, split_unit
from openzone.engines.tables.problems import Fault
from openzone.engines.tables.units import EXPECTED, Unit, fits, kind_of
from openzone.engines.text import Text

CLOSE_ENOUGH = 60
SUGGESTIONS = 3
REMEMBERED = 20_000  # headers, so that a vocabulary may live as long as its process

# Group headings that say nothing about the column below them.
_GENERIC_GROUP = re.compile(
    r"(?:企业|单位|公司|基本|基础|主要|登记|注册|经营|财务|经济|生产|效益|人员|职工|科技|创新|研发|投入|产出"
    r"|土地|用地|能耗|其他|相关|运行|发展|年度|统计|指标|情况|信息|数据|概况|资料|状况|明细|部分|内容)+"
)
_GENERIC_LEAF = frozenset(
    {"金额", "数值", "数量", "数", "值", "合计", "小计", "总额", "总计", "实际", "指标值"}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value of a text field, and the words people write for it."""

    value: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One name a column can have.

    `type` is text, number, yuan, ratio, area (m²), date, bool or code; `unit` the unit a number
    is kept in. `series` and `year_offset` tie the yearly fields of one series together
    (revenue, 1 = the last accounting year before `as_of`). `above_one` lets a ratio exceed 100 %;
    `can_be_absent` lets 无 state of a date that there is none, which is not "unknown";
    `precision` (day, month, year) is the least a date must name; `below_zero` lets a count or an
    area be negative; `check` gives a code its standard form, or says why it is none;
    `open_choices` lets a text be something else than one of the choices.
    """

    name: str
    type: str
    unit: str | None
    label_zh: str
    label_en: str
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    required: bool = False
    series: str | None = None
    year_offset: int | None = None
    above_one: bool = False
    can_be_absent: bool = False
    precision: str = "day"
    below_zero: bool = False
    check: Callable[[str], Verdict] | None = None
    open_choices: bool = False

    @property
    def label(self) -> Text:
        """The label in both languages."""
        return Text(self.label_zh, self.label_en)

    @property
    def words(self) -> tuple[str, ...]:
        """Everything a header may call this field."""
        return (self.name, self.label_zh, self.label_en, *self.aliases)

    @property
    def is_measured(self) -> bool:
        """Whether a unit changes the value."""
        return self.type in ("number", "yuan", "ratio", "area")

    @property
    def is_count(self) -> bool:
        """Whether it counts or measures what is there, of which there cannot be less than none."""
        return self.type in ("number", "area", "ratio") and not self.below_zero

    @property
    def expected(self) -> str:
        """Units that may be written for this field."""
        return EXPECTED.get(kind_of(self.type, self.unit), self.unit or "人、家、项、个")


@dataclass(frozen=True, slots=True)
class Match:
    """What a header was taken to mean: the field if one was found, the unit, and any fault."""

    field: Field | None = None
    unit: Unit | None = None
    fault: Fault | None = None


@dataclass(frozen=True)
class Vocabulary:
    """The fields a table may have, indexed by everything a header may call them."""

    fields: tuple[Field, ...]
    _cache: dict[object, Match] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, fields: "Iterable[Field] | Vocabulary") -> "Vocabulary":
        """Build a vocabulary, or pass one through."""
        return fields if isinstance(fields, Vocabulary) else cls(tuple(fields))

    def __getitem__(self, name: str) -> Field:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {each.name: each for each in self.fields}

    @cached_property
    def _exact(self) -> dict[str, list[Field]]:
        """Whole headers, brackets and years included."""
        return self._index(normalise)

    @cached_property
    def _bare(self) -> dict[str, list[Field]]:
        """Headers without unit and year, and the names of series."""
        index = self._index(lambda word: parse_header(word).base)
        for each in self.fields:
            if each.series:
                _add(index, normalise(each.series), each)
        return index

    def _index(self, form: Callable[[str], str]) -> dict[str, list[Field]]:
        index: dict[str, list[Field]] = defaultdict(list)
        for each in self.fields:
            for word in each.words:
                _add(index, form(word), each)
        return dict(index)

    def match(self, parts: tuple[str, ...], as_of: dt.date, title_year: int | None = None) -> Match:
        """Match a header, given as its texts from the top row down."""
        key = (parts, as_of, title_year)
        if key not in self._cache:
            if len(self._cache) >= REMEMBERED:
                self._cache.clear()
            self._cache[key] = self._match(parts, as_of, title_year)
        return self._cache[key]

    def _match(self, parts: tuple[str, ...], as_of: dt.date, title_year: int | None) -> Match:
        if (named := self._named(parts)) is not None:
            return Match(named, _unit_in(parts))
        for header in _readings(parts):
            candidates = self._bare.get(header.base, [])
            if candidates:
                return _choose(header, candidates, "".join(parts), as_of, title_year)
        return Match(None, _unit_in(parts), Fault("column_unknown", {"header": display(parts)}))

    def _named(self, parts: tuple[str, ...]) -> Field | None:
        """The field whose whole name or label the header is, or whose name is its last line."""
        whole = self._exact.get(normalise("".join(parts)), [])
        if len(whole) == 1:
            return whole[0]
        return self._by_name.get(normalise(parts[-1]))

    def closest(self, header: str) -> list[Field]:
        """The fields whose words look most like a header, best first."""
        base = parse_header(header).base or normalise(header)
        found = process.extract(
            base, self._bare.keys(), scorer=fuzz.ratio, limit=8, score_cutoff=CLOSE_ENOUGH
        )
        fields = (each for word, _, _ in found for each in self._bare[word])
        return list({each.name: each for each in fields}.values())[:SUGGESTIONS]


def display(parts: Sequence[str]) -> str:
    """A header as one line for people: 营业收入(万元)/2025年."""
    return "/".join(" ".join(part.split()) for part in parts)


def _add(index: dict[str, list[Field]], word: str, item: Field) -> None:
    if word and item not in index.setdefault(word, []):
        index[word].append(item)


def _readings(parts: tuple[str, ...]) -> Iterator[HeaderText]:
    """The header as a whole, then without what says nothing, then with its unit cut off."""
    texts = [parse_header(part) for part in parts]
    unit = _unit_in(parts)
    dated = next((each for each in reversed(texts) if each.has_year), HeaderText(""))
    bases = [each.base for each in texts if each.base]
    for chosen in _shorter(bases):
        header = HeaderText("".join(chosen), unit, dated.year, dated.back)
        yield header
        if (cut := split_unit(header)) is not None:
            yield cut


def _unit_in(parts: tuple[str, ...]) -> Unit | None:
    units = (parse_header(part).unit for part in reversed(parts))
    return next((unit for unit in units if unit), None)


def _shorter(bases: list[str]) -> Iterator[list[str]]:
    yield bases
    while len(bases) > 1 and bases[-1] in _GENERIC_LEAF:
        bases = bases[:-1]
        yield bases
    while len(bases) > 1 and _GENERIC_GROUP.fullmatch(bases[0]):
        bases = bases[1:]
        yield bases


def _choose(
    header: HeaderText,
    candidates: list[Field],
    text: str,
    as_of: dt.date,
    title_year: int | None,
) -> Match:
    """Pick among the fields that share a bare name, by the year."""
    if len({each.series or each.name for each in candidates}) > 1:
        names = {"header": text, "candidates": listed(candidates)}
        return Match(None, header.unit, Fault("column_ambiguous", names))
    back = header.years_back(as_of)
    if candidates[0].year_offset is None and back in (None, 0, 1):
        fault = Fault("year_ignored", {"header": text, "field": candidates[0].label})
        return Match(candidates[0], header.unit, fault if header.has_year else None)
    if back is not None:
        return _of_year(header, candidates, back, text)
    return _undated(header, candidates, text, as_of, title_year)


def _of_year(header: HeaderText, candidates: list[Field], back: int, text: str) -> Match:
    for each in candidates:
        if each.year_offset == back:
            return Match(each, header.unit)
    names = {"header": text, "candidates": listed(candidates)}
    return Match(None, header.unit, Fault("year_unknown", names))


def _undated(
    header: HeaderText,
    candidates: list[Field],
    text: str,
    as_of: dt.date,
    title_year: int | None,
) -> Match:
    back = None if title_year is None else as_of.year - title_year
    chosen = [each for each in candidates if len(candidates) == 1 or each.year_offset == back]
    if len(chosen) == 1:
        fault = Fault("year_assumed", {"header": text, "field": chosen[0].label})
        return Match(chosen[0], header.unit, fault)
    example = f"{as_of.year - 1}年{text}"
    values = {"header": text, "candidates": listed(candidates), "example": example}
    return Match(None, header.unit, Fault("year_missing", values))


def listed(fields: Sequence[Field]) -> Text:
    """Fields as a list for people, by label and name."""
    return Text(
        "、".join(f"{each.label_zh}（{each.name}）" for each in fields),
        ", ".join(f"{each.label_en} ({each.name})" for each in fields),
    )


def unit_fault(match: Match) -> Fault | None:
    """Why the unit of a header does not fit its field, if so."""
    item, unit = match.field, match.unit
    if item is None or unit is None or not item.is_measured or fits(unit, item.type, item.unit):
        return None
    if unit.kind == "foreign":
        return Fault("foreign_currency", {"unit": unit.text})
    return Fault(
        "unit_mismatch", {"unit": unit.text, "field": item.label, "expected": item.expected}
    )
