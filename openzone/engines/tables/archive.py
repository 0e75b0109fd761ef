"""The zip around an xlsx, taken apart with care: nothing is unpacked beyond the limits.

Sizes declared in a zip are claims. Every part is inflated here and counted, because the reader
that comes after inflates until the stream ends.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from openzone.engines.tables.kinds import Limits, in_megabytes
from openzone.engines.tables.problems import refusal, wrong_type

_LOCAL_HEADER = 30
_ENCRYPTED_FLAG = 0x1
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zXZ", b"BZh")
# Word and PowerPoint files pasted into a sheet are archives too; they are never opened.
_MAY_NEST = ("xl/embeddings/", "xl/media/")
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_OTHERS = (
    ("word/", "word"),
    ("ppt/", "powerpoint"),
    ("content.xml", "ods"),
)


def inspect(file: BinaryIO, limits: Limits) -> None:
    """Refuse a zip that is no plain xlsx: cut short, encrypted, a bomb, with macros, and so on."""
    parts = _parts(file, limits)
    names = [part.filename.lower().lstrip("/") for part in parts]
    _check_kind(names)
    unpacked = 0
    for part, data in _unpacked(file, parts, limits):
        unpacked += len(data)
        _check_part(part.filename, data)
    packed = max(1, sum(part.compress_size for part in parts))
    if unpacked > limits.ratio_from and unpacked > packed * limits.max_ratio:
        raise refusal("bomb", size=in_megabytes(unpacked))


def _parts(file: BinaryIO, limits: Limits) -> list[zipfile.ZipInfo]:
    try:
        parts = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as broken:
        raise refusal("truncated") from broken
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise refusal("damaged")
    if len(parts) > limits.max_parts:
        raise refusal("too_many_parts", count=len(parts), limit=limits.max_parts)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise refusal("encrypted")
    declared = sum(part.file_size for part in parts)
    if declared > limits.max_unpacked:
        raise refusal("bomb", size=in_megabytes(declared))
    return parts


def _check_kind(names: list[str]) -> None:
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise refusal("macros")
    if any(name.startswith("xl/") and name.endswith("workbook.xml") for name in names):
        return
    if "xl/workbook.bin" in names:
        raise refusal("binary_workbook")
    for beginning, found in _OTHERS:
        if any(name.startswith(beginning) for name in names):
            raise wrong_type(found)
    raise wrong_type("archive")


def _unpacked(
    file: BinaryIO, parts: list[zipfile.ZipInfo], limits: Limits
) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    left = limits.max_unpacked
    for part in parts:
        data = _inflate(file, part, left)
        if len(data) > left:
            raise refusal("bomb", size=in_megabytes(limits.max_unpacked) + "+")
        if zlib.crc32(data) != part.CRC:
            raise refusal("damaged")
        left -= len(data)
        yield part, data


def _inflate(file: BinaryIO, part: zipfile.ZipInfo, most: int) -> bytes:
    """The content of a part, at most one byte more than `most`."""
    raw = _raw(file, part)
    if part.compress_type == zipfile.ZIP_STORED:
        return raw[: most + 1]
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise refusal("damaged")
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, most + 1)
    except zlib.error as broken:
        raise refusal("damaged") from broken


def _raw(file: BinaryIO, part: zipfile.ZipInfo) -> bytes:
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER:
        raise refusal("truncated")
    name, extra = struct.unpack("<HH", header[26:30])
    file.seek(name + extra, 1)
    raw = file.read(part.compress_size)
    if len(raw) < part.compress_size:
        raise refusal("truncated")
    return raw


def _check_part(name: str, data: bytes) -> None:
    lower = name.lower().lstrip("/")
    if data.startswith(_ARCHIVES) and not lower.startswith(_MAY_NEST):
        raise refusal("nested_archive", part=name)
    is_xml = lower.endswith((".xml", ".rels", ".vml"))
    if is_xml and any(word in data for word in _DECLARATIONS):
        raise refusal("document_type", part=name)
    if lower == "[content_types].xml" and b"macroEnabled" in data:
        raise refusal("macros")
