"""Names of places: divisions that a table has, and towns known by how they end."""

from collections.abc import Iterator

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.names import Mention, patterns


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


def towns(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield places known only by how they end."""
    compiled, characters = patterns(lexicon), lexicon.names.edge_characters
    for match in compiled.town.finditer(text):
        if not compiled.edges.search(match[0]) and not characters.intersection(match[0]):
            yield Mention(match.start(), match.end(), match[0], "place")
