"""When a document is in force, and what takes applications."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.zone.errors import Refused
from openzone.zone.policies.enums import Force
from openzone.zone.policies.models import Document
from openzone.zone.policies.selectors.force import chain, force, last_day, with_force
from openzone.zone.policies.selectors.items import (
    by_rule,
    of_rules,
    open_for_application,
    open_items,
    published,
)
from openzone.zone.policies.services.documents import (
    edit_document,
    publish_document,
    withdraw_document,
)
from openzone.zone.policies.services.items import withdraw_item
from tests.factories import TESTS
from tests.zone.policies.conftest import DAY, MakeDocument, MakeItem

pytestmark = pytest.mark.django_db

ONE = dt.timedelta(days=1)


def fresh(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def test_both_ends_of_its_time_belong_to_it(make_document: MakeDocument):
    document = make_document(effective_from=dt.date(2026, 4, 1), effective_to=dt.date(2026, 12, 31))
    assert force(document, dt.date(2026, 3, 31)) is Force.NOT_YET
    assert force(document, dt.date(2026, 4, 1)) is Force.IN_FORCE
    assert force(document, dt.date(2026, 12, 31)) is Force.IN_FORCE
    assert force(document, dt.date(2027, 1, 1)) is Force.ENDED


def test_without_a_first_day_it_holds_from_the_day_of_issue(make_document: MakeDocument):
    assert force(make_document(), DAY - ONE) is Force.NOT_YET
    assert force(make_document(), DAY) is Force.IN_FORCE


def test_a_document_without_any_date_is_neither_in_force_nor_over(make_document: MakeDocument):
    assert force(make_document(issued_on=None, published=False), DAY) is Force.UNDATED


def test_a_successor_ends_it_on_the_day_before(make_document: MakeDocument):
    old = make_document()
    starts = dt.date(2026, 7, 1)
    make_document(supersedes=old, effective_from=starts)
    assert last_day(fresh(old)) == starts - ONE
    assert force(fresh(old), starts - ONE) is Force.IN_FORCE
    assert force(fresh(old), starts) is Force.REPLACED


def test_the_earlier_of_its_own_end_and_its_replacement_counts(make_document: MakeDocument):
    old = make_document(effective_to=dt.date(2026, 6, 30))
    make_document(supersedes=old, effective_from=dt.date(2026, 9, 1))
    assert last_day(fresh(old)) == dt.date(2026, 6, 30)
    assert force(fresh(old), dt.date(2026, 8, 1)) is Force.ENDED


def test_a_draft_replaces_nothing(make_document: MakeDocument):
    old = make_document()
    draft = make_document(supersedes=old, published=False)
    assert force(fresh(old), DAY) is Force.IN_FORCE
    publish_document(actor=TESTS, document=draft, on=DAY)
    assert force(fresh(old), DAY) is Force.REPLACED


def test_a_withdrawn_successor_still_replaced_it_until_that_is_cleared(
    make_document: MakeDocument,
):
    old = make_document()
    new = make_document(supersedes=old)
    withdraw_document(actor=TESTS, document=new, on=DAY, reason="废止")
    assert force(fresh(old), DAY) is Force.REPLACED
    edit_document(actor=TESTS, document=new, supersedes=None)
    assert force(fresh(old), DAY) is Force.IN_FORCE


def test_a_circle_is_refused_however_long(make_document: MakeDocument):
    first = make_document()
    second = make_document(supersedes=first)
    third = make_document(supersedes=second)
    with pytest.raises(Refused, match="replace each other") as refusal:
        edit_document(actor=TESTS, document=first, supersedes=third)
    assert refusal.value.field == "supersedes"
    with pytest.raises(Refused, match="replace each other"):
        edit_document(actor=TESTS, document=first, supersedes=first)
    assert fresh(first).supersedes is None


def test_the_chain_is_seen_from_every_link(make_document: MakeDocument):
    first = make_document()
    second = make_document(supersedes=first)
    third = make_document(supersedes=second)
    for one in (first, second, third):
        assert chain(fresh(one)) == [[first], [second], [third]]


dates = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    issued=dates,
    starts=dates,
    ends=dates,
    replaced=dates,
    withdrawn=dates,
    on=st.dates(dt.date(2024, 12, 1), dt.date(2028, 1, 31)),
)
def test_the_query_and_the_function_agree_on_every_day(
    db: None,
    issued: dt.date | None,
    starts: dt.date | None,
    ends: dt.date | None,
    replaced: dt.date | None,
    withdrawn: dt.date | None,
    on: dt.date,
):
    first = starts or issued
    ends = max(ends, first) if ends and first else ends
    old = Document(code="old", title="旧", level="zone", issued_on=issued, effective_from=starts)
    old.effective_to, old.withdrawn_on, old.published_on = ends, withdrawn, DAY
    new = Document(code="new", title="新", level="zone", issued_on=replaced, published_on=DAY)
    Document.objects.filter(code="new").delete()
    Document.objects.filter(code="old").delete()
    old.save()
    new.supersedes = old
    new.save()
    found = [one for one in Force if old in with_force(Document.objects.all(), one, on)]
    assert found == [force(fresh(old), on)]


def test_an_item_is_open_within_its_window(make_item: MakeItem):
    item = make_item(window_from=dt.date(2026, 4, 1), window_to=dt.date(2026, 4, 30))
    before, within, after = (
        open_for_application(item, day)
        for day in (dt.date(2026, 3, 31), dt.date(2026, 4, 30), dt.date(2026, 5, 1))
    )
    assert within.allowed
    assert not before.allowed
    assert before.reason.zh == "2026-04-01起受理"
    assert not after.allowed
    assert after.reason.en == "applications closed after 2026-04-30"


def test_without_a_window_it_is_open_while_its_document_holds(
    make_document: MakeDocument, make_item: MakeItem
):
    item = make_item(make_document(effective_to=dt.date(2026, 12, 31)))
    assert open_for_application(item, dt.date(2026, 12, 31)).allowed
    closed = open_for_application(item, dt.date(2027, 1, 1))
    assert not closed.allowed
    assert "2026-12-31" in closed.reason.zh


def test_a_draft_and_a_withdrawn_item_say_so(make_item: MakeItem):
    draft = make_item(published=False)
    assert open_for_application(draft, DAY).reason.en == "this item is not published yet"
    item = withdraw_item(actor=TESTS, item=make_item(), on=DAY, reason="资金用尽")
    reason = open_for_application(item, DAY).reason
    assert "资金用尽" in reason.zh


def test_an_item_of_a_withdrawn_or_replaced_document_is_closed(
    make_document: MakeDocument, make_item: MakeItem
):
    item, other = make_item(), make_item()
    withdraw_document(actor=TESTS, document=item.document, on=DAY, reason="误发")
    item.document.refresh_from_db()
    assert not open_for_application(item, DAY).allowed
    make_document(supersedes=other.document)
    other.document = fresh(other.document)
    assert "被替代" in open_for_application(other, DAY).reason.zh


def test_the_lists_hold_what_is_published_and_in_force(
    make_document: MakeDocument, make_item: MakeItem
):
    here = make_item(rule_id="cn.high_tech")
    make_item(published=False, rule_id="cn.high_tech")
    closed = make_item(window_to=dt.date(2026, 3, 15))
    over = make_item(make_document(effective_to=dt.date(2026, 3, 10)))
    late = dt.date(2026, 4, 1)
    assert set(published(DAY)) == {here, closed, over}
    assert set(published(late)) == {here, closed}
    assert open_items(late) == [here]
    assert by_rule(late) == {"cn.high_tech": [here]}
    assert list(of_rules(["cn.high_tech", "cn.tech_sme"], late)) == [here]
