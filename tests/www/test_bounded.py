"""A list of any length is cut into pages after counting only so far."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from openzone.www.pages import SIZE, Bounded, bounded_page_of
from openzone.zone.cases.models import NumberSeries

pytestmark = pytest.mark.django_db


def _rows(count):
    NumberSeries.objects.bulk_create(NumberSeries(prefix=f"{n:04}") for n in range(count))
    return NumberSeries.objects.order_by("-prefix")


@pytest.mark.parametrize(
    ("there", "counted", "full"), [(69, 69, False), (70, 70, True), (75, 70, True)]
)
def test_it_counts_to_its_end_or_to_the_most(monkeypatch, there, counted, full):
    monkeypatch.setattr(Bounded, "MOST", 70)
    pages = Bounded(_rows(there), SIZE)
    assert (pages.count, pages.is_full) == (counted, full)


def test_the_page_asked_for_is_in_the_order_of_the_list():
    page = bounded_page_of(RequestFactory().get("/?page=2"), _rows(SIZE + 2))
    assert [row.prefix for row in page] == ["0001", "0000"]


def test_the_count_stops_in_the_database():
    rows = _rows(3)
    with CaptureQueriesContext(connection) as asked:
        assert Bounded(rows, SIZE).count == 3
    assert "LIMIT 10000" in asked.captured_queries[0]["sql"]
