"""Counters, money and lead times of projects on record."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.engines.projects import statistics as engine
from openzone.zone.projects.models import Project
from openzone.zone.projects.packs import pipeline
from openzone.zone.projects.selectors.history import amounts_revised, history
from openzone.zone.projects.selectors.leadtimes import compared, durations, stage_by_stage
from openzone.zone.projects.selectors.records import kinds_for, records, standing_at
from openzone.zone.projects.selectors.statistics import (
    entered,
    figures,
    foreign,
    funds_by_month,
    invested_in,
    investment_by_month,
    live,
)
from openzone.zone.projects.services.amounts import correct_arrival, record_arrival
from openzone.zone.projects.services.months import report_month
from openzone.zone.projects.services.projects import add_phase, create_project, set_shares
from openzone.zone.projects.services.stages import go_back, leave
from tests.zone.projects.conftest import JANUARY, NOW, TODAY

FLOW = "six_batches"
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
PAPERS = ("concept", "formal_contract", "construction_permit", "site_photo")
MARCH, APRIL, JUNE = (dt.date(2026, month, 10) for month in (3, 4, 6))


@pytest.fixture
def plants(actor, pipe, priced, filed, entered):
    """Three plants: one only reserved, one signed, one started; the last is shared 60/40."""
    made = []
    for place, days in enumerate(((JANUARY,), (JANUARY, MARCH), (JANUARY, MARCH, JUNE))):
        one = create_project(
            actor=actor, name=f"示例工厂{place}", pipeline=FLOW, on=JANUARY, now=NOW,
            summary="内容", investor_name=f"示例{place}", origin="foreign", sector=2,
            industry="C384", lead_unit=pipe.bureau, place=pipe.west,
            planned_start=dt.date(2026, 5, 1), planned_finish=dt.date(2027, 5, 1), synthetic=True,
        )  # fmt: skip
        priced(one, (place + 1) * 100_000_000)
        one.refresh_from_db()
        filed(one, *PAPERS)
        for stage, day in zip(("reserve", "signed", "started"), days, strict=False):
            entered(one, stage, day)
        one.refresh_from_db()
        made.append(one)
    shares = {pipe.west: Decimal("0.6"), pipe.east: Decimal("0.4")}
    set_shares(actor=actor, project=made[2], shares=shares)
    return made


def counts(found):
    return {row.key: row.count for row in found.rows if row.count}


def test_everybody_who_entered_a_stage_in_the_period_counts_there_with_ids(plants):
    found = figures(FLOW, *YEAR)
    assert counts(found.entered) == {("reserve",): 3, ("signed",): 2, ("started",): 1}
    signed = next(row for row in found.entered.rows if row.key == ("signed",))
    assert signed.ids == [plants[1].number, plants[2].number]
    assert signed.amounts == {"CNY": Decimal(500_000_000)}
    assert counts(found.at_end) == {("reserve",): 1, ("signed",): 1, ("started",): 1}
    rates = {one.rate.id: one.value for one in found.rates}
    assert rates["start_rate"] == Decimal("0.5")


def test_a_period_counts_only_its_own_entries(plants):
    found = figures(FLOW, dt.date(2026, 3, 1), dt.date(2026, 3, 31), by=("stage", "origin"))
    assert counts(found.entered) == {("signed", "foreign"): 2}
    assert counts(found.at_end) == {("reserve", "foreign"): 1, ("signed", "foreign"): 2}


def test_reading_only_what_moved_counts_the_same_as_reading_everything(plants, actor):
    """The shortcuts of the selector against the engine over every log there is."""
    leave(
        actor=actor, project=plants[0], reason="other", text="终止", on=JUNE, now=NOW, today=TODAY
    )
    go_back(actor=actor, project=plants[2], to="signed", on=TODAY, reason="误", void=True, now=NOW,
            today=TODAY)  # fmt: skip
    whole = records(live(FLOW), *kinds_for(FLOW, "total"))
    flow, by = pipeline(FLOW), ("stage", "size", "place", "month")
    for month in range(1, 8):
        start, end = dt.date(2026, month, 1), dt.date(2026, month, 28)
        found = figures(FLOW, start, end, by=by)
        assert found.entered == engine.counters(whole, flow, start, end, by=by)
        assert found.at_end.rows == engine.stock(whole, flow, end, by=by).rows
        assert found.rates == engine.rates(whole, flow, start, end)
        assert found.entered == entered(FLOW, start, end, by=by)


def test_a_mistake_taken_back_counts_in_no_period(plants, actor):
    go_back(actor=actor, project=plants[2], to="reserve", on=TODAY, reason="误录", void=True,
            now=NOW, today=TODAY)  # fmt: skip
    assert counts(figures(FLOW, *YEAR).entered) == {("reserve",): 3, ("signed",): 1}


def test_a_shared_project_counts_once_in_the_whole_and_by_its_part_in_a_place(plants, pipe):
    found = entered(FLOW, *YEAR, by=("stage", "place"))
    assert counts(found)[("started", "示例西区")] == Decimal("0.6")
    assert counts(found)[("started", "示例东区")] == Decimal("0.4")
    only = figures(FLOW, *YEAR, place="示例东区")
    assert counts(only.entered)[("started",)] == Decimal("0.4")


def test_a_phase_inside_a_contract_is_listed_not_counted(plants, actor, filed, entered, priced):
    phase = add_phase(
        actor=actor, project=plants[2], name="示例工厂二期", on=MARCH, now=NOW,
        within_contract=True, summary="二期",
    )  # fmt: skip
    priced(phase, 50_000_000)
    phase.refresh_from_db()
    filed(phase, *PAPERS)
    entered(phase, "reserve", MARCH)
    found = figures(FLOW, *YEAR)
    assert counts(found.entered)[("reserve",)] == 3
    [out] = found.entered.left_out
    assert (out.id, out.exclusion) == (phase.number, "phase_in_contract")


def test_who_stands_where_needs_no_log(plants, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        found = standing_at(live(FLOW), TODAY, "total")
    assert {one.id: len(one.log) for one in found} == {one.number: 1 for one in plants}


def test_funds_by_month_kind_and_currency_and_a_correction_counts_once(plants, actor):
    given = {"actor": actor, "project": plants[2], "now": NOW, "today": TODAY}
    for kind, on, amount in (("fixed", MARCH, 10), ("fixed", MARCH, 5), ("working", APRIL, 3)):
        first = record_arrival(kind=kind, on=on, amount=Decimal(amount), **given)
    record_arrival(kind="fixed", on=APRIL, amount=Decimal(7), currency="USD", **given)
    correct_arrival(actor=actor, arrival=first, amount=Decimal(4), remark="更正", now=NOW)
    assert [(one.month.month, *one[1:]) for one in funds_by_month(*YEAR)] == [
        (3, "fixed", "CNY", 15, 2), (4, "fixed", "USD", 7, 1), (4, "working", "CNY", 4, 1),
    ]  # fmt: skip


def test_foreign_investment_on_both_bases(plants, actor):
    given = {
        "actor": actor, "project": plants[2], "kind": "fixed", "on": MARCH, "foreign": True,
        "now": NOW, "today": TODAY,
    }  # fmt: skip
    record_arrival(amount=Decimal(700), usd=Decimal(100), **given)
    record_arrival(amount=Decimal(70), usd=Decimal(10), financial=True, **given)
    found = foreign(*YEAR)
    assert (found.full.cny, found.comparable.cny) == (770, 700)
    assert (found.full.usd, found.comparable.usd) == (110, 100)


def test_investment_by_month_knows_who_said_nothing(plants, actor):
    given = {"actor": actor, "now": NOW, "today": TODAY, "month": MARCH}
    report_month(project=plants[1], investment_planned=Decimal(80), **given)
    report_month(project=plants[2], investment_planned=Decimal(20), invested=Decimal(15), **given)
    [one] = investment_by_month(*YEAR)
    assert (one.planned, one.invested, one.reported) == (100, 15, 1)
    assert invested_in(MARCH) == (plants[2].number,)
    assert invested_in(MARCH, Project.objects.filter(industry__startswith="I")) == ()


def test_lead_times_against_the_median(plants):
    signed = durations(live(FLOW), FLOW, "reserve", "signed")
    assert signed.spread.median == (MARCH - JANUARY).days
    assert signed.open == (plants[0].number,)
    found = compared(plants[2], durations(live(FLOW), FLOW, "signed", "started"))
    assert (found.own.days, found.over) == ((JUNE - MARCH).days, 0)
    assert compared(plants[0], signed).own is None
    steps = {(one.start, one.end): len(one.done) for one in stage_by_stage(live(FLOW), FLOW)}
    assert steps[("signed", "registered")] == 0


def test_the_history_tells_the_last_first_and_revisions_keep_both_values(plants, priced):
    priced(plants[2], 450_000_000, on=APRIL, reason="增资")
    [one] = amounts_revised(plants[2])["total"]
    assert (one.earlier.value, one.later.value, one.jump) == (300_000_000, 450_000_000, None)
    kinds = [one.kind for one in history(plants[2])]
    assert sorted(set(kinds)) == ["amount", "paper", "stage"]
    assert kinds.count("stage") == 3
