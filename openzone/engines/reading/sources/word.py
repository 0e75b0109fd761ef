"""The text of a Word file: its paragraphs and tables in their order, headings as ``#`` lines."""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.table import Table, _Cell

_LEVEL = re.compile(r"(?:Heading|标题) ?([1-6])")


def from_word(data: bytes) -> str:
    """Return the text, a blank line between paragraphs."""
    return "\n\n".join(_blocks(data)) + "\n"


def _blocks(data: bytes) -> Iterator[str]:
    for block in docx.Document(BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
            continue
        text = block.text.strip()
        level = _LEVEL.search((block.style.name or "") if block.style else "")
        if text:
            yield "#" * int(level[1]) + " " + text if level else text


def _rows(table: Table) -> Iterator[str]:
    """Yield a line for each row; a cell that spans columns is told once."""
    for row in table.rows:
        cells = {id(cell._tc): cell for cell in row.cells}
        told = (" ".join(_in_cell(cell)) for cell in cells.values())
        yield "，".join(one for one in told if one)


def _in_cell(cell: _Cell) -> Iterator[str]:
    """Yield what a cell holds, the rows of a table inside it too."""
    for block in cell.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        elif block.text.strip():
            yield block.text.strip()
