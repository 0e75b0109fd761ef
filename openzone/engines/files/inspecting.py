"""What is wrong inside a file whose kind is known: cut short, locked, or made to run something.

A PDF is searched as it stands: a script hidden in a compressed part is not found, which is why
files are served for download, in a sandbox.
"""

import io
import re
import struct
import zipfile

from openzone.engines.text import Text

MOST_PIXELS = 100_000_000
MOST_PARTS = 5_000
MOST_UNPACKED = 200 * 1024 * 1024

CUT_SHORT = Text("文件不完整或已损坏", "the file is cut short or damaged")
ACTIVE = Text("PDF含有脚本或可执行内容", "the PDF carries a script or starts something")
LOCKED = Text("文件有密码保护", "the file is protected by a password")
MACROS = Text("Office文件含有宏", "the Office file carries macros")
HUGE = Text("图片尺寸过大", "the picture has too many pixels")
BOMB = Text("压缩文件展开后过大", "the file unpacks to far too much")

# The short names want their value behind them: the noise of a scan has three letters by chance.
_ACTIVE = re.compile(
    rb"/(?:(?:JavaScript|Launch|EmbeddedFile|RichMedia)\b|(?:JS|XFA)\s*(?:[(<\[]|\d+\s+\d+\s+R))"
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def png(data: bytes) -> Text | None:
    """Return what keeps a PNG out: its end is missing, or it is too large to be shown."""
    if len(data) < 33 or b"IEND" not in data[-16:]:
        return CUT_SHORT
    width, height = struct.unpack(">II", data[16:24])
    return HUGE if width * height > MOST_PIXELS else None


def jpeg(data: bytes) -> Text | None:
    """Return what keeps a JPEG out: its end is missing."""
    return None if b"\xff\xd9" in data[-4096:] else CUT_SHORT


def pdf(data: bytes) -> Text | None:
    """Return what keeps a PDF out: its end is missing, it is locked, or it starts something."""
    if b"%%EOF" not in data[-1024:]:
        return CUT_SHORT
    if b"/Encrypt" in data:
        return LOCKED
    return ACTIVE if _ACTIVE.search(data) else None


def office(data: bytes) -> Text | None:
    """Return what keeps a Word or Excel file out: macros, a password, or far too much in it."""
    parts = zipped(data)
    if parts is None:
        return CUT_SHORT
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        return MACROS
    if any(part.flag_bits & 1 for part in parts):
        return LOCKED
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return BOMB
    return None


def unknown(data: bytes) -> Text | None:
    """Return why a file has no kind, where its beginning tells: half an archive, or a locked one.

    Office locks a docx or xlsx by putting it into a container of the old format.
    """
    if data.startswith(b"PK\x03\x04") and zipped(data) is None:
        return CUT_SHORT
    return LOCKED if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data else None


def zipped(data: bytes) -> list[zipfile.ZipInfo] | None:
    """Return the parts of an archive by its table of contents, ``None`` where it has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError):
        return None
