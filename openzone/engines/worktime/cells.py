"""Reading single values of calendar files: text from YAML, or typed cells from a spreadsheet."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from openzone.engines.text import Text
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.intervals import Intervals, in_order, parse_intervals
from openzone.engines.worktime.layers import EntryKind

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|年(\d{1,2})月)(\d{1,2})日?")
_MOMENT = re.compile(r"(\S+?)(?:T|\s+|(?<=日))(\d{1,2}):(\d{2})(?::00)?")
_KINDS = {
    EntryKind.HOLIDAY: ("放假", "假日", "节假日"),
    EntryKind.MAKEUP: ("调休上班", "补班", "上班"),
    EntryKind.HOURS: ("工作时间", "半天", "半日"),
    EntryKind.CLOSURE: ("停办", "临时停办", "临时关闭"),
}
_KIND_WORDS = {word: kind for kind, words in _KINDS.items() for word in (kind.value, *words)}


def read_kind(value: object) -> EntryKind:
    """Read the kind of a row, in English or Chinese."""
    kind = _KIND_WORDS.get(read_text(value).lower())
    if kind is None:
        raise WorktimeError(
            Text(
                "类型应为：放假、调休上班、工作时间、停办",
                "the kind must be holiday, makeup, hours or closure",
            )
        )
    return kind


def read_text(value: object) -> str:
    """Read a non-empty text."""
    text = "" if value is None else unicodedata.normalize("NFKC", str(value)).strip()
    if not text:
        raise WorktimeError(Text("未填写", "is missing"))
    return text


def read_name(value: object) -> Text:
    """Read ``{zh, en}``, or one text that serves for both languages."""
    if not isinstance(value, Mapping):
        text = read_verbatim(value)
        return Text(text, text)
    if set(value) != {"zh", "en"}:
        raise WorktimeError(Text("名称应写作{zh, en}", "a name is written {zh, en}"))
    return Text(read_verbatim(value["zh"]), read_verbatim(value["en"]))


def read_verbatim(value: object) -> str:
    """Read a non-empty text as it is written: names and document numbers keep their signs."""
    read_text(value)
    return str(value).strip()


def read_date(value: object) -> dt.date:
    """Read 2026-10-01, 2026/10/1, 2026年10月1日, or a date cell."""
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise WorktimeError(Text("只填日期，不填钟点", "give a date without a time of day"))
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = read_text(value)
    match = _DATE.fullmatch(text)
    try:
        if match:
            return dt.date(int(match[1]), int(match[2] or match[3] or match[4]), int(match[5]))
    except ValueError:
        raise WorktimeError(Text("历法上没有这一天", "there is no such day")) from None
    raise WorktimeError(Text("不是日期，应写作2026-10-01", "is not a date; write 2026-10-01"))


def read_start(value: object) -> dt.datetime:
    """Read the start of a closure: a moment, or a date for its midnight."""
    return _moment(value, whole_day=dt.timedelta())


def read_end(value: object) -> dt.datetime:
    """Read the end of a closure: a moment, or a date for the end of that day."""
    return _moment(value, whole_day=dt.timedelta(days=1))


def _moment(value: object, whole_day: dt.timedelta) -> dt.datetime:
    """Read a moment to the minute. A spreadsheet shows a date as midnight: that is a date."""
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return _to_the_minute(value)
    match = _MOMENT.fullmatch(read_text(value)) if isinstance(value, str) else None
    if match is None:
        return dt.datetime.combine(read_date(value), dt.time()) + whole_day
    hours, minutes = int(match[2]), int(match[3])
    if hours * 60 + minutes > 24 * 60 or minutes > 59:
        raise WorktimeError(Text("没有这个钟点", "there is no such time of day"))
    midnight = dt.datetime.combine(read_date(match[1]), dt.time())
    return midnight + dt.timedelta(hours=hours, minutes=minutes)


def _to_the_minute(moment: dt.datetime) -> dt.datetime:
    if moment.second or moment.microsecond or moment.tzinfo:
        raise WorktimeError(
            Text("时刻应精确到分，且不带时区", "give whole minutes in local time, without a zone")
        )
    return moment


def read_intervals(value: object) -> Intervals:
    """Read ``09:00-12:00, 13:30-17:30``, or a list of such intervals."""
    if isinstance(value, list | tuple):
        return in_order(interval for item in value for interval in parse_intervals(str(item)))
    return parse_intervals(read_text(value))
