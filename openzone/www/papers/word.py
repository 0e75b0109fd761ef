"""A paper as a Word file, with headings a reader of the office can restyle."""

import datetime as dt
import io

from docx import Document as WordFile
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from openzone.www.papers.content import Grid, Paper
from openzone.www.papers.pdf import png

FONT, LATIN = "宋体", "Times New Roman"
# Word writes the moment of making into a file; the same paper is to give the same file.
NEVER_MIND = dt.datetime(2000, 1, 1)  # noqa: DTZ001


def word(paper: Paper) -> bytes:
    """Return the file."""
    file = WordFile()
    _style(file)
    file.core_properties.title, file.core_properties.author = paper.title, ""
    file.core_properties.created = file.core_properties.modified = NEVER_MIND
    file.add_heading(paper.title, level=0)
    for note in paper.notes:
        file.add_paragraph(note)
    for section in paper.sections:
        file.add_heading(section.heading, level=1)
        for line in section.lines:
            file.add_paragraph(line)
        if section.grid:
            _grid(file, section.grid)
        for picture in section.pictures:
            file.add_picture(io.BytesIO(png(picture)), width=Cm(16))
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _grid(file: Word, grid: Grid) -> None:
    table = file.add_table(rows=0, cols=len(grid.headings), style="Table Grid")
    for number, row in enumerate([grid.headings, *grid.rows]):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.bold, run.font.size = number == 0, Pt(9)


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
