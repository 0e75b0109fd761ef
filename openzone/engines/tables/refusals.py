"""Why a whole file is refused, and why rows and sheets are left out: codes and words.

`docs/import.md` explains every code; a test keeps the two in step.
"""

from openzone.engines.text import Text

SKIPS: dict[str, Text] = {
    "header_repeat": Text("重复的表头", "the header repeated"),
    "title_repeat": Text("重复的标题", "the title repeated"),
    "column_numbers": Text("栏次行", "a row of column numbers"),
    "total": Text("合计行", "a total"),
    "note": Text("表尾说明", "a note below the table"),
    "section": Text("分组标题", "a section heading"),
    "duplicate": Text("与{other}完全相同", "identical to {other}"),
    "sheet_hidden": Text("隐藏的工作表", "a hidden sheet"),
    "sheet_other": Text("没有可识别表头的工作表", "a sheet without a header we know"),
    "sheet_problems": Text("上次退回的问题清单", "the list of problems that was sent back"),
    "sheet_empty": Text("空工作表", "an empty sheet"),
}

REFUSALS: dict[str, Text] = {
    "empty": Text("文件是空的。请检查后重新选择文件。", "The file is empty. Choose it again."),
    "too_large": Text(
        "文件有 {size}，超过上限 {limit}。请拆分后分次提交。",
        "The file is {size}, above the limit of {limit}. Split it and send the parts.",
    ),
    "wrong_type": Text(
        "这是{found}，不是表格。请提交 xlsx、xls、csv 或 parquet 文件。",
        "This is {found}, not a table. Send an xlsx, xls, csv or parquet file.",
    ),
    "html_table": Text(
        "这是网页（HTML）改名的表格。请用 Excel 或 WPS 打开，“另存为”xlsx 后提交。",
        "This is a web page (HTML) renamed as a table. "
        "Open it in Excel or WPS, save it as xlsx and send that.",
    ),
    "xml_spreadsheet": Text(
        "这是 XML 表格 2003 格式。请用 Excel 或 WPS 打开，“另存为”xlsx 后提交。",
        "This is an XML Spreadsheet 2003. Open it in Excel or WPS, save it as xlsx and send that.",
    ),
    "old_excel": Text(
        "这是 Excel 4.0 或更早的格式。请用 Excel 或 WPS 打开，“另存为”xlsx 后提交。",
        "This is the format of Excel 4.0 or older. Open it in Excel or WPS, save it as xlsx.",
    ),
    "binary_workbook": Text(
        "这是二进制工作簿（xlsb）。请“另存为”xlsx 后提交。",
        "This is a binary workbook (xlsb). Save it as xlsx and send that.",
    ),
    "encrypted": Text(
        "文件有打开密码。请取消密码后提交。",
        "The file is protected by a password. Remove the password and send it again.",
    ),
    "macros": Text(
        "工作簿含有宏，不予接收。请“另存为”不含宏的 xlsx 后提交。",
        "The workbook contains macros and is not accepted. Save it as xlsx without macros.",
    ),
    "truncated": Text(
        "文件不完整，可能没有传完。请重新上传或重新导出。",
        "The file is cut short, perhaps by an interrupted upload. Send or export it again.",
    ),
    "damaged": Text(
        "文件已损坏，无法打开。请用 Excel 或 WPS 打开后另存为 xlsx 再提交。",
        "The file is damaged and cannot be read. Open it in Excel or WPS and save it anew as xlsx.",
    ),
    "bomb": Text(
        "文件解开后异常庞大（{size}），不予接收。",
        "The file unpacks to an abnormal size ({size}) and is not accepted.",
    ),
    "too_many_parts": Text(
        "文件内部有 {count} 个部件，超过上限 {limit}。",
        "The file has {count} internal parts, above the limit of {limit}.",
    ),
    "nested_archive": Text(
        "文件内藏有压缩包“{part}”，不予接收。",
        "The file hides an archive, “{part}”, and is not accepted.",
    ),
    "document_type": Text(
        "文件内部含有 XML 文档类型声明（{part}），不予接收。",
        "The file contains an XML document type declaration ({part}) and is not accepted.",
    ),
    "too_many_cells": Text(
        "工作表“{sheet}”用到了 {last}（共 {count} 格），超过上限 {limit} 格。"
        "请删除末尾多余的行和列后再提交。",
        "The sheet “{sheet}” reaches {last} ({count} cells), above the limit of {limit}. "
        "Delete the surplus rows and columns at its end.",
    ),
    "encoding": Text(
        "看不出文字编码。请另存为 UTF-8 的 csv，或 xlsx。",
        "The text encoding cannot be told. Save it as csv in UTF-8, or as xlsx.",
    ),
    "csv_broken": Text(
        "csv 第 {row} 行无法拆分成列，可能有引号没有配对。",
        "Line {row} of the csv cannot be split into columns; a quote may not be closed.",
    ),
}

# What a person may have sent instead of a table.
NAMES: dict[str, Text] = {
    "pdf": Text("PDF 文件", "a PDF"),
    "image": Text("图片", "a picture"),
    "archive": Text("压缩包", "an archive"),
    "word": Text("Word 文档", "a Word document"),
    "powerpoint": Text("PowerPoint 文档", "a PowerPoint file"),
    "ods": Text("OpenDocument 文件", "an OpenDocument file"),
    "rtf": Text("RTF 文档", "an RTF document"),
    "json": Text("JSON 文件", "a JSON file"),
    "xml": Text("XML 文件", "an XML file"),
    "text": Text("文本文件", "a text file"),
    "program": Text("程序文件", "a program"),
    "unknown": Text("无法识别的文件", "a file of unknown type"),
}
