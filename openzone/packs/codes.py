"""Industries and divisions as offices write them, read into their standard form."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

from openzone.engines.identity.divisions import InvalidDivision
from openzone.engines.identity.industries import InvalidIndustry
from openzone.engines.identity.verdict import Verdict
from openzone.engines.text import Text
from openzone.packs.tables import load_divisions, load_industries

# What offices write into the column: C3841, 3841, "C3841 锂离子电池制造", "3841锂离子电池制造",
# "锂离子电池制造(3841)". Bare digits glued to a word must be a whole class: "100强" is no code.
_INDUSTRY = re.compile(
    r"\s*([A-T]?\d{2,4})\s*(?:[\s\-—:：、.(（].*)?"
    r"|\s*([A-T]\d{2,4}|\d{4})(?![\d年]).*"
    r"|.*[(（\[【]\s*([A-T]?\d{2,4})\s*[)）\]】]\s*",
    re.IGNORECASE | re.DOTALL,
)


def check_industry(text: str) -> Verdict:
    """Check an industry (GB/T 4754), given by code, by code and name, or by its exact name."""
    written = _INDUSTRY.fullmatch(text)
    code = next(filter(None, written.groups())) if written else _by_name(text)
    try:
        found = load_industries().parse(code)
    except InvalidIndustry as error:
        return Verdict(None, error.reason)
    # The table need not go down to every class, so one it lacks is no reason for doubt.
    return Verdict(str(found))


def check_division(text: str) -> Verdict:
    """Check an administrative division (GB/T 2260), given by code or by its full name."""
    written = text.strip()
    if written.isdigit():
        return _division_code(written)
    divisions = load_divisions()
    found = divisions.find(written)
    if len(found) == 1:
        return Verdict(found[0].code)
    if not found:
        return Verdict(None, _NO_DIVISION.format(text=written), _SIX_DIGITS)
    several = "、".join(f"{one.code} {divisions.full_name(one.code)}" for one in found[:5])
    return Verdict(None, _SEVERAL_DIVISIONS.format(text=written, several=several), _SIX_DIGITS)


def _division_code(code: str) -> Verdict:
    try:
        found = load_divisions().get(code)
    except InvalidDivision as error:
        return Verdict(None, error.reason)
    if not found.name:
        return Verdict(None, _NO_DIVISION.format(text=code), _SIX_DIGITS)
    doubt = None if found.known or found.statistical else _NOT_LISTED
    return Verdict(code, doubt and doubt.format(code=code, name=found.name))


_NO_DIVISION = Text("“{text}”不是行政区划代码或名称", "“{text}” is no division code or name")
_SEVERAL_DIVISIONS = Text("“{text}”可以指多地：{several}", "“{text}” can mean several: {several}")
_NOT_LISTED = Text(
    "行政区划表里没有 {code}，按“{name}”之内保存",
    "{code} is not listed; kept as a part of “{name}”",
)
_SIX_DIGITS = Text("填写 6 位代码，如 340104", "write the six-digit code, such as 340104")


def _by_name(text: str) -> str:
    return _industry_names().get(text.strip(), text)


@cache
def _industry_names() -> Mapping[str, str]:
    """Return the codes by name, where the name has only one; the most detailed if nested."""
    codes: dict[str, list[str]] = defaultdict(list)
    for industry in load_industries():
        codes[industry.name].append(str(industry))
    return {name: max(found, key=len) for name, found in codes.items() if _nested(found)}


def _nested(codes: list[str]) -> bool:
    longest = max(codes, key=len)
    return all(longest.startswith(code) for code in codes)


CHECKS: Mapping[str, Callable[[str], Verdict]] = {
    "industry": cache(check_industry),
    "registered_in": cache(check_division),
}
