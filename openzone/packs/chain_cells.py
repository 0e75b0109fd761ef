"""Parts of a chain as cells of text, and back: what tables and graph files can hold.

A list is written ``甲；乙``, and as JSON where a member would be cut by that.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

Cells = dict[str, str]
COLUMNS = {
    "kind": "类别",
    "id": "编号",
    "name_zh": "名称",
    "name_en": "英文名称",
    "stage": "阶段",
    "weight": "权重",
    "parent": "上级",
    "from": "起点",
    "to": "终点",
    "rel": "关系",
    "need": "需要程度",
    "alt_group": "替代组",
    "cost_share": "成本占比",
    "source": "来源",
    "aliases": "别名",
    "keywords": "关键词",
    "heads": "词尾",
    "excludes": "排除词",
    "aliases_firm": "企业名",
    "gbt4754": "行业代码",
    "hs": "商品编码",
    "strategic": "战略性新兴产业代码",
    "edition": "代码版本",
    "version": "版本",
    "valid_from": "生效日期",
    "sources": "出处",
    "verified": "核实程度",
    "note_zh": "说明",
    "note_en": "英文说明",
    "value": "内容",
}
"""The name of a cell, and its heading in a table."""
NUMBERS = frozenset({"weight", "cost_share"})
LISTS = frozenset(
    {"aliases", "keywords", "heads", "excludes", "aliases_firm", "gbt4754", "hs", "strategic"}
    | {"sources"}
)
MORE = ("rules", "roles", "regions")
"""Parts of a file that are kept as they are."""
_CODES = ("gbt4754", "hs", "strategic", "edition")
_BOTH = ("name", "note")
_CUTS = re.compile(r"[；;、\n]")


def cells(entry: Mapping[str, Any]) -> Cells:
    """Return the head, a node or an edge as cells."""
    found: Cells = {}
    for key, value in entry.items():
        if key in _BOTH:
            both = value if isinstance(value, Mapping) else {"zh": value, "en": value}
            found |= {f"{key}_{language}": both[language] for language in ("zh", "en")}
        elif key == "codes":
            found |= {name: _cell(one) for name, one in value.items()}
        else:
            found[key] = _cell(value)
    return found


def entry(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the entry that cells stand for; a blank cell says nothing."""
    full = {name: text.strip() for name, text in given.items() if text.strip()}
    found: dict[str, Any] = {}
    for name, text in full.items():
        if name in _CODES:
            found.setdefault("codes", {})[name] = members(text) if name in LISTS else text
        elif name.rpartition("_")[0] not in _BOTH:
            found[name] = members(text) if name in LISTS else text
    return found | {name: both for name in _BOTH if (both := _named(name, full))}


def _named(name: str, given: Mapping[str, str]) -> dict[str, str] | str | None:
    zh, en = given.get(f"{name}_zh"), given.get(f"{name}_en")
    return {"zh": zh, "en": en} if zh and en and zh != en else zh or en


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return as_json(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        joined = "；".join(map(str, value))
        return joined if members(joined) == list(value) else as_json(value)
    return str(value)


def members(text: str) -> Any:
    """Return the members of a list written as text, or the mapping that it is."""
    if text[:1] in "[{":
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    return [part.strip() for part in _CUTS.split(text) if part.strip()]


def as_json(value: Any) -> str:
    """Write what has no cells of its own."""
    return json.dumps(value, ensure_ascii=False)
