"""The gate: what a file is and whether it may come in, decided before anything parses it."""

import codecs
import struct
from pathlib import Path, PurePath
from typing import BinaryIO

from openzone.engines.tables import archive, biff, csvfile
from openzone.engines.tables.compound import SIGNATURE, CompoundFile
from openzone.engines.tables.kinds import FileKind, Limits, in_megabytes, opened, size
from openzone.engines.tables.problems import Refused, refusal, wrong_type

__all__ = ["FileKind", "Limits", "Refused", "check"]

_HEAD = 64 * 1024
_PARQUET = b"PAR1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# BIFF2, BIFF3 and BIFF4 begin with a bare BOF record of 4 or 6 bytes ([MS-XLS] keeps only BIFF8).
_OLD_BOF = {0x0009: (4,), 0x0209: (4, 6), 0x0409: (4, 6)}
_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<style", b"<div")
_TEXT_NAMES = ("", ".csv", ".txt", ".tsv", ".tab", ".xls")
_ALLOWED_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b")


def check(name: str, data: bytes | Path, limits: Limits | None = None) -> FileKind:
    """Tell what a file is by its content, or raise `Refused` with the reason.

    Size comes first and needs no reading. A name is believed only where content cannot tell:
    text is a table when it is called csv, txt or tsv (or xls, as some systems export it).
    """
    allowed = limits or Limits()
    _check_size(size(data), allowed)
    with opened(data) as file:
        head = file.read(_HEAD)
        if head.startswith(_ZIP):
            archive.inspect(file, allowed)
            return FileKind.XLSX
        if head.startswith(SIGNATURE):
            file.seek(0)
            return _check_compound(file.read())
        if head.startswith(_PARQUET):
            return _check_parquet(file)
    return _check_text(name, head, whole=size(data) <= _HEAD)


def _check_size(found: int, limits: Limits) -> None:
    if found == 0:
        raise refusal("empty")
    if found > limits.max_bytes:
        raise refusal("too_large", size=in_megabytes(found), limit=in_megabytes(limits.max_bytes))


def _check_compound(data: bytes) -> FileKind:
    names = CompoundFile(data).entries
    if "worddocument" in names:
        raise wrong_type("word")
    if "powerpoint document" in names:
        raise wrong_type("powerpoint")
    biff.stream_of(data)
    return FileKind.XLS


def _check_parquet(file: BinaryIO) -> FileKind:
    file.seek(-len(_PARQUET), 2)
    if file.read() != _PARQUET:
        raise refusal("truncated")
    return FileKind.PARQUET


def _check_text(name: str, head: bytes, *, whole: bool) -> FileKind:
    _refuse_other(head)
    if not _is_text(head):
        raise wrong_type("unknown")
    if not head.decode("utf-8", "ignore").strip("\ufeff\x00 \t\r\n"):
        raise refusal("empty")
    csvfile.encoding_of(head, complete=whole)
    if PurePath(name).suffix.lower() not in _TEXT_NAMES:
        raise wrong_type("text")
    return FileKind.CSV


def _refuse_other(head: bytes) -> None:
    _refuse_old_excel(head)
    for beginning, found in _OTHERS:
        if head.startswith(beginning) and not (beginning in (b"BM", b"MZ") and _is_text(head)):
            raise wrong_type(found)
    start = _ascii(head)[:4096].lstrip().lower()
    if start.startswith(b"<?xml"):
        raise refusal("xml_spreadsheet") if b"spreadsheet" in start else wrong_type("xml")
    if start.startswith(_HTML) or start.startswith(b"mime-version:"):
        raise refusal("html_table")
    if start.startswith((b'{"', b"[{", b"{\n", b"{\r\n")):
        raise wrong_type("json")


def _refuse_old_excel(head: bytes) -> None:
    if len(head) >= 4:
        record, length = struct.unpack_from("<HH", head)
        if length in _OLD_BOF.get(record, ()):
            raise refusal("old_excel")


def _ascii(head: bytes) -> bytes:
    """The start of a text as ASCII, with its byte order mark and UTF-16 zeros taken off."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"")


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return not any(byte < 0x20 and byte not in _ALLOWED_CONTROLS for byte in set(head))
