"""Meetings as a calendar program reads them (RFC 5545), by the clocks of the zone."""

import datetime as dt
from collections.abc import Iterable, Iterator

from openzone.www.reviews.words import title_of
from openzone.zone.reviews.models import Meeting

OCTETS = 75
"""A line of a calendar is folded after so many octets (RFC 5545, 3.1)."""
# China has no summer time: one rule for all years.
ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def calendar(meetings: Iterable[Meeting], name: str, host: str, now: dt.datetime) -> str:
    """Return the calendar. ``host`` makes the ids of events unique; ``now`` has a time zone."""
    stamp = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OpenZone//Reviews//ZH", "METHOD:PUBLISH",
        "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_text(name)}", "X-WR-TIMEZONE:Asia/Shanghai", *ZONE,
    ]  # fmt: skip
    for one in meetings:
        lines += _event(one, host, stamp)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line))


def _event(meeting: Meeting, host: str, stamp: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{host}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;TZID=Asia/Shanghai:{meeting.starts:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Asia/Shanghai:{meeting.ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_text(title_of(meeting))}",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", "")):
        text = text.replace(plain, written)
    return text


def _fold(line: str) -> Iterator[str]:
    """Break a line between characters, so that no piece has more octets than are allowed."""
    piece, room = "", OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            yield piece
            piece, room = " ", OCTETS - 1
        piece, room = piece + character, room - size
    yield piece
