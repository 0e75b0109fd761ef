"""Small files of each kind that the gate lets in: whole, with nothing in them that runs."""

import io
import struct
import zipfile
import zlib

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)
JPEG = b"\xff\xd8\xff\xe0" + bytes(64) + b"\xff\xd9"


def png(width: int = 2, height: int = 2) -> bytes:
    """The smallest picture: one colour, one chunk of each kind."""
    rows = b"".join(b"\x00" + b"\x20\x60\xa0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def archive(*names: str) -> bytes:
    """A zip of parts; ``word/document.xml`` makes it a Word file, ``xl/workbook.xml`` Excel."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in ("[Content_Types].xml", *names):
            made.writestr(name, "<x/>")
    return buffer.getvalue()


PNG = png()
WORD = archive("word/document.xml")
EXCEL = archive("xl/workbook.xml")
