"""The columns a table of months may have, with the headings offices use for them."""

from openzone.engines.tables.columns import Choice, Field, Vocabulary


def _field(name: str, kind: str, zh: str, en: str, aliases: str = "") -> Field:
    return Field(
        name, kind, None, zh, en, tuple(aliases.split()),
        above_one=kind == "ratio", precision="month",
    )  # fmt: skip


def _event(name: str, zh: str, en: str, aliases: str) -> Field:
    """A day of which 无 says that it has not come."""
    return Field(
        name, "date", None, zh, en, tuple(aliases.split()), precision="month", can_be_absent=True
    )


_COLOURS = (
    Choice("green", ("绿", "绿灯", "green")),
    Choice("blue", ("蓝", "蓝单", "蓝灯", "blue")),
    Choice("yellow", ("黄", "黄灯", "黄牌", "yellow")),
    Choice("red", ("红", "红灯", "红牌", "red")),
)

VOCABULARY = Vocabulary(
    (
        _field("project", "text", "项目", "project", "项目编号 项目代码 编号 id project_id"),
        _field("name", "text", "项目名称", "project name", "名称 project_name"),
        _field("month", "date", "月份", "month", "月 年月 上报月份 报告月份 统计月份 period"),
        _field(
            "planned", "ratio", "计划进度", "planned progress",
            "计划 计划完成 计划完成进度 时序进度 应完成进度 plan planned_progress",
        ),
        _field(
            "actual", "ratio", "实际进度", "actual progress",
            "实际 实际完成 实际完成进度 完成进度 累计完成 done actual_progress",
        ),
        _field(
            "due_start", "date", "计划开工日期", "planned start",
            "计划开工 计划开工时间 计划开工月份 应开工日期 应开工时间 planned_start",
        ),
        _event(
            "started_on", "实际开工日期", "actual start",
            "实际开工 实际开工时间 开工日期 开工时间 started actual_start",
        ),
        _event(
            "statistics_on", "入库日期", "entry into statistics",
            "入库 入库时间 入统日期 入统时间 纳统日期 纳统时间",
        ),
        _field("due_on", "date", "节点期限", "deadline", "节点日期 节点时限 到期日期 due"),
        _event("done_on", "节点完成日期", "deadline met on", "节点完成时间 完成日期 完成时间"),
        _field(
            "paused", "bool", "批准暂停", "paused with approval",
            "经批准暂停 批准缓建 approved_pause pause_approved",
        ),
        _field("expected_late", "bool", "预计逾期", "expected late", "预计延期 预计滞后"),
        _field("serious", "bool", "严重滞后", "serious delay", "严重逾期 serious_delay"),
        _field("poor_quality", "bool", "质量不佳", "poor quality", "质量问题"),
        _field("reason_accepted", "bool", "理由已认可", "reason accepted", "正当理由 有正当理由"),
        Field(
            "override", "text", None, "人工调整", "override",
            ("人工改灯", "调整颜色", "override_colour"), _COLOURS,
        ),
        _field("override_reason", "text", "调整理由", "override reason", "人工调整理由 改灯理由"),
        _field("override_until", "date", "调整有效期", "override until", "调整有效期至 有效期至"),
        _field("override_rule", "text", "调整适用规则", "override rule", "适用规则"),
        _field("note", "text", "备注", "note", "说明 remark remarks"),
    )
)  # fmt: skip
