"""Cell → date: the ways a day is written in Chinese tables, and why some cannot be read."""

import datetime as dt
import math
import re
import unicodedata

from openzone.engines.tables.problems import Fault

# Excel's day 0, so that serial 61 is 1900-03-01: its calendar has a 29 February 1900.
EXCEL_EPOCH = dt.date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 61, 2_958_465
LONGEST = 64  # longer text is no date
YEARS = range(1900, 2101)

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_TIME = re.compile(r"[t ]?\d{1,2}[:时点]\d{1,2}.*$|[t ]0{2}$")
_YMD = re.compile(r"(\d{4})(?:年|[-/.、])(\d{1,2})(?:月|[-/.、])(\d{1,2})[日号]?")
_YM = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})月?份?")
_Y = re.compile(r"(\d{4})年?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_SHORT = re.compile(r"\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,4}[日号]?")
_SERIAL = re.compile(r"[1-7]\d{4}")  # as text, only where it can be nothing else: 1927 to 2118
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TENS = re.compile(r"([1-9]?)十([1-9]?)")

Outcome = dt.date | Fault


def read_date(cell: object, precision: str = "day") -> Outcome:
    """Read a cell as a date; `precision` may allow “month” or “year”, read as their first day.

    Accepts dates, Excel serials, 20240105, and text such as 2024年1月5日 or 2024.1.5. A missing day
    is never invented unless the precision allows it.
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell), precision)
    return _from_text(str(cell), precision)


def _from_number(number: float, precision: str) -> Outcome:
    shown = format(number, ".15g")
    if not math.isfinite(number):
        return Fault("date_unreadable", {"value": shown})
    whole = int(number)
    if whole != number and whole in YEARS:
        # 2024.1 may have been 2024.1 or 2024.10 before Excel made it a number.
        return Fault("date_ambiguous", {"value": shown})
    if whole in YEARS or (
        len(str(whole)) in (6, 8) and whole // 10 ** (len(str(whole)) - 4) in YEARS
    ):
        return _from_text(str(whole), precision)
    if FIRST_SERIAL <= whole <= LAST_SERIAL:
        return EXCEL_EPOCH + dt.timedelta(days=whole)
    return Fault("date_unreadable", {"value": shown})


def _from_text(text: str, precision: str) -> Outcome:
    if len(text) > LONGEST:
        return Fault("date_unreadable", {"value": text.strip()})
    word = _plain(text)
    if match := _YMD.fullmatch(word) or _COMPACT.fullmatch(word):
        if match[3]:
            return _day(text, int(match[1]), int(match[2]), int(match[3]))
        return _less(text, precision, int(match[1]), int(match[2]))
    if match := _YM.fullmatch(word):
        return _less(text, precision, int(match[1]), int(match[2]))
    if match := _Y.fullmatch(word):
        return _less(text, precision, int(match[1]), None)
    if _SERIAL.fullmatch(word):
        return _from_number(float(word), precision)
    code = "date_ambiguous" if _SHORT.fullmatch(word) else "date_unreadable"
    return Fault(code, {"value": text.strip()})


def _plain(text: str) -> str:
    half = unicodedata.normalize("NFKC", text).lower().strip()
    spaced = _BLANKS.sub(" ", half)
    word = _TIME.sub("", spaced) if len(spaced) > len("2024-1-5") else spaced
    return _arabic(word.replace(" ", ""))


def _arabic(word: str) -> str:
    """二〇二四年十二月三十一日 → 2024年12月31日."""
    digits = word.translate(_DIGITS)
    return _TENS.sub(lambda tens: f"{tens[1] or 1}{tens[2] or 0}", digits)


def _day(text: str, year: int, month: int, day: int) -> Outcome:
    if year not in YEARS:
        return Fault("date_impossible", {"value": text.strip()})
    try:
        return dt.date(year, month, day)
    except ValueError:
        return Fault("date_impossible", {"value": text.strip()})


def _less(text: str, precision: str, year: int, month: int | None) -> Outcome:
    """A date without its day, or without its month."""
    first = _day(text, year, month or 1, 1)
    allowed = precision == "year" or (precision == "month" and month is not None)
    if isinstance(first, Fault) or allowed:
        return first
    return Fault("date_no_day", {"value": text.strip(), "example": first.isoformat()})
