"""Which sentence of a policy promises something, of what kind, and how it is delivered."""

import re
from typing import Literal

Kind = Literal["reduce", "subsidise", "entitle", "qualify"]
Mode = Literal["no_application", "instant", "fast", "expert"]

# A promise: a verb of giving with what is given. 支持 alone is a wish (“支持企业做大做强”).
_SUBSIDISE = re.compile(
    r"(?:给予|予以|奖励|补贴|补助|资助|贴息|奖补|配套|发放|兑付)[^。；]{0,60}?(?:元|%|％|‰|百分之|补贴|补助|奖励|资助|贴息|奖补|支持)"
    r"|按[^。；]{0,40}?(?:比例|标准)[^。；]{0,20}?(?:奖励|补贴|补助|资助|支持)"
)
_REDUCE = re.compile(
    r"(?:减免|免征|减征|免收|减收|减按|减半|退还|返还|缓缴|免除|加计扣除|降低)[^。；]{0,30}"
)
_QUALIFY = re.compile(
    r"(?:认定为|评为|授予|列为|纳入)[^。；]{0,30}?(?:企业|单位|示范|称号|名单|白名单|培育库|目录)"
)
_ENTITLE = re.compile(
    r"(?:优先|享受|可享|可以享受|纳入绿色通道|开辟绿色通道|免费提供|优先保障|优先安排|优先推荐|享有)[^。；]{2,}"
)
# What looks like a promise and is a condition, a limit or a warning.
_NOT = re.compile(
    r"(?:不得|不予|取消|追回|撤销|收回|骗取|弄虚作假|停止|不再享受|就高不就低|不重复享受|由[^。；]{0,20}负责解释|已享受|已获得)"
)
_MODES: tuple[tuple[str, Mode], ...] = (
    (r"免申即享|无需申请|免于申报|免申报", "no_application"),
    (r"即申即享|零材料", "instant"),
    (r"快申快享|限时即享|限时办结", "fast"),
    (r"专项申报|专家评审|评审|竞争性|择优", "expert"),
)
_HEADING = re.compile(
    r"^(?:【(?P<a>[^】]{2,30})】|(?P<b>[^。，；：:\n0-9]{2,20})[。：:\n])(?=.)", re.DOTALL
)
_DROPPED = re.compile(r"^(?:对|鼓励|支持)")
LONGEST_TITLE = 40


def gives(sentence: str) -> bool:
    """Say whether a sentence promises something, rather than wishing, limiting or warning."""
    if _NOT.search(sentence):
        return False
    return any(pattern.search(sentence) for pattern in (_SUBSIDISE, _REDUCE, _QUALIFY, _ENTITLE))


def kind_of(sentence: str) -> Kind:
    """Return what is given. Money comes first: “认定为…的，奖励20万元” is a subsidy."""
    if _SUBSIDISE.search(sentence):
        return "subsidise"
    if _REDUCE.search(sentence):
        return "reduce"
    return "qualify" if _QUALIFY.search(sentence) else "entitle"


def mode_of(text: str) -> Mode | None:
    """Return how it is delivered, where the text says so."""
    return next((mode for words, mode in _MODES if re.search(words, text)), None)


def heading_of(clause: str) -> str:
    """Return the heading a clause begins with, empty if it has none: “研发投入补助。对…”."""
    found = _HEADING.match(clause)
    return ((found["a"] or found["b"]) if found else "").strip("【】 ")


def name_of(clause: str, sentence: str) -> str:
    """Return a short name: the clause's own heading, else the beginning of the sentence."""
    short = re.split(r"[，,：:]", _DROPPED.sub("", sentence))[0]
    return (
        heading_of(clause) or short[:LONGEST_TITLE].strip("“”《》。； ") or sentence[:LONGEST_TITLE]
    )
