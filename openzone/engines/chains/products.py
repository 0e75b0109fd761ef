"""The products of a firm as one text, with the share of revenue each has where it says so."""

import re

_SHARED = re.compile(r"\s*(.+?)\s*[:：(（]\s*(\d+(?:\.\d+)?)\s*(%|％)?\s*[)）]?\s*")
_PARTS = re.compile(r"[；;、，,\n]")


def products_of(text: str) -> tuple[tuple[str, float], ...]:
    """Read ``正极材料:60%；负极材料:40%``; a text without shares is one product of weight 1."""
    parts = [one for one in _PARTS.split(text) if one.strip()]
    found = [_SHARED.fullmatch(one) for one in parts]
    if parts and all(one and one[3] for one in found):
        return tuple((one[1], float(one[2]) / 100) for one in found if one)
    return ((text, 1.0),) if text else ()
