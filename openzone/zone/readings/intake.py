"""What may come in as a page, and the text of what came in."""

import hashlib
import tempfile
from pathlib import Path, PurePath
from typing import NamedTuple

from openzone.engines.files.gate import MEGABYTE, FileRefusedError, Kind, check
from openzone.engines.reading.sources.taking import Source, UnreadableError, decoded, kind_of, take
from openzone.engines.text import Text
from openzone.zone.errors import Refused
from openzone.zone.readings import ocr
from openzone.zone.readings.packs import pack

PAPERS = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.WORD})
BINARY = {Source.PDF, Source.PICTURE, Source.WORD}
TOO_LARGE = Text("文件有{size}MB，超过{limit}MB", "the file has {size} MB, more than {limit} MB")
NO_TEXT = Text("文件中没有文字", "there is no text in the file")
TOO_LONG = Text(
    "文字有{n}字，超过{most}字，请分页后再录入",
    "the text has {n} characters, more than {most}; bring it in page by page",
)


class Taken(NamedTuple):
    """A file that may come in: what it is, a clean name, its fingerprint."""

    kind: str
    name: str
    size: int
    sha256: str

    @property
    def stored_name(self) -> str:
        """A name for the disk that owes nothing to the sender."""
        return f"{self.sha256[:32]}{PurePath(self.name).suffix[:6]}"


def checked(name: str, data: bytes) -> Taken:
    """Let a page in, or refuse it: empty, too large, broken, locked, of no kind that is read."""
    _ensure_size(data)
    try:
        kind = kind_of(name, data)
        if kind in BINARY:
            found = check(name, data, allowed=PAPERS, largest=pack().largest_mb * MEGABYTE)
            return Taken(found.kind.value, found.name, found.size, found.sha256)
        decoded(data)
    except (UnreadableError, FileRefusedError) as error:
        raise Refused(error.reason, field="file") from None
    short = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable())[-120:]
    ending = "html" if kind is Source.HTML else "txt"
    return Taken(ending, short or f"page.{ending}", len(data), hashlib.sha256(data).hexdigest())


def _ensure_size(data: bytes) -> None:
    limit = pack().largest_mb
    if len(data) > limit * MEGABYTE:
        size = f"{len(data) / MEGABYTE:.1f}"
        raise Refused(TOO_LARGE.format(size=size, limit=limit), field="file")


def text_of(name: str, data: bytes) -> str:
    """Return the text of a page, by OCR where it has none of its own.

    Raises:
        UnreadableError: there is none, it is too long, or what reads pictures is missing.

    """
    kind = kind_of(name, data)
    text = "" if kind is Source.PICTURE else take(name, data)
    if not text.strip() and kind in (Source.PICTURE, Source.PDF):
        text = _recognised(name, data, scanned=kind is Source.PDF)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise UnreadableError(NO_TEXT)
    if len(text) > (most := pack().longest_text):
        raise UnreadableError(TOO_LONG.format(n=len(text), most=most))
    return text


def _recognised(name: str, data: bytes, *, scanned: bool) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"page{PurePath(name).suffix[:6]}"
        file.write_bytes(data)
        return ocr.read_pictures(file, scanned=scanned)
