"""The pages of reviews: recording, deciding, raising, and the calendar that programs read."""

import datetime as dt
import io
from collections.abc import Callable
from itertools import product

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from docx import Document

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import User
from openzone.zone.people.services import create_unit
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.models import Decision, Feed, Meeting, Obstacle
from openzone.zone.reviews.services.feeds import make_feed, revoke_feed
from tests.www.addresses import reviews
from tests.www.conftest import Zone
from tests.www.everywhere.test_bad_input import HARD, status_of

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def meeting(zone: Zone, actor: Actor, committee: object) -> Meeting:
    """A meeting of today of the task force that the clerk leads; the zone has a centre."""
    create_unit(actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE,
                parent=committee)  # fmt: skip
    zone.of_areas.update(reviews.numbers(zone))  # type: ignore[arg-type]
    return Meeting.objects.get()


@pytest.fixture
def clerk(zone: Zone, visit: Callable[[User | None], Client]) -> Client:
    return visit(zone.clerk)


def _raise(client: Client, project: int, **change: str) -> object:
    data = {"topic": "land", "severity": "3", "title": "净地未交", "text": "还差八亩",
            "unit": "office", "request_id": ONCE}  # fmt: skip
    return client.post(f"/reviews/projects/{project}/raise/", data | change)


def test_from_an_obstacle_to_a_meeting_that_decides_and_is_recorded(zone, meeting, clerk):
    project = zone.of_areas["v_project"]
    for _sent_twice in range(2):
        assert _raise(clerk, project).status_code == 302
    obstacle = Obstacle.objects.get()
    clerk.post(f"/reviews/{meeting.pk}/prepare/")
    item = meeting.items.get(case=obstacle.case)
    sent = {"title": "十日内交地", "unit": "office", "due": "2030-01-01", "item": str(item.pk),
            "request_id": ONCE[::-1]}  # fmt: skip
    assert clerk.post(f"/reviews/{meeting.pk}/decide/", sent).status_code == 302
    assert Decision.objects.get().item == item
    form = {f"outcome_{item.pk}": "open", f"remark_{item.pk}": "周五前答复", "others": "张三、李四",
            "attended": str(zone.clerk.pk), "minutes": "逐项听取"}  # fmt: skip
    assert clerk.post(f"/reviews/{meeting.pk}/hold/", form).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    page = clerk.get(f"/reviews/{meeting.pk}/").content.decode()
    for said in ("净地未交", "十日内交地", "周五前答复", "张三", "逐项听取"):
        assert said in page
    again = clerk.post(f"/reviews/{meeting.pk}/hold/", form)
    assert again.status_code == 400
    assert "请核对后再办理" in again.content.decode()


def test_a_meeting_without_anybody_is_refused_on_the_form(zone, meeting, clerk):
    answer = clerk.post(f"/reviews/{meeting.pk}/hold/", {})
    assert answer.status_code == 400
    assert "请登记至少一名参会人员" in answer.content.decode()


@pytest.mark.parametrize(("page", "sent"), [
    ("decide", {"title": "交地", "unit": "office", "due": "2001-01-01", "request_id": ONCE}),
    ("decide", {"title": "", "unit": "office", "due": "2030-01-01", "request_id": ONCE}),
    ("move", {"on": "2001-01-01", "begins": "09:00"}),
    ("move", {"on": "2030-01-01", "begins": "25:00"}),
    ("cancel", {"reason": ""}),
])  # fmt: skip
def test_what_makes_no_sense_is_answered_where_it_stands(meeting, clerk, page, sent):
    assert clerk.get(f"/reviews/{meeting.pk}/{page}/").status_code == 200
    answer = clerk.post(f"/reviews/{meeting.pk}/{page}/", sent)
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()


FORMS = {
    "decide": {"title": "十日内交地", "unit": "office", "due": "2030-01-01", "item": "",
               "text": "", "request_id": ONCE},
    "hold": {"attended": "", "others": "张三", "minutes": "逐项听取"},
    "move": {"on": "2030-01-01", "begins": "09:30"},
    "cancel": {"reason": "放假"},
}  # fmt: skip


@pytest.mark.parametrize("what", FORMS)
def test_nonsense_in_any_field_of_a_meetings_forms_is_answered(meeting, clerk, what):
    """Nobody who visits every page runs a meeting, so its forms are tried here."""
    path = f"/reviews/{meeting.pk}/{what}/"
    assert clerk.get(path).status_code == 200
    for name, hard in product(FORMS[what], HARD[connection.vendor]):
        assert status_of(clerk, path, FORMS[what] | {name: hard}) < 500, (name, hard)
    first = next(iter(FORMS[what]))
    assert status_of(clerk, path, FORMS[what] | {first: "\x00"}) == 400


def test_moving_and_cancelling_are_seen_on_the_page(meeting, clerk):
    sent = {"on": "2030-06-01", "begins": "15:30"}
    assert clerk.post(f"/reviews/{meeting.pk}/move/", sent).status_code == 302
    assert "15:30" in clerk.get(f"/reviews/{meeting.pk}/").content.decode()
    clerk.post(f"/reviews/{meeting.pk}/cancel/", {"reason": "防汛应急"})
    assert "防汛应急" in clerk.get(f"/reviews/{meeting.pk}/").content.decode()


def test_the_meeting_pack_is_word_and_pdf_with_the_agenda_in_it(zone, meeting, clerk):
    _raise(clerk, zone.of_areas["v_project"])
    clerk.post(f"/reviews/{meeting.pk}/prepare/")
    word = clerk.post(f"/reviews/{meeting.pk}/file/word/")
    cells = [
        cell.text
        for table in Document(io.BytesIO(word.content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert "净地未交" in cells
    assert clerk.post(f"/reviews/{meeting.pk}/file/pdf/").content.startswith(b"%PDF")


def _feed(client: Client, secret: str) -> object:
    return client.get(f"/reviews/calendars/{secret}.ics")


def test_a_calendar_program_reads_the_meetings_in_the_zones_own_time(zone, meeting, visit, actor):
    now = dt.datetime.now(dt.UTC)
    issued = make_feed(actor=actor, user=zone.clerk, label="手机", now=now)
    answer = _feed(visit(None), issued.secret)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert f"DTSTART;TZID=Asia/Shanghai:{meeting.on:%Y%m%d}T090000\r\n" in text
    assert f"DTEND;TZID=Asia/Shanghai:{meeting.on:%Y%m%d}T100000\r\n" in text
    assert text.count("BEGIN:VEVENT") == 1
    assert "TZOFFSETTO:+0800" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_address_only_reads_and_is_dead_once_revoked(zone, meeting, visit, actor):
    now = dt.datetime.now(dt.UTC)
    issued = make_feed(actor=actor, user=zone.clerk, label="手机", now=now)
    path = f"/reviews/calendars/{issued.secret}.ics"
    assert visit(None).post(path).status_code in (403, 405)
    revoke_feed(actor=actor, feed=issued.feed, now=now)
    assert visit(None).get(path).status_code == 404


def test_who_tries_addresses_is_slowed_down(db, visit, settings):
    cache.clear()
    settings.PUBLIC_SUBMISSIONS = 3
    answers = [_feed(visit(None), f"guess{number}").status_code for number in range(5)]
    assert answers[:3] == [404] * 3
    assert 404 not in answers[3:]
    assert 200 not in answers


def test_an_address_is_shown_once_and_revoked_by_its_owner_only(zone, meeting, clerk, visit, admin):
    made = clerk.post("/reviews/calendars/new/", {"label": "台式机"}).content.decode()
    assert ".ics" in made
    assert ".ics" not in clerk.get("/reviews/calendars/").content.decode()
    feed = Feed.objects.get(label="台式机")
    assert visit(admin).post(f"/reviews/calendars/{feed.pk}/revoke/").status_code == 404
    clerk.post(f"/reviews/calendars/{feed.pk}/revoke/")
    feed.refresh_from_db()
    assert feed.revoked_at is not None
