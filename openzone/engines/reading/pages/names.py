"""Names of places, zones, enterprises and projects as they stand in a text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from openzone.engines.reading.pages.lexicon import Lexicon, NameRules
from openzone.engines.reading.pages.words import Words, any_of

Kind = Literal["place", "zone", "enterprise", "project"]
LONGEST = 26


@dataclass(frozen=True, slots=True)
class Mention:
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
    known: Words[bool]
    enterprise: re.Pattern[str]
    brands: Words[bool]
    project: re.Pattern[str]
    edges: re.Pattern[str]
    hard: re.Pattern[str]
    town: re.Pattern[str]
    common: frozenset[str]


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
        known=Words(dict.fromkeys(rules.known_zones, True)),
        enterprise=re.compile(any_of(rules.enterprise_suffixes)),
        brands=Words(dict.fromkeys(rules.brands, True)),
        project=re.compile(any_of(rules.project_heads)),
        edges=re.compile(any_of(rules.edge_words)),
        hard=re.compile(any_of(rules.hard_edges)),
        town=re.compile(r"[\u4e00-\u9fff]{2,3}[镇乡县]|[\u4e00-\u9fff]{2,4}街道"),
        common=frozenset(spelled_stems(rules)),
    )


def spelled_stems(rules: NameRules) -> Iterable[str]:
    """Yield what before an industry word makes no name."""
    return rules.common_stems


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

    def covering(self, position: int) -> Mention | None:
        """Return the place that a position is inside of."""
        index = bisect_left(self._starts, position + 1) - 1
        if index >= 0 and self.found[index].start <= position < self.found[index].end:
            return self.found[index]
        return None


def places(text: str, lexicon: Lexicon) -> list[Mention]:
    """Return the divisions named in a text; 四川省邛崃市 is one mention, of the narrower place."""
    found: list[Mention] = []
    for hit in patterns(lexicon).places.find(text):
        if found and found[-1].end == hit.start:
            before = found.pop()
            found.append(Mention(before.start, hit.end, text[before.start : hit.end], "place"))
        else:
            found.append(Mention(hit.start, hit.end, text[hit.start : hit.end], "place"))
    return found


def left_edge(text: str, end: int, known: Places, lexicon: Lexicon, *, sure: bool = False) -> int:
    """Return where a name that ends in a suffix at ``end`` begins.

    A name does not cross punctuation or function words, unless they are part of a known place
    (和平区); a place inside the rest is where it begins.
    """
    rules, compiled = lexicon.names, patterns(lexicon)
    start = end
    while start > max(0, end - LONGEST):
        one = text[start - 1]
        if one in rules.edge_characters or not (one.isalnum() or one in "-+&"):
            place = known.covering(start - 1)
            if place is None:
                break
            start = place.start
            continue
        start -= 1
    cut = start
    for match in (compiled.hard if sure else compiled.edges).finditer(text, start, end):
        if known.covering(match.start()) is None and match.end() <= end:
            cut = match.end()
    place = known.first_within(cut, end)
    while cut < end and text[cut].isdigit():
        cut += 1
    return place.start if place and place.start >= cut else cut


def zones(text: str, known: Places, lexicon: Lexicon) -> list[Mention]:
    """Return zones: a place or a stem and a suffix, or a name that is known."""
    compiled, rules = patterns(lexicon), lexicon.names
    found: list[Mention] = []
    floor = 0
    for match in compiled.zone.finditer(text):
        if match.start() < floor:
            continue
        place = known.covering(match.start())
        if place and place.end > match.start() and place.end >= match.end():
            continue
        start = max(left_edge(text, match.start(), known, lexicon), floor)
        name = text[start : match.end()]
        if _is_zone(name, match[0], rules):
            found.append(Mention(start, match.end(), name, "zone"))
            floor = match.end()
    found += [
        Mention(hit.start, hit.end, text[hit.start : hit.end], "zone")
        for hit in compiled.known.find(text)
    ]
    return longest(found)


def _is_zone(name: str, suffix: str, rules: NameRules) -> bool:
    stem = name[: len(name) - len(suffix)]
    if len(stem) < 2 or name in rules.not_zones or stem in rules.common_stems:
        return False
    return not any(name == f"{common}{suffix}" for common in rules.common_stems)


def enterprises(text: str, known: Places, lexicon: Lexicon) -> list[Mention]:
    """Return enterprises: a stem and a suffix (…有限公司, …科技), or a well-known brand."""
    compiled, rules = patterns(lexicon), lexicon.names
    found: list[Mention] = []
    floor = 0
    for match in compiled.enterprise.finditer(text):
        if match.start() < floor:
            continue
        sure = match[0].endswith(rules.sure)
        start = max(left_edge(text, match.start(), known, lexicon, sure=sure), floor)
        stem = text[start : match.start()]
        if _is_enterprise(stem, match, text, known, rules, sure=sure):
            found.append(Mention(start, match.end(), text[start : match.end()], "enterprise"))
            floor = match.end()
    found += [
        Mention(hit.start, hit.end, text[hit.start : hit.end], "enterprise")
        for hit in compiled.brands.find(text)
    ]
    return longest(found)


_ENDS_NAME = re.compile(
    r"[，。、；：！？）》”\n（]|等|和|与|及|的|为|在|是|有|将|已|项目|公司|集团|生产|年|董|总|副|负责|落户|入驻|相关|两|三|建|投|签|自|从|通|$"
)


def _is_enterprise(
    stem: str, match: re.Match[str], text: str, known: Places, rules: NameRules, *, sure: bool
) -> bool:
    """Say whether a stem with its suffix is a name rather than an industry (人工智能)."""
    place = known.covering(match.start() - len(stem)) if stem else None
    bare = (
        stem[place.end - place.start :] if place and len(stem) > place.end - place.start else stem
    )
    if sure:
        return len(bare) >= 2 and bare not in rules.common_stems
    if match[0].endswith("公司"):
        return len(bare) >= 2 and not _common(bare, rules)
    if not 2 <= len(bare) <= (6 if place else 4) or _common(bare, rules):
        return False
    if place is None and stem is bare and known.covering(match.start() - 1):
        return False
    return bool(_ENDS_NAME.match(text, match.end()))


def _common(stem: str, rules: NameRules) -> bool:
    """Say whether a stem is, begins or ends with a word that makes no name."""
    return stem in rules.common_stems or any(
        stem.startswith(word) or stem.endswith(word) for word in rules.common_stems if len(word) > 1
    )


_LIST = re.compile(
    r"((?:[\u4e00-\u9fffA-Za-z0-9（）·\-]{2,12}、)+[\u4e00-\u9fffA-Za-z0-9·\-]{2,12}?)"
    r"等?(?:在内的)?(?:一批|一大批|大批|多家|众多|[\d一二三四五六七八九十百]+余?多?[家个户])?"
    r"(?:国内外|全球|世界|国际|行业|知名|重点|龙头|骨干|优质|高新技术|上市|大型|头部|链主|配套|领军|本土|500强|优秀|规上|科技|产业链|大型|代表性){0,3}(?:企业|公司|厂商|车企|药企)"
)


def listed(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the items of lists of enterprises: 甲、乙、丙等5家企业."""
    rules = lexicon.names
    compiled = patterns(lexicon)
    for match in _LIST.finditer(text):
        start = match.start(1)
        items = match[1].split("、")
        for index, item in enumerate(items):
            trimmed = item
            if index == 0:  # the first item has the sentence before it
                for edge in compiled.edges.finditer(item):
                    trimmed = item[edge.end() :]
            begin = start + len(item) - len(trimmed)
            start += len(item) + 1
            if 2 <= len(trimmed) <= 10 and not any(word in trimmed for word in rules.not_listed):
                yield Mention(begin, begin + len(trimmed), trimmed, "enterprise")


_BEST = re.compile(r"第一的([\u4e00-\u9fffA-Za-z0-9]{2,6})(?=[、，。]|等|和|以及|纷纷)")


def best_in_class(text: str) -> Iterator[Mention]:
    """Yield enterprises told by their rank: 隔膜全球第一的恩捷."""
    for match in _BEST.finditer(text):
        if not match[1].endswith(("企业", "公司", "地区", "城市", "国家", "园区")):
            yield Mention(match.start(1), match.end(1), match[1], "enterprise")


_INVESTED = re.compile(
    r"(?:投资|总投资|占地|投资额)[^，。；、]{0,4}?\d[\d.,]*[余多]?(?:亿|万|千)*(?:美元|元|亩)(?:以上)?的([^，。；：！？\n]{2,40}?)(?=[，。；、！？\n]|等|正式|已|顺利|成功|签约|落户|开工|竣工|投产|将|于|在[^线]|预计|进展|主体)"
)


def projects(text: str, known: Places, lexicon: Lexicon) -> list[Mention]:
    """Return projects: what money is put into, and what ends in a word for one."""
    compiled, rules = patterns(lexicon), lexicon.names
    found = [
        Mention(match.start(1), match.end(1), match[1], "project")
        for match in _INVESTED.finditer(text)
        if match[1] not in rules.not_projects
    ]
    for match in compiled.project.finditer(text):
        start = left_edge(text, match.start(), known, lexicon, sure=True)
        name = text[start : match.end()]
        if len(name) - len(match[0]) >= 3 and not _general(name, rules):
            found.append(Mention(start, match.end(), name, "project"))
    return longest(found)


def _general(name: str, rules: NameRules) -> bool:
    """Say whether a name means any project: 重点项目, 招商引资项目."""
    return any(name.endswith(one) for one in rules.not_projects if len(one) > 2)


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
