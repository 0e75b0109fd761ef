"""The text layer of a PDF: pages in order, lines by their place, characters by ``ToUnicode``.

Covers what word processors and newspapers' systems write (ISO 32000-1: Flate streams, object
streams, composite fonts). A file whose pages are pictures gives no text.
"""

from collections.abc import Iterator

from openzone.engines.reading.sources.pdf_fonts import Font, font_of
from openzone.engines.reading.sources.pdf_objects import Document
from openzone.engines.reading.sources.pdf_text import shown

_NEAR = 2.0


def from_pdf(data: bytes) -> str:
    """Return the text of every page, a blank line between pages."""
    document = Document(data)
    pages = ("\n".join(_lines(document, page)) for page in document.pages())
    return "\n\n".join(page for page in pages if page.strip()) + "\n"


def _lines(document: Document, page: dict[str, object]) -> Iterator[str]:
    """Yield a page's lines in the order they were drawn, which is the order of its columns."""
    fonts = _fonts(document, page)
    line, height = "", None
    for y, text in shown(document.contents(page), fonts):
        if height is not None and abs(y - height) > _NEAR:
            yield line.rstrip()
            line = ""
        line, height = line + text, y
    if line.strip():
        yield line.rstrip()


def _fonts(document: Document, page: dict[str, object]) -> dict[str, Font]:
    resources = document.resolve(document.inherited(page, "Resources"))
    listed = document.resolve(resources.get("Font")) if isinstance(resources, dict) else None
    if not isinstance(listed, dict):
        return {}
    return {name: font_of(document, document.resolve(font)) for name, font in listed.items()}
