"""The text of a Word file: its paragraphs and tables in their order, headings as ``#`` lines."""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.table import Table

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
        cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
        yield "，".join(cell for cell in cells if cell)
