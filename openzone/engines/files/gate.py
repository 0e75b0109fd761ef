"""The gate for papers: what a file is, decided by its content before anything opens it.

A name is never believed: ``report.pdf`` that begins like a program is refused as one.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from openzone.engines.files import inspecting
from openzone.engines.text import Text

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
_NAME = 120


class Kind(StrEnum):
    """What may come in."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WORD = "docx"
    EXCEL = "xlsx"
    MP4 = "mp4"


MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.MP4: "video/mp4",
}
PICTURES = frozenset({Kind.JPEG, Kind.PNG})
PAPERS = PICTURES | {Kind.PDF, Kind.WORD, Kind.EXCEL}


class FileRefusedError(ValueError):
    """The file may not come in; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may come in: its kind, clean name, size in bytes and sha256."""

    kind: Kind
    name: str
    size: int
    sha256: str

    @property
    def media_type(self) -> str:
        """What a browser is told it is."""
        return MEDIA_TYPES[self.kind]

    @property
    def stored_name(self) -> str:
        """A name for the disk that owes nothing to the sender."""
        return f"{self.sha256[:32]}.{self.kind}"


def check(
    name: str, data: bytes, *, allowed: frozenset[Kind] = PAPERS, largest: int = LARGEST
) -> Checked:
    """Tell what a file is, or refuse it.

    Raises:
        FileRefusedError: empty, too large, of no kind that is allowed, cut short, locked, or with
            something in it that runs.

    """
    if not data:
        raise FileRefusedError(EMPTY)
    if len(data) > largest:
        size, limit = (f"{number / MEGABYTE:.1f}" for number in (len(data), largest))
        raise FileRefusedError(TOO_LARGE.format(size=size, limit=limit))
    kind = kind_of(data)
    if kind is None or kind not in allowed:
        raise FileRefusedError(inspecting.unknown(data) or _not_among(allowed))
    if kind in _INSIDE and (fault := _INSIDE[kind](data)):
        raise FileRefusedError(fault)
    return Checked(kind, clean_name(name, kind), len(data), hashlib.sha256(data).hexdigest())


def kind_of(data: bytes) -> Kind | None:
    """Return what the content is, ``None`` for everything else."""
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data[4:8] == b"ftyp":
        return Kind.MP4
    return _office(data) if data.startswith(b"PK\x03\x04") else None


def clean_name(name: str, kind: Kind) -> str:
    """Return the sender's name without folders and controls, ending as the content says."""
    stem = PurePath(name.replace("\\", "/")).name
    stem = stem.rpartition(".")[0] or stem
    kept = "".join(letter for letter in stem if letter.isprintable() and letter not in '"<>|:*?/')
    return f"{kept.strip(' .')[:_NAME] or 'file'}.{kind}"


def _office(data: bytes) -> Kind | None:
    """Return the kind of an Office file by the part that only this kind has."""
    names = {part.filename for part in inspecting.zipped(data) or ()}
    if "word/document.xml" in names:
        return Kind.WORD
    return Kind.EXCEL if "xl/workbook.xml" in names else None


def _not_among(allowed: frozenset[Kind]) -> Text:
    return Text(
        NOT_ALLOWED.zh + "、".join(sorted(allowed)), NOT_ALLOWED.en + ", ".join(sorted(allowed))
    )


_INSIDE: Mapping[Kind, Callable[[bytes], Text | None]] = {
    Kind.PDF: inspecting.pdf,
    Kind.JPEG: inspecting.jpeg,
    Kind.PNG: inspecting.png,
    Kind.WORD: inspecting.office,
    Kind.EXCEL: inspecting.office,
}
EMPTY = Text("文件是空的", "the file is empty")
TOO_LARGE = Text("文件有{size}MB，超过{limit}MB", "the file has {size} MB, more than {limit} MB")
NOT_ALLOWED = Text(
    "按内容判断不是可接收的文件，可接收：",
    "by its content this is no file that is taken; taken are: ",
)
