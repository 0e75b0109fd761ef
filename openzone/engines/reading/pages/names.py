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
_LONGEST_STEM = 6


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
    quoted: re.Pattern[str]
    company: re.Pattern[str]
    industry: re.Pattern[str]
    brands: Words[bool]
    project: re.Pattern[str]
    edges: re.Pattern[str]
    hard: re.Pattern[str]
    town: re.Pattern[str]
    common: frozenset[str]


# A town or a division that no table has, where nothing else can begin: …，唐村镇共有…
_TOWN = r"(?<![^\s，。；：、“（])(?![全我各本该两这一每大])[\u4e00-\u9fff]{2,3}[市县镇乡](?![场民长委级政中域内外区上下])"


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
        quoted=re.compile(f"“([^“”，。、]{{1,9}}(?:{any_of(rules.quoted)}))”"),
        company=re.compile(any_of(one for one in rules.enterprise_suffixes if _sure(one, rules))),
        industry=re.compile(
            any_of(one for one in rules.enterprise_suffixes if not _sure(one, rules))
        ),
        brands=Words(dict.fromkeys(rules.brands, True)),
        project=re.compile(any_of(rules.project_heads)),
        edges=re.compile(any_of(rules.edge_words)),
        hard=re.compile(any_of(rules.hard_edges)),
        town=re.compile(_TOWN),
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


def towns(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield places known only by how they end."""
    compiled, characters = patterns(lexicon), lexicon.names.edge_characters
    for match in compiled.town.finditer(text):
        if not compiled.edges.search(match[0]) and not characters.intersection(match[0]):
            yield Mention(match.start(), match.end(), match[0], "place")


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


_BRANCH = re.compile(r"（[\u4e00-\u9fff]{2,6}）$")


def left_edge(
    text: str, end: int, known: Places, lexicon: Lexicon, *, sure: bool = False, least: int = 0
) -> int:
    """Return where a name that ends in a suffix at ``end`` begins.

    A name does not cross punctuation or function words, unless they are part of a known place
    (和平区); a place inside the rest is where it begins. A word that would leave fewer than
    ``least`` characters is taken for a part of the name (资源综合开发项目).
    """
    rules, compiled = lexicon.names, patterns(lexicon)
    start = end
    while start > max(0, end - LONGEST):
        one = text[start - 1]
        if one in rules.edge_characters or not (one.isalnum() or one in "-+&"):
            place = known.covering(start - 1)
            branch = _BRANCH.search(text, 0, start) if sure and one == "）" else None
            if place is None and branch is None:
                break
            start = place.start if place else branch.start() if branch else start
            continue
        start -= 1
    cut = start
    for match in (compiled.hard if sure else compiled.edges).finditer(text, start, end):
        if known.covering(match.start()) is None and match.end() <= end - least:
            cut = match.end()
    while cut < end and (text[cut].isdigit() or text[cut] in rules.leading):
        if known.covering(cut) is not None:
            break
        cut += 1
    place = known.first_within(cut, end)
    if place is None or (sure and _brand_before(text, cut, place.start, compiled)):
        return cut
    return place.start


def _brand_before(text: str, cut: int, start: int, compiled: NamePatterns) -> bool:
    """Say whether a brand stands before the place in a full name: 农夫山泉临江市饮用水有限公司."""
    return 2 <= start - cut <= 4 and not compiled.edges.search(text, cut, start)


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
        for counted in _COUNTED.finditer(text, start, match.start()):
            start = counted.end()
        name = text[start : match.end()]
        if found and found[-1].end == start and known.covering(start) is None:
            before = found.pop()  # 天府新区 and 半导体材料产业功能区 are one name
            found.append(
                Mention(before.start, match.end(), text[before.start : match.end()], "zone")
            )
            floor = match.end()
        elif _is_zone(name, match[0], rules):
            found.append(Mention(start, match.end(), name, "zone"))
            floor = match.end()
    found += [
        Mention(hit.start, hit.end, text[hit.start : hit.end], "zone")
        for hit in compiled.known.find(text)
    ]
    found += [
        Mention(match.start(1), match.end(1), match[1], "zone")
        for match in compiled.quoted.finditer(text)
    ]
    return longest(found)


_SMALL, _SMALL_STEM = ("社区", "街道"), 6
_ANY = "园区"
_COUNTED = re.compile(r"\d[余多]?[个家大座处条]?|[一二三四五六七八九十两]+[个家次届]")


def _is_zone(name: str, suffix: str, rules: NameRules) -> bool:
    stem = name[: len(name) - len(suffix)]
    if suffix in _SMALL and len(stem) > _SMALL_STEM:
        return False
    if suffix == _ANY and not any(stem[:length] in rules.places for length in (2, 3, 4, 5)):
        return False
    return len(stem) >= 2 and name not in rules.not_zones and stem not in rules.common_stems


def enterprises(text: str, known: Places, zoned: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """Return enterprises: a stem and a suffix (…有限公司, …科技), or a well-known brand."""
    compiled, walls = patterns(lexicon), Places(zoned)
    found = [
        *_suffixed(text, compiled.company, known, walls, lexicon, sure=True),
        *_suffixed(text, compiled.industry, known, walls, lexicon, sure=False),
    ]
    found += [
        Mention(hit.start, hit.end, text[hit.start : hit.end], "enterprise")
        for hit in compiled.brands.find(text)
    ]
    return longest(found)


def _sure(suffix: str, rules: NameRules) -> bool:
    """Say whether a suffix makes a name by itself: …有限公司 does, …科技 may be an industry."""
    return suffix.endswith(rules.sure)


def _suffixed(
    text: str,
    suffix: re.Pattern[str],
    known: Places,
    walls: Places,
    lexicon: Lexicon,
    *,
    sure: bool,
) -> Iterator[Mention]:
    """Yield names with one of the suffixes; none reaches into a zone's name."""
    floor = 0
    for match in suffix.finditer(text):
        start = max(left_edge(text, match.start(), known, lexicon, sure=sure), floor)
        start = max(start, walls.last_end(start, match.start()))
        stem = text[start : match.start()]
        prefixed = walls.covering(start - 1) is not None
        if _is_enterprise(stem, match, text, known, lexicon.names, sure=sure, prefixed=prefixed):
            yield Mention(start, match.end(), text[start : match.end()], "enterprise")
            floor = match.end()


# Behind these an industry word is an industry (生物医药产业), not the end of a name.
_GOES_ON = re.compile(
    r"高等|互联网|职业|专科|总局|新|产业|行业|领域|技术|制造|企业|集群|板块|市场|学院|大学|人才|园|城|基地|工程|系统|设备|产品|材料|零部件|服务|方面|赛道|体系|[链化业学类局部委厅办处器件式型性]|资源|设施|农业|保护|专业|经济|应用|研究|中心|平台|成果|硅谷|走廊|资金|政策|人员|模式|能力|问题|水平|[贷投创力源]|研发|生产|加工|贸易|运输|配送|安全|建设|项目"
)


def _is_enterprise(
    stem: str,
    match: re.Match[str],
    text: str,
    known: Places,
    rules: NameRules,
    *,
    sure: bool,
    prefixed: bool,
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
    if not 2 <= len(bare) <= (6 if place else 4) or _common(bare, rules) or bare in rules.places:
        return False
    if place is None and stem is bare and known.covering(match.start() - 1):
        return False
    start, end = match.start() - len(stem), match.end()
    return not _GOES_ON.match(text, end) and _evident(
        text, start, end, prefixed=prefixed or place is not None
    )


_TITLE = re.compile(
    r"董事|总经理|负责人|公司|集团|厂|成为|是|已|等|将|副总|创始人|总裁|股份|相关|有关|投资|在|与|和|为|于|、|”|（|，|20\d\d"
)


def _evident(text: str, start: int, end: int, *, prefixed: bool) -> bool:
    """Say whether anything around a possible name speaks for it: a place, a list, a repetition."""
    listed = text[start - 1 : start] in "、“（" or text[end : end + 1] in "、”（"
    if prefixed or listed or _TITLE.match(text, end):
        return True
    return text.find(text[start:end], end) >= 0 or text.find(text[start:end], 0, start) >= 0


def _common(stem: str, rules: NameRules) -> bool:
    """Say whether a stem is, begins or ends with a word that makes no name."""
    known = rules.common_stems
    return stem in known or any(
        stem[:length] in known or stem[-length:] in known
        for length in range(2, min(len(stem), _LONGEST_STEM) + 1)
    )


_LIST = re.compile(
    r"((?:[\u4e00-\u9fffA-Za-z0-9（）·\-]{2,12}、)+[\u4e00-\u9fffA-Za-z0-9·\-]{2,12}?)"
    r"(?:等(?:在内的)?(?:一批|一大批|大批|多家|众多|[\d一二三四五六七八九十百]+余?多?[家个户])?|[\d两三四五六七八九十]+家)"
    r"[^，。；、！？\n（“]{0,12}?(?:企业|公司|厂商|车企|药企|巨头)"
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
                trimmed = _last_part(item, compiled, rules)
            begin = start + len(item) - len(trimmed)
            start += len(item) + 1
            plain = not any(one.isdigit() for one in trimmed)
            if (
                plain
                and 2 <= len(trimmed) <= 10
                and not any(word in trimmed for word in rules.not_listed)
            ):
                yield Mention(begin, begin + len(trimmed), trimmed, "enterprise")


def _last_part(item: str, compiled: NamePatterns, rules: NameRules) -> str:
    """Return what follows the last word or character that ends a name leftwards."""
    cut = max((edge.end() for edge in compiled.edges.finditer(item)), default=0)
    while any(one in rules.edge_characters for one in item[cut:]):
        cut += 1
    return item[cut:]


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
        start = left_edge(text, match.start(), known, lexicon, least=4)
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
