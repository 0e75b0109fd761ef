"""What this zone reads pages with, read once per process."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.packs.reading import files, reading
from openzone.packs.readings import ReadingsPack, load_readings

GROWTH = "_yoy"
_MORE = {
    "name": Text("名称", "name"),
    "stage": Text("进展阶段", "stage"),
    "designation": Text("称号、资质", "title or designation"),
    "event": Text("活动", "event"),
    "report_published": Text("发布报告", "report published"),
}


@cache
def pack() -> ReadingsPack:
    """Return limits, reasons, and where facts may go."""
    return load_readings(zone_folder())


def indicator_of(attribute: str, words: str = "", quote: str = "") -> str | None:
    """Return the indicator an attribute stands for, by the words a page has for it.

    “高新技术企业41家” is no number of all enterprises, though both are counts of enterprises.
    """
    wordings = [one for one in pack().wordings if one.attribute == attribute]
    other = pack().indicators.get(attribute)
    if not words or not wordings:
        return other or (wordings[0].indicator if wordings else None)
    before = said(words, quote).removesuffix(words)
    for one in wordings:
        if words in one.words and not any(word in before for word in one.unless):
            return one.indicator
    return other


def said(words: str, quote: str) -> str:
    """Return the words with what stands right before them in their quote."""
    before, found, _ = quote.rpartition(words)
    return re.split("[，。；、,;]", before)[-1] + words if found else words


@cache
def lexicon() -> Lexicon:
    """Return what the reader knows."""
    return reading(zone_folder())


@cache
def labels() -> Mapping[str, Text]:
    """Return what attributes are called, by code: as the rule that bears the code as its name."""
    rules: Any = files(zone_folder())["attributes.yaml"].attributes
    named = sorted(rules, key=lambda one: one.code in ("", None, one.id))
    return _MORE | {one.code or one.id: one.label.text for one in named}


def closed() -> dict[str, str]:
    """Return the attributes a language model may name, with what they are called."""
    return {code: labels()[code].zh for code in lexicon().attributes if code in labels()}


def label(attribute: str) -> Text:
    """Return what an attribute is called, its growth included; the code where nobody named it."""
    plain = attribute.removesuffix(GROWTH)
    found = labels().get(plain, Text(plain, plain))
    if plain == attribute:
        return found
    return Text(f"{found.zh}增速", f"growth of {found.en}")
