"""Names of zones: a place or a stem with a suffix, a known name, a nickname in quotes."""

import re
from collections import Counter

from openzone.engines.reading.pages.lexicon import Lexicon, NameRules
from openzone.engines.reading.pages.names import (
    LONGEST,
    Mention,
    Places,
    left_edge,
    longest,
    patterns,
)

_SMALL, _SMALL_STEM = ("社区", "街道"), 6

_ANY = "园区"
_OWN = 2
"""A name has as many characters besides what only describes: 先进制造业集聚区 has none."""

_COUNTED = re.compile(r"\d[余多]?[个家大座处条]?|[一二三四五六七八九十两]+[个家次届]")


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
        start = max(left_edge(text, match.start(), known, lexicon, bracket=True), floor)
        for counted in _COUNTED.finditer(text, start, match.start()):
            start = counted.end()
        name = text[start : match.end()]
        joins = found and found[-1].end == start and known.covering(start) is None
        if joins and match.end() - found[-1].start <= LONGEST:
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
        if match[1] not in rules.not_zones
    ]
    return longest([*found, *_parks(text, rules)])


def _parks(text: str, rules: NameRules) -> list[Mention]:
    """Return short names of parks that a page has at least twice."""
    found = list(rules.parks.finditer(text))
    times = Counter(match[0] for match in found)
    return [
        Mention(match.start(), match.end(), match[0], "zone")
        for match in found
        if times[match[0]] > 1
    ]


def bodies(text: str, known: Places, lexicon: Lexicon) -> list[Mention]:
    """Return institutes, incubators and funds: a place or a stem and a suffix."""
    rules, found = lexicon.names, list[Mention]()
    for match in patterns(lexicon).body.finditer(text):
        start = left_edge(text, match.start(), known, lexicon, bracket=True)
        stem = rules.descriptive.sub("", text[start : match.start()])
        if len(stem) >= _OWN and stem not in rules.common_stems:
            found.append(Mention(start, match.end(), text[start : match.end()], "body"))
    found += [
        Mention(match.start(1), match.end(1), match[1], "body")
        for match in rules.products.finditer(text)
    ]
    return found


def _is_zone(name: str, suffix: str, rules: NameRules) -> bool:
    stem = name[: len(name) - len(suffix)]
    if suffix in _SMALL and len(stem) > _SMALL_STEM:
        return False
    if suffix == _ANY and not any(stem[:length] in rules.places for length in (2, 3, 4, 5)):
        return False
    if len(stem) < 2 or name in rules.not_zones or stem in rules.common_stems:
        return False
    return len(rules.descriptive.sub("", stem)) >= _OWN
