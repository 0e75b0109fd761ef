"""The compendium as a PDF, set by typst with the font the package brings (ADR 17).

What people wrote never becomes part of the program that typst runs: it is handed over as data.
"""

import json
import tempfile
from pathlib import Path

import typst

import openzone
from openzone.zone.policies.compendium.content import Book

FONTS = Path(openzone.__file__).parent / "fonts"
PROGRAM = Path(__file__).with_name("compendium.typ")


def pdf(book: Book) -> bytes:
    """Return the file."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / PROGRAM.name
        program.write_bytes(PROGRAM.read_bytes())
        (Path(folder) / "book.json").write_text(json.dumps(_data(book), ensure_ascii=False))
        made = typst.compile(
            str(program), root=folder, font_paths=[str(FONTS)], ignore_system_fonts=False
        )
    if not isinstance(made, bytes):
        raise TypeError("one PDF is one file")
    return made


def unprintable(book: Book) -> str:
    """Return the characters the font does not have, each once; empty where it has them all."""
    text = json.dumps(_data(book), ensure_ascii=False)
    return "".join(sorted({one for one in text if not _is_drawn(one)}))


def _is_drawn(character: str) -> bool:
    """Say whether a character is one of GBK, to which the font was cut, or plain Latin."""
    if ord(character) < 0x180 or character in "\n":
        return True
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _data(book: Book) -> dict[str, object]:
    return {
        "title": book.title,
        "notes": book.notes,
        "contents": book.contents,
        "levels": [
            {
                "title": level.title,
                "categories": [
                    {
                        "title": category.title,
                        "documents": [
                            {
                                "title": document.title,
                                "facts": document.facts,
                                "items": [item._asdict() for item in document.items],
                            }
                            for document in category.documents
                        ],
                    }
                    for category in level.categories
                ],
            }
            for level in book.levels
        ],
    }
