"""What an enterprise reads of its own promises, its record, and how the record is repaired."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from openzone.zone.commitments.services.offers import Applicant, Notice, Owed, offer
from openzone.zone.commitments.services.records import enter_record, repair
from tests.zone.community.town import ACTOR, build

pytestmark = pytest.mark.django_db
PAGE = "my_commitments"


@pytest.fixture
def breach(zone):
    return enter_record(
        actor=ACTOR, enterprise=zone.near, document="示例处罚书7号",
        happened_on=dt.date(2026, 3, 1), on=dt.date(2026, 3, 2),
    )  # fmt: skip


def _page(visit, user, query=""):
    return visit(user).get(reverse(PAGE) + query).content.decode()


def test_a_record_shuts_out_and_the_page_says_how_it_is_repaired(
    visit, zone, enterprise_owner, breach
):
    page = _page(visit, enterprise_owner)
    assert zone.near.name in page
    assert "示例处罚书7号" in page
    assert "outcome-not_met" in page
    assert "未修复" in page
    assert "如何修复" in page


def test_what_is_repaired_stays_on_record_and_shuts_out_no_more(visit, enterprise_owner, breach):
    repair(actor=ACTOR, row=breach, document="修复决定3号", on=dt.date(2026, 9, 1))
    page = _page(visit, enterprise_owner)
    assert "示例处罚书7号" in page
    assert "修复决定3号" in page
    assert "outcome-met" in page
    assert "如何修复" not in page


def test_what_was_promised_is_listed_by_item(visit, zone, enterprise_owner):
    town = build("promise-")
    now = timezone.now()
    notice = Notice(
        owed=[Owed("场地证明", "复印件")], supply_by=now + dt.timedelta(hours=1),
        consequence="终止办理", main_complete=True,
    )  # fmt: skip
    offer(
        actor=ACTOR, item=town.licence, kind="missing_materials", handler=town.clerk, now=now,
        applicant=Applicant(zone.near, "示例人"), notice=notice,
    )  # fmt: skip
    assert town.licence.name in _page(visit, enterprise_owner)


def test_nobody_reads_the_record_of_an_enterprise_they_do_not_speak_for(
    visit, owner, colleague, breach
):
    for stranger in (owner, colleague):
        assert "示例处罚书7号" not in _page(visit, stranger)


def test_it_is_read_in_english_too(visit, enterprise_owner, breach):
    client = visit(enterprise_owner)
    client.cookies["django_language"] = "en"
    page = client.get(reverse(PAGE)).content.decode()
    assert "How it is repaired" in page
    assert "not repaired" in page
