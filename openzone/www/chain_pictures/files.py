"""Pictures as files: SVG and PNG from the same drawing, Excel from the table."""

import math
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import typst
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

import openzone
from openzone.engines.drawing import poster
from openzone.engines.drawing.svg import Frame
from openzone.www import excel
from openzone.www.chain_pictures.picture import Picture
from openzone.zone.audit.actors import Actor
from openzone.zone.registry.services.access import log_export

FONTS = Path(openzone.__file__).parent / "fonts"
MOST_PIXELS = 24_000_000
PIXELS_PER_INCH = 96
POINTS = 72 / PIXELS_PER_INCH
SHARP = 2.0


def exported(request: HttpRequest, *pictures: Picture) -> HttpResponse | None:
    """Answer a POST that asks for a file of one of the pictures; ``None`` for anything else.

    Who carries what away is logged, as with every export.
    """
    asked = request.POST.get("picture_file") if request.method == "POST" else None
    if asked is None:
        return None
    key, _dot, kind = asked.rpartition(".")
    picture = next((one for one in pictures if one.key == key), None)
    if picture is None or kind not in dict(picture.kinds):
        raise Http404
    excel.ensure_exportable(len(picture.twin.rows))
    log_export(
        actor=Actor.of(request.user),
        what="chain_picture",
        count=len(picture.twin.rows),
        filters={"picture": key, "format": kind, "page": request.path},
    )
    return FILES[kind](picture)


def svg(picture: Picture) -> bytes:
    """Return the picture as a file that stands for itself."""
    return _file(picture).content


def _file(picture: Picture) -> poster.File:
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    frame = Frame(picture.key, language, linked=False, title=picture.title)
    return poster.file(picture.scene, frame, picture.legend, picture.file_notes)


def png(picture: Picture) -> bytes:
    """Return the picture as pixels: twice as fine as a screen, less where it is very large."""
    made = _file(picture)
    scale = min(SHARP, math.sqrt(MOST_PIXELS / (made.width * made.height)))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "picture.svg").write_bytes(made.content)
        program = Path(folder) / "picture.typ"
        program.write_text(
            "#set page(width: auto, height: auto, margin: 0pt)\n"
            f'#image("picture.svg", width: {made.width * POINTS}pt)\n'
        )
        found = typst.compile(
            str(program),
            root=folder,
            format="png",
            ppi=PIXELS_PER_INCH * scale,
            font_paths=[str(FONTS)],
        )
    if not isinstance(found, bytes):
        raise TypeError("one picture is one page")
    return found


def table(picture: Picture) -> excel.Table:
    """Return the table of a picture as it goes into Excel."""
    sheet = picture.sheet() if picture.sheet else picture.twin
    return excel.Table(
        headings=[column.heading for column in sheet.columns],
        rows=[[cell.value for cell in row] for row in sheet.rows],
        notes=[picture.title, *picture.notes],
        synthetic=picture.source.synthetic,
    )


def _answer(content: bytes, kind: str, picture: Picture, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    mark = f"{excel.SAMPLE}_" if picture.source.synthetic else ""
    name = f"{mark}{picture.title}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


FILES: Mapping[str, Callable[[Picture], HttpResponse]] = {
    "svg": lambda picture: _answer(svg(picture), "image/svg+xml", picture, "svg"),
    "png": lambda picture: _answer(png(picture), "image/png", picture, "png"),
    "xlsx": lambda picture: excel.download(table(picture), picture.title),
}
