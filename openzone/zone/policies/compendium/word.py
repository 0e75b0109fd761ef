"""The compendium as a Word file, with headings a reader of the office can restyle."""

import datetime as dt
import io

from docx import Document as WordFile
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from openzone.zone.policies.compendium.content import Book, ItemEntry, Line

FONT, LATIN = "宋体", "Times New Roman"
# Word writes the moment of making into a file; the same book is to give the same file.
NEVER_MIND = dt.datetime(2000, 1, 1)  # noqa: DTZ001


def word(book: Book) -> bytes:
    """Return the file."""
    file = WordFile()
    _style(file)
    file.core_properties.title, file.core_properties.author = book.title, ""
    file.core_properties.created = file.core_properties.modified = NEVER_MIND
    file.add_heading(book.title, level=0)
    for note in book.notes:
        file.add_paragraph(note)
    _contents(file, book)
    for level in book.levels:
        file.add_page_break()  # type: ignore[no-untyped-call]
        file.add_heading(level.title, level=1)
        for category in level.categories:
            file.add_heading(category.title, level=2)
            for document in category.documents:
                file.add_heading(document.title, level=3)
                _lines(file, document.facts)
                for item in document.items:
                    _item(file, item)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _style(file: Word) -> None:
    """Name a Chinese font in every style: Word would choose another one for each character."""
    for style in file.styles:
        properties = getattr(style, "element", None)
        if properties is None or not hasattr(style, "font"):
            continue
        fonts = properties.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:ascii", "w:hAnsi"):
            fonts.set(qn(name), LATIN)
        fonts.set(qn("w:eastAsia"), FONT)
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(name), None)
    file.styles["Normal"].font.size = Pt(11)


def _contents(file: Word, book: Book) -> None:
    """Write the table of contents: already filled, and a field Word can bring up to date."""
    file.add_paragraph(book.contents, style="Subtitle")
    first = file.add_paragraph()
    for kind in ("begin", None, "separate"):
        run = first.add_run()
        run._r.append(_field(kind) if kind else _instruction(' TOC \\o "1-3" \\h \\z \\u '))
    last = first
    for depth, title in _titles(book):
        last = file.add_paragraph(f"{'　' * depth}{title}")
    last.add_run()._r.append(_field("end"))


def _titles(book: Book) -> list[tuple[int, str]]:
    found = []
    for level in book.levels:
        found.append((0, level.title))
        for category in level.categories:
            found.append((1, category.title))
            found += [(2, document.title) for document in category.documents]
    return found


def _field(kind: str) -> OxmlElement:  # type: ignore[valid-type]
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _instruction(text: str) -> OxmlElement:  # type: ignore[valid-type]
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = text
    return instruction


def _item(file: Word, item: ItemEntry) -> None:
    file.add_heading(item.title, level=4)
    _lines(file, item.facts)
    table = file.add_table(rows=0, cols=2, style="Table Grid")
    for name, text in item.fields:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, text
        cells[0].width, cells[1].width = Pt(90), Pt(360)
    if item.mark:
        file.add_paragraph(item.mark, style="Intense Quote")


def _lines(file: Word, facts: tuple[Line, ...]) -> None:
    for name, text in facts:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(f"{name}：").bold = True
        paragraph.add_run(text)
