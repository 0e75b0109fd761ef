"""Pictures of chains on any page: the table beside the drawing, and what one can take away."""

import datetime as dt
import re
import struct
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from openzone.engines.chains.drawing import Facts, State
from openzone.engines.text import Text
from openzone.www import chain_pictures as pictures
from openzone.zone.audit.models import Event
from openzone.zone.people.models import User
from tests.www import chain_pictures as shown
from tests.www.conftest import Zone
from tests.www.looking import DESK, Check, Login, Shot, fits

ROOM = pytest.mark.urls("tests.www.chain_pictures")


def graph() -> pictures.Picture:
    found = shown.lithium()
    return pictures.graph_picture(found, shown.facts_of(found), source=shown.SOURCE)


def texts(picture: pictures.Picture) -> list[str]:
    return ["".join(one.itertext()) for one in fromstring(pictures.svg(picture)).iter()]


def row_of(picture: pictures.Picture, name: str) -> dict[str, str]:
    with override("en"):
        rows = pictures.table(picture)
    found = next(row for row in rows.rows if row[0] == name)
    return {head: str(cell or "") for head, cell in zip(rows.headings, found, strict=True)}


def test_every_row_of_the_table_has_what_is_known_with_day_and_source() -> None:
    with override("en"):
        picture = graph()
    cells = row_of(picture, "Cells")
    assert cells["State"] == "Weak"
    assert cells["Firms"] == "示例cell0有限公司"
    assert cells["Figures"] == "Capacity 12 GWh(2026-11-01 · 示例统计)"
    assert cells["Actions"] == "Arrange a visit"
    assert (cells["Data date"], cells["Source"]) == ("2026-11-01", "示例名录")
    assert row_of(picture, "Precursors")["Data date"] == "2026-11-21"  # the day of the picture


def test_links_and_returns_are_told_at_both_ends() -> None:
    with override("en"):
        picture = graph()
    assert "Lithium salts(recycling)" in row_of(picture, "Battery recycling")["Goes into"]
    assert "Battery recycling(recycling)" in row_of(picture, "Lithium salts")["Needs"]
    assert "New-energy vehicles(optional)" in row_of(picture, "Battery recycling")["Needs"]


def test_a_picture_speaks_the_language_of_its_reader() -> None:
    said = {}
    for language in ("zh-hans", "en"):
        with override(language):
            said[language] = texts(graph())
    assert "正极材料" in said["zh-hans"]
    assert "Cathode" in " ".join(said["en"])
    assert "正极材料" not in said["en"]


def test_a_file_of_invented_data_says_so_and_the_day_it_speaks_of() -> None:
    with override("en"):
        said = texts(graph())
    assert "示例 Example: synthetic data, no real company" in said
    assert "As of 2026-11-21 · source: 示例名录" in said


def test_what_the_flow_and_the_areas_stand_for_is_said() -> None:
    found = shown.lithium()
    with override("en"):
        plain = pictures.flow_picture(found, source=shown.SOURCE)
        known = pictures.flow_picture(
            found, source=shown.SOURCE, values={("cathode", "cell"): 3.0}, unit=Text("吨", "t")
        )
        areas = pictures.structure_picture(found, source=shown.SOURCE, by="output")
    assert "No amounts are known: every link is as wide as any other." in plain.remarks
    assert list(known.remarks) == ["Width: t"]
    assert "amount not known" in [entry.words for entry in known.legend]
    assert "Cells(3 t)" in row_of(known, "Cathode materials")["Goes into"]
    assert "(amount not known)" in row_of(known, "Separators")["Goes into"]
    assert "示例cell0有限公司(5)" in row_of(areas, "Cells")["Firms"]
    assert any("Not drawn: " in remark and "Separators" in remark for remark in areas.remarks)


def test_a_dot_without_a_measure_is_in_the_table_only() -> None:
    axes = pictures.Axes(Text("密度", "Density"), Text("增益", "Gain"))
    with override("en"):
        picture = pictures.opportunity_picture(shown.dots(), axes, source=shown.SOURCE)
    assert len(picture.scene.marks) == 11
    assert len(picture.twin.rows) == 12
    assert list(picture.remarks) == ["1 row of the table lacks a measure and is not drawn."]
    assert "Gain" in row_of(picture, "Product 5")


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    axes = pictures.Axes(Text("密度", "Density"), Text("复杂度", "Complexity"))
    products = [pictures.Dot("a", Text("电芯", "Cell"), 0.5, 1.0)]
    with override("en"):
        picture = pictures.opportunity_picture(products, axes, source=shown.SOURCE)
        headings = [column.heading for column in picture.twin.columns]
    assert headings[:3] == ["Node", "Density", "Complexity"]
    assert "Firms" not in headings
    assert all(len(row) == len(headings) for row in picture.twin.rows)


def test_a_spot_without_coordinates_is_listed_at_the_end() -> None:
    with override("en"):
        picture = pictures.map_picture(shown.spots(), source=shown.SOURCE)
        last = [cell.text or str(*cell.items) for cell in picture.twin.rows[-1][:5]]
    assert last == ["Firm 39", "示例路39号", "", "", "no coordinates"]
    assert len(picture.scene.marks) == 38  # two stand together
    assert "No outline is drawn: the zone has put in no reviewed map file." in picture.remarks
    assert len(pictures.table(picture).rows) == 40  # Excel has each


def test_an_outline_shows_its_review_number_and_values_without_a_region_are_told() -> None:
    with override("en"):
        picture = pictures.map_picture(
            shown.spots(), source=shown.SOURCE, outline=shown.OUTLINE, values={"01": 3, "丙": 4}
        )
    assert "Outline: 示例边界, map review number (审图号) 示例审图号" in picture.remarks
    assert "Not in the outline: 丙" in picture.remarks
    assert "no data" in [entry.words for entry in picture.legend]
    assert any("示例审图号" in text for text in texts(picture))
    assert row_of(picture, "丙")["Value"] == "4"


def test_a_map_file_with_faults_is_told_and_not_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENZONE_PACKS", str(tmp_path))
    assert pictures.boundary() is None
    (tmp_path / "boundary.geojson").write_text("{}")
    with override("en"):
        picture = pictures.map_picture(
            shown.spots(), source=shown.SOURCE, outline=pictures.boundary()
        )
    assert picture.remarks[0].startswith("The map file cannot be used: must be a GeoJSON")
    assert {stroke.look for stroke in picture.scene.strokes} == {"grid"}


@pytest.mark.parametrize(
    ("longitude", "latitude", "size"), [(181.0, 30.0, 1.0), (112.0, -91.0, 1.0), (112, 30, 1e999)]
)
def test_what_cannot_be_placed_is_told_and_stays_in_the_table(
    longitude: float, latitude: float, size: float
) -> None:
    spot = pictures.Spot("1", Text("甲", "A"), longitude, latitude, size)
    with override("en"):
        picture = pictures.map_picture([spot], source=shown.SOURCE)
    assert picture.refusal.startswith("A: ")
    assert "A" in picture.rows
    assert [kind for kind, _word in picture.kinds] == ["xlsx"]
    assert float(row_of(picture, "A")["Longitude"]) == longitude


def test_a_chain_too_large_to_draw_takes_no_page_away() -> None:
    with override("en"):
        picture = pictures.graph_picture(shown.large(2001, 10), source=shown.SOURCE)
    assert picture.refusal.startswith("2001 nodes: ")
    assert len(picture.twin.rows) == 2001


def test_names_never_become_markup() -> None:
    name = "<script>alert(1)</script>"
    dot = pictures.Dot(name, Text(name, name), 1, 1, state=State.WEAK, facts=Facts(source=name))
    axes = pictures.Axes(Text(name, name), Text(name, name))
    picture = pictures.opportunity_picture([dot], axes, source=shown.SOURCE, title=name)
    assert "<script" not in picture.markup + picture.rows + "".join(pictures.svg(picture).decode())


def test_a_get_and_a_post_of_something_else_take_nothing_away() -> None:
    picture = graph()
    assert pictures.exported(RequestFactory().get("/?picture_file=graph.svg"), picture) is None
    assert pictures.exported(RequestFactory().post("/", {"act": "save"}), picture) is None


@ROOM
@pytest.mark.django_db
def test_the_files_are_logged_and_hold_the_picture(client: Client, colleague: User) -> None:
    client.force_login(colleague)
    answers = {
        kind: client.post("/pictures/", {"picture_file": f"graph.{kind}"})
        for kind in ("svg", "png", "xlsx")
    }
    assert all("filename" in one["Content-Disposition"] for one in answers.values())
    assert fromstring(answers["svg"].content).tag.endswith("svg")
    wide, high = struct.unpack(">II", answers["png"].content[16:24])
    drawn = fromstring(answers["svg"].content)
    assert wide == pytest.approx(2 * float(drawn.get("width", 0)), abs=2)
    assert high == pytest.approx(2 * float(drawn.get("height", 0)), abs=2)
    sheet = load_workbook(BytesIO(answers["xlsx"].content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "电芯" in cells
    assert dt.datetime(2026, 11, 1) in cells  # noqa: DTZ001 - Excel knows no zones
    logged = Event.objects.filter(action="registry.exported", subject="chain_picture")
    assert [event.details["format"] for event in logged.order_by("pk")] == ["svg", "png", "xlsx"]


@ROOM
@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["graph.exe", "other.svg", "graph", ".svg", ""])
def test_a_file_that_is_not_there_is_not_found(client: Client, colleague: User, asked: str) -> None:
    client.force_login(colleague)
    assert client.post("/pictures/", {"picture_file": asked}).status_code == 404


@ROOM
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_picture_is_read_by_mouse_by_keyboard_and_as_a_table(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    colleague: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, colleague)
    page.goto(f"{live_server}/pictures/")
    drawn = page.locator("#graph")
    salt = drawn.get_by_role("link", name=re.compile("^锂盐，"))
    panel, hint = drawn.locator(".picture-panel"), drawn.locator(".picture-hint")
    salt.hover()
    expect(hint).to_contain_text("示例lithium_salt0有限公司")
    expect(hint).to_contain_text("2026-11-01")
    salt.click()
    expect(panel).to_contain_text("产能 12 GWh")
    panel.get_by_role("link", name="正极材料").click()
    expect(panel.get_by_role("heading")).to_have_text("正极材料")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(drawn.get_by_role("link", name=re.compile("^正极材料，"))).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(hint).to_contain_text("电芯")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading")).to_have_text("电芯")
    page.keyboard.press("Escape")
    drawn.locator("[data-find]").fill("隔膜")
    expect(drawn.locator("[data-found]")).to_have_text("1/1")
    before = drawn.locator("svg[role=group]").bounding_box()
    drawn.locator("[data-zoom=fit]").click()
    after = drawn.locator("svg[role=group]").bounding_box()
    assert before
    assert after
    assert after["width"] < before["width"]
    fits(page, shot, "chain-pictures", assert_accessible)


@ROOM
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_two_thousand_nodes_can_be_walked_and_searched(
    browser_page: Page, live_server: object, zone: Zone, colleague: User, login_as: Login,
    shot: Shot,
) -> None:  # fmt: skip
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, colleague)
    page.goto(f"{live_server}/pictures/large/")
    drawn = page.locator("#graph")
    drawn.locator("[data-zoom=fit]").click()
    drawn.locator("[data-find]").fill("示例节点1234")
    expect(drawn.locator("[data-found]")).to_have_text("1/1")
    found = drawn.locator("a.found")
    expect(found).to_be_in_viewport()
    found.focus()
    page.keyboard.press("Enter")
    expect(drawn.locator("[data-panel] h3")).to_have_text("示例节点1234")
    assert drawn.locator("a[tabindex='0']").count() == 1
    shot(page, "chain-picture-large")
