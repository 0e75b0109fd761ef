"""How Chinese names sound: pinyin without tones, one reading per character."""

from functools import cache


def sound(text: str) -> str:
    """Return the syllables joined by blanks; other characters stand for themselves.

    Each character keeps its most common reading wherever it stands, so that two names are
    compared character by character; homophones through a rarer reading are missed.
    """
    return " ".join(map(_syllable, text))


@cache
def _syllable(character: str) -> str:
    from pypinyin import lazy_pinyin  # a large dictionary, which most commands never ask

    return str(lazy_pinyin(character)[0])
