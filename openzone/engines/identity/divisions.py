"""Administrative divisions 行政区划, GB/T 2260: codes, names, who lies in whom.

A development zone is not a division: it has no code in the standard and may cross
several. Statistical codes ending 71 to 74 that some lists give to zones are flagged and
answered with the division around them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from openzone.engines.text import Text

Level = Literal["province", "prefecture", "county"]

_CODE = re.compile(r"[0-9]{6}")
_DEPTH: dict[Level, int] = {"province": 2, "prefecture": 4, "county": 6}
_STATISTICAL = frozenset({"71", "72", "73", "74"})


class InvalidDivision(ValueError):  # noqa: N818 - callers read it as the reason it is
    """The text is not a six-digit code; ``reason`` says so in both languages."""

    def __init__(self, text: str) -> None:
        self.reason = Text(
            "“{text}”不是6位数字的行政区划代码",
            "“{text}” is not a six-digit division code",
        ).format(text=text)
        super().__init__(str(self.reason))


@dataclass(frozen=True, slots=True)
class Division:
    """One division.

    ``known`` is False when the table lacks the code; the name is then that of the nearest
    division around it, or empty. ``statistical`` marks a zone code of statistical lists.
    """

    code: str
    name: str
    level: Level
    shorts: tuple[str, ...] = ()
    known: bool = True
    statistical: bool = False

    @property
    def short(self) -> str:
        """The name as spoken: 成都 for 成都市."""
        return self.shorts[0] if self.shorts else self.name


class Divisions:
    """The table of one edition. Rows have ``code``, ``name``, ``short`` and ``bare``.

    ``short`` may hold several forms separated by ``|``; ``bare`` is ``y`` when firms use
    them without the suffix at the head of a name.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]], edition: str = "") -> None:
        self.edition = edition
        self._divisions: dict[str, Division] = {}
        self._by_name: dict[str, list[Division]] = defaultdict(list)
        self._bare: set[str] = set()
        for row in rows:
            self._add(row)

    def _add(self, row: Mapping[str, str]) -> None:
        code = _checked(row["code"])
        shorts = tuple(filter(None, row["short"].split("|")))
        division = Division(code, row["name"], level_of(code), shorts)
        self._divisions[code] = division
        for text in {division.name, *shorts}:
            self._by_name[text].append(division)
        if row["bare"] == "y":
            self._bare.add(code)

    def __len__(self) -> int:
        return len(self._divisions)

    def __iter__(self) -> Iterator[Division]:
        return iter(self._divisions.values())

    def get(self, code: str) -> Division:
        """Return the division, or the nearest one around it with ``known=False``.

        Raises ``InvalidDivision`` only for a text that is not six digits.
        """
        found = self._divisions.get(_checked(code))
        if found:
            return found
        around = self.parent(code)
        return Division(
            code=code,
            name=self._divisions[around].name if around else "",
            level=level_of(code),
            known=False,
            statistical=code[4:] in _STATISTICAL,
        )

    def name(self, code: str) -> str:
        """Return the name alone; for an unknown county, that of its prefecture."""
        return self.get(code).name

    def full_name(self, code: str) -> str:
        """Return the names from the province down: 四川省成都市邛崃市."""
        division = self.get(code)
        around = self.parent(code)
        own = division.name if division.known else ""
        return (self.full_name(around) if around else "") + own

    def parent(self, code: str) -> str | None:
        """Return the nearest division around the code, None above a province.

        Counties held directly by a province or municipality have that as parent.
        """
        _checked(code)
        for around in (code[:4] + "00", code[:2] + "0000"):
            if around != code and around in self._divisions:
                return around
        return None

    def covers(self, ancestor: str, code: str) -> bool:
        """Tell by digits whether ``code`` is ``ancestor`` or lies in it."""
        return covers(ancestor, code)

    def children(self, code: str) -> tuple[Division, ...]:
        """Return the divisions directly under the code, in code order."""
        return tuple(self._divisions[c] for c in sorted(self._divisions) if self.parent(c) == code)

    def find(self, name: str) -> tuple[Division, ...]:
        """Return every division so called, widest first; a path such as 四川省邛崃市 narrows it."""
        name = "".join(name.split())
        found = {division.code: division for division in self._find_path(name)}
        return tuple(sorted(found.values(), key=lambda d: (_DEPTH[d.level], d.code)))

    def _find_path(self, name: str) -> Iterator[Division]:
        yield from self._by_name.get(name, ())
        for cut in range(2, len(name) - 1):
            for around in self._by_name.get(name[:cut], ()):
                for division in self._find_path(name[cut:]):
                    if division.code != around.code and covers(around.code, division.code):
                        yield division

    def place_names(self) -> dict[str, tuple[str, ...]]:
        """Return what may stand as a place in a company name, with the codes it may mean.

        Where a county shares the name of the city or province around it, the wider one is
        meant: 长沙 is 长沙市, 长沙县 keeps its suffix.
        """
        places: dict[str, set[str]] = defaultdict(set)
        for division in self:
            places[division.name].add(division.code)
            if division.code in self._bare:
                for short in division.shorts:
                    places[short].add(division.code)
        return {text: tuple(sorted(_widest(codes))) for text, codes in places.items()}


def _widest(codes: set[str]) -> set[str]:
    return {code for code in codes if not any(covers(other, code) for other in codes - {code})}


def level_of(code: str) -> Level:
    """Return the level the digits of a code state."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def covers(ancestor: str, code: str) -> bool:
    """Tell by digits whether ``code`` is ``ancestor`` or lies in it."""
    return _checked(code).startswith(_checked(ancestor)[: _DEPTH[level_of(ancestor)]])


def _checked(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise InvalidDivision(code)
    return code
