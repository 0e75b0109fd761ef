"""Items, their limits, the commitments they accept, and the sheet."""

import datetime as dt
import io
from typing import Any

import pytest
import xlsxwriter

from openzone.zone.audit.models import Event
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.catalogue.selectors.items import ItemFilter, coverage, items
from openzone.zone.catalogue.services.imports import COLUMNS, import_items, row_of
from openzone.zone.catalogue.services.items import ItemValues, Paper, save_item, withdraw_item
from openzone.zone.errors import Refused
from tests.zone.community.town import ACTOR, item

TODAY = dt.date(2026, 11, 16)


def test_of_692_items_how_many_accept_which(town):
    """The scale of 临江: 692 items in which commitments are used."""
    for number in range(689):
        ServiceItem.objects.create(
            code=f"many-{number}", name="示例事项", deciding_unit=town.bureau
        )
    counted = coverage(TODAY)
    assert (counted.total, counted.any_kind, counted.excluded, counted.without) == (692, 1, 1, 690)
    assert {one.kind.id: one.items for one in counted.by_kind} == {
        "approval_substitute": 1,  # the one excluded by law does not count
        "missing_materials": 1,
        "proof_notification": 0,
        "proactive_disclosure": 1,
        "industry_discipline": 0,
        "credit_repair": 0,
    }


def test_the_numbers_lead_to_lists_of_the_same_length(town):
    counted = coverage(TODAY)
    for one in counted.by_kind:
        assert items(ItemFilter(kind=one.kind.id), TODAY).count() == one.items
    assert items(ItemFilter(kind="excluded"), TODAY).count() == counted.excluded
    assert items(ItemFilter(kind="none"), TODAY).count() == counted.without


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"legal_limit": "5 workday", "committed_limit": "10 workday"}, "committed_limit"),
        ({"legal_limit": "很快"}, "legal_limit"),
        ({"receiving": ["pigeon"]}, "receiving"),
        ({"kinds": ["nothing"]}, "kinds"),
        ({"excluded_reason": "公共安全"}, "excluded_basis"),
        ({"papers": [Paper("甲"), Paper("甲")]}, "papers"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(town, given: dict[str, Any], field):
    with pytest.raises(Refused) as refused:
        item("bad", town.bureau, **given)
    assert refused.value.field == field
    assert not ServiceItem.objects.filter(code="bad").exists()


def test_limits_without_a_common_measure_are_not_compared(town):
    made = item("days", town.bureau, legal_limit="5 workday", committed_limit="7日")
    assert (made.legal_limit, made.committed_limit) == ("5 workday", "7 day")


def test_saving_the_same_again_says_nothing_and_a_change_says_what(town):
    def save(name: str) -> None:
        values = ItemValues(name=name, deciding_unit=town.bureau)
        save_item(actor=ACTOR, code="one", values=values)

    save("示例")
    save("示例")
    assert (
        Event.objects.filter(subject__startswith="service_item")
        .filter(payload__contains='"name":[null,"示例"]')
        .exists()
    )
    before = Event.objects.count()
    save("示例")
    assert Event.objects.count() == before
    save("示例改名")
    assert Event.objects.latest("seq").payload.count("示例") == 2


def test_a_withdrawn_item_leaves_the_catalogue_on_its_day(town):
    withdraw_item(actor=ACTOR, item=town.licence, on=TODAY)
    assert town.licence in items(ItemFilter(), dt.date(2026, 11, 15))
    assert town.licence not in items(ItemFilter(), TODAY)
    with pytest.raises(Refused, match="已取消"):
        withdraw_item(actor=ACTOR, item=town.licence, on=TODAY)


def sheet(*rows: list[Any]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        for at, row in enumerate([[column.label_zh for column in COLUMNS], *rows]):
            page.write_row(at, 0, ["" if cell is None else cell for cell in row])
    return buffer.getvalue()


def load(*rows: list[Any]) -> Any:
    return import_items(actor=ACTOR, file_name="事项.xlsx", data=sheet(*rows), as_of=TODAY)


def test_an_export_can_be_taken_in_again_and_changes_nothing(town):
    rows = [row_of(one) for one in ServiceItem.objects.order_by("code")]
    before = Event.objects.count()
    result = load(*rows)
    assert (result.created, result.changed, result.problems) == (0, 3, [])
    assert [row_of(one) for one in ServiceItem.objects.order_by("code")] == rows
    assert Event.objects.count() == before + 1  # the import itself


def test_one_bad_row_and_nothing_is_written(town):
    good = row_of(town.licence)
    good[0] = "new-1"
    bad = row_of(town.licence)
    bad[0], bad[3] = "new-2", "没有的局"
    result = load(good, bad)
    assert [problem.zh for problem in result.problems] == ["第3行：没有单位“没有的局”"]
    assert not ServiceItem.objects.filter(code__startswith="new").exists()
