"""What sets two company names apart, and how much each difference weighs.

Weights rank candidates; they are not probabilities. What is decided is decided by
``decision``: a finding that says "review" can never end as "same".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from openzone.engines.identity import lexicon
from openzone.engines.identity.divisions import covers
from openzone.engines.identity.names import NameParts, Place
from openzone.engines.text import Text

Decision = Literal["same", "review", "no"]

_LONG_CORE = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference: ``kind`` names it for machines, ``reason`` for people."""

    kind: str
    weight: float
    decision: Decision
    reason: Text


USCC = Finding(
    "uscc", 1.0, "same", Text("统一社会信用代码一致", "the unified social credit code agrees")
)
RENAMED = Finding(
    "uscc",
    1.0,
    "same",
    Text(
        "统一社会信用代码一致，名称不同（可能已更名）",
        "the unified social credit code agrees, the name differs (perhaps renamed)",
    ),
)
FULL = Finding("full", 1.0, "same", Text("名称一致", "the names agree"))
SPELLING = Finding(
    "spelling",
    0.99,
    "same",
    Text(
        "地名、字号、行业、组织形式一致，写法不同",
        "same place, brand, trade and form, written otherwise",
    ),
)
FORMER = Finding("former", 0.97, "same", Text("相符的是曾用名", "what fits is a former name"))
CONVERTED = Finding(
    "converted",
    0.96,
    "same",
    Text(
        "仅有限公司与股份有限公司之别（改制）",
        "only limited against joint-stock company (conversion)",
    ),
)
SUFFIX_OMITTED = Finding(
    "suffix_omitted", 0.95, "same", Text("未写组织形式", "the legal form is left out")
)
BRANCH = Finding(
    "branch",
    0.93,
    "same",
    Text("是该企业的分支机构，属同一法人", "a branch of it: the same legal person"),
)
PLACE_OMITTED = Finding(
    "place_omitted",
    0.92,
    "same",
    Text(
        "未写地名；库内仅此一家同字号同行业",
        "the place is left out; the only one with this brand and trade in the registry",
    ),
)
HOMOPHONE = Finding(
    "homophone",
    0.91,
    "same",
    Text(
        "同地同行业，字号同音，库内仅此一家",
        "same place and trade, brand sounds alike, the only one",
    ),
)
SEVERAL_PLACES = Finding(
    "place_omitted",
    0.86,
    "review",
    Text(
        "未写地名；库内不止一家同名，或名称过短",
        "the place is left out and does not settle which one",
    ),
)
GROUP = Finding(
    "group",
    0.86,
    "review",
    Text("一方带“集团”，可能是母子公司", "one side says 集团: perhaps parent and child"),
)
SHORT = Finding(
    "short", 0.85, "review", Text("只有简称，须人工确认", "only a short name, please confirm")
)
HOMOPHONE_ONLY = Finding(
    "homophone",
    0.84,
    "review",
    Text(
        "读音相同，字形、地名或行业未能全部印证",
        "sounds alike, but place, trade or form do not all confirm it",
    ),
)
NESTED_PLACE = Finding(
    "nested_place", 0.83, "review", Text("一方地名包含另一方", "one place lies in the other")
)
PLACE_UNSURE = Finding(
    "place_unsure",
    0.83,
    "review",
    Text("地名不止一处叫此名，未能确认为同一地", "more than one place bears that name"),
)
PLACE_ADDED = Finding(
    "place_added",
    0.82,
    "review",
    Text("多写了地名，可能是异地子公司", "a place was added: perhaps a subsidiary elsewhere"),
)
OTHER_BRANCH = Finding(
    "other_branch",
    0.80,
    "review",
    Text("分支机构不同", "another branch, or the branch of what was asked for"),
)
OTHER_FORM = Finding("other_form", 0.80, "review", Text("组织形式不同", "another legal form"))
OTHER_NOTE = Finding("other_note", 0.80, "review", Text("括注不同", "the bracketed words differ"))
OTHER_PLACE = Finding(
    "other_place",
    0.75,
    "review",
    Text("同字号异地，不能视为同一企业", "same brand in another place: never taken as the same"),
)
RELATIVE = Finding(
    "relative",
    0.70,
    "review",
    Text("同字号，行业表述不同，可能是关联企业", "same brand, another trade: perhaps related"),
)
SIMILAR = Finding("similar", 0.70, "review", Text("名称相近", "similar names"))
SEVERAL = Finding(
    "several",
    0.95,
    "review",
    Text("库内另有一条同样或更相符", "another entry fits as well or better"),
)
CONFLICT = Finding(
    "uscc_conflict",
    0.90,
    "review",
    Text(
        "名称相符但统一社会信用代码不同", "the name fits but the unified social credit code differs"
    ),
)
LIBERTIES = Finding("liberties", 0.95, "review", Text("差异不止一处", "more than one difference"))


def differences(query: NameParts, entry: NameParts, *, alone: bool) -> Iterator[Finding]:
    """Yield what differs between two names whose brand and trade agree (by sight or sound).

    ``alone``: no other entry has that brand and trade; for a brand that only sounds alike:
    exactly one entry of that sound is in the place the query states.
    """
    if query.form or query.place or not (entry.form or entry.place):
        yield from _form(query, entry)
        yield from _place(query, entry, alone=alone)
    else:
        yield SHORT
    if query.core != entry.core:
        yield HOMOPHONE if alone and _same_trade(query, entry) else HOMOPHONE_ONLY
    if query.group != entry.group:
        yield GROUP
    if query.branch != entry.branch:
        yield OTHER_BRANCH if entry.branch else BRANCH
    if query.note != entry.note or query.site.codes != entry.site.codes:
        yield OTHER_NOTE


def _form(query: NameParts, entry: NameParts) -> Iterator[Finding]:
    if query.form == entry.form:
        return
    kinds = {_kind_of_form(query.form), _kind_of_form(entry.form)}
    if len(kinds) == 1:
        return
    if kinds == {"limited", "joint stock"}:
        yield CONVERTED
    elif query.form:
        yield OTHER_FORM
    else:
        yield SUFFIX_OMITTED if query.place and _telling(entry) else SHORT


def _kind_of_form(form: str) -> str:
    if form in lexicon.LIMITED:
        return "limited"
    return "joint stock" if form in lexicon.JOINT_STOCK else form


def _place(query: NameParts, entry: NameParts, *, alone: bool) -> Iterator[Finding]:
    if query.place and entry.place:
        yield from compare_places(query.place, entry.place)
    elif query.place:
        yield PLACE_ADDED
    elif entry.place:
        yield PLACE_OMITTED if alone and query.form and _telling(entry) else SEVERAL_PLACES


def compare_places(one: Place, other: Place) -> Iterator[Finding]:
    """Yield nothing for the same place, else how the two lie to each other.

    A name several places bear, such as 鼓楼区, is not settled by the other side being one of
    them.
    """
    if one.codes == other.codes:
        return
    if one.codes & other.codes:
        yield PLACE_UNSURE
        return
    nested = any(covers(a, b) or covers(b, a) for a in one.codes for b in other.codes)
    yield NESTED_PLACE if nested else OTHER_PLACE


def same_place(query: NameParts, entry: NameParts) -> bool:
    """Tell whether both names state a place and it is the same one."""
    return bool(query.place) and query.place.codes == entry.place.codes


def _telling(entry: NameParts) -> bool:
    """Tell whether brand and trade say enough to stand without place or legal form.

    A trade outside the lexicon is read as part of the brand; a brand alone is rarely that long.
    """
    return bool(entry.trade) or len(entry.core) >= _LONG_CORE


def _same_trade(query: NameParts, entry: NameParts) -> bool:
    """Tell whether only the brand is written otherwise, going by its tail."""
    same = query.trade == entry.trade and query.core[-2:] == entry.core[-2:]
    return same and _telling(entry)
