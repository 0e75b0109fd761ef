"""The gate for attachments: what a file is by its content, decided before anything keeps it.

Images, PDF and docx come in. Pages that run code in a browser (svg, html), old Word files and
documents with macros or scripts do not. A PDF is searched as it stands: a script hidden in a
compressed part is not found, which is why files are served for download, in a sandbox.
"""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from openzone.engines.text import Text

MEGABYTE = 1024 * 1024
MOST_PIXELS = 100_000_000
MOST_PARTS = 2_000
MOST_UNPACKED = 200 * MEGABYTE


class Paper(StrEnum):
    """The kinds of files that are kept."""

    PNG = "png"
    JPEG = "jpg"
    PDF = "pdf"
    DOCX = "docx"

    @property
    def content_type(self) -> str:
        """The media type it is served with."""
        return CONTENT_TYPES[self]

    @property
    def is_image(self) -> bool:
        """Whether a page may show it."""
        return self in (Paper.PNG, Paper.JPEG)


CONTENT_TYPES: Mapping[Paper, str] = {
    Paper.PNG: "image/png",
    Paper.JPEG: "image/jpeg",
    Paper.PDF: "application/pdf",
    Paper.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class NotAccepted(Exception):  # noqa: N818 - it reads as the sentence it is
    """The file stays out, with the reason in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may come in; ``size`` in bytes."""

    paper: Paper
    size: int


EMPTY = Text("文件是空的", "the file is empty")
TOO_LARGE = Text("文件有{size}MB，超过{limit}MB", "the file has {size} MB, more than {limit} MB")
UNKNOWN = Text(
    "只接受图片（png、jpg）、PDF和Word（docx）文件",
    "only pictures (png, jpg), PDF and Word (docx) files are taken",
)
CUT_SHORT = Text("文件不完整或已损坏", "the file is cut short or damaged")
ACTIVE = Text("PDF含有脚本或可执行内容", "the PDF carries a script or starts something")
LOCKED = Text("文件有密码保护", "the file is protected by a password")
MACROS = Text("Word文件含有宏", "the Word file carries macros")
HUGE = Text("图片尺寸过大", "the picture has too many pixels")
BOMB = Text("压缩文件展开后过大", "the file unpacks to far too much")
NOT_WORD = Text("不是Word文件（docx）", "this is no Word file (docx)")

_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")


def check(data: bytes, *, max_bytes: int) -> Accepted:
    """Tell what a file is by its content, or raise ``NotAccepted`` with the reason."""
    if not data:
        raise NotAccepted(EMPTY)
    if len(data) > max_bytes:
        size, limit = (f"{number / MEGABYTE:.1f}" for number in (len(data), max_bytes))
        raise NotAccepted(TOO_LARGE.format(size=size, limit=limit))
    for beginning, paper, inspect in _KINDS:
        if data.startswith(beginning):
            inspect(data)
            return Accepted(paper, len(data))
    raise NotAccepted(UNKNOWN)


def _png(data: bytes) -> None:
    if len(data) < 33 or b"IEND" not in data[-16:]:
        raise NotAccepted(CUT_SHORT)
    width, height = struct.unpack(">II", data[16:24])
    if width * height > MOST_PIXELS:
        raise NotAccepted(HUGE)


def _jpeg(data: bytes) -> None:
    if b"\xff\xd9" not in data[-4096:]:
        raise NotAccepted(CUT_SHORT)


def _pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-1024:]:
        raise NotAccepted(CUT_SHORT)
    if b"/Encrypt" in data:
        raise NotAccepted(LOCKED)
    if _ACTIVE.search(data):
        raise NotAccepted(ACTIVE)


def _docx(data: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotAccepted(CUT_SHORT) from None
    names = {part.filename.lower() for part in parts}
    if "word/document.xml" not in names:
        raise NotAccepted(NOT_WORD)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise NotAccepted(MACROS)
    if any(part.flag_bits & 1 for part in parts):
        raise NotAccepted(LOCKED)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotAccepted(BOMB)


_KINDS: tuple[tuple[bytes, Paper, Callable[[bytes], None]], ...] = (
    (b"\x89PNG\r\n\x1a\n", Paper.PNG, _png),
    (b"\xff\xd8\xff", Paper.JPEG, _jpeg),
    (b"%PDF-", Paper.PDF, _pdf),
    (b"PK\x03\x04", Paper.DOCX, _docx),
)
