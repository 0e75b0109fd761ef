"""The text of a file, taken by what the file is."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath

from openzone.engines.reading.sources.markup import from_html
from openzone.engines.text import Text

_SOUND = 100
"""A text has at least this many characters for each that is broken."""
LARGEST = 50 * 1024 * 1024
_TEXT = {".txt", ".md", ".markdown", ".text", ""}
_HTML = {".html", ".htm", ".xhtml"}
_TOLD_BY_CONTENT = {
    ".docx",
    ".pdf",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".tif",
    ".tiff",
    ".bmp",
    ".webp",
}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


class Source(StrEnum):
    """What a file is."""

    TEXT = "text"
    HTML = "html"
    WORD = "docx"
    PDF = "pdf"
    PICTURE = "picture"


class UnreadableError(ValueError):
    """A file no text can be taken from; ``reason`` says why, in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


def kind_of(name: str, data: bytes) -> Source:
    """Tell what a file is by how it begins, and by its name where content cannot tell.

    Raises:
        UnreadableError: empty, too large, or of no kind that is read.

    """
    if not data.strip():
        raise UnreadableError(Text("文件是空的", "the file is empty"))
    if len(data) > LARGEST:
        raise UnreadableError(Text("文件超过50 MB", "the file is larger than 50 MB"))
    if data.startswith(b"%PDF"):
        return Source.PDF
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return Source.WORD
    if data.startswith(_PICTURES) or data[8:12] == b"WEBP":
        return Source.PICTURE
    ending = PurePath(name).suffix.lower()
    if ending in _HTML or data.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        return Source.HTML
    if ending in _TEXT:
        return Source.TEXT
    if ending in _TOLD_BY_CONTENT:
        raise UnreadableError(
            Text(
                f"内容不是 {ending} 文件：文件已损坏，或由别的文件改名而来",
                f"the content is no {ending} file: it is damaged or was renamed from another kind",
            )
        )
    raise UnreadableError(
        Text(
            f"不支持这种文件（{ending}）；可读 txt、md、html、docx、pdf 和图片",
            f"files of this kind ({ending}) are not read; "
            "txt, md, html, docx, pdf and pictures are",
        )
    )


def take(name: str, data: bytes) -> str:
    """Return the text of a file; empty for a PDF that is only pictures.

    Raises:
        UnreadableError: also for a picture, which has no text of its own.

    """
    match kind_of(name, data):
        case Source.TEXT:
            return decoded(data)
        case Source.HTML:
            return from_html(decoded(data))
        case Source.WORD:
            # libraries that take longer to load than a page to read
            from openzone.engines.reading.sources.word import from_word

            return _guarded(from_word, data, "docx")
        case Source.PDF:
            from openzone.engines.reading.sources.pdf import from_pdf

            return _guarded(from_pdf, data, "pdf")
        case Source.PICTURE:
            raise UnreadableError(Text("图片没有文字层", "a picture has no text of its own"))


def _guarded(read: Callable[[bytes], str], data: bytes, kind: str) -> str:
    """Read a file whose parser may fail in any way on a broken one."""
    try:
        return read(data)
    except UnreadableError:
        raise
    except Exception as error:
        name = type(error).__name__
        raise UnreadableError(
            Text(f"{kind} 文件已损坏（{name}）", f"the {kind} file is damaged ({name})")
        ) from None


def decoded(data: bytes) -> str:
    """Return text in UTF-8, UTF-16 with its mark, or GB 18030, its line ends made plain.

    A few broken bytes become U+FFFD; with more of them the text is of another encoding.

    Raises:
        UnreadableError: it is in none of them.

    """
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030")
    for encoding in encodings:
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
        broken = text.count("\ufffd")
        if "\x00" not in text and broken * _SOUND <= len(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableError(
        Text(
            "不是文本：编码不是 UTF-8、UTF-16 或 GB 18030",
            "no text: neither UTF-8 nor UTF-16 nor GB 18030",
        )
    )
