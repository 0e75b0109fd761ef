"""Every problem of a cell, column, row or sheet, as data: code, severity and words.

`docs/import.md` explains every code; a test keeps the two in step.
"""

from dataclasses import dataclass
from enum import StrEnum

from openzone.engines.text import Text


class Severity(StrEnum):
    """An error keeps its row out; a warning lets it in and says what was assumed."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Message:
    """Words of one problem code; braces are filled with the problem's own values."""

    severity: Severity
    reason: Text
    suggestion: Text | None = None


def _error(zh: str, en: str, fix_zh: str = "", fix_en: str = "") -> Message:
    return Message(Severity.ERROR, Text(zh, en), Text(fix_zh, fix_en) if fix_zh else None)


def _warning(zh: str, en: str, fix_zh: str = "", fix_en: str = "") -> Message:
    return Message(Severity.WARNING, Text(zh, en), Text(fix_zh, fix_en) if fix_zh else None)


CELL: dict[str, Message] = {
    "formula": _error(
        "单元格是公式，公式的结果可能已过时",
        "the cell holds a formula, whose stored result may be stale",
        "选中该列，复制后“选择性粘贴—数值”再提交",
        "copy the column and paste it back as values",
    ),
    "excel_error": _error(
        "单元格是 Excel 错误值 {value}",
        "the cell holds the Excel error {value}",
        "改正引用的数据，或清空该单元格",
        "correct what it refers to, or clear the cell",
    ),
    "number_unreadable": _error(
        "“{value}”不是数字",
        "“{value}” is not a number",
        "填写数字，如 1234.5 或 1,234.5；没有数据请留空",
        "write a number such as 1234.5 or 1,234.5; leave it empty when there is none",
    ),
    "number_range": _error(
        "“{value}”是区间，不是一个数",
        "“{value}” is a range, not one number",
        "填写一个确定的数",
        "write one definite number",
    ),
    "number_bound": _error(
        "“{value}”只给出界限，不是一个数",
        "“{value}” gives a bound, not a number",
        "填写实际数值，不写“以上、以下、不足”",
        "write the actual number, without “over”, “under” or “at least”",
    ),
    "number_vague": _error(
        "“{value}”没有确定的数",
        "“{value}” names no definite number",
        "填写实际数值",
        "write the actual number",
    ),
    "number_too_long": _error(
        "“{value}”的位数超出可准确保存的范围",
        "“{value}” has more digits than can be kept exactly",
        "检查是否多写了数字或填错了列",
        "check for surplus digits or a wrong column",
    ),
    "number_is_date": _error(
        "这里应为数字，单元格却是日期 {value}",
        "a number is expected, the cell holds the date {value}",
        "Excel 可能把输入自动改成了日期：将单元格格式设为“常规”后重填",
        "Excel may have turned the entry into a date: set the format to General and retype it",
    ),
    "digits_lost": _error(
        "长编号被存成了数字 {value}，末尾几位已丢失",
        "a long code was stored as the number {value}; its last digits are lost",
        "将该列设为“文本”格式后重新填写",
        "set the column to Text and enter the code again",
    ),
    "not_finite": _error(
        "“{value}”不是有限的数",
        "“{value}” is not a finite number",
        "没有数据请留空",
        "leave the cell empty when there is no figure",
    ),
    "approximate": _warning(
        "“{value}”是约数，按 {read} 读取并保留原文",
        "“{value}” is approximate; read as {read}, the wording is kept",
        "有准确数时请填写准确数",
        "write the exact figure where there is one",
    ),
    "unit_mismatch": _error(
        "单位“{unit}”与“{field}”不符",
        "the unit “{unit}” does not fit “{field}”",
        "改用 {expected}",
        "use {expected}",
    ),
    "foreign_currency": _error(
        "“{unit}”是外币，无法换算成人民币",
        "“{unit}” is foreign money and cannot be turned into yuan",
        "按业务约定的汇率换算成人民币后填写",
        "convert it to yuan at the agreed rate first",
    ),
    "percentage_points": _error(
        "“{value}”是百分点之差，不是比率",
        "“{value}” is a difference in percentage points, not a ratio",
        "填写比率本身，如 3.5%",
        "write the ratio itself, such as 3.5%",
    ),
    "ratio_unit": _error(
        "比率“{value}”大于 1，又没有写 %",
        "the ratio “{value}” is above 1 and has no % sign",
        "若指 {percent}，请写成 {percent} 或 {decimal}",
        "if {percent} is meant, write {percent} or {decimal}",
    ),
    "ratio_above_one": _warning(
        "比率“{value}”超过 100%",
        "the ratio “{value}” is above 100%",
        "请核对",
        "please check it",
    ),
    "number_negative": _error(
        "“{value}”小于 0，“{field}”不能为负",
        "“{value}” is below 0, and “{field}” cannot be",
        "核对数字，没有数据请留空",
        "check the number; leave the cell empty when there is none",
    ),
    "scaled_format": _error(
        "单元格的显示格式缩小了数字，所见与所存（{value}）不同",
        "the number format scales the cell: what is shown differs from what is stored ({value})",
        "将格式改为“常规”，核对数字与表头单位一致",
        "set the format to General and check the number against the unit in the header",
    ),
    "merged_number": _error(
        "数字“{value}”写在跨多行的合并单元格里，不知属于哪一行",
        "the number “{value}” stands in a cell merged over several rows: whose is it?",
        "取消合并，逐行填写",
        "unmerge the cells and fill in each row",
    ),
    "date_unreadable": _error(
        "“{value}”不是日期",
        "“{value}” is not a date",
        "写成 2024-01-05 的形式",
        "write it like 2024-01-05",
    ),
    "date_no_day": _error(
        "日期“{value}”没有写到日",
        "the date “{value}” names no day",
        "补全到日，如 {example}",
        "add the day, such as {example}",
    ),
    "date_impossible": _error(
        "没有“{value}”这一天",
        "there is no such day as “{value}”",
        "核对年、月、日",
        "check year, month and day",
    ),
    "date_ambiguous": _error(
        "“{value}”可以读成不同的日期",
        "“{value}” can be read as different dates",
        "写成 2024-01-05 的形式",
        "write it like 2024-01-05",
    ),
    "bool_unreadable": _error(
        "“{value}”看不出是“是”还是“否”",
        "“{value}” is neither yes nor no",
        "填写 是 或 否",
        "write 是 (yes) or 否 (no)",
    ),
    "choice_unknown": _error(
        "“{value}”不在可选项内",
        "“{value}” is not one of the choices",
        "可选：{choices}",
        "choose from: {choices}",
    ),
    "code_invalid": _error(
        "不是可用的代码：{reason}",
        "no code that can be used: {reason}",
        "填写代码或全称",
        "write the code, or the full name",
    ),
    "type_unsupported": _error(
        "单元格的内容（{value}）不是“{field}”能用的类型",
        "the cell's content ({value}) is of a kind “{field}” cannot take",
        "改成文字、数字或日期",
        "turn it into text, a number or a date",
    ),
    "required_missing": _error(
        "“{field}”必须填写",
        "“{field}” is required",
        "补填，或删除这一行",
        "fill it in, or delete the row",
    ),
    "unit_jump": _warning(
        "“{value}”约为上次记录 {previous} 的 {times} 倍，像是单位写错",
        "“{value}” is about {times} times the {previous} on record: a wrong unit?",
        "核对单位是元、万元还是亿元",
        "check whether the unit is yuan, 10,000 yuan or 100 million yuan",
    ),
}

COLUMN: dict[str, Message] = {
    "column_unknown": _warning(
        "不认识“{header}”这一列，未读取",
        "the column “{header}” is not known and was not read",
        "相近的有：{closest}",
        "close to it: {closest}",
    ),
    "column_ambiguous": _error(
        "“{header}”可以指多项：{candidates}",
        "“{header}” can mean several things: {candidates}",
        "把表头写成其中一个名称，或手工指定这一列",
        "write one of these names in the header, or assign the column by hand",
    ),
    "column_duplicate": _error(
        "{first} 列和 {second} 列都是“{field}”，内容不同",
        "columns {first} and {second} are both “{field}” and differ",
        "删除其中一列",
        "delete one of them",
    ),
    "column_missing": _error(
        "缺少必需的列“{field}”",
        "the required column “{field}” is missing",
        "加上这一列，或手工指定",
        "add the column, or assign one by hand",
    ),
    "mapping_unknown": _error(
        "手工指定的“{header}” → “{field}”无效",
        "the manual assignment “{header}” → “{field}” is not valid",
        "列用字母（A、B……），指标用目录中的名称",
        "give a column letter (A, B, …) and a name from the catalogue",
    ),
    "year_missing": _error(
        "“{header}”没有写年份，可以指：{candidates}",
        "“{header}” names no year; it can mean: {candidates}",
        "在表头写明年份，如 {example}",
        "name the year in the header, such as {example}",
    ),
    "year_unknown": _error(
        "“{header}”的年份不在可导入的范围内",
        "the year of “{header}” is outside the years that can be imported",
        "可以导入：{candidates}",
        "can be imported: {candidates}",
    ),
    "year_assumed": _warning(
        "“{header}”没有写年份，按“{field}”读取",
        "“{header}” names no year and was read as “{field}”",
        "请核对年份",
        "please check the year",
    ),
    "year_ignored": _warning(
        "“{field}”不分年份，“{header}”中的年份未保存",
        "“{field}” is not kept by year; the year in “{header}” was not kept",
    ),
    "unit_assumed": _warning(
        "“{header}”没有写单位，按{unit}读取",
        "“{header}” names no unit and was read in {unit}",
        "在表头写明单位，如 {header}（万元）",
        "name the unit in the header, such as {header} (万元)",
    ),
    "percent_scale": _warning(
        "“{header}”的单位是 %，但所有数都不超过 1",
        "“{header}” is in %, yet no figure in it is above 1",
        "若 0.035 指 3.5%，请填 3.5，或将表头的 % 去掉",
        "if 0.035 means 3.5%, write 3.5, or drop the % from the header",
    ),
}

SHEET: dict[str, Message] = {
    "no_header": _error(
        "没有找到表头：前 {rows} 行里没有认识的列名",
        "no header found: none of the first {rows} rows has column names we know",
        "确认有一行写着列名，如：{examples}",
        "make sure one row names the columns, such as: {examples}",
    ),
    "no_rows": _error(
        "表头下面没有数据",
        "there is no data under the header",
        "填写数据后再提交",
        "fill in the data first",
    ),
    "sheet_missing": _error(
        "没有名为“{value}”的工作表",
        "there is no sheet called “{value}”",
        "现有工作表：{sheets}",
        "the sheets are: {sheets}",
    ),
    "units_conflict": _warning(
        "“{value}”给出了几种单位，没有采用",
        "“{value}” names several units; none was applied",
        "在每一列的表头写明单位",
        "name the unit in the header of each column",
    ),
}

ROW: dict[str, Message] = {
    "row_shifted": _error(
        "这一行比表头多出内容“{value}”，各列可能已错位",
        "this row has “{value}” beyond the header: its cells may have shifted",
        "含逗号的内容要加英文双引号；检查各列是否对齐",
        'put text that contains commas in double quotes ("); check that the cells line up',
    ),
    "row_conflict": _error(
        "与{other}同为“{key}”，但内容不同（{fields}）",
        "same “{key}” as {other}, but different content ({fields})",
        "保留正确的一行",
        "keep the row that is right",
    ),
    "id_missing": _error(
        "这一行没有“{field}”",
        "this row has no “{field}”",
        "补填，或删除这一行",
        "fill it in, or delete the row",
    ),
}

PROBLEMS: dict[str, Message] = CELL | COLUMN | SHEET | ROW
