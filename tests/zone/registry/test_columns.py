"""The bulk read gives for every enterprise what its own page shows."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors import columns as module
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.registry.services.facts import withdraw_fact
from openzone.zone.registry.services.merges import merge
from tests.factories import TESTS, make_enterprise, make_uscc, state

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 31)
JUNE = dt.date(2026, 6, 30)
NAMES = (
    "revenue_y1",
    "revenue_y2",
    "employees",
    "registered_on",
    "equity_raised_2y",
    "ip_core_owned",
)

NUMBERS = st.integers(min_value=0, max_value=5)
STATEMENTS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=2),
        st.sampled_from([dt.date(2025, 3, 31), MARCH, JUNE]),
        st.sampled_from([MARCH, JUNE, dt.date(2026, 7, 1)]),
        st.sampled_from(
            [
                ("revenue_y1", NUMBERS),
                ("revenue_y2", NUMBERS),
                ("employees", NUMBERS),
                ("equity_raised_2y", NUMBERS),
                ("registered_on", st.dates(dt.date(2015, 1, 1), dt.date(2015, 1, 5))),
                ("ip_core_owned", st.booleans()),
            ]
        ).flatmap(lambda pair: st.tuples(st.just(pair[0]), pair[1])),
    ),
    max_size=12,
)


def test_columns_stand_in_the_order_of_the_record() -> None:
    one, two = make_enterprise(uscc=make_uscc(77)), make_enterprise("合肥示例二厂")
    state(two, MARCH, revenue_y1="20.5", ip_core_owned=False)
    state(one, MARCH, revenue_y1="0")
    table = columns(MARCH, ["uscc", "name", "revenue_y1", "ip_core_owned"])
    assert table.enterprises == [one.pk, two.pk]
    assert table.values == {
        "uscc": [one.uscc, None],
        "name": [one.name, "合肥示例二厂"],
        "revenue_y1": [Decimal(0), Decimal("20.5")],
        "ip_core_owned": [None, False],
    }


def test_chosen_enterprises_come_in_the_order_they_were_asked_for() -> None:
    firms = [make_enterprise() for _ in range(3)]
    for number, firm in enumerate(firms):
        state(firm, MARCH, employees=number)
    table = columns(MARCH, ["employees"], [firms[2].pk, firms[0].pk])
    assert table.values == {"employees": [2, 0]}


def test_the_id_is_the_own_number_else_the_code_else_ours() -> None:
    own = make_enterprise(external_id="QY-001", uscc=make_uscc(1))
    coded = make_enterprise(uscc=make_uscc(2))
    bare = make_enterprise()
    assert columns(MARCH, ["id"]).values["id"] == ["QY-001", coded.uscc, str(bare.pk)]
    assert facts_of(own, MARCH)["id"].value == "QY-001"


def test_a_name_that_is_not_in_the_catalogue_is_an_error() -> None:
    with pytest.raises(KeyError):
        columns(MARCH, ["revnue_y1"])


def test_an_empty_record_gives_empty_columns() -> None:
    assert columns(MARCH, ["revenue_y1", "name"]).values == {"revenue_y1": [], "name": []}


def test_the_facts_of_merged_enterprises_stand_on_the_survivors_row() -> None:
    survivor, absorbed = make_enterprise(), make_enterprise()
    state(survivor, MARCH, revenue_y1=1)
    state(absorbed, MARCH, employees=9)
    merge(actor=TESTS, survivor=survivor, absorbed=absorbed, reason="同一家")
    table = columns(MARCH, ["revenue_y1", "employees"])
    assert table.enterprises == [survivor.pk]
    assert table.values == {"revenue_y1": [1], "employees": [9]}


def assert_same_as_single(firms: list[Enterprise], as_of: dt.date, knowledge: dt.date) -> None:
    table = columns(as_of, NAMES, [firm.pk for firm in firms], knowledge)
    for row, firm in enumerate(firms):
        known = facts_of(firm, as_of, knowledge)
        for name in NAMES:
            single = known[name].value if name in known else None
            assert table.values[name][row] == single, (name, as_of, knowledge)


@pytest.mark.parametrize("few", [0, 2_000], ids=["one pass over the table", "through the index"])
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(statements=STATEMENTS, withdrawn=st.lists(st.integers(0, 2), max_size=2))
def test_bulk_and_single_reads_agree_on_every_day(
    few: int,
    statements: list[tuple[int, dt.date, dt.date, tuple[str, object]]],
    withdrawn: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_FEW", few)
    firms = [make_enterprise() for _ in range(3)]
    for index, as_of, known_on, (name, value) in statements:
        state(firms[index], as_of, known_on=known_on, **{name: value})
    for index in withdrawn:
        if "employees" in facts_of(firms[index], JUNE, dt.date.max):
            withdraw_fact(
                actor=TESTS, subject=firms[index], name="employees", as_of=JUNE,
                known_on=dt.date(2026, 7, 2), reason="撤回",
            )  # fmt: skip
    for as_of in (MARCH, JUNE, dt.date(2027, 1, 1)):
        for knowledge in (MARCH, JUNE, dt.date(2026, 7, 2)):
            assert_same_as_single(firms, as_of, knowledge)
