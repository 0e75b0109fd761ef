"""What the columns of workbooks of chains are called; lists carried out have the same."""

from typing import Final

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.zone.chains.enums import ChainRoleKind, ChainSheetKind

_ROLES: Final = (
    Choice(ChainRoleKind.LEADER, ("链主", "链主企业", "chain leader")),
    Choice(ChainRoleKind.SUPPORTING, ("链辅", "链辅企业", "配套企业", "supporting firm")),
)


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


def _day(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "date", None, zh, en, aliases, required=required)


_FIRM: Final = _text("firm", "企业名称", "Enterprise", "企业", "名称", required=True)
_CODE: Final = _text("uscc", "统一社会信用代码", "Unified social credit code", "信用代码")
_CHAIN: Final = _text("chain", "产业链", "Chain", "所属产业链", required=True)
_NODE: Final = _text("node", "链条环节", "Link of the chain", "环节", "所属环节", required=True)

VOCABULARIES: Final = {
    ChainSheetKind.PLACEMENTS: Vocabulary((
        _FIRM, _CODE, _CHAIN, _NODE,
        Field("share", "ratio", None, "份额", "Share", ("占比", "比例", "主营占比", "营收占比")),
        _day("valid_from", "起始日期", "From", "自", "开始日期", "登记日期"),
        _text("source", "依据", "Source", "来源", "依据来源"),
    )),
    ChainSheetKind.ROLES: Vocabulary((
        _FIRM, _CODE, _CHAIN,
        Field("kind", "text", None, "身份", "Role", ("角色", "企业身份", "类别"), _ROLES,
              required=True),
        _text("leader", "所配套链主", "Leader it supports", "链主名称", "所属链主"),
        _text("document_no", "文号", "Document number", "认定文号"),
        _text("document", "文件名称", "Document", "认定文件"),
        _text("issued_by", "发文单位", "Issued by", "认定单位"),
        _day("valid_from", "起始日期", "From", "认定日期", "自", "开始日期"),
        _text("remark", "备注", "Remark", "说明"),
    )),
    ChainSheetKind.FIGURES: Vocabulary((
        _CHAIN, _NODE,
        _text("firm", "企业名称", "Enterprise", "企业"), _CODE,
        _text("kind", "指标", "Figure", "指标名称", required=True),
        _text("value", "指标数值", "Value", "数值", "数量", required=True),
        _text("unit", "计量单位", "Unit", "单位", required=True),
        _text("qualifier", "限定词", "As published", "近余超"),
        _text("period", "期间", "Period", "年度", "时期", required=True),
        _text("source", "来源", "Source", "资料来源", required=True),
        _day("published_on", "发布日期", "Date of the source", "来源日期", required=True),
    )),
}  # fmt: skip
"""The columns of each kind of workbook."""


def vocabulary(kind: str) -> Vocabulary:
    """Return the columns a workbook of a kind may have."""
    return VOCABULARIES[ChainSheetKind(kind)]
