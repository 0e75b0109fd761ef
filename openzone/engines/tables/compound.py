"""The compound file around an xls: names of its streams and the content of one of them.

[MS-CFB]: sectors chained by an allocation table, a directory of 128-byte entries, small streams
kept together in the root entry's stream.
"""

import struct
from dataclasses import dataclass

from openzone.engines.tables.problems import refusal

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")

_END_OF_CHAIN = 0xFFFFFFFE
_ENTRY = 128
_HEADER_TABLE = 109


@dataclass(frozen=True, slots=True)
class Entry:
    """One directory entry: where its stream starts and how long it is."""

    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file held in memory; raises `Refused("truncated")` where a chain breaks."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (struct.error, IndexError) as broken:
            raise refusal("truncated") from broken

    def _open(self, data: bytes) -> None:
        self.data = data
        sector_shift, small_shift = struct.unpack_from("<HH", data, 30)
        if sector_shift not in (9, 12) or small_shift != 6:
            raise refusal("damaged")
        self.sector, self.small = 1 << sector_shift, 1 << small_shift
        directory, self.cutoff, small_table = struct.unpack_from("<I4xII", data, 48)
        self.table = self._allocation_table()
        self.small_table = _numbers(self._chain(small_table))
        self.entries = dict(self._entries(self._chain(directory)))
        root = next((each for each in self.entries.values() if each.kind == 5), Entry(5, 0, 0))
        self.small_content = self._chain(root.start) if root.size else b""

    def stream(self, name: str) -> bytes:
        """The content of a stream, by its name in lower case."""
        entry = self.entries[name]
        if entry.size < self.cutoff:
            return self._small_chain(entry.start)[: entry.size]
        return self._chain(entry.start)[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        return self.data[start : start + self.sector]

    def _allocation_table(self) -> list[int]:
        first, count = struct.unpack_from("<II", self.data, 68)
        sectors = list(struct.unpack_from(f"<{_HEADER_TABLE}I", self.data, 76))
        for _ in range(min(count, len(self.data) // self.sector)):
            if first >= _END_OF_CHAIN:
                break
            more = _numbers(self._sector(first))
            sectors += more[:-1]
            first = more[-1]
        parts = [self._sector(number) for number in sectors if number < _END_OF_CHAIN]
        return _numbers(b"".join(parts))

    def _chain(self, start: int) -> bytes:
        parts = []
        for _ in range(len(self.table) + 1):
            if start >= _END_OF_CHAIN:
                break
            parts.append(self._sector(start))
            start = _next(self.table, start)
        return b"".join(parts)

    def _small_chain(self, start: int) -> bytes:
        parts = []
        for _ in range(len(self.small_table) + 1):
            if start >= _END_OF_CHAIN:
                break
            parts.append(self.small_content[start * self.small : (start + 1) * self.small])
            start = _next(self.small_table, start)
        return b"".join(parts)

    def _entries(self, directory: bytes) -> list[tuple[str, Entry]]:
        found = []
        for offset in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, offset + 64)
            start, size = struct.unpack_from("<II", directory, offset + 116)
            name = directory[offset : offset + max(0, length - 2)].decode("utf-16-le", "replace")
            if kind in (1, 2, 5):
                found.append((name.lower(), Entry(kind, start, size)))
        return found


def _next(table: list[int], number: int) -> int:
    if number >= len(table):
        raise refusal("truncated")
    return table[number]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
