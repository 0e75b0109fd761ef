"""Files that no command may take, each with the words it must be refused with."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

MEGABYTE = 1024 * 1024
Writer = Callable[[Path], object]


def text(content: str, encoding: str = "utf-8") -> Writer:
    return lambda path: path.write_bytes(content.encode(encoding))


def raw(content: bytes) -> Writer:
    return lambda path: path.write_bytes(content)


def sparse(start: bytes) -> Writer:
    """200 MB that take no room on the disk."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(start)
            file.truncate(200 * MEGABYTE)

    return write


def bomb(path: Path) -> None:
    """A small workbook that unpacks to 40 MB of blanks."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(40):
                sheet.write(b" " * MEGABYTE)


def formula(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["id", "employees"])
        sheet.write_row(1, 0, ["A1", 5])
        sheet.write(2, 0, "A2")
        sheet.write_formula(2, 1, "=B2*2", None, 10)


def cut_short(path: Path) -> None:
    formula(path)
    path.write_bytes(path.read_bytes()[:2000])


def not_finite(path: Path) -> None:
    pq.write_table(pa.table({"id": ["A1", "A2"], "employees": [1.0, float("nan")]}), path)


def folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    """There is no such file."""


# name -> how to make it, what is said in Chinese and in English
BAD: dict[str, tuple[Writer, str, str]] = {
    "missing.xlsx": (nothing, "找不到文件", "File not found"),
    "folder.csv": (folder, "这是文件夹", "This is a folder"),
    "empty.csv": (text(""), "文件是空的", "The file is empty"),
    "blank.csv": (text("\n \n"), "文件是空的", "The file is empty"),
    "pdf.xlsx": (raw(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "PDF 文件", "a PDF"),
    "page.xls": (text("<html><table><tr><td>id</td></tr></table>"), "网页", "a web page"),
    "list.json": (text('[{"id": 1}]'), "JSON 文件", "a JSON file"),
    "picture.csv": (raw(b"\x89PNG\r\n\x1a\n" + bytes(99)), "图片", "a picture"),
    "large.csv": (sparse(b"id,employees\n"), "无法识别", "unknown type"),
    "large.xlsx": (sparse(b"PK\x03\x04"), "文件不完整", "cut short"),
    "bomb.xlsx": (bomb, "异常庞大", "abnormal size"),
    "cut.xlsx": (cut_short, "文件不完整", "cut short"),
    "broken.parquet": (raw(b"PAR1 is not all it takes PAR1"), "已损坏", "is damaged"),
    "formula.xlsx": (formula, "工作表“台账” 第3行 B列", "sheet “台账”, row 3, column B"),
    "words.csv": (text("hello world\n"), "没有找到表头", "no header found"),
    "header.csv": (text("id,employees\n"), "没有数据", "there is no data"),
    "nan.csv": (text("id,employees\nA1,NaN\n"), "不是有限的数", "not a finite number"),
    "nan.parquet": (not_finite, "第3行 B列", "row 3, column B"),
    "twice.csv": (text("id,employees\nA1,1\nA1,2\n"), "与第3行同为“A1”", "same “A1” as row 3"),
    "noid.csv": (text("id,employees\nA1,1\n,2\n"), "没有“标识”", "no “Identifier”"),
    "day.csv": (
        text("id,registered_on\nA1,2020-13-01\n"),
        "没有“2020-13-01”这一天",
        "no such day as “2020-13-01”",
    ),
    "vague.csv": (text("id,employees\nA1,十几人\n"), "没有确定的数", "no definite number"),
    "unknown.csv": (
        text("id,employes\nA1,5\n"),
        "相近的有：",
        "close to it: Employees (employees)",
    ),
}
