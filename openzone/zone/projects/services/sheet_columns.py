"""What the columns of a workbook of projects are called."""

from typing import Final

from openzone.engines.projects.pipeline import Pipeline
from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.text import Text
from openzone.zone.projects.enums import Origin

STAGE: Final = "stage_"
"""What the column of a stage's day is called: this and the id of the stage."""
_SECTORS: Final = {"1": "一", "2": "二", "3": "三"}


def vocabulary(flow: Pipeline) -> Vocabulary:
    """Return the columns a workbook of projects may have: the usual ones, and a day a stage."""
    return Vocabulary((*_USUAL, *(_day_of(one.id, one.label) for one in flow.stages)))


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


def _date_field(name: str, zh: str, en: str, *aliases: str) -> Field:
    return Field(name, "date", None, zh, en, aliases)


def _day_of(stage: str, label: Text) -> Field:
    words = tuple(f"{label.zh}{word}" for word in ("时间", "日", "年月日"))
    return _date_field(STAGE + stage, f"{label.zh}日期", f"{label.en}: day", *words)


_ORIGINS: Final = (
    Choice(Origin.IN_PROVINCE, ("省内", "内资（省内）", "内资(省内)")),
    Choice(Origin.OUTSIDE, ("省外", "内资", "内资（省外）", "内资(省外)")),
    Choice(Origin.FOREIGN, ("外资", "境外", "外商投资", "港澳台")),
)
_USUAL: Final = (
    _text("name", "项目名称", "Project", "名称", "项目", required=True),
    _text("number", "项目编号", "Number", "编号"),
    _text("investor", "投资方", "Investor", "投资主体", "投资单位", "投资人", "投资企业",
          "业主单位"),
    Field("total", "yuan", None, "总投资", "Total investment",
          ("计划总投资", "投资总额", "项目总投资", "投资额", "总投资额")),
    Field("fixed", "yuan", None, "固定资产投资", "Fixed-asset investment", ("固投",)),
    _text("reason", "调整原因", "Why it was revised", "变更原因"),
    _text("industry", "行业代码", "Industry", "行业", "所属行业", "国民经济行业代码"),
    Field("sector", "text", None, "产业", "Sector", ("产业类别", "三次产业"), tuple(
        Choice(one, (f"{word}产", f"第{word}产业", f"{word}产业", f"第{word}产"))
        for one, word in _SECTORS.items()
    )),
    Field("origin", "text", None, "资金来源地", "Origin", ("资金来源", "内外资", "投资来源"),
          _ORIGINS),
    _text("stage", "阶段", "Stage", "项目阶段", "当前阶段", "进展阶段", "目前阶段"),
    _text("place", "所在园区", "Place", "园区", "落地园区", "落户地点", "地点"),
    _text("unit", "牵头单位", "Lead unit", "责任单位", "服务单位", "包抓单位"),
    _text("summary", "建设内容", "What is built", "主要建设内容", "建设内容及规模", "项目内容"),
    _date_field("planned_start", "计划开工日期", "Planned start", "计划开工时间", "拟开工日期"),
    _date_field("planned_finish", "计划竣工日期", "Planned completion", "计划竣工时间",
                "拟竣工日期"),
    Field("framework", "bool", None, "框架协议", "Framework agreement", ("是否框架协议",)),
)  # fmt: skip
