"""How whoever waits hears how far an import is."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from openzone.engines.text import Text

Progress = Callable[[int, int, Text], None]
T = TypeVar("T")

READING = Text("读取文件", "reading the file")
LINKING = Text("查找企业", "finding the enterprises")
STORING = Text("保存检查结果", "storing what was found")
COMPARING = Text("与档案比较", "comparing with the record")
WRITING = Text("写入档案", "writing to the record")

_EVERY = 500


def silent(done: int, total: int, text: Text) -> None:
    """Tell nobody."""


def each(items: Iterable[T], total: int, text: Text, progress: Progress) -> Iterator[T]:
    """Pass items through and tell every few hundred how far it is."""
    for done, item in enumerate(items, start=1):
        yield item
        if done % _EVERY == 0 or done == total:
            progress(done, total, text)
