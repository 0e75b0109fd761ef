"""Chinese company names taken apart: place, brand, trade, legal form, branch.

The places come from outside (see ``Divisions.place_names``); the rest from ``lexicon``.
Splitting is a guess where the name itself is ambiguous: 东方 is a city and a brand.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openzone.engines.identity import lexicon
from openzone.engines.identity.divisions import covers

# The code registration authorities write for firms registered with the State.
NATIONWIDE = "100000"

_BRACKETS = str.maketrans("〔〕【】[]{}〈〉《》「」『』", "()()()()()()()()")
_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\"'“”‘’`,，。;；:：!！?？、]+")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_FORM = re.compile("|".join(lexicon.COMPANY_FORMS))
_ORDINAL = r"(?:第?[一二三四五六七八九十百零\d]+)?"
_BRANCH = re.compile(rf"(?:驻)?{_ORDINAL}(?:{'|'.join(lexicon.BRANCH_WORDS)})$")
_LONGEST_TRADE = max(map(len, lexicon.TRADES))
_LEAST_BRAND = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written in a name and the division codes it may mean (empty: no place)."""

    text: str = ""
    codes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class NameParts:
    """One name taken apart; parts that are absent are empty.

    ``name`` is the normalised whole. ``place`` stands at the head or, without one there,
    in brackets; ``site`` is a bracketed place beside one at the head. ``group`` tells of
    集团; ``note`` is any other bracketed text.
    """

    name: str
    place: Place
    brand: str
    trade: str
    form: str
    branch: str
    site: Place = Place()
    group: bool = False
    note: str = ""

    @property
    def core(self) -> str:
        """Brand and trade: what tells firms of one place apart."""
        return self.brand + self.trade


def normalise(name: str) -> str:
    """Return the name in half-width capitals with one kind of bracket, no blanks or quotes."""
    text = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    return _NOISE.sub("", text).upper()


class NameSplitter:
    """Splits names; ``places`` gives each place text with its possible division codes.

    ``trades`` replaces the shipped trade words.
    """

    def __init__(
        self,
        places: Mapping[str, tuple[str, ...]],
        trades: frozenset[str] = lexicon.TRADES,
    ) -> None:
        self._places = {text: frozenset(codes) for text, codes in places.items()}
        self._longest = max(map(len, places), default=0)
        self._heads = {text[:2] for text in places}
        self._trades = trades

    def split(self, name: str) -> NameParts:
        """Take a name apart; never fails, an unreadable name is all brand."""
        whole = normalise(name)
        main, form, branch = self._cut_form(whole)
        main, brackets = _take_brackets(main)
        group = main.endswith(lexicon.GROUP) and len(main) > len(lexicon.GROUP)
        main = main.removesuffix(lexicon.GROUP) if group else main
        place, core = self._cut_place(main)
        site, note = self._read_brackets(brackets)
        brand, trade = self._cut_trade(core)
        return NameParts(
            name=whole,
            place=place or site,
            brand=brand,
            trade=trade,
            form=form,
            branch=branch,
            site=site if place else Place(),
            group=group or lexicon.GROUP in brackets,
            note=note,
        )

    def _cut_form(self, whole: str) -> tuple[str, str, str]:
        """Return what precedes the legal form, the form, and the branch after it."""
        whole, bracketed = _take_bracketed_form(whole)
        inner = _FORM.search(whole)
        if inner and inner.start() > 0:
            return whole[: inner.start()], inner[0] + bracketed, whole[inner.end() :]
        whole, branch = self._cut_branch(whole)
        for form in lexicon.CLOSING_FORMS:
            if whole.endswith(form) and len(whole) > len(form) + 1:
                return whole.removesuffix(form), form + bracketed, branch
        return whole, bracketed, branch

    def _cut_branch(self, whole: str) -> tuple[str, str]:
        """Cut a branch that follows no legal form, with the place right before it."""
        found = _BRANCH.search(whole)
        if not found or found.start() < _LEAST_BRAND:
            return whole, ""
        start = found.start()
        for length in range(min(self._longest, start - _LEAST_BRAND), 1, -1):
            if whole[start - length : start] in self._places:
                start -= length
                break
        return whole[:start], whole[start:]

    def _cut_place(self, main: str) -> tuple[Place, str]:
        """Cut one place or a path of places (省, 市, 县) from the head."""
        start, codes = 0, frozenset[str]()
        while found := self._place_at(main, start, codes):
            end, codes = found
            start = end
        if start == len(main):
            return Place(), main
        return Place(main[:start], codes), main[start:]

    def _place_at(
        self, text: str, start: int, around: frozenset[str]
    ) -> tuple[int, frozenset[str]] | None:
        if text[start : start + 2] not in self._heads:
            return None
        for end in range(min(len(text), start + self._longest), start + 1, -1):
            codes = self._places.get(text[start:end])
            if codes and (within := _within(codes, around)):
                return end, within
        return None

    def _read_brackets(self, brackets: list[str]) -> tuple[Place, str]:
        site, notes = Place(), []
        for text in brackets:
            if place := self._whole_place(text):
                site = place
            elif text != lexicon.GROUP:
                notes.append(text)
        return site, "".join(notes)

    def _whole_place(self, text: str) -> Place:
        if text == "中国":
            return Place(text, frozenset({NATIONWIDE}))
        place, rest = self._cut_place(text + "\0")
        return place if rest == "\0" else Place()

    def _cut_trade(self, core: str) -> tuple[str, str]:
        """Cut the longest run of trade words from the tail, leaving a brand of two characters."""
        end = len(core)
        while length := self._trade_before(core, end):
            end -= length
        return core[:end], core[end:]

    def _trade_before(self, core: str, end: int) -> int:
        for length in range(min(_LONGEST_TRADE, end - _LEAST_BRAND), 1, -1):
            if core[end - length : end] in self._trades:
                return length
        return 0


def _within(codes: frozenset[str], around: frozenset[str]) -> frozenset[str]:
    if not around:
        return codes
    return frozenset(
        code for code in codes for ancestor in around if code != ancestor and covers(ancestor, code)
    )


def _take_bracketed_form(whole: str) -> tuple[str, str]:
    for match in _BRACKETED.finditer(whole):
        if match[1] in lexicon.BRACKETED_FORMS:
            return whole[: match.start()] + whole[match.end() :], match[0]
    return whole, ""


def _take_brackets(text: str) -> tuple[str, list[str]]:
    found = list(_bracketed(text))
    return _BRACKETED.sub("", text), found


def _bracketed(text: str) -> Iterator[str]:
    for match in _BRACKETED.finditer(text):
        if match[1]:
            yield match[1]
