"""A meeting pack as Word, PDF and Excel: one content, so that they cannot differ."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from openzone.engines.drawing import poster
from openzone.engines.drawing.courses import Course, Dot, courses
from openzone.engines.drawing.scene import Scene
from openzone.engines.drawing.svg import Frame
from openzone.engines.series.standing import Light
from openzone.engines.tables.writing import Leaf, write_book
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.www.formats import speaks_chinese
from openzone.www.papers.content import Drawn, Grid, Paper, Section
from openzone.www.words_boards import LIGHTS
from openzone.zone.indicators.models import MeetingPack
from openzone.zone.indicators.selectors.meeting import COLUMNS

Content = Mapping[str, Any]


def told(text: Mapping[str, str]) -> str:
    """Return what is kept in both languages in the reader's own."""
    return text["zh"] if speaks_chinese() else text["en"]


def language() -> str:
    """Return which of the kept languages the reader reads."""
    return "zh" if speaks_chinese() else "en"


def notes_of(pack: MeetingPack) -> list[str]:
    """Return what stands below the title: whose, when, known when, its hash."""
    content = pack.content
    sample = [_("示例 Example: synthetic data, no real company")] if pack.synthetic else []
    known = content["known_at"] or content["last_known"] or ""
    return [
        *sample, f"{pack.entity} · {told(content['span'])}",
        _("As of %(day)s, made %(made)s") % {"day": content["as_of"],
                                              "made": str(to_local(pack.made_at).date())},
        _("Last figure known on %(day)s; sha256 %(hash)s") % {"day": known,
                                                              "hash": pack.sha256[:16]},
    ]  # fmt: skip


def paper_of(pack: MeetingPack) -> Paper:
    """Return the pack as a paper: sentences, table, charts, footnotes, what is missing."""
    content = pack.content
    shown = {one["n"]: told(one["shown"]) for one in content["numbers"]}
    sections = [
        Section(told(part["heading"]), [_marked(one, shown) for one in part["sentences"]])
        for part in content["parts"]
    ]
    sections.append(Section(_("Table of indicators"), (), _grid(content)))
    drawn = [(one, chart(one)) for one in content["charts"]]
    sections += [Section(told(one["label"]), (), None, [_file(one, scene)]) for one, scene in drawn]
    sections.append(Section(_("What the numbers are"), (), _footnotes(content)))
    if content["missing"]:
        sections.append(Section(_("Not reported"), _missing(content)))
    return Paper(pack.title, notes_of(pack), sections)


def workbook_of(pack: MeetingPack) -> bytes:
    """Return the pack as a workbook: numbers with footnotes, the table, the charts' figures."""
    content = pack.content
    grid, notes = _grid(content), _footnotes(content)
    leaves = [
        Leaf(_("Sentences"), [_("Heading"), _("Sentence")], _sentences(content)),
        Leaf(_("Numbers"), [*notes.headings, _("Value")], _numbers(content)),
        Leaf(_("Table of indicators"), grid.headings, grid.rows),
        Leaf(_("Charts"), [_("Indicator"), _("Period"), _("Value"), _("Unit of value")],
             _points(content)),
        Leaf(_("Not reported"), [_("Indicator")], [(one,) for one in _missing(content)]),
    ]  # fmt: skip
    buffer = io.BytesIO()
    note = " · ".join(notes_of(pack))
    write_book(buffer, [one for one in leaves if one.rows], title=pack.title, note=note)
    return buffer.getvalue()


def chart(one: Content) -> Scene:
    """Draw a kept chart: a line, or one for each year, the last one first."""
    scale = Decimal(10) ** 8 if not one["growth"] and _is_large(one) else Decimal(1)
    lines = [
        Course(Text(name, name) if name else Text(**one["label"]), [
            Dot(row, point["at"], float(Decimal(point["value"]) / scale), Text(**point["said"]))
            for row, point in enumerate(one["points"]) if point["line"] == name
        ])
        for name in sorted({point["line"] for point in one["points"]}, reverse=True)
    ]  # fmt: skip
    axis = [Text(at, at) for at in one["axis"]]
    unit = Text(**one["unit"])
    return courses(lines, axis, unit if scale == 1 else Text(f"亿{unit.zh}", f"100 m {unit.en}"))


def cells_of(row: Content) -> list[str]:
    """Return the cells of a line of the kept table."""
    return ["—" if one is None else told(one["shown"]) for one in row["cells"]]


def light_of(row: Content) -> str:
    """Return the kept light with its shape."""
    word = LIGHTS[Light(row["light"])]
    return f"{word.shape} {word.word}"


def headings() -> list[str]:
    """Return the headings of the kept table."""
    return [_("Indicator"), *(told({"zh": one.zh, "en": one.en}) for *_at, one in COLUMNS),
            _("State")]  # fmt: skip


def _is_large(one: Content) -> bool:
    known = [abs(Decimal(point["value"])) for point in one["points"]]
    return max(known, default=Decimal(0)) >= Decimal(10) ** 8


def _marked(sentence: Content, shown: Mapping[int, str]) -> str:
    return "".join(
        piece if isinstance(piece, str) else f"{shown[piece['n']]}[{piece['n']}]"
        for piece in sentence["pieces"][language()]
    )


def _grid(content: Content) -> Grid:
    rows = [[told(row["label"]), *cells_of(row), light_of(row)] for row in content["table"]]
    return Grid(headings(), rows)


def _footnotes(content: Content) -> Grid:
    rows = [
        [str(one["n"]), told(one["label"]), told(one["period_said"]), told(one["shown"]),
         "；".join(told(note) for note in one["notes"])]
        for one in content["numbers"]
    ]  # fmt: skip
    return Grid(
        [_("No."), _("Indicator"), _("Period"), _("Number as written"), _("Basis and source")], rows
    )


def _numbers(content: Content) -> list[Sequence[Any]]:
    rows = _footnotes(content).rows
    values = [None if one["value"] is None else Decimal(one["value"])
              for one in content["numbers"]]  # fmt: skip
    return [[*row, value] for row, value in zip(rows, values, strict=True)]


def _sentences(content: Content) -> list[tuple[str, str]]:
    shown = {one["n"]: told(one["shown"]) for one in content["numbers"]}
    return [
        (told(part["heading"]), _marked(one, shown))
        for part in content["parts"]
        for one in part["sentences"]
    ]


def _points(content: Content) -> list[tuple[Any, ...]]:
    return [
        (told(one["label"]), told(point["said"]), Decimal(point["value"]), told(one["unit"]))
        for one in content["charts"]
        for point in one["points"]
    ]


def _missing(content: Content) -> list[str]:
    return list(dict.fromkeys(told(one["label"]) for one in content["missing"]))


def _file(one: Content, scene: Scene) -> Drawn:
    frame = Frame(f"chart-{one['indicator']}", language(), linked=False, title=told(one["label"]))
    made = poster.file(scene, frame, (), ())
    return Drawn(made.content.decode(), made.width, made.height)
