"""The pages of land: the book that goes out and comes in, the desk, obstacles in two rooms."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from openzone.engines.worktime.localtime import to_local
from openzone.www.cases.asking import Moment
from openzone.www.desk.sources import waiting
from openzone.www.views.land.drawing import outline
from openzone.zone.audit.models import Event
from openzone.zone.land.models import (
    Blocker,
    Delivery,
    Parcel,
    ParcelProject,
    ParcelSheet,
    StandardLand,
)
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.reviews.models import Obstacle
from tests.files import PDF
from tests.www.addresses import land
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


@pytest.fixture
def known(zone: Zone) -> dict[str, object]:
    """The numbers of the parcels, deliveries and agreements of the handler's office."""
    return land.numbers(zone)


@pytest.fixture
def clerk(zone: Zone, visit: Visit) -> Client:
    return visit(zone.clerk)


def test_the_book_that_goes_out_comes_in_again_unchanged(known, visit, admin, zone):
    client = visit(admin)
    before = list(Parcel.objects.order_by("pk").values())
    sent = client.post("/land/export/")
    book = SimpleUploadedFile("地块.xlsx", b"".join(sent))
    there = client.post("/land/sheets/", {"file": book})
    sheet = ParcelSheet.objects.latest("pk")
    assert there.url == f"/land/sheets/{sheet.pk}/"
    assert [one for one in sheet.problems if one["severity"] == "error"] == []
    assert (sheet.created, sheet.changed) == (0, 3)
    client.post(f"{there.url}apply/")
    assert list(Parcel.objects.order_by("pk").values()) == before
    assert Event.objects.filter(action="registry.exported", subject="parcels").exists()


def test_a_wrong_row_is_shown_with_its_place(known, visit, admin):
    page = visit(admin).get(f"/land/sheets/{known['la_sheet']}/")
    assert "第3行" in page.content.decode()


def test_an_obstacle_of_a_projects_land_stands_in_its_reviews(known, clerk):
    project = Project.objects.get(name="示例压铸项目")
    Delivery.objects.update(project=project)
    said = {"topic": "land", "severity": "3", "title": "八亩未迁", "text": "协商中",
            "request_id": "0123456789abcdef"}  # fmt: skip
    for _sent_twice in range(2):
        assert clerk.post(f"/land/parts/{known['la_part']}/obstacle/", said).status_code == 302
    found = Obstacle.objects.get()
    assert (found.project, found.case_id) == (project, Blocker.objects.get().case_id)
    assert "八亩未迁" in clerk.get(f"/land/deliveries/{known['la_task']}/").content.decode()


def test_the_project_shows_its_parcels(known, clerk):
    page = clerk.get(f"/projects/{known['la_project']}/").content.decode()
    assert f"/land/parcels/{known['la_sold']}/" in page


def test_an_enterprise_reads_what_it_promised_with_its_land(
    known, zone, visit, enterprise_owner, stranger
):
    for user, reads in ((enterprise_owner, False), (stranger, False)):
        page = visit(user).get("/agreements/mine/").content.decode()
        assert ("示例标准地1号" in page) is reads
    Project.objects.filter(pk=known["la_project"]).update(enterprise=zone.near)
    page = visit(enterprise_owner).get("/agreements/mine/").content.decode()
    assert "示例标准地1号" in page
    assert "示例标准地2号" not in page  # a draft is no promise
    assert "/cases/" not in page  # the zone's pages are not theirs
    assert "示例标准地1号" not in visit(stranger).get("/agreements/mine/").content.decode()


def test_the_desk_asks_for_land_and_checks_and_warns(known, zone):
    Delivery.objects.update(due=timezone.localdate() + dt.timedelta(days=3))
    now = timezone.now()
    found = waiting(zone.clerk, Moment(now, to_local(now), timezone.localdate(now)))
    asked = [item.why.zh for item in found if item.area.zh == "土地"]
    assert any(why.startswith("净地交付") for why in asked)
    assert any(why.startswith("闲置预警") for why in asked)


def test_a_figure_of_the_record_stands_beside_the_field(known, zone, visit):
    ParcelProject.objects.update(floor_m2=Decimal(72_000))
    StandardLand.objects.filter(pk=known["la_draft"]).update(
        project=known["la_project"], parcel=known["la_plain"]
    )
    ParcelProject.objects.update(parcel=known["la_plain"])
    StandardLand.objects.filter(pk=known["la_draft"]).update(
        state="signed", signed_on=dt.date(2026, 1, 10), file="x", sha256="x"
    )
    page = visit(zone.clerk).get(f"/land/standard/{known['la_draft']}/check/completion/")
    assert "档案中的数据：1.20" in page.content.decode()


def test_of_two_who_hand_the_same_land_over_the_second_is_told(known, clerk):
    def over() -> str:
        paper = SimpleUploadedFile("示例.pdf", PDF)
        said = {"on": "2026-11-01", "file": paper}
        return clerk.post(f"/land/parts/{known['la_part']}/hand-over/", said).content.decode()

    assert over() == ""
    assert "全部交付" in over()


def test_a_drawing_has_north_up_and_keeps_its_shape():
    """Two squares of 0.01 degrees at 60° north: there they are half as wide as they are high."""
    south, north = (
        Parcel(number=f"示例{n}", boundary=[[10, y], [10.01, y], [10.01, y + 0.01], [10, y + 0.01]])
        for n, y in enumerate((60.0, 60.02))
    )
    drawn = outline([south, north, Parcel(number="无边界")])
    assert drawn is not None
    assert [one.parcel.number for one in drawn.shapes] == ["示例0", "示例1"]
    assert drawn.shapes[1].y < drawn.shapes[0].y
    corners = [tuple(map(float, one.split(","))) for one in drawn.shapes[0].points.split()]
    wide, high = corners[1][0] - corners[0][0], corners[0][1] - corners[2][1]
    assert wide / high == pytest.approx(0.5, abs=0.01)
    assert outline([Parcel(number="无边界")]) is None
