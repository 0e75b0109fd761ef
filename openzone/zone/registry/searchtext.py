"""What a search sees of an enterprise: its names, codes and address, also as pinyin.

The parts stand on lines of their own, so a fragment never matches across two of them, and a match
at the start of a line is a match at the start of a name.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_HAN = re.compile(r"[㐀-鿿]")
_GAPS = re.compile(r"\s+")


def search_text(names: Iterable[str], others: Iterable[str] = ()) -> str:
    """Return the searchable lines of names (also as pinyin) and of codes and addresses."""
    plain_names = [normal(name) for name in names]
    lines = [*plain_names, *map(normal, others)]
    for name in plain_names:
        lines += pinyin_of(name)
    kept = dict.fromkeys(line for line in lines if line)
    return "\n" + "\n".join(kept) + "\n" if kept else ""


def normal(text: str) -> str:
    """Return the text without spaces, in lower case, full-width forms turned into plain ones.

    >>> normal("合肥 ＡＢＣ(集团)")
    '合肥abc(集团)'
    """
    return _GAPS.sub("", unicodedata.normalize("NFKC", text).replace("\x00", "")).casefold()


def terms(query: str) -> list[str]:
    """Return the normalised words of a query; all of them must be found."""
    return [term for word in query.split()[:_MOST_TERMS] if (term := normal(word))]


# A pasted page is not a query: each word costs a pass over the table.
_MOST_TERMS = 8


@lru_cache(maxsize=50_000)
def pinyin_of(name: str) -> tuple[str, ...]:
    """Return the initials and the full pinyin of a name with Chinese characters.

    >>> pinyin_of("合肥经开区")
    ('hfjkq', 'hefeijingkaiqu')
    """
    if not _HAN.search(name):
        return ()
    from pypinyin import Style, lazy_pinyin  # a large dictionary, which most commands never ask

    parts = lazy_pinyin(name, style=Style.NORMAL, errors=_apart)
    return "".join(part[0] for part in parts), "".join(parts)


def _apart(run: str) -> Any:
    """Cut what is not Chinese into single characters: each is its own initial."""
    return list(run)
