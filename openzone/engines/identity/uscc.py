"""Unified Social Credit Codes 统一社会信用代码, GB 32100-2015.

Eighteen characters: registering department, category, six digits of administrative
division, nine of organisation code (GB 11714), one check character. A correct check
character says nothing about the existence or status of the holder.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from openzone.engines.text import Text

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
# GB 32100-2015: W_i = 3^(i-1) mod 31.
_WEIGHTS = tuple(pow(3, i, 31) for i in range(LENGTH - 1))
# GB 11714: thirty-six symbols, because the older code did use I O S V Z.
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_ORGANISATION_VALUES = {symbol: value for value, symbol in enumerate(_ORGANISATION_ALPHABET)}
_SPACES = dict.fromkeys(map(ord, " \t\r\n\v\f\u00a0"))
_ASCII_UPPER = {ord(c): ord(c.upper()) for c in "abcdefghijklmnopqrstuvwxyz"}
# The standard leaves these five letters out because they are misread as these.
_LOOK_ALIKES = {"I": "1", "O": "0Q", "S": "5", "V": "UY", "Z": "2"}

# GB 32100-2015 table 1.
DEPARTMENTS = {
    "1": Text("机构编制", "public-sector staffing office"),
    "5": Text("民政", "civil affairs"),
    "9": Text("市场监管（工商）", "market regulation (industry and commerce)"),
    "Y": Text("其他", "other"),
}
_OTHER = Text("其他", "other")
CATEGORIES = {
    "11": Text("机关", "government organ"),
    "12": Text("事业单位", "public institution"),
    "13": Text("编办直管群众团体", "mass organisation under the staffing office"),
    "19": _OTHER,
    "51": Text("社会团体", "social organisation"),
    "52": Text("民办非企业单位", "private non-enterprise unit"),
    "53": Text("基金会", "foundation"),
    "59": _OTHER,
    "91": Text("企业", "enterprise"),
    "92": Text("个体工商户", "self-employed business"),
    "93": Text("农民专业合作社", "farmers' cooperative"),
    "Y1": _OTHER,
}


class InvalidCreditCode(ValueError):  # noqa: N818 - callers read it as the reason it is
    """The text is not a credit code.

    ``reason`` says why in both languages; ``suggestion`` is the code that was probably
    meant (never applied silently), or None.
    """

    def __init__(self, reason: Text, suggestion: str | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A valid code and its parts; ``warnings`` are doubts that do not make it invalid."""

    code: str
    department: Text
    category: Text
    division: str
    organisation: str
    check: str
    warnings: tuple[Text, ...] = ()

    def __str__(self) -> str:
        return self.code


def parse(text: str) -> CreditCode:
    """Read a credit code; lower case and blanks are accepted, full-width forms are not.

    Raises ``InvalidCreditCode`` with the first reason found.
    """
    code = _compact(text)
    _require_symbols(code)
    _require_length(code)
    _require_division(code[2:8])
    _require_check(code)
    return CreditCode(
        code=code,
        department=DEPARTMENTS.get(code[0], _unlisted(code[0])),
        category=CATEGORIES.get(code[:2], _unlisted(code[1])),
        division=code[2:8],
        organisation=code[8:17],
        check=code[17],
        warnings=tuple(_warnings(code)),
    )


def is_valid(text: str) -> bool:
    """Tell whether ``parse`` would accept the text."""
    try:
        parse(text)
    except InvalidCreditCode:
        return False
    return True


def check_character(first17: str) -> str:
    """Return the eighteenth character for the first seventeen (upper case).

    The outer ``% 31`` matters: without it a remainder of 0 points past the alphabet.
    """
    if len(first17) != LENGTH - 1 or any(symbol not in _VALUES for symbol in first17):
        raise InvalidCreditCode(
            Text(
                "校验位由前17位计算，每位须为数字或除I、O、S、V、Z外的大写字母",
                "the check character is computed from 17 characters, digits or capitals "
                "other than I, O, S, V, Z",
            )
        )
    total = sum(_VALUES[symbol] * weight for symbol, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check_character(first8: str) -> str:
    """Return the ninth character of an organisation code for its first eight (GB 11714)."""
    if len(first8) != 8 or any(symbol not in _ORGANISATION_VALUES for symbol in first8):
        raise InvalidCreditCode(
            Text(
                "组织机构代码本体须为8位数字或大写字母",
                "the body of an organisation code is 8 digits or capitals",
            )
        )
    pairs = zip(first8, _ORGANISATION_WEIGHTS, strict=True)
    remainder = sum(_ORGANISATION_VALUES[symbol] * weight for symbol, weight in pairs) % 11
    return "0X987654321"[remainder]


def make(department: str, category: str, division: str, organisation8: str) -> str:
    """Build a valid code, both check characters included.

    >>> make("9", "1", "110108", "55138508")
    '91110108551385082Q'
    """
    body = department + category + division + organisation8
    first17 = body + organisation_check_character(organisation8)
    return parse(first17 + check_character(first17)).code


def _compact(text: str) -> str:
    code = text.translate(_SPACES).translate(_ASCII_UPPER)
    if not code:
        raise InvalidCreditCode(
            Text("未填写统一社会信用代码", "the unified social credit code is empty")
        )
    return code


def _require_symbols(code: str) -> None:
    for position, symbol in enumerate(code, start=1):
        if symbol in _VALUES:
            continue
        if symbol in _LOOK_ALIKES:
            raise InvalidCreditCode(_forbidden_letter(symbol, position), _look_alike(code))
        half_width = unicodedata.normalize("NFKC", symbol)
        if half_width != symbol and half_width.isascii():
            raise InvalidCreditCode(_full_width(symbol, position), _half_width(code))
        raise InvalidCreditCode(
            Text(
                "第{position}位“{symbol}”不是统一社会信用代码可用的字符",
                "character {position} “{symbol}” cannot occur in a credit code",
            ).format(position=position, symbol=symbol)
        )


def _forbidden_letter(symbol: str, position: int) -> Text:
    return Text(
        "第{position}位是字母{symbol}；统一社会信用代码不使用I、O、S、V、Z，疑为{likely}",
        "character {position} is the letter {symbol}; credit codes do not use I, O, S, V, Z; "
        "probably {likely}",
    ).format(position=position, symbol=symbol, likely="/".join(_LOOK_ALIKES[symbol]))


def _full_width(symbol: str, position: int) -> Text:
    return Text(
        "第{position}位“{symbol}”是全角字符，请改用半角输入",
        "character {position} “{symbol}” is full-width; please type half-width",
    ).format(position=position, symbol=symbol)


def _half_width(code: str) -> str:
    return unicodedata.normalize("NFKC", code).translate(_SPACES).upper()


def _look_alike(code: str) -> str | None:
    """Return the one reading of the forbidden letters that passes the check, if just one does."""
    if len(code) != LENGTH or sum(symbol in _LOOK_ALIKES for symbol in code) > 3:
        return None
    readings = product(*(_LOOK_ALIKES.get(symbol, symbol) for symbol in code))
    valid = [reading for reading in map("".join, readings) if is_valid(reading)]
    return valid[0] if len(valid) == 1 else None


def _require_length(code: str) -> None:
    if len(code) != LENGTH:
        raise InvalidCreditCode(
            Text(
                "统一社会信用代码应为18位，实际{length}位",
                "a credit code has 18 characters, not {length}",
            ).format(length=len(code))
        )


def _require_division(division: str) -> None:
    if not division.isdigit():
        raise InvalidCreditCode(
            Text(
                "第3至8位应为6位数字的行政区划代码，实际为“{division}”",
                "characters 3 to 8 are the six digits of the administrative division, "
                "not “{division}”",
            ).format(division=division)
        )


def _require_check(code: str) -> None:
    expected = check_character(code[:17])
    if code[17] != expected:
        raise InvalidCreditCode(
            Text(
                "校验位不符：第18位应为{expected}，实际为{actual}；请核对全部18位",
                "wrong check character: the 18th should be {expected}, not {actual}; "
                "please compare all 18",
            ).format(expected=expected, actual=code[17])
        )


def _unlisted(symbol: str) -> Text:
    return Text("未列明（{symbol}）", "not listed ({symbol})").format(symbol=symbol)


def _warnings(code: str) -> Iterator[Text]:
    if code[:2] not in CATEGORIES:
        yield Text(
            "前两位{prefix}不在GB 32100-2015代码表中，可能由后续修改单增加，请人工确认",
            "the first two characters {prefix} are not in the tables of GB 32100-2015; "
            "a later amendment may list them, please confirm",
        ).format(prefix=code[:2])
    expected = organisation_check_character(code[8:16])
    if code[16] != expected:
        yield Text(
            "主体标识码（原组织机构代码）校验位应为{expected}，实际为{actual}；仅作提示",
            "the organisation code inside should end in {expected}, not {actual}; "
            "a hint, not an error",
        ).format(expected=expected, actual=code[16])
