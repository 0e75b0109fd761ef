"""Objects of a PDF file, found by scanning: damaged cross-references do not matter."""

import re
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

_OBJECT = re.compile(rb"(\d+)\s+(\d+)\s+obj\b")
_TOKEN = re.compile(
    rb"\s*(?:%[^\r\n]*[\r\n]\s*)*(<<|>>|\[|\]|/[^\s<>\[\]()/%]*|\(|<[0-9A-Fa-f\s]*>"
    rb"|\d+\s+\d+\s+R\b|[-+.\d]+|[A-Za-z'\"*]+\d?|\))",
    re.DOTALL,
)
_MOST_BYTES = 200 * 1024 * 1024


class Ref(NamedTuple):
    """A reference to an object."""

    number: int


class Name(str):
    """A name, e.g. ``/Font`` without its slash."""

    __slots__ = ()


class Stream(NamedTuple):
    """A dictionary with the bytes that follow it."""

    about: dict[str, Any]
    raw: bytes


class Document:
    """A file's objects by number."""

    def __init__(self, data: bytes) -> None:
        if b"/Encrypt" in data:
            raise ValueError("encrypted")
        self._objects: dict[int, Any] = {}
        for match in _OBJECT.finditer(data):
            self._objects[int(match[1])] = _object(data, match.end())
        for stream in list(self._objects.values()):
            if isinstance(stream, Stream) and stream.about.get("Type") == "ObjStm":
                self._objects = {**dict(self._packed(stream)), **self._objects}

    def resolve(self, value: Any) -> Any:
        """Follow references."""
        for _ in range(20):
            if not isinstance(value, Ref):
                return value
            value = self._objects.get(value.number)
        return None

    def data(self, stream: Any) -> bytes:
        """Return the bytes of a stream, unpacked; other filters than Flate are left alone."""
        stream = self.resolve(stream)
        if not isinstance(stream, Stream):
            return b""
        filters = self.resolve(stream.about.get("Filter"))
        names = filters if isinstance(filters, list) else [filters] if filters else []
        if [str(one) for one in names] == ["FlateDecode"]:
            unpacking = zlib.decompressobj()
            return unpacking.decompress(stream.raw, _MOST_BYTES)
        return stream.raw if not names else b""

    def pages(self) -> Iterator[dict[str, Any]]:
        """Yield the pages in their order."""
        roots = [one for one in self._objects.values() if _is(one, "Catalog") and one.get("Pages")]
        for root in roots[-1:]:
            yield from self._below(root["Pages"], 0)

    def _below(self, node: Any, depth: int) -> Iterator[dict[str, Any]]:
        node = self.resolve(node)
        if not isinstance(node, dict) or depth > 50:
            return
        if "Kids" not in node:
            yield node
            return
        for kid in self.resolve(node["Kids"]) or ():
            yield from self._below(kid, depth + 1)

    def inherited(self, page: dict[str, Any], name: str) -> Any:
        """Return an attribute of a page or of what it stands under."""
        node: Any = page
        for _ in range(50):
            if not isinstance(node, dict) or name in node:
                break
            node = self.resolve(node.get("Parent"))
        return node.get(name) if isinstance(node, dict) else None

    def contents(self, page: dict[str, Any]) -> bytes:
        """Return the drawing instructions of a page."""
        contents = self.resolve(page.get("Contents"))
        parts = contents if isinstance(contents, list) else [page.get("Contents")]
        return b"\n".join(self.data(part) for part in parts)

    def _packed(self, stream: Stream) -> Iterator[tuple[int, Any]]:
        """Yield the objects of an object stream."""
        data = self.data(stream)
        first = int(self.resolve(stream.about["First"]))
        numbers = [int(one) for one in data[:first].split()]
        for number, offset in zip(numbers[::2], numbers[1::2], strict=False):
            yield number, parse(data, first + offset)[0]


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, dict) and value.get("Type") == kind


def _object(data: bytes, start: int) -> Any:
    value, end = parse(data, start)
    keyword = re.compile(rb"\s*stream\r?\n").match(data, end)
    if not keyword or not isinstance(value, dict):
        return value
    length = value.get("Length")
    stop = keyword.end() + length if isinstance(length, int) else -1
    if stop < 0 or not data[stop : stop + 12].lstrip().startswith(b"endstream"):
        stop = data.find(b"endstream", keyword.end())
    return Stream(value, data[keyword.end() : stop])


def parse(data: bytes, start: int) -> tuple[Any, int]:
    """Return the value that begins at a place, and where it ends."""
    match = _TOKEN.match(data, start)
    if not match:
        return None, len(data)
    token, end = match[1], match.end()
    if token == b"<<":
        return _dictionary(data, end)
    if token == b"[":
        return _array(data, end)
    if token == b"(":
        stop = _closing(data, end)
        return _literal(data[end : stop - 1]), stop
    return atom(token), end


_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)


def _closing(data: bytes, start: int) -> int:
    """Return where a literal string ends: brackets in it that balance need no backslash."""
    depth = 1
    for match in _BRACKET.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return len(data)


def _array(data: bytes, start: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while True:
        match = _TOKEN.match(data, start)
        if not match or match[1] == b"]":
            return found, match.end() if match else len(data)
        value, start = parse(data, start)
        found.append(value)


def _dictionary(data: bytes, start: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while True:
        match = _TOKEN.match(data, start)
        if not match or match[1] == b">>":
            return found, match.end() if match else len(data)
        value, end = parse(data, match.end())
        found[match[1][1:].decode("latin-1")] = value
        start = end


def atom(token: bytes) -> Any:
    """Return a number, name, string, reference or word."""
    if token[:1] == b"/":
        return Name(re.sub(rb"#([0-9A-Fa-f]{2})", _character, token[1:]).decode("latin-1"))
    if token[:1] == b"<":
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", token)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if token.endswith(b"R") and token[:1].isdigit():
        return Ref(int(token.split()[0]))
    try:
        return float(token) if b"." in token else int(token)
    except ValueError:
        return Name(token.decode("latin-1"))


def _character(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _literal(text: bytes) -> bytes:
    def unescaped(match: re.Match[bytes]) -> bytes:
        one = match[1]
        if one[:1].isdigit():
            return bytes([int(one, 8) & 255])
        return b"" if one in (b"\n", b"\r", b"\r\n") else _ESCAPES.get(one, one)

    return re.sub(rb"\\([0-7]{1,3}|\r\n|.)", unescaped, text, flags=re.DOTALL)
