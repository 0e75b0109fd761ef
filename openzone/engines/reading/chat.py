"""Comments of a live session, as platforms export them, one a line.

``20:15:03<tab>name<tab>text``, ``[20:15] name：text``, ``name: text`` or the bare text. Which lines
ask something is a suggestion: a person chooses.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 1_000
_TIME = r"[\[【(（]?(?P<h>\d{1,2})[:：](?P<m>\d{2})(?:[:：](?P<s>\d{2}))?[\]】)）]?"
_LEADING_TIME = re.compile(rf"\s*(?:\d{{4}}-\d{{2}}-\d{{2}}[ T])?{_TIME}[\s,，|]*")
_NAME = re.compile(r"(?P<name>[^：:\t,，。？?！!]{1,32})(?:[：:]|\t)\s*(?P<text>.+)")
# What makes a line a question in Chinese or English, with or without a question mark.
_ASKS = re.compile(
    r"[?？]|吗|呢[。！!]*$|怎么|怎样|如何|多少|几[天个年月次万]|哪[里些个儿]|什么|谁|是否|能否|可否|能不能|可不可以"
    r"|\b(?:how|what|when|where|which|who|can|does|is there)\b",
    re.IGNORECASE,
)


class Comment(NamedTuple):
    """One line: when and by whom, where it says so, and whether it seems to ask something."""

    at: dt.time | None
    name: str
    text: str
    asks: bool


def read_comments(text: str) -> Iterator[Comment]:
    """Yield the comments of a pasted export in their order; empty and repeated lines once."""
    seen: set[tuple[dt.time | None, str, str]] = set()
    for line in text.splitlines():
        comment = _comment(line)
        if comment.text and comment[:3] not in seen:
            seen.add(comment[:3])
            yield comment


def _comment(line: str) -> Comment:
    at, rest = _leading_time(line.strip())
    named = _NAME.match(rest)
    name, said = (named["name"].strip(), named["text"]) if named else ("", rest)
    said = said.strip()[:LONGEST]
    return Comment(at, name, said, bool(_ASKS.search(said)))


def _leading_time(line: str) -> tuple[dt.time | None, str]:
    found = _LEADING_TIME.match(line)
    if not found:
        return None, line
    try:
        at = dt.time(int(found["h"]), int(found["m"]), int(found["s"] or 0))
    except ValueError:  # 25:61 is no time, so it is part of what was said
        return None, line
    return at, line[found.end() :]
