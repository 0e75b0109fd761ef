"""Text is taken from the files pages come in; what holds none is refused with a reason."""

from io import BytesIO

import docx
import pytest
import typst
from pypdf import PdfWriter

from openzone.engines.reading.sources.taking import Source, UnreadableError, kind_of, take

SENTENCE = "示例高新区实现产值19.3亿元，同比增长15.9%。"


def word_file() -> bytes:
    paper = docx.Document()
    paper.add_heading("示例高新区：做强产业", 1)
    paper.add_paragraph(SENTENCE)
    row = paper.add_table(1, 2).rows[0].cells
    row[0].text, row[1].text = "入驻企业", "320家"
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def pdf_file(text: str) -> bytes:
    return typst.compile(text.encode())


def test_word_files_keep_headings_and_tables() -> None:
    text = take("a.docx", word_file())
    assert text == f"# 示例高新区：做强产业\n\n{SENTENCE}\n\n入驻企业，320家\n"


def test_web_pages_lose_scripts_and_menus() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>x</title><script>var a=1;</script></head><body>"
        f"<nav>首页</nav><h2>示例&nbsp;标题</h2><p>{SENTENCE[:8]}\n{SENTENCE[8:]}</p></body></html>"
    )
    assert take("a.html", page.encode()) == f"## 示例\u00a0标题\n\n{SENTENCE[:8]} {SENTENCE[8:]}\n"


def test_pdf_text_comes_line_by_line() -> None:
    text = take("a.pdf", pdf_file(f"= 示例标题\n{SENTENCE}（含括号）\n\n第二段"))
    assert "示例标题\n" in text
    assert SENTENCE + "（含括号）" in text.replace(" ", "").replace("\n", "")
    assert text.rstrip().endswith("第二段")


def test_a_pdf_of_pictures_has_no_text() -> None:
    assert take("a.pdf", pdf_file("#rect(width: 2cm)")).strip() == ""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_in_the_encodings_of_offices(encoding: str) -> None:
    assert take("a.txt", f"{SENTENCE}\r\n第二行".encode(encoding)) == f"{SENTENCE}\n第二行"


def test_a_file_is_what_it_holds_and_not_its_name() -> None:
    assert kind_of("a.txt", pdf_file("示例")) is Source.PDF
    assert kind_of("a.txt", word_file()) is Source.WORD
    assert kind_of("a.txt", b"\x89PNG\r\n\x1a\n....") is Source.PICTURE


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xff\xfe\x00\xd8\xff", "neither UTF-8"),
        ("a.xlsx", b"PK\x03\x04....", "not read"),
        ("a.docx", b"PK\x03\x04....", "renamed from another kind"),
        ("a.png", b"\x89PNG\r\n\x1a\n....", "no text of its own"),
        ("a.docx", b"PK\x03\x04....word/", "damaged"),
        ("a.pdf", b"%PDF-1.4 and nothing else", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        take(name, data)
    assert reason in refused.value.reason.en
    assert refused.value.reason.zh


def test_a_locked_pdf_is_refused() -> None:
    out = BytesIO()
    locked = PdfWriter(BytesIO(pdf_file("示例")))
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(out)
    with pytest.raises(UnreadableError, match="locked by a password"):
        take("a.pdf", out.getvalue())


def test_a_few_broken_bytes_do_not_make_a_page_another_encoding() -> None:
    data = (SENTENCE * 20).encode()
    text = take("a.txt", data[:100] + b"\xff" + data[101:])
    assert text.count("\ufffd") <= 3
    assert SENTENCE in text


def test_what_is_left_open_in_a_menu_ends_with_it() -> None:
    page = f"<html><nav><form><ul><li>首页</nav><div><div><p><b>{SENTENCE[:6]}</b>{SENTENCE[6:]}"
    assert take("a.html", page.encode()) == SENTENCE + "\n"


def test_tables_keep_equal_cells_and_tables_inside_them() -> None:
    paper = docx.Document()
    row = paper.add_table(1, 3).rows[0].cells
    row[0].text, row[1].text = "5家", "5家"
    inner = row[2].add_table(1, 1)
    inner.rows[0].cells[0].text = "内表"
    out = BytesIO()
    paper.save(out)
    assert take("a.docx", out.getvalue()) == "5家，5家，内表\n"
