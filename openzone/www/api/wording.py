"""What is wrong with an input, in both languages: the checker itself speaks English only."""

from collections.abc import Mapping
from typing import Any

from openzone.engines.text import Text

_NUMBER = Text("应为数字", "is a number")
_WHOLE = Text("应为整数", "is a whole number")
_DAY = Text("应为日期（YYYY-MM-DD）", "is a date (YYYY-MM-DD)")
_MOMENT = Text("应为时刻（2026-11-21T09:30:00+08:00）", "is a moment (2026-11-21T09:30:00+08:00)")
_WORD = Text("应为文字", "is a text")
_YES_NO = Text("应为true或false", "is true or false")
_OBJECT = Text("应为JSON对象", "is a JSON object")

WORDS: Mapping[str, Text] = {
    "missing": Text("必填", "is needed"),
    "extra_forbidden": Text("没有这一项", "is not known here"),
    "string_type": _WORD,
    "string_too_long": Text("最多{max_length}字", "has at most {max_length} characters"),
    "string_too_short": Text("至少{min_length}字", "has at least {min_length} characters"),
    "string_unicode": _WORD,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "list_type": Text("应为列表", "is a list"),
    "too_long": Text("最多{max_length}项", "has at most {max_length} entries"),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "greater_than_equal": Text("不小于{ge}", "is at least {ge}"),
    "less_than_equal": Text("不大于{le}", "is at most {le}"),
}
_OTHER = Text("不符合格式", "is not in the right form")


def reason(error: Mapping[str, Any]) -> Text:
    """Return why an input was refused.

    Args:
        error: one error of pydantic: ``type``, ``ctx``, ``msg``.

    """
    kind, context = str(error.get("type", "")), error.get("ctx") or {}
    if kind == "value_error" and " / " in str(context.get("error", "")):
        zh, en = str(context["error"]).split(" / ", 1)
        return Text(zh, en)
    return WORDS.get(kind, _OTHER).format(**{name: str(one) for name, one in context.items()})


def place(error: Mapping[str, Any]) -> str:
    """Return the name of the input at fault, without where ninja keeps it."""
    parts = [str(part) for part in error.get("loc", ())]
    wrapped = len(parts) > 1 and parts[0] in ("body", "query", "path", "header", "form", "file")
    kept = parts[1:] if wrapped else parts
    return ".".join(kept[1:] if wrapped and kept[0] == "sent" and len(kept) > 1 else kept)
