"""The fullest form of every name on a page, and who 该公司 or 全区 is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from openzone.engines.reading.pages.lexicon import NameRules
from openzone.engines.reading.pages.names import Kind, Mention
from openzone.engines.reading.pages.words import Words, any_of

_CALLED = re.compile(
    r"[（(，,](?:(?:以下|下)?简称|以下称|下称)为?[：:]?"
    r"[“\"']?([^“”\"'，。（）()]{2,12})[”\"']?(?=[）)，。；])"
)
_LEGAL = re.compile(r"(?:股份)?有限(?:责任)?公司$|集团(?:股份)?(?:有限公司)?$|(?:集团)?公司$")
_PLACE_ENDS = re.compile(r"(?:特别行政区|自治[区州县]|[省市县区州盟旗镇乡])$")


def fullest(names: Iterable[str]) -> dict[str, str]:
    """Return the longest name on the page that ends with, or is, each name.

    >>> fullest(["邛崃", "邛崃市", "四川省邛崃市"])["邛崃"]
    '四川省邛崃市'
    """
    full: dict[str, str] = {}
    ending: dict[str, str] = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        longer = ending.get(name, name)
        full[name] = full.get(longer, longer)
        for whole in (name, _PLACE_ENDS.sub("", name)):
            for cut in range(1 if whole is name else 0, len(whole)):
                ending.setdefault(whole[cut:], name)
    return full


def short_forms(
    text: str, enterprises: Iterable[Mention], places: Mapping[str, bool], rules: NameRules
) -> dict[str, str]:
    """Return short names of enterprises on the page: 卓勤 for 四川卓勤新材料科技有限公司."""
    forms: dict[str, str] = {}
    for one in enterprises:
        called = _CALLED.match(text, one.end)
        if called:
            forms[called[1]] = one.name
        for short in _shortened(one.name, places, rules):
            if 2 <= len(short) < len(one.name) and short not in rules.common_stems:
                forms.setdefault(short, one.name)
    return {
        short: name
        for short, name in forms.items()
        if text.count(short) > text.count(name) * name.count(short)
    }


def by_beginning(
    names: Iterable[str], places: Mapping[str, bool], rules: NameRules
) -> dict[str, str]:
    """Return the full name of enterprises that are also called by its beginning.

    锐丝精密 is 奉岚锐丝精密紧固件有限公司, where the page has both.
    """
    known = set(names)
    cores = {core: name for name in known for core in _shortened(name, places, rules)}
    return {
        short: name
        for core, name in cores.items()
        for length in range(_SHORTEST, len(core))
        if (short := core[:length]) in known
    }


_SHORTEST = 3


def _shortened(name: str, places: Mapping[str, bool], rules: NameRules) -> Iterator[str]:
    """Yield a name without its legal form, its place, its industry."""
    core = _LEGAL.sub("", name)
    if core == name:
        return
    yield core
    for length in range(min(9, len(core) - 2), 1, -1):
        if core[:length] in places:
            core = core[length:]
            yield core
            break
    for industry in sorted(rules.alias_industry, key=len, reverse=True):
        if core.endswith(industry) and len(core) - len(industry) >= 2:
            stem = core[: -len(industry)]
            for short in sorted(rules.alias_industry, key=len):
                if industry.startswith(short):
                    yield stem + short
            yield from (stem, f"{stem}公司", f"{stem}集团")
            return


def find_short(text: str, forms: Mapping[str, str], kind: Kind = "enterprise") -> Iterator[Mention]:
    """Yield the places where short names stand, as mentions of the full ones."""
    for hit in Words(dict(forms)).find(text):
        yield Mention(hit.start, hit.end, hit.value, kind)


def zones_alike(names: Iterable[str], types: Mapping[str, str]) -> dict[str, str]:
    """Return the fullest form of zones that only their type is written otherwise.

    >>> zones_alike(["示例高新区", "示例高新技术产业开发区"], {"高新技术产业开发区": "高新区"})
    {'示例高新区': '示例高新技术产业开发区', '示例高新技术产业开发区': '示例高新技术产业开发区'}
    """
    known = sorted(set(names), key=lambda name: (len(name), name))
    longest = {_typed(name, types): name for name in known}
    return {name: longest[_typed(name, types)] for name in known}


def _typed(name: str, types: Mapping[str, str]) -> str:
    """Return a name with the short form of its type."""
    for whole, short in types.items():
        if name.endswith(whole):
            return name[: -len(whole)] + short
    return name


def zone_forms(text: str, zoned: Iterable[Mention]) -> dict[str, str]:
    """Return what else zones are called on the page: as a bracket behind the name says."""
    forms: dict[str, str] = {}
    for one in zoned:
        called = _CALLED.match(text, one.end)
        if called and called[1] != one.name:
            forms[called[1]] = one.name
    return forms


_ALONE = (
    "(?<=[，。；：、\n“是和与及从年月日底])(?:{})(?=[、，。；和与及]|则|也|还|已|预计|分别|讲的)"
)


def zone_stems(text: str, zoned: Iterable[Mention], rules: NameRules) -> Iterator[Mention]:
    """Yield zones named by the stem alone where nothing else can be meant: 甲园、乙园 as 甲、乙."""
    stems: dict[str, str] = {}
    for one in zoned:
        core = rules.descriptive.split(_without_suffix(one.name, rules.zone_suffixes))[0]
        if 2 <= len(core) < len(one.name) and core not in rules.places:
            stems.setdefault(core, one.name)
    if stems:
        for match in re.finditer(_ALONE.format(any_of(stems)), text):
            yield Mention(match.start(), match.end(), stems[match[0]], "zone")


def zone_words(zoned: Iterable[Mention], rules: NameRules) -> list[str]:
    """Return the words for their kind that the zones of a page end in: 产业园, 小微园."""
    return sorted(
        {one.name[len(_without_suffix(one.name, rules.zone_suffixes)) :] for one in zoned}
    )


@lru_cache(maxsize=4096)
def _without_suffix(name: str, suffixes: tuple[str, ...]) -> str:
    """Return a zone's name without the longest suffix it has."""
    longest = max((one for one in suffixes if name.endswith(one)), key=len, default=name)
    return name[: -len(longest)]


def weights(mentions: Iterable[Mention], headline: str, rules: NameRules) -> Counter[str]:
    """Count how much of an article is about each name; the headline counts for three.

    A headline that names a zone by its place is not about the place.
    """
    counted: Counter[str] = Counter()
    for one in mentions:
        if not one.anaphor:
            counted[one.name] += 1
    for name in list(counted):
        short = _PLACE_ENDS.sub("", name)[-2:]
        if name in headline or re.search(f"{re.escape(short)}(?!{rules.typed.pattern})", headline):
            counted[name] += 3
    return counted
