"""Kinds of files we read, and how large they may be."""

import io
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

MEGABYTE = 1024 * 1024


class FileKind(StrEnum):
    """What a file is by its content, whatever it is called."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. Sizes in bytes; `max_cells` counts the rectangle from A1 per sheet.

    `max_ratio` is how many times larger the unpacked content may be, looked at only above
    `ratio_from`, because small workbooks of blanks shrink extremely well.
    """

    max_bytes: int = 50 * MEGABYTE
    max_unpacked: int = 600 * MEGABYTE
    max_ratio: int = 250
    ratio_from: int = 32 * MEGABYTE
    max_parts: int = 2000
    max_cells: int = 10_000_000
    max_text: int = 1024 * MEGABYTE


# For files the operator gives on the command line: millions of rows, still no bombs.
OPERATOR_LIMITS = Limits(
    max_bytes=8192 * MEGABYTE,
    max_unpacked=8192 * MEGABYTE,
    max_cells=200_000_000,
    max_text=8192 * MEGABYTE,
)


def size(data: bytes | Path) -> int:
    """Size in bytes, of a path without opening it."""
    return data.stat().st_size if isinstance(data, Path) else len(data)


def opened(data: bytes | Path) -> AbstractContextManager[BinaryIO]:
    """Open either form as a binary file."""
    return data.open("rb") if isinstance(data, Path) else io.BytesIO(data)


def content(data: bytes | Path) -> bytes:
    """The whole content."""
    return data.read_bytes() if isinstance(data, Path) else data


def in_megabytes(number: int) -> str:
    """A size as people read it.

    >>> in_megabytes(52_428_800)
    '50.0 MB'
    """
    return f"{number / MEGABYTE:.1f} MB"
