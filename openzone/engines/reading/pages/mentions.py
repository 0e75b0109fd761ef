"""All names of an article, each by its fullest form, pronouns included."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from openzone.engines.reading.pages.aliases import (
    by_beginning,
    find_short,
    fullest,
    short_forms,
    zone_forms,
    zone_stems,
    zone_words,
    zones_alike,
)
from openzone.engines.reading.pages.enterprises import best_in_class, enterprises, in_rows, listed
from openzone.engines.reading.pages.lexicon import Lexicon, NameRules
from openzone.engines.reading.pages.names import (
    Mention,
    Places,
    longest,
    opening_words,
    patterns,
    sure,
)
from openzone.engines.reading.pages.places import places, towns
from openzone.engines.reading.pages.projects import projects
from openzone.engines.reading.pages.quantities import Quantity
from openzone.engines.reading.pages.words import Words
from openzone.engines.reading.pages.zones import bodies, zones

# A place followed by these is part of the name of an institution.
_INSIDE = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:大学|学院|研究院|研究所|医院|中学|小学|海关|日报|师范|实验室)"
)
_PLACE_END = re.compile(r"[省市县区州盟旗镇乡]$")


class Named(NamedTuple):
    """The names of a text in order, none overlapping, and enterprises in the names of projects."""

    mentions: list[Mention]
    inside: list[Mention]


def mentions(text: str, quantities: Sequence[Quantity], lexicon: Lexicon) -> Named:
    """Return the names of a text, each by its fullest form."""
    here = [one for one in places(text, lexicon) if not _INSIDE.match(text, one.end)]
    known = Places(here)
    zoned = zones(text, known, lexicon)
    called = zone_forms(text, zoned)
    zoned = longest([*zoned, *find_short(text, called, "zone")])
    firms = longest(
        [*enterprises(text, known, zoned, lexicon), *listed(text, lexicon), *best_in_class(text)]
    )
    firms = longest([*firms, *in_rows(text, firms, lexicon)])
    forms = short_forms(text, firms, lexicon.names.places, lexicon.names)
    firms = longest([*find_short(text, forms), *firms])
    works = _single(projects(text, known, lexicon), quantities)
    here = longest([*here, *towns(text, lexicon), *_short_places(text, here)])
    other = [*zone_stems(text, zoned, lexicon.names), *bodies(text, known, lexicon)]
    types = zone_words(zoned, lexicon.names)
    found = longest([*here, *zoned, *firms, *works, *other, *_anaphora(text, types, lexicon)])
    inside = _inside(firms, found, lexicon.names)
    full = _named_in_full([*found, *inside], lexicon.names)
    return Named(full[: len(found)], full[len(found) :])


def _inside(firms: list[Mention], found: list[Mention], rules: NameRules) -> list[Mention]:
    """Return the enterprises whose name a project's name holds: 示例集团 of 示例集团总部项目.

    An industry may be what the project is of (光伏电站), so the name must be sure by itself.
    """
    works = Places([one for one in found if one.kind == "project" and not one.anaphor])
    return [
        one
        for one in firms
        if (work := works.covering(one.start))
        and one.end <= work.end
        and (sure(one.name, rules) or one.name in rules.brands)
    ]


def _short_places(text: str, here: list[Mention]) -> list[Mention]:
    """Return where the short form of a place stands that the text names in full: 潼南 of 潼南区."""
    forms = {
        one.name[-len(short) - 1 :]: short
        for one in here
        if len(short := _PLACE_END.sub("", one.name.rsplit("省")[-1].rsplit("市")[-1] or one.name))
        >= 2
    }
    words = Words({short: full for full, short in forms.items() if len(short) < len(full)})
    return [
        Mention(hit.start, hit.end, hit.value, "place")
        for hit in words.find(text)
        if not _INSIDE.match(text, hit.end)
    ]


def _single(found: list[Mention], quantities: Sequence[Quantity]) -> list[Mention]:
    """Leave out projects that are counted: in 产业项目12个 no project is named."""
    starts = {one.start for one in quantities}
    ends = {one.end for one in quantities if one.kind == "count"}
    return [
        one
        for one in found
        if one.end not in starts and not any(one.start - gap in ends for gap in range(3))
    ]


def _anaphora(text: str, types: Iterable[str], lexicon: Lexicon) -> list[Mention]:
    """Return words that stand for a name told before: 该区, 全市, 该公司, 产业园."""
    found = [
        Mention(match.start(), match.end(), match[0], "zone", anaphor=True)
        for match in patterns(lexicon).anaphora.finditer(text)
    ]
    found += [
        Mention(match.start(), match.end(), match[0], "enterprise", anaphor=True)
        for match in patterns(lexicon).firm_anaphora.finditer(text)
    ]
    found += [
        Mention(match.start(), match.end(), match[0], "project", anaphor=True)
        for match in patterns(lexicon).project_anaphora.finditer(text)
    ]
    found += [
        Mention(match.start(), match.end(), match[0], "body", anaphor=True)
        for match in opening_words((*lexicon.names.opening, *types)).finditer(text)
    ]
    found += [
        Mention(match.start(), match.end(), match[0], "enterprise", anaphor=True)
        for match in patterns(lexicon).firm_opening.finditer(text)
    ]
    return found


def _named_in_full(found: list[Mention], rules: NameRules) -> list[Mention]:
    """Give every mention the fullest form of its name, kind by kind."""
    forms = {
        kind: fullest(one.name for one in found if _family(one) == kind and not one.anaphor)
        for kind in ("area", "enterprise", "project", "body")
    }
    firms = forms["enterprise"]
    begun = by_beginning(firms.values(), rules.places, rules)
    forms["enterprise"] = {name: begun.get(full, full) for name, full in firms.items()}
    alike = zones_alike(forms["area"].values(), rules.zone_types)
    forms["area"] = {name: alike[full] for name, full in forms["area"].items()}
    return [
        _renamed(one, one.name if one.anaphor else forms[_family(one)][one.name]) for one in found
    ]


def _renamed(one: Mention, name: str) -> Mention:
    return one if one.name == name else one._replace(name=name)


def _family(one: Mention) -> str:
    return "area" if one.kind in ("place", "zone") else one.kind
