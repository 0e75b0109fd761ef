"""Prepared statements answer as the models do, and a block of them hides no error."""

from contextlib import suppress

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from openzone.zone.cases.models import NumberSeries
from openzone.zone.people.models import Unit
from openzone.zone.statements import Prepared, Rows, Slot, made, together
from tests.factories import make_unit

pytestmark = pytest.mark.django_db(transaction=True)
SERIES = Rows(NumberSeries, changing=("last",))


def _written(rows, *new):
    """Write rows in a transaction of their own, one statement for each."""
    with together(), transaction.atomic():
        BY_CODE.rows(code="a")
        for row in new:
            rows.insert(row)


BY_CODE = Prepared(lambda: Unit.objects.filter(code=Slot("code")).values_list("id", "name"))


def test_a_prepared_query_says_what_the_models_say():
    unit, other = make_unit(code="a", name="甲"), make_unit(code="b", name="乙")
    assert BY_CODE.rows(code="a") == [(unit.pk, unit.name)]
    assert BY_CODE.rows(code="b") == [(other.pk, other.name)]
    assert BY_CODE.rows(code="c") == []


def test_answers_can_be_read_after_all_were_asked():
    units = [make_unit(code="a", name="甲"), make_unit(code="b", name="乙")]
    with together():
        asked = [BY_CODE.send(code=unit.code) for unit in units]
        assert [answer() for answer in asked] == [[(unit.pk, unit.name)] for unit in units]


def test_a_row_gets_its_key_and_only_what_changes_is_written():
    row = NumberSeries(prefix="甲", last=1)
    assert SERIES.add(row)
    kept = NumberSeries.objects.get(pk=row.pk)
    assert (kept.prefix, kept.last) == ("甲", 1)
    SERIES.update(NumberSeries(pk=row.pk, prefix="不写", last=7))
    kept.refresh_from_db()
    assert (kept.prefix, kept.last) == ("甲", 7)


def test_a_row_that_is_there_already_is_said_not_raised():
    assert SERIES.add(NumberSeries(prefix="甲"), once="prefix")
    second = NumberSeries(prefix="甲", last=5)
    assert not SERIES.add(second, once="prefix")
    assert second.pk is None
    assert NumberSeries.objects.get().last == 0


def test_many_rows_are_one_statement():
    with CaptureQueriesContext(connection) as asked:
        SERIES.insert(*(NumberSeries(prefix=f"{n}") for n in range(5)))
    assert len(asked) == 1
    assert NumberSeries.objects.count() == 5


def test_the_end_of_the_block_is_the_commit():
    with together(), transaction.atomic():
        BY_CODE.rows(code="a")
        SERIES.insert(NumberSeries(prefix="甲"))
    connection.close()
    assert NumberSeries.objects.filter(prefix="甲").exists()


def test_an_error_nobody_waited_for_comes_out_and_nothing_is_written():
    SERIES.add(NumberSeries(prefix="甲"))
    with pytest.raises(IntegrityError):
        _written(SERIES, NumberSeries(prefix="乙"), NumberSeries(prefix="甲"))
    assert list(NumberSeries.objects.values_list("prefix", flat=True)) == ["甲"]


def test_an_error_of_the_commit_itself_comes_out():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite checks at once")
    with pytest.raises(IntegrityError):
        _written(Rows(Unit), Unit(code="x", name="无上级", parent_id=987654))
    assert not Unit.objects.filter(code="x").exists()


def test_what_is_refused_in_a_block_leaves_the_connection_usable():
    with suppress(ZeroDivisionError), together(), transaction.atomic():
        SERIES.insert(NumberSeries(prefix="甲"))
        assert 1 / 0
    assert not NumberSeries.objects.exists()
    make_unit(code="a", name="甲")
    assert len(BY_CODE.rows(code="a")) == 1


def test_the_models_work_as_always_inside_a_block():
    with together(), transaction.atomic():
        row, created = NumberSeries.objects.update_or_create(prefix="甲", defaults={"last": 1})
        assert created
        assert NumberSeries.objects.filter(pk=row.pk).update(last=4) == 1
        row.refresh_from_db()
        row.last = 9
        row.save()
        with pytest.raises(DatabaseError), transaction.atomic():
            NumberSeries.objects.create(prefix="甲")
        assert NumberSeries.objects.count() == 1
    assert NumberSeries.objects.get().last == 9


def test_what_was_not_read_is_read_when_asked_for():
    unit = make_unit(code="a", name="甲")
    partly = made(Unit, {"code": "a", "id": unit.pk})
    assert (partly.pk, partly.code, partly.name) == (unit.pk, "a", unit.name)
