"""Proof for made-up work: a picture that says nothing but that it is an example."""

import struct
import zlib

from openzone.zone.cases.services.attaching import Upload

_NAMES = {"finish": "办结照片（示例）.png", "finish_task": "任务完成照片（示例）.png"}


def proof(action: str) -> Upload:
    """Return an attachment for a step that needs evidence."""
    return Upload(_NAMES.get(action, "证明（示例）.png"), _picture(), "evidence")


def _picture(size: int = 16) -> bytes:
    """Return a small grey picture."""
    rows = b"".join(b"\x00" + b"\xc8" * size for _ in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
