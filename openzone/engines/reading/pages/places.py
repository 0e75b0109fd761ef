"""Names of places: divisions that a table has, and towns known by how they end."""

import re
from collections.abc import Iterator

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.names import LONGEST, Mention, patterns
from openzone.engines.reading.pages.words import Hit


def places(text: str, lexicon: Lexicon) -> list[Mention]:
    """Return the divisions named in a text; 四川省邛崃市 is one mention, of the narrower place."""
    found: list[Mention] = []
    for hit in _with_towns(text, patterns(lexicon).places.find(text)):
        if found and found[-1].end == hit.start and hit.end - found[-1].start <= LONGEST:
            before = found.pop()
            found.append(Mention(before.start, hit.end, text[before.start : hit.end], "place"))
        else:
            found.append(Mention(hit.start, hit.end, text[hit.start : hit.end], "place"))
    return found


def _with_towns(text: str, found: Iterator[Hit[bool]]) -> Iterator[Hit[bool]]:
    """Yield divisions; one that goes on as a town is the town: 双河 of 双河镇."""
    for hit in found:
        longer = text[hit.end : hit.end + 1] in _TOWNS and text[hit.end - 1] not in _DIVISIONS
        town = None if text[hit.end - 1] not in _DIVISIONS else _TOWN.match(text, hit.end)
        end = town.end() if town else hit.end + 1 if longer else hit.end
        yield hit._replace(end=end)


# 枫木镇 behind its county; 城区乡村 is none
_TOWN = re.compile("(?![城乡全各])[\u4e00-\u9fff]{2}镇(?![长区政级域])")
_TOWNS, _DIVISIONS = frozenset("镇乡"), frozenset("省市县区州盟旗镇乡")


def towns(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield places known only by how they end."""
    compiled, characters = patterns(lexicon), lexicon.names.edge_characters
    for match in compiled.town.finditer(text):
        if not compiled.edges.search(match[0]) and not characters.intersection(match[0]):
            yield Mention(match.start(), match.end(), match[0], "place")
