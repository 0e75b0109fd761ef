"""Facts of a page accepted, rejected, corrected, added and undone; the machine's fact stays."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.readings.enums import FactState, Origin
from openzone.zone.readings.models import JudgedFact, Judgement, Page
from openzone.zone.readings.selectors.listing import reasons, rules
from openzone.zone.readings.services import judging
from tests.zone.readings import newspaper
from tests.zone.readings.newspaper import NOW, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(actor: Actor) -> Desk:
    return newspaper.desk(actor)


def test_a_page_is_kept_with_its_text_facts_and_places(desk):
    page = Page.objects.get(pk=desk.page.pk)
    assert (page.state, page.facts_found, page.facts_judged) == ("read", 6, 0)
    for one in JudgedFact.objects.filter(page=page).select_related("fact"):
        there = page.text[one.fact.start : one.fact.end]
        assert there.replace("\n", "") == one.fact.quote
    assert page.links["示例电池有限公司"][0]["decision"] == "same"


def test_accepting_and_undoing_are_rows_of_their_own(desk, actor):
    found = newspaper.fact(desk.page, "industrial_output")
    judging.accept_fact(actor=actor, user=desk.one, judged=found, now=NOW, seen=0)
    found.refresh_from_db()
    assert found.state == FactState.ACCEPTED
    assert Page.objects.get(pk=desk.page.pk).facts_judged == 1
    judging.undo_last(actor=actor, user=desk.one, page=desk.page, now=NOW)
    found.refresh_from_db()
    assert found.state == FactState.OPEN
    assert [one.said for one in Judgement.objects.order_by("pk")] == ["accept", "undo"]
    with pytest.raises(Refused, match="没有可撤销"):
        judging.undo_last(actor=actor, user=desk.one, page=desk.page, now=NOW)


def test_of_two_people_the_slower_is_told_who_was_first(desk, actor):
    found = newspaper.fact(desk.page, "industrial_output")
    judging.accept_fact(actor=actor, user=desk.one, judged=found, now=NOW, seen=0)
    with pytest.raises(Refused, match="已由tongji于2026-07-20 10:00判定（采纳）"):
        judging.reject_fact(
            actor=actor, user=desk.two, judged=found, reason="主体不对", now=NOW, seen=0
        )
    judging.reject_fact(
        actor=actor, user=desk.two, judged=found, reason="主体不对", now=NOW,
        seen=Judgement.objects.latest("pk").pk,
    )  # fmt: skip
    with pytest.raises(Refused, match="此后jingban又判定过"):
        judging.undo_last(actor=actor, user=desk.one, page=desk.page, now=NOW)
    assert reasons() == [("attribute:industrial_output", "主体不对", 1)]


def test_a_correction_changes_how_it_stands_and_not_what_was_read(desk, actor):
    found = newspaper.fact(desk.page, "industrial_output")
    given = {"actor": actor, "user": desk.one, "judged": found, "now": NOW}
    judging.correct(**given, what="subject", after="示例经开区")
    judging.correct(**given, what="period", after="2026-05")
    found.refresh_from_db()
    assert (found.subject, found.period, found.changed) == ("示例经开区", "2026-05", True)
    assert (found.fact.subject, found.fact.period) == ("示例高新区", "2026-01/2026-06")
    judging.accept_fact(**given)
    line = next(one for one in rules() if one.rule == "attribute:industrial_output")
    assert (line.changed, line.unchanged, line.precision) == (1, 0, 0)


@pytest.mark.parametrize(
    ("what", "after", "said"),
    [
        ("subject", "", "请填写主体|请选择或填写主体"),
        ("period", "上半年", "不是期间"),
        ("period", "2026-02-30", "不是期间"),
        ("period", "2026-13", "不是期间"),
        ("period", "0000", "不是期间"),
        ("period", "9999", "不是期间"),
        ("period", "２０２６", "不是期间"),
        ("period", "2026-06/2026-01", "不是期间"),
        ("attribute", "weather", "没有“weather”这一指标"),
        ("value", "20.1", "引文中读不到这个数"),
        ("value", "many", "不是数字"),
        ("quote", "x", "没有“quote”这一项"),
        ("subject", "示例高新区", "与原来相同"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(desk, actor, what, after, said):
    found = newspaper.fact(desk.page, "industrial_output")
    with pytest.raises(Refused, match=said):
        judging.correct(actor=actor, user=desk.one, judged=found, what=what, after=after, now=NOW)
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(
    "period",
    ["2026", "2026-02-28", "2026-01/2026-06", "2026-01/..", "../2026-05", "2026-05/2026", ""],
)
def test_periods_are_written_as_in_the_schema(period):
    assert judging.ensure_period(f" {period} ") == period


def test_a_number_that_is_not_printed_is_taken_with_a_reason_only(desk, actor):
    found = newspaper.fact(desk.page, "industrial_output")
    judging.correct(
        actor=actor, user=desk.one, judged=found, what="value", after="1980000000", now=NOW,
        reason="扫描件为19.8亿元",
    )  # fmt: skip
    found.refresh_from_db()
    assert found.number == Decimal(1_980_000_000)


def test_a_missing_fact_is_added_with_its_place(desk, actor):
    made = judging.add_fact(
        actor=actor, user=desk.one, page=desk.page, quote="总投资１７６.３亿元", kind="project",
        subject="示例高新区", attribute="signed_amount", value="176.3", unit="亿元", period="2026",
        now=NOW,
    )  # fmt: skip
    fact = made.fact
    assert (made.number, made.unit, made.state) == (Decimal(17_630_000_000), "元", "accepted")
    assert desk.page.text[fact.start : fact.end] == fact.quote == "总投资176.3亿元"
    assert (fact.origin, fact.by, fact.article) == (Origin.PERSON, desk.one, 0)


@pytest.mark.parametrize(
    ("quote", "value", "unit", "said"),
    [
        ("不在版面上的话", "1", "", "原文中没有这段文字"),
        ("示例高新区", "1", "", "出现"),
        ("总投资176.3亿元", "176.4", "亿元", "引文中读不到"),
        ("总投资176.3亿元", "176.3", "万元", "引文中读不到"),
        ("总投资176.3亿元", "开工", "", "引文中没有“开工”"),
    ],
)
def test_an_added_fact_stands_on_the_page(desk, actor, quote, value, unit, said):
    with pytest.raises(Refused, match=said):
        judging.add_fact(
            actor=actor, user=desk.one, page=desk.page, quote=quote, kind="project",
            subject="示例高新区", attribute="total_investment", value=value, unit=unit, period="",
            now=NOW,
        )  # fmt: skip


def test_a_link_names_a_record_that_is_there(desk, actor):
    found = newspaper.fact(desk.page, "revenue")
    given = {"actor": actor, "user": desk.one, "judged": found, "now": NOW}
    with pytest.raises(Refused, match="档案中没有"):
        judging.link_fact(**given, what="enterprise", record=999_999_999)
    judging.link_fact(**given, what="enterprise", record=desk.firm.pk)
    found.refresh_from_db()
    assert found.enterprise == desk.firm
    judging.note_fact(**given, text="另见年报")
    found.refresh_from_db()
    assert (found.note, found.enterprise) == ("另见年报", desk.firm)


@pytest.mark.parametrize("name", ["facts", "judgements"])
def test_what_was_read_and_said_is_never_rewritten(desk, actor, name):
    found = newspaper.fact(desk.page, "revenue")
    judging.accept_fact(actor=actor, user=desk.one, judged=found, now=NOW)
    row = found.fact if name == "facts" else Judgement.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(at=NOW.replace(year=2020))
