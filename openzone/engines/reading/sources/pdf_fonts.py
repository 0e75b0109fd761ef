"""What the codes of a PDF font say: its ``ToUnicode`` map, else Latin text."""

import re
from dataclasses import dataclass
from typing import Any

from openzone.engines.reading.sources.pdf_objects import Document

_CHAR_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGE_BLOCK = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX = rb"<\s*([0-9A-Fa-f\s]*)>"
_CHAR = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[(.*?)\])", re.DOTALL)
_MOST = 70_000


@dataclass(frozen=True, slots=True)
class Font:
    """Characters by code; ``width`` bytes make a code. Without a map a composite font is mute."""

    characters: dict[int, str]
    width: int

    def text(self, codes: bytes) -> str:
        """Return what a string of codes says."""
        if not self.characters:
            return codes.decode("latin-1") if self.width == 1 else ""
        size = self.width
        numbers = (int.from_bytes(codes[i : i + size]) for i in range(0, len(codes), size))
        return "".join(self.characters.get(number, "") for number in numbers)


def font_of(document: Document, font: Any) -> Font:
    """Return a font from its dictionary."""
    if not isinstance(font, dict):
        return Font({}, 1)
    width = 2 if font.get("Subtype") == "Type0" else 1
    return Font(_characters(document.data(font.get("ToUnicode"))), width)


def _characters(cmap: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in _CHAR_BLOCK.findall(cmap):
        for code, text in _CHAR.findall(block):
            found[int(code, 16)] = _unicode(text)
    for block in _RANGE_BLOCK.findall(cmap):
        for low, high, first, listed in _RANGE.findall(block):
            found.update(_ranged(int(low, 16), int(high, 16), first, listed))
    return found


def _ranged(low: int, high: int, first: bytes, listed: bytes) -> dict[int, str]:
    if high - low > _MOST:
        return {}
    if listed:
        each = re.findall(_HEX, listed)
        return {low + index: _unicode(one) for index, one in enumerate(each)}
    start = _unicode(first)
    if not start:
        return {}
    return {code: start[:-1] + chr(ord(start[-1]) + code - low) for code in range(low, high + 1)}


def _unicode(digits: bytes) -> str:
    plain = re.sub(rb"\s", b"", digits)
    return bytes.fromhex(plain.decode()).decode("utf-16-be", "ignore")
