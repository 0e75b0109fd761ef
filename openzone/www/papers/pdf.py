"""A paper as a PDF, set by typst with the font the package brings.

What people wrote never becomes part of the program that typst runs: it is handed over as data.
"""

import json
import tempfile
from pathlib import Path

import typst

import openzone
from openzone.www.papers.content import Paper

FONTS = Path(openzone.__file__).parent / "fonts"
PROGRAM = Path(__file__).with_name("paper.typ")


def pdf(paper: Paper) -> bytes:
    """Return the file."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / PROGRAM.name
        program.write_bytes(PROGRAM.read_bytes())
        (Path(folder) / "paper.json").write_text(json.dumps(_data(paper), ensure_ascii=False))
        made = typst.compile(
            str(program), root=folder, font_paths=[str(FONTS)], ignore_system_fonts=False
        )
    if not isinstance(made, bytes):
        raise TypeError("one PDF is one file")
    return made


def _data(paper: Paper) -> dict[str, object]:
    sections = [
        section._asdict() | {"grid": section.grid._asdict() if section.grid else None}
        for section in paper.sections
    ]
    return {"title": paper.title, "notes": paper.notes, "sections": sections}
