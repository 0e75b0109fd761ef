"""Text is taken from the files pages come in; what holds none is refused with a reason."""

from io import BytesIO

import docx
import pytest
import typst

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
        ("a.png", b"\x89PNG\r\n\x1a\n....", "no text of its own"),
        ("a.docx", b"PK\x03\x04....word/", "damaged"),
        ("a.pdf", b"%PDF-1.4 /Encrypt", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        take(name, data)
    assert reason in refused.value.reason.en
    assert refused.value.reason.zh
