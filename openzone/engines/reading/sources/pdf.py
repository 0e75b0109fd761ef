"""The text layer of a PDF, page by page, as pypdf takes it.

A file whose pages are pictures gives no text.
"""

import io
import logging
from typing import Final

from pypdf import PdfReader

from openzone.engines.reading.radicals import CHARACTERS
from openzone.engines.reading.sources.taking import UnreadableError
from openzone.engines.text import Text

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # we say what is wrong with a file
LOCKED: Final = Text(
    "PDF 有密码或限制了权限，请先解除再读取",
    "the PDF is locked by a password or by its rights; unlock it first",
)


def from_pdf(data: bytes) -> str:
    """Return the text of every page, a blank line between pages.

    Raises:
        UnreadableError: the file is encrypted.
        Exception: the file is damaged, in any way.

    """
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise UnreadableError(LOCKED)
    pages = ("\n".join(map(str.rstrip, page.extract_text().splitlines())) for page in reader.pages)
    text = "\n\n".join(page for page in pages if page.strip()) + "\n"
    return text.translate(CHARACTERS)
