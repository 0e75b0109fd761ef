"""A paper as a PDF, set by typst with the font the package brings.

What people wrote never becomes part of the program that typst runs: it is handed over as data.
"""

import json
import tempfile
from pathlib import Path

import typst

import openzone
from openzone.www.papers.content import Drawn, Paper

FONTS = Path(openzone.__file__).parent / "fonts"
PROGRAM = Path(__file__).with_name("paper.typ")
SHARP = 192.0
POINTS = 72 / 96


def pdf(paper: Paper) -> bytes:
    """Return the file."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / PROGRAM.name
        program.write_bytes(PROGRAM.read_bytes())
        said = json.dumps(_data(paper, Path(folder)), ensure_ascii=False)
        (Path(folder) / "paper.json").write_text(said)
        made = typst.compile(
            str(program), root=folder, font_paths=[str(FONTS)], ignore_system_fonts=False
        )
    if not isinstance(made, bytes):
        raise TypeError("one PDF is one file")
    return made


def png(picture: Drawn) -> bytes:
    """Return a picture as pixels, for files that take no drawing."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "picture.svg").write_text(picture.svg)
        program = Path(folder) / "picture.typ"
        program.write_text(
            "#set page(width: auto, height: auto, margin: 0pt)\n"
            f'#image("picture.svg", width: {picture.width * POINTS}pt)\n'
        )
        made = typst.compile(
            str(program), root=folder, format="png", ppi=SHARP, font_paths=[str(FONTS)]
        )
    if not isinstance(made, bytes):
        raise TypeError("one picture is one page")
    return made


def _data(paper: Paper, folder: Path) -> dict[str, object]:
    sections = [
        section._asdict()
        | {
            "grid": section.grid._asdict() if section.grid else None,
            "pictures": [_placed(one, folder, f"{at}-{n}.svg")
                         for n, one in enumerate(section.pictures)],
        }
        for at, section in enumerate(paper.sections)
    ]  # fmt: skip
    return {"title": paper.title, "notes": paper.notes, "sections": sections}


def _placed(picture: Drawn, folder: Path, name: str) -> str:
    (folder / name).write_text(picture.svg)
    return name
