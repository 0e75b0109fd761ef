"""Scenes as SVG: readable by any reader of XML, and by a page that allows no styles."""

import re
from xml.etree.ElementTree import fromstring

import pytest

from openzone.engines.drawing.lettering import text_width, wrapped
from openzone.engines.drawing.poster import file
from openzone.engines.drawing.scene import LOOKS, Label, Mark, Scene, Sign, Stroke
from openzone.engines.drawing.svg import Entry, Frame, svg
from openzone.engines.text import Text

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<script>alert("1")</script>\x00\x0b&'
SCENE = Scene(
    200,
    100,
    strokes=[Stroke("M0 0L10 10", "return", (0, 1), arrow=True)],
    marks=[
        Mark(0, Text(NASTY, "first"), 10, 10, 80, 40, "weak", sign=Sign.HALF,
             labels=[Label(40, 30, Text(NASTY, "first"))]),
        Mark(7, Text("二", "second"), 100, 10, 40, 40, "missing", circle=True, badge="+1"),
    ],
)  # fmt: skip


def test_marks_of_a_page_are_links_to_the_rows_of_its_table() -> None:
    drawn = fromstring(svg(SCENE, Frame("graph", "en", title="Chain")))
    links = drawn.findall(f".//{SVG}a")
    assert [link.get("href") for link in links] == ["#graph-row-0", "#graph-row-7"]
    assert [link.get("aria-label") for link in links] == ["first", "second"]
    assert drawn.find(f".//{SVG}path[@data-ends='0 1']") is not None


def test_a_file_holds_no_links_and_says_what_it_shows() -> None:
    made = file(SCENE, Frame("graph", "zh", linked=False, title="产业链"),
                [Entry("weak", "弱", Sign.HALF)], ["数据日期 2026-11-21"])  # fmt: skip
    drawn = fromstring(made.content)
    said = ["".join(one.itertext()) for one in drawn.iter(f"{SVG}text")]
    assert not drawn.findall(f".//{SVG}a")
    assert {"产业链", "弱", "数据日期 2026-11-21"} <= set(said)
    assert (drawn.get("width"), drawn.get("height")) == (f"{made.width:g}", f"{made.height:g}")


def test_no_text_becomes_markup_and_nothing_needs_a_style() -> None:
    written = svg(SCENE, Frame("graph"))
    texts = [one.text for one in fromstring(written).iter(f"{SVG}text")]
    assert '<script>alert("1")</script>&' in texts
    assert "<script" not in written
    assert not re.search(r"\b(style|on\w+)=", written.replace("&lt;script&gt;", ""))


def test_patterns_and_arrows_are_named_after_the_picture() -> None:
    written = svg(SCENE, Frame("second"))
    used = set(re.findall(r"url\(#([\w-]+)\)", written))
    assert used == {"second-weak", "second-arrow-return"}
    assert used <= set(re.findall(r'id="([\w-]+)"', written))


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_every_look_can_be_drawn(name: str) -> None:
    scene = Scene(10, 10, strokes=[Stroke("M0 0L1 1", name)])
    assert fromstring(svg(scene, Frame("one"))).find(f".//{SVG}path") is not None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("正极材料", ["正极材料"]),
        ("镍钴锰酸锂三元正极材料与前驱体", ["镍钴锰酸锂三元正", "极材料与前驱体"]),
        ("镍钴锰酸锂三元正极材料与前驱体及其回收再生利用", ["镍钴锰酸锂三元正", "极材料与前驱体…"]),
        ("Electrolyte salts", ["Electrolyte", "salts"]),
        ("", []),
    ],
)
def test_names_are_wrapped_where_they_can_be(text: str, lines: list[str]) -> None:
    found = wrapped(text, 104, 13)
    assert found == lines
    assert all(text_width(line, 13) <= 104 for line in found)
