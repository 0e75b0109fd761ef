"""What the columns of a workbook of leads are called; the list carried out has the same."""

from typing import Final

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.packs.promotion import Term
from openzone.zone.projects.enums import Origin
from openzone.zone.promotion.packs import pack

_ORIGINS: Final = (
    Choice(Origin.IN_PROVINCE, ("省内", "内资（省内）", "内资(省内)")),
    Choice(Origin.OUTSIDE, ("省外", "内资", "内资（省外）", "内资(省外)")),
    Choice(Origin.FOREIGN, ("外资", "境外", "外商投资", "港澳台")),
)


def vocabulary() -> Vocabulary:
    """Return the columns a workbook of leads may have."""
    return Vocabulary((
        _text("title", "线索名称", "Lead", "项目名称", "线索", "意向项目", "名称", required=True),
        _text("number", "线索编号", "Number", "编号"),
        _text("investor", "投资方", "Investor", "客商名称", "企业名称", "投资主体", "投资企业",
              required=True),
        _text("uscc", "统一社会信用代码", "Unified social credit code", "信用代码"),
        _text("group", "所属集团", "Group", "集团"),
        _text("region", "投资方所在地", "Province, city", "来源地", "所在省市"),
        Field("origin", "text", None, "资金来源地", "Origin", ("内外资", "资金来源"), _ORIGINS),
        _choice("source", "线索来源", "Source", pack().sources, "来源"),
        _text("source_note", "来源说明", "Who or what it came from", "推荐人"),
        _choice("channel", "招商方式", "Channel", pack().channels, "渠道", "招商渠道"),
        _day("received_on", "收到日期", "Received on", "登记日期", "线索日期"),
        Field("wished", "yuan", None, "意向投资额", "Intended investment",
              ("计划投资", "计划总投资", "总投资", "投资额")),
        _text("chain", "产业链", "Chain", "所属产业链"),
        _text("node", "链条环节", "Link of the chain", "环节"),
        _text("gap", "补链方向", "Gap it would fill", "补链环节"),
        _text("industry", "行业代码", "Industry", "行业"),
        _text("place", "意向园区", "Place in view", "意向落户地", "园区"),
        _text("unit", "跟进单位", "Unit", "责任单位", "牵头单位"),
        _text("adviser", "招商顾问", "Adviser", "顾问", "跟进人", "联系人员"),
        _text("summary", "投资意向", "What is intended", "项目内容", "建设内容"),
        _day("talked_on", "最近联系日期", "Last contact", "最近对接日期", "对接日期"),
        _text("said", "进展情况", "What was said", "洽谈进展", "对接情况"),
        _text("next_step", "下一步", "Next step", "下一步工作", "下步计划"),
        _day("next_on", "下一步日期", "Next step by", "完成时限"),
    ))  # fmt: skip


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


def _day(name: str, zh: str, en: str, *aliases: str) -> Field:
    return Field(name, "date", None, zh, en, aliases)


def _choice(name: str, zh: str, en: str, terms: tuple[Term, ...], *aliases: str) -> Field:
    choices = tuple(Choice(one.id, (one.label.zh, one.label.en)) for one in terms)
    return Field(name, "text", None, zh, en, aliases, choices)
