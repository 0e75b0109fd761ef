"""Names as they stand in a text: what a mention is, where a name begins, which of two stays."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from openzone.engines.reading.pages.lexicon import Lexicon, NameRules
from openzone.engines.reading.pages.words import Words, any_of

Kind = Literal["place", "zone", "enterprise", "project", "body"]

LONGEST = 26


class Mention(NamedTuple):
    """A name in a text; ``name`` is the fullest form known of it on the page."""

    start: int
    end: int
    name: str
    kind: Kind
    anaphor: bool = False


@dataclass(frozen=True, slots=True)
class NamePatterns:
    """What the rules for names compile to."""

    places: Words[bool]
    zone: re.Pattern[str]
    anaphora: re.Pattern[str]
    firm_anaphora: re.Pattern[str]
    project_anaphora: re.Pattern[str]
    firm_opening: re.Pattern[str]
    body: re.Pattern[str]
    known: Words[bool]
    quoted: re.Pattern[str]
    company: re.Pattern[str]
    industry: re.Pattern[str]
    brands: Words[str]
    project: re.Pattern[str]
    edges: re.Pattern[str]
    hard: re.Pattern[str]
    town: re.Pattern[str]
    walls: re.Pattern[str]


# A town or a division that no table has, where nothing else can begin: …，唐村镇共有…
_TOWN = (
    r"(?<![^\s，。；：、“（])(?![全我各本该两这一每大占年])(?:(?!全)[\u4e00-\u9fff]){2,3}[市县镇乡]"
    r"(?![场民长委级政中域内外区上下])"
)
# Where a word like 中心 or 企业 can stand for a name told before.
_OPENS = r"(?<![^\s，。；：、“”在到由从把据仅光个座])"


@lru_cache(maxsize=256)
def opening_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Compile words that count only where a clause or what is told of may open."""
    return re.compile(f"{_OPENS}(?:{any_of(words)})")


@lru_cache(maxsize=8)
def patterns(lexicon: Lexicon) -> NamePatterns:
    """Compile the rules for names."""
    rules = lexicon.names
    return NamePatterns(
        places=Words(rules.places),
        zone=re.compile(any_of(rules.zone_suffixes)),
        anaphora=re.compile(any_of(rules.anaphora)),
        firm_anaphora=re.compile(any_of(rules.firm_anaphora)),
        project_anaphora=re.compile(any_of(rules.project_anaphora)),
        firm_opening=re.compile(f"{_OPENS}(?:{rules.firm_opening.pattern})"),
        body=re.compile(any_of(rules.bodies)),
        known=Words(dict.fromkeys(rules.known_zones, True)),
        quoted=re.compile(f"“([^“”，。、]{{1,9}}(?:{any_of(rules.quoted)}))”"),
        company=re.compile(any_of(one for one in rules.enterprise_suffixes if sure(one, rules))),
        industry=re.compile(any_of(_unsure(rules))),
        brands=Words(rules.brands),
        project=re.compile(any_of(rules.project_heads)),
        edges=re.compile(any_of(rules.edge_words)),
        hard=re.compile(any_of(rules.hard_edges)),
        town=re.compile(_TOWN),
        walls=re.compile(f"[{re.escape(''.join(rules.edge_characters))}]|[^\\w&+-]|_"),
    )


class Places:
    """The places of a text, for questions about what begins or lies where."""

    def __init__(self, found: list[Mention]) -> None:
        self.found = found
        self._starts = [one.start for one in found]

    def first_within(self, low: int, high: int) -> Mention | None:
        """Return the first place that begins in a stretch and ends in it."""
        index = bisect_left(self._starts, low)
        if index < len(self.found) and self.found[index].end <= high:
            return self.found[index]
        return None

    def last_end(self, low: int, high: int) -> int:
        """Return where the last name that begins and ends in a stretch ends, else its start."""
        index = bisect_left(self._starts, high) - 1
        inside = index >= 0 and low <= self.found[index].start and self.found[index].end <= high
        return self.found[index].end if inside else low

    def covering(self, position: int) -> Mention | None:
        """Return the place that a position is inside of."""
        index = bisect_left(self._starts, position + 1) - 1
        if index >= 0 and self.found[index].start <= position < self.found[index].end:
            return self.found[index]
        return None


_BRANCH = re.compile(r"（[\u4e00-\u9fff]{2,6}）$")


def left_edge(
    text: str,
    end: int,
    known: Places,
    lexicon: Lexicon,
    *,
    sure: bool = False,
    least: int = 0,
    bracket: bool = False,
) -> int:
    """Return where a name that ends in a suffix at ``end`` begins.

    A name does not cross punctuation or function words, unless they are part of a known place
    (和平区); a place inside the rest is where it begins. A word that would leave fewer than
    ``least`` characters is taken for a part of the name (资源综合开发项目).
    """
    rules, compiled = lexicon.names, patterns(lexicon)
    start = _wall(text, end, known, compiled, bracket=sure or bracket)
    cut = _behind_verbs(text, start, end, known, lexicon) if sure else start
    for match in (compiled.hard if sure else compiled.edges).finditer(text, max(0, cut - 1), end):
        if match.end() <= cut or (sure and _part_of_name(text, cut, match, rules)):
            continue
        if known.covering(match.start()) is None and match.end() <= end - least:
            cut = match.end()
    while cut < end and (text[cut].isdigit() or text[cut] in rules.leading):
        if known.covering(cut) is not None:
            break
        cut += 1
    place = known.first_within(cut, end)
    if (
        place is None
        or text[place.start - 1] == "（"
        or (sure and _brand_before(text, cut, place.start, compiled))
    ):
        return cut
    return place.start


def _behind_verbs(text: str, start: int, end: int, known: Places, lexicon: Lexicon) -> int:
    """Return where a full name begins behind verbs (支持…集团), if what is left can be one."""
    rules, compiled, cut = lexicon.names, patterns(lexicon), start
    while cut < end and known.covering(cut) is None:
        match = compiled.edges.match(text, cut, end)
        if match is None or match[0] == _AND:
            break
        cut = match.end()
    rest = text[cut:end]
    alone = len(rest) < _LEAST or rest in rules.common_stems
    return start if alone or rest.startswith(rules.alias_industry) else cut


_LEAST = 2


def _part_of_name(text: str, start: int, edge: re.Match[str], rules: NameRules) -> bool:
    """Say whether 和 is a part of a name, as nothing it could join is before it: ，鼎和保险."""
    if edge[0] != _AND:
        return False
    before = text[start : edge.start()]
    if not before:
        return start == 0 or text[start - 1] in {"\n", *rules.opens}
    return len(before) == 1 and before not in rules.of_a_kind


_AND = "和"


def _wall(text: str, end: int, known: Places, compiled: NamePatterns, *, bracket: bool) -> int:
    """Return where the characters begin that a name may have, read leftwards from its end."""
    start, floor = end, max(0, end - LONGEST)
    while start > floor:
        start = _last(compiled.walls, text, floor, start)
        if start <= floor:
            break
        place = known.covering(start - 1)
        branch = _branch(text, start) if bracket else None
        if place is None and branch is None:
            break
        start = place.start if place else branch.start() if branch else start
    return start


def _branch(text: str, end: int) -> re.Match[str] | None:
    """Return the bracket a name has inside: …科技（深圳）有限公司."""
    found = _BRANCH.search(text, max(0, end - 8), end) if text[end - 1] == "）" else None
    return found if found and text[max(0, found.start() - 1) : found.start()].isalnum() else None


def _last(walls: re.Pattern[str], text: str, floor: int, start: int) -> int:
    """Return where the last wall before a place ends, else the floor."""
    last = floor
    for match in walls.finditer(text, floor, start):
        last = match.end()
    return last


def _brand_before(text: str, cut: int, start: int, compiled: NamePatterns) -> bool:
    """Say whether a brand stands before the place in a full name: 农夫山泉临江市饮用水有限公司."""
    return 2 <= start - cut <= 4 and not compiled.edges.search(text, cut, start)


def _unsure(rules: NameRules) -> Iterator[str]:
    yield from (one for one in rules.enterprise_suffixes if not sure(one, rules))


def sure(suffix: str, rules: NameRules) -> bool:
    """Say whether a suffix makes a name by itself: …有限公司 does, …科技 may be an industry."""
    return suffix.endswith(rules.sure)


def longest(found: Iterable[Mention]) -> list[Mention]:
    """Return mentions in order, none overlapping; of two the longer stays."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept
