"""The fullest form of every name on a page, and who 该公司 or 全区 is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from openzone.engines.reading.pages.lexicon import NameRules
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.words import Words

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
            yield stem
            return


def find_short(text: str, forms: Mapping[str, str]) -> Iterator[Mention]:
    """Yield the places where short names stand, as mentions of the full ones."""
    for hit in Words(dict(forms)).find(text):
        yield Mention(hit.start, hit.end, hit.value, "enterprise")


def weights(mentions: Iterable[Mention], headline: str) -> Counter[str]:
    """Count how much of an article is about each name; the headline counts for three."""
    counted: Counter[str] = Counter()
    for one in mentions:
        if not one.anaphor:
            counted[one.name] += 1
    for name in list(counted):
        if name in headline or _PLACE_ENDS.sub("", name)[-2:] in headline:
            counted[name] += 3
    return counted
