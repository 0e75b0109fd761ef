"""Names of enterprises: by their suffix, in lists, by their rank."""

import re
from collections.abc import Iterator

from openzone.engines.reading.pages.lexicon import NO_BRAND, Lexicon, NameRules
from openzone.engines.reading.pages.names import (
    Mention,
    NamePatterns,
    Places,
    left_edge,
    longest,
    patterns,
)

_LONGEST_STEM = 6
_BRAND = 2


def enterprises(text: str, known: Places, zoned: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """Return enterprises: a stem and a suffix (…有限公司, …科技), or a well-known brand."""
    compiled, walls = patterns(lexicon), Places(zoned)
    found = [
        *_suffixed(text, compiled.company, known, walls, lexicon, sure=True),
        *_suffixed(text, compiled.industry, known, walls, lexicon, sure=False),
    ]
    found += [
        Mention(hit.start, hit.end, hit.value, "enterprise")
        for hit in compiled.brands.find(text)
        if hit.value != NO_BRAND and not _inside(text, hit.start, hit.end, lexicon.names)
    ]
    return longest(found)


def _inside(text: str, start: int, end: int, rules: NameRules) -> bool:
    """Say whether a brand is part of something else: 三星 of 三星湖, a number of a longer one."""
    if rules.brand_goes_on.match(text, end):
        return True
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    return (before.isdigit() and text[start].isdigit()) or (
        behind.isdigit() and text[end - 1].isdigit()
    )


_RUNS_ON = re.compile(r"（[\u4e00-\u9fff]{2,6}）(?:股份)?有限(?:责任)?公司")
_LEGAL_FORMS = ("有限", "责任")


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
        if text.endswith(_LEGAL_FORMS, 0, match.start()):
            continue  # 公司 in 有限公司 is no suffix of its own
        if sure and _RUNS_ON.match(text, match.end()):
            continue  # 集团（苏州）有限公司 ends later
        if not sure and text.startswith(_COMPANY, match.end()):
            continue  # …新材料公司 ends later
        if not sure and _goes_on(text, match, lexicon.names):
            continue
        start = max(left_edge(text, match.start(), known, lexicon, sure=sure), floor)
        start = max(start, walls.last_end(start, match.start()))
        stem = text[start : match.start()]
        prefixed = walls.covering(start - 1) is not None
        if _is_enterprise(stem, match, text, known, lexicon.names, sure=sure, prefixed=prefixed):
            yield Mention(start, match.end(), text[start : match.end()], "enterprise")
            floor = match.end()


def _goes_on(text: str, match: re.Match[str], rules: NameRules) -> bool:
    """Say whether an industry is told, where a place alone would make no name of the word."""
    if match[0].endswith("公司") or match[0].endswith(rules.with_place):
        return False
    return rules.goes_on.match(text, match.end()) is not None


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
    whole = place is not None and bare == stem
    if _COUNTED.search(bare) or (not sure and _NO_NAME.search(bare)):
        return False
    if match[0].endswith(rules.with_place) and (whole or stem.startswith("中国")):
        return True
    if sure:
        return len(bare) >= 2 and not whole and bare not in rules.common_stems
    if match[0].endswith("公司"):
        named = place is not None and len(bare) > _BRAND and bare[:_BRAND] not in rules.common_stems
        return len(bare) >= 2 and (named or not _common(bare, rules))
    if not 2 <= len(bare) <= (6 if place else 4) or _common(bare, rules) or bare in rules.places:
        return False
    if place is None and stem is bare and known.covering(match.start() - 1):
        return False
    start, end = match.start() - len(stem), match.end()
    return not rules.goes_on.match(text, end) and _evident(
        text, start, end, rules, prefixed=prefixed or place is not None
    )


_COMPANY = "公司"
# 管委会+公司, 有做轴承的, 建4条储能产线
_NO_NAME = re.compile(r"[+做\d]")
_COUNTED = re.compile(r"第?\d+[余多]?[家个]")
_HERE = re.compile(r"[区园县市][内里]?的$|[内里]的$|[，。；：“”\n的在和与给由对让把是像]$|^$")


def _evident(text: str, start: int, end: int, rules: NameRules, *, prefixed: bool) -> bool:
    """Say whether anything around a possible name speaks for it: a place, a list, a repetition."""
    listed = text[start - 1 : start] in "、“（" or text[end : end + 1] in "、”（"
    if prefixed or listed or rules.title.match(text, end) or _HERE.search(text[:start][-4:]):
        return True
    name = text[start:end]
    return name in text[end : end + _AROUND] or name in text[max(0, start - _AROUND) : start]


_AROUND = 5000


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
_NAMED_AS = re.compile(
    r"以((?:[\u4e00-\u9fffA-Za-z0-9·\-]{2,12}、)*[\u4e00-\u9fffA-Za-z0-9·\-]{2,12}?)"
    r"等?[^，。；、！？\n（“]{0,10}?为(?:代表|龙头|引领|链主)"
)
_ROW = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z0-9·]{2,14}、){2,}[\u4e00-\u9fffA-Za-z0-9·]{2,14}?(?=等|和|及|，|。|；)"
)


def listed(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the items of lists of enterprises: 甲、乙、丙等5家企业, 以甲、乙为代表."""
    for match in (*_rows(_LIST, text), *_NAMED_AS.finditer(text)):
        yield from _items(match.start(1), match[1], lexicon)


_STOPS = re.compile(r"[，。；：！？\n]")


def _rows(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the rows of a text, looked for only in clauses with a mark between items."""
    at = 0
    while (mark := text.find("、", at)) >= 0:
        stop = _STOPS.search(text, mark, mark + _LONGEST_ROW)
        end = stop.end() if stop else min(len(text), mark + _LONGEST_ROW)
        yield from pattern.finditer(text, max(at, mark - _LONGEST_FIRST), end)
        at = end


_LONGEST_FIRST, _LONGEST_ROW = 14, 300


def in_rows(text: str, found: list[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the other items of a row of which two are known enterprises already."""
    ends = {one.end for one in found}
    for match in _rows(_ROW, text):
        items = list(_items(match.start(), match[0], lexicon))
        known = sum(one.end in ends for one in items)
        ended = text.startswith("等", match.end())
        if known >= _KNOWN_IN_ROW or (
            known and ended and all(_brandlike(one, lexicon) for one in items)
        ):
            yield from items


def _brandlike(one: Mention, lexicon: Lexicon) -> bool:
    return len(one.name) <= _LONGEST_BRAND and not _common(one.name, lexicon.names)


_LONGEST_BRAND = 5


_KNOWN_IN_ROW = 2


def _items(start: int, row: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the items of a row that can be names; the first has the sentence before it."""
    rules = lexicon.names
    for index, item in enumerate(row.split("、")):
        name = item if index else _last_part(item, patterns(lexicon), rules)
        end = start + len(item)
        if _can_be_named(name, rules):
            yield Mention(end - len(name), end, name, "enterprise")
        start = end + 1


def _can_be_named(name: str, rules: NameRules) -> bool:
    fits = 2 <= len(name) <= _LONGEST_ITEM and not any(one.isdigit() for one in name)
    return fits and name not in rules.places and not any(word in name for word in rules.not_listed)


_LONGEST_ITEM = 10


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
