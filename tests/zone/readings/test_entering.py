"""Accepted facts in the record: figures by two people, files of firms, what is known first."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.engines.reading.comparing import Verdict
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import BatchState, EntityKind
from openzone.zone.indicators.models import Entity, Figure
from openzone.zone.indicators.services.entities import add_entity
from openzone.zone.indicators.services.figures import approve_batch
from openzone.zone.readings.models import Entry, JudgedFact
from openzone.zone.readings.packs import indicator_of
from openzone.zone.readings.selectors.known import standings
from openzone.zone.readings.services import entering, judging
from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models import Source
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.registry.services.facts import state_facts
from tests.zone.readings import newspaper
from tests.zone.readings.newspaper import NOW, TODAY, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(actor: Actor) -> Desk:
    return newspaper.desk(actor)


@pytest.fixture
def zone(actor: Actor) -> Entity:
    return add_entity(actor=actor, kind=EntityKind.ZONE, name="示例高新区", synthetic=True)


def accepted(desk: Desk, actor: Actor, attribute: str) -> JudgedFact:
    found = newspaper.fact(desk.page, attribute)
    return judging.accept_fact(actor=actor, user=desk.one, judged=found, now=NOW)


def verdict(desk: Desk, attribute: str) -> Verdict:
    found = newspaper.fact(desk.page, attribute)
    return standings(desk.page, [found])[found.pk].verdict


def enter(desk: Desk, actor: Actor, zone: Entity, *facts: JudgedFact) -> entering.Sent:
    return entering.enter_figures(
        actor=actor, user=desk.one, page=desk.page, chosen={one.pk: zone for one in facts}, now=NOW
    )


def test_figures_become_a_batch_that_another_person_approves(desk, actor, zone):
    facts = [
        accepted(desk, actor, name) for name in ("industrial_output", "fixed_asset_investment")
    ]
    sent = enter(desk, actor, zone, *facts)
    assert (sent.left, sent.batch.state) == (None, BatchState.SUBMITTED)
    assert not Figure.objects.exists()
    with pytest.raises(Refused):
        approve_batch(actor=actor, batch=sent.batch, user=desk.one, now=NOW)
    approve_batch(actor=actor, batch=sent.batch, user=desk.two, now=NOW)
    figure = Figure.objects.get(indicator="industrial_output")
    assert (figure.value, figure.growth_pct, figure.period) == (
        Decimal(1_930_000_000), Decimal("15.9"), "2026-01/2026-06",
    )  # fmt: skip
    assert figure.quote == facts[0].fact.quote
    assert (figure.page, figure.address) == ("3", "https://news.example.cn/3")
    assert figure.published == dt.date(2026, 7, 15)


def test_a_fact_goes_into_the_record_once(desk, actor, zone):
    found = accepted(desk, actor, "industrial_output")
    enter(desk, actor, zone, found)
    assert Entry.objects.get().fact_id == found.pk
    with pytest.raises(Refused, match="已进入档案"):
        enter(desk, actor, zone, found)
    with pytest.raises(Refused, match="已进入档案"):
        judging.reject_fact(actor=actor, user=desk.two, judged=found, reason="重复", now=NOW)


@pytest.mark.parametrize(
    ("attribute", "accept", "said"),
    [("industrial_output", False, "尚未采纳"), ("project_count", True, "没有对应")],
)
def test_what_is_not_accepted_or_has_no_indicator_stays_out(
    desk, actor, zone, attribute, accept, said
):
    found = newspaper.fact(desk.page, attribute)
    if accept:
        accepted(desk, actor, attribute)
    with pytest.raises(Refused, match=said):
        enter(desk, actor, zone, found)


@pytest.mark.parametrize(
    ("sentence", "indicator", "value"),
    [
        ("2025年末，示例高新区现有入驻企业320家。", "enterprises", 320),
        ("2025年末，示例高新区现有高新技术企业41家。", "high_tech_firms", 41),
        ("2025年末，示例高新区规模以上工业企业达到180家。", "firms_above_size", 180),
        ("2025年末，示例高新区建有各类创新平台67个。", "innovation_platforms", 67),
        ("2025年，示例高新区累计服务企业6198家次。", "enterprises_served", 6198),
        ("2025年，示例高新区规上工业总产值180亿元。", "industrial_output", 18_000_000_000),
        ("2025年，示例高新区全部工业总产值230亿元。", "all_industry_output", 23_000_000_000),
        ("2025年，示例高新区财政总收入21亿元。", "fiscal_revenue", 2_100_000_000),
        ("2025年，示例高新区一般公共预算收入14.5亿元。", "budget_revenue", 1_450_000_000),
        ("2025年，示例高新区全社会用电量3.2亿千瓦时。", "electricity_total", 320_000_000),
    ],
)
def test_the_words_of_the_page_say_what_was_counted(desk, actor, zone, sentence, indicator, value):
    page = newspaper.read(actor, sentence)
    found = JudgedFact.objects.select_related("fact").get(page=page, number__isnull=False)
    judging.accept_fact(actor=actor, user=desk.one, judged=found, now=NOW)
    sent = entering.enter_figures(
        actor=actor, user=desk.one, page=page, chosen={found.pk: zone}, now=NOW
    )
    approve_batch(actor=actor, batch=sent.batch, user=desk.two, now=NOW)
    assert Figure.objects.values_list("indicator", "value").get() == (indicator, value)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("示例高新区有外资企业12家。", "外资企业"),
        ("示例高新区新增企业30家。", "新增企业"),
        ("省级以上创新平台12个。", "省级以上创新平台"),
        ("示例高新区节约用电3000万千瓦时。", "节约用电"),
    ],
)
def test_a_part_of_the_firms_is_never_taken_for_all(desk, actor, zone, sentence, said):
    page = newspaper.read(actor, f"示例高新区上半年工业平稳。{sentence}")
    found = JudgedFact.objects.select_related("fact").get(page=page, number__isnull=False)
    assert said in str(entering.no_figure(found))


@pytest.mark.parametrize(
    ("attribute", "indicator"),
    [("gdp", "gdp"), ("industrial_output", "industrial_output"), ("electricity", "electricity"),
     ("enterprise_count", "enterprises"), ("project_count", None)],
)  # fmt: skip
def test_who_does_not_say_the_words_means_what_is_usual(attribute, indicator):
    assert indicator_of(attribute) == indicator


def test_counts_of_different_firms_do_not_contradict_each_other(desk, actor, zone):
    first = newspaper.read(actor, "2025年末，示例高新区现有入驻企业320家。")
    found = newspaper.fact(first, "enterprise_count")
    judging.accept_fact(actor=actor, user=desk.one, judged=found, now=NOW)
    second = newspaper.read(actor, "2025年末，示例高新区现有高新技术企业41家。")
    third = newspaper.read(actor, "2025年末，示例高新区现有入驻企业290家。")
    of = [newspaper.fact(page, "enterprise_count") for page in (second, third)]
    assert standings(second, of[:1])[of[0].pk].verdict == Verdict.NEW
    assert standings(third, of[1:])[of[1].pk].verdict == Verdict.CONTRADICTS


def test_a_figure_on_record_is_contradicted_agreed_with_or_new(desk, actor, zone):
    assert verdict(desk, "industrial_output") == Verdict.NEW
    sent = enter(desk, actor, zone, accepted(desk, actor, "industrial_output"))
    approve_batch(actor=actor, batch=sent.batch, user=desk.two, now=NOW)
    second = newspaper.read(actor, newspaper.TEXT.replace("19.3亿元", "21.7亿元"))
    third = newspaper.read(actor, newspaper.TEXT.replace("120家", "121家"))
    found = newspaper.fact(second, "industrial_output")
    assert standings(second, [found])[found.pk].verdict == Verdict.CONTRADICTS
    same = newspaper.fact(third, "industrial_output")
    assert standings(third, [same])[same.pk].verdict == Verdict.AGREES


def state(actor: Actor, desk: Desk, revenue: int) -> None:
    source = Source(kind=SourceKind.FORM, title="年报")
    state_facts(
        actor=actor, subject=desk.firm, facts={"revenue_y1": revenue}, source=source,
        as_of=dt.date(2026, 1, 1), known_on=dt.date(2026, 4, 1),
    )  # fmt: skip


def test_the_file_of_a_firm_is_compared_by_its_certain_name(desk, actor):
    assert verdict(desk, "revenue") == Verdict.NEW
    state(actor, desk, 300_000_000)
    assert verdict(desk, "revenue") == Verdict.CONTRADICTS


def test_a_firms_fact_is_stated_with_page_and_quote(desk, actor):
    found = accepted(desk, actor, "revenue")
    given = {"actor": actor, "user": desk.one, "page": desk.page, "now": NOW}
    with pytest.raises(Refused, match="请先关联企业"):
        entering.enter_enterprise(**given, facts=[found.pk], today=TODAY)
    judging.link_fact(
        actor=actor, user=desk.one, judged=found, what="enterprise", record=desk.firm.pk, now=NOW
    )
    assert entering.enter_enterprise(**given, facts=[found.pk], today=TODAY) == 1
    known = facts_of(desk.firm, TODAY)["revenue_y1"]
    assert (known.value, known.known_on) == (Decimal(360_000_000), dt.date(2026, 7, 15))
    assert known.source is not None
    assert found.fact.quote in known.source.note


@pytest.mark.parametrize(
    ("attribute", "period"), [("staff_count", "2026-02-30"), ("revenue", "9999")]
)
def test_a_day_that_is_none_is_refused(desk, actor, attribute, period):
    found = accepted(desk, actor, "revenue")
    given = {"actor": actor, "user": desk.one, "now": NOW}
    judging.link_fact(**given, judged=found, what="enterprise", record=desk.firm.pk)
    JudgedFact.objects.filter(pk=found.pk).update(attribute=attribute, period=period)
    with pytest.raises(Refused, match="期间"):
        entering.enter_enterprise(**given, page=desk.page, facts=[found.pk], today=TODAY)


def test_what_other_pages_said_counts_once_it_was_accepted(desk, actor):
    other = newspaper.read(actor, newspaper.TEXT.replace("8.2亿元", "9.2亿元"))
    found = newspaper.fact(other, "fixed_asset_investment")
    assert standings(other, [found])[found.pk].verdict == Verdict.NEW
    accepted(desk, actor, "fixed_asset_investment")
    standing = standings(other, [found])[found.pk]
    assert standing.verdict == Verdict.CONTRADICTS
    assert standing.known[0].figure.number == 820_000_000
