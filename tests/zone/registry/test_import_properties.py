"""Whatever a file says, importing it again changes nothing, and what it says is what is read."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.zone.errors import Refused
from openzone.zone.registry.enums import RowState
from openzone.zone.registry.models import Enterprise, EnterpriseName, Fact, ImportBatch
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.registry.selectors.identity import find_enterprise
from tests.factories import make_uscc
from tests.zone.registry.importing import MARCH, apply, check
from tests.zone.registry.workbooks import workbook

pytestmark = pytest.mark.django_db

NAMES = ["合肥甲一电池有限公司", "合肥乙二软件有限公司", "芜湖丙三机械有限公司"]
CODES = [None, make_uscc(301), make_uscc(302), make_uscc(303), "91340100000000000X"]
HEADERS = ("企业名称", "统一社会信用代码", "2025年营业收入(万元)", "从业人员", "企业简称")

ROWS = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, None]),
        st.sampled_from(CODES),
        st.none() | st.decimals(0, 10**6, places=2, allow_nan=False),
        st.none() | st.integers(0, 9_999),
        st.none() | st.sampled_from(["甲", "乙"]),
    ),
    min_size=1,
    max_size=6,
)
FEW = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def import_good_rows(data: bytes) -> ImportBatch | None:
    batch = check(data)
    try:
        return apply(batch, good_rows_only=True)
    except Refused:
        return None


def everything() -> tuple[list[object], ...]:
    return tuple(
        list(model.objects.order_by("pk").values()) for model in (Enterprise, EnterpriseName, Fact)
    )


@FEW
@given(rows=ROWS)
def test_importing_twice_changes_nothing(rows: list[tuple[object, ...]]) -> None:
    data = workbook(rows, HEADERS)
    first = import_good_rows(data)
    after = everything()
    second = import_good_rows(data)
    assert everything() == after
    if first is not None:
        assert second is not None
        assert second.counts["facts_same"] == sum(
            len(row.facts) for row in second.rows.filter(applied=True)
        )


@FEW
@given(rows=ROWS)
def test_what_a_good_row_says_is_what_is_read(rows: list[tuple[object, ...]]) -> None:
    batch = import_good_rows(workbook(rows, HEADERS))
    for staged in batch.rows.filter(applied=True) if batch else ():
        known = facts_of(staged.enterprise, MARCH)
        _, code, revenue, employees, _ = rows[staged.number - 3]
        if isinstance(revenue, Decimal):
            assert known["revenue_y1"].value == revenue * 10_000
        if employees is not None:
            assert known["employees"].value == employees
        if code is not None:
            assert find_enterprise(str(code)) == staged.enterprise


@FEW
@given(rows=ROWS)
def test_the_dry_run_announces_what_the_import_does(rows: list[tuple[object, ...]]) -> None:
    before = (Enterprise.objects.count(), Fact.objects.count())
    batch = check(workbook(rows, HEADERS))
    announced = dict(batch.counts)
    taken = batch.rows.filter(state__in=[RowState.GOOD, RowState.REVIEW]).count()
    if not taken:
        return
    applied = apply(batch, good_rows_only=True)
    assert Enterprise.objects.count() - before[0] == announced["enterprises_new"]
    added = announced["facts_new"] + announced["facts_changed"]
    assert Fact.objects.count() - before[1] == added
    assert applied.counts["rows_applied"] == taken
