"""The published shapes come out of the demo's book of projects."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.demo.loading import _create_places
from openzone.demo.parameters import parameters
from openzone.demo.people import create_people
from openzone.demo.projects_book import Book, split
from openzone.demo.scenes.cast import Cast, cast_of
from openzone.demo.scenes.investing import BATTERY, DAM, investment
from openzone.demo.scenes.lighting import lights
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.projects.models import LightState, Project
from openzone.zone.projects.selectors.pools import pool_sums, upward
from openzone.zone.projects.selectors.statistics import figures
from openzone.zone.projects.selectors.works import plan_of
from openzone.zone.registry.services.enterprises import create_enterprise

TODAY = dt.date(2026, 11, 21)
YEAR = (dt.date(2026, 1, 1), TODAY)
LAST = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
YI = Decimal(100_000_000)


@pytest.fixture
def cast(db: None) -> Cast:
    """The demo's places and people, without its 3,000 firms."""
    actor = Actor.system("demo")
    _create_places(actor, parameters())
    firm = create_enterprise(
        actor=actor, name="示例企业", synthetic=True, external_id=parameters().login_firm
    )
    create_people(actor, "demo-9f8e7d6c", firm, since=YEAR[0])
    return cast_of(actor, TODAY)


def test_the_published_figures_are_counted_from_the_record(cast: Cast) -> None:
    investment(cast)
    lights(cast)
    rows = {row.key[0]: row for row in figures("six_batches", *YEAR).entered.rows}
    found = {name: row.count for name, row in rows.items()}
    shown = {name: int(found[name]) for name in ("signed", "started", "completed")}
    assert shown == {"signed": 19, "started": 51, "completed": 42}
    assert found["in_production"] == 32
    assert rows["signed"].amounts == {"CNY": Decimal("176.3") * YI}
    _sectors_and_sizes()
    _phases_and_shares()
    _pools(cast)
    _work()
    assert not Project.objects.filter(synthetic=False).exists()


def _sectors_and_sizes() -> None:
    by_sector = figures("six_batches", *YEAR, by=("stage", "sector")).entered.rows
    signed = {row.key[1]: row for row in by_sector if row.key[0] == "signed"}
    assert {name: row.count for name, row in signed.items()} == {"1": 3, "2": 11, "3": 5}
    sized = figures("six_batches", *LAST, by=("stage", "size_at_least")).entered.rows
    large = next(row for row in sized if row.key == ("signed", "ge_1yi"))
    assert large.count == 21
    assert large.amounts["CNY"] == Decimal("92.03") * YI
    whole = figures("six_batches", *LAST).entered.rows
    assert {row.key[0]: row.count for row in whole}["signed"] == 24


def _phases_and_shares() -> None:
    [phase] = Project.objects.get(name=BATTERY).phases.all()
    left_out = figures("six_batches", *YEAR).entered.left_out
    assert {(one.id, one.exclusion) for one in left_out} == {(phase.number, "phase_in_contract")}
    by_place = figures("six_batches", *YEAR, by=("stage", "place")).entered.rows
    parts = [row.count for row in by_place if row.key[0] == "signed"]
    assert sum(parts) == 19
    assert any(part % 1 for part in parts), "one project is shared by two parks"
    assert Project.objects.filter(investor_name="示例新材料集团").count() == 11


def _pools(cast: Cast) -> None:
    leader = User.objects.get(username="leader")
    sums = pool_sums(leader, TODAY)
    assert (sums["reserve"].count, sums["reserve"].amount) == (85, Decimal("197.37") * YI)
    assert (sums["funding"].count, sums["funding"].amount) == (42, Decimal("58.2") * YI)
    outcomes = {match.outcome for one in upward(leader, TODAY) for match in one.matches}
    assert outcomes == {"met", "not_met", "unknown"}


def _work() -> None:
    dam = Project.objects.get(name=DAM)
    assert {(one.unit, int(one.total)) for one in dam.items.all()} == {
        ("立方米", 160_000),
        ("孔", 6),
    }
    assert dam.milestones.exclude(fixed=None).count() == 1
    assert plan_of(dam, TODAY) is not None
    colours = set(LightState.objects.values_list("colour", flat=True))
    assert {"green", "yellow", "red", "blue", "paused", "unknown"} <= colours


@pytest.mark.parametrize("today", [dt.date(2026, 1, 1), dt.date(2024, 2, 29), TODAY])
def test_the_book_adds_up_on_any_day_and_nothing_in_it_is_still_to_come(today: dt.date) -> None:
    book = Book(today)
    assert (len(book.contracts), len(book.reserve)) == (59, 85)
    assert sum(one.amount for one in book.reserve) == Decimal("197.37")
    for line in (*book.contracts, *book.reserve):
        days = list(line.days.values())
        assert days == sorted(days)
        assert days[-1] <= today


def test_a_total_is_split_exactly() -> None:
    parts = split(Decimal("58.2"), 42, Decimal("0.3"))
    assert (sum(parts), len(parts)) == (Decimal("58.2"), 42)
    assert min(parts) >= Decimal("0.3")
    assert parts == sorted(parts)
