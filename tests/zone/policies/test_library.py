"""Documents and items: what is kept, what is refused, and what the history says."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from openzone.zone.audit.models import Event
from openzone.zone.audit.verification import verify
from openzone.zone.errors import Refused
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit
from openzone.zone.people.services import create_unit
from openzone.zone.policies.enums import DocumentStatus, ItemStatus, TaskState
from openzone.zone.policies.models import Change, Document
from openzone.zone.policies.selectors.library import (
    Filter,
    categories,
    deadlines,
    documents,
    history,
    tasks,
)
from openzone.zone.policies.selectors.meaning import responsible
from openzone.zone.policies.services.documents import (
    Issuer,
    create_document,
    edit_document,
    publish_document,
    withdraw_document,
)
from openzone.zone.policies.services.items import (
    Paper,
    create_item,
    edit_item,
    publish_item,
    withdraw_item,
)
from openzone.zone.policies.services.meaning import (
    FiveFields,
    publish_interpretation,
    write_interpretation,
)
from openzone.zone.policies.services.tasks import add_task, change_task
from tests.factories import TESTS
from tests.zone.policies.conftest import DAY, MakeDocument, MakeItem

pytestmark = pytest.mark.django_db

FINANCE = Issuer("示例财政厅")


def test_joint_issuers_have_exactly_one_lead(office: Unit):
    mine = Issuer(office.name, office)
    for issuers in ([mine, FINANCE], [Issuer("甲", None, True), Issuer("乙", None, True)]):
        with pytest.raises(Refused, match="exactly one leads") as refusal:
            create_document(actor=TESTS, title="示例", level="zone", issuers=issuers)
        assert refusal.value.field == "issuers"
    assert not Document.objects.exists()


def test_who_interprets_follows_from_who_issued(office: Unit):
    only = create_document(
        actor=TESTS, title="单独", level="zone", issuers=[Issuer(office.name, office)]
    )
    assert responsible(only).unit == office
    joint = create_document(
        actor=TESTS,
        title="联合",
        level="zone",
        issuers=[FINANCE, Issuer(office.name, office, True)],
    )
    assert responsible(joint).unit == office
    assert "牵头" in responsible(joint).reason.zh
    ministry = create_document(actor=TESTS, title="部委", level="national", issuers=[FINANCE])
    assert responsible(ministry) == ("示例财政厅", None, responsible(ministry).reason)
    nobody = create_document(actor=TESTS, title="无名", level="zone")
    assert responsible(nobody).name == ""


def test_a_document_without_a_date_or_an_issuer_is_not_published(office: Unit):
    undated = create_document(actor=TESTS, title="示例", level="zone", issuers=[FINANCE])
    with pytest.raises(Refused) as refusal:
        publish_document(actor=TESTS, document=undated, on=DAY)
    assert refusal.value.field == "effective_from"
    unsigned = create_document(actor=TESTS, title="示例", level="zone", issued_on=DAY)
    with pytest.raises(Refused, match="issuer"):
        publish_document(actor=TESTS, document=unsigned, on=DAY)


def test_dates_in_the_wrong_order_are_refused_at_their_field(make_document: MakeDocument):
    document = make_document()
    with pytest.raises(Refused) as refusal:
        edit_document(
            actor=TESTS, document=document, effective_from=DAY, effective_to=dt.date(2025, 1, 1)
        )
    assert refusal.value.field == "effective_to"
    with pytest.raises(Refused) as refusal:
        edit_document(actor=TESTS, document=document, adopted_on=dt.date(2026, 5, 1))
    assert refusal.value.field == "issued_on"
    with pytest.raises(Refused, match="needs the day"):
        edit_document(actor=TESTS, document=document, issued_on=None)


def test_every_change_is_in_the_history_with_who_and_from_what_to_what(
    make_document: MakeDocument, office: Unit
):
    document = make_document(title="旧标题")
    edit_document(
        actor=TESTS,
        document=document,
        title="新标题",
        issuers=[Issuer(office.name, office, True), FINANCE],
    )
    found = {one.field: (one.old, one.new, one.who) for one in history(document)}
    assert found["title"] == ("旧标题", "新标题", "tests")
    assert found["issuers"] == (f"{office.name}*", f"{office.name}*、示例财政厅", "tests")
    assert found["status"] == ("draft", "published", "tests")
    event = Event.objects.filter(action="policies.document.edited").get()
    assert event.details["fields"] == ["issuers", "title"]
    assert not verify().findings


def test_saving_what_is_there_already_leaves_no_trace(make_document: MakeDocument, office: Unit):
    document = make_document()
    before, events = document.version, Event.objects.count()
    edit_document(
        actor=TESTS, document=document, title=document.title, issuers=[Issuer(office.name, office)]
    )
    document.refresh_from_db()
    assert (document.version, Event.objects.count()) == (before, events)


def test_the_history_cannot_be_rewritten(make_document: MakeDocument):
    make_document()
    for statement in ("UPDATE policies_change SET who = 'x'", "DELETE FROM policies_change"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Change.objects.filter(who="tests").exists()


def test_only_what_a_document_says_makes_a_new_version(make_document: MakeDocument):
    document = make_document()
    edit_document(actor=TESTS, document=document, title_en="Measures", category="人才")
    document.refresh_from_db()
    assert document.version == 1
    edit_document(actor=TESTS, document=document, effective_to=dt.date(2027, 1, 1))
    document.refresh_from_db()
    assert document.version == 2


@pytest.mark.parametrize("field", ["owner", "clause"])
def test_an_item_without_owner_or_clause_is_not_published(make_item: MakeItem, field: str):
    item = make_item(published=False, **{field: None if field == "owner" else ""})
    with pytest.raises(Refused) as refusal:
        publish_item(actor=TESTS, item=item, on=DAY)
    assert refusal.value.field == field


def test_what_publishing_asked_cannot_be_taken_away_afterwards(make_item: MakeItem):
    with pytest.raises(Refused, match="responsible unit"):
        edit_item(actor=TESTS, item=make_item(), owner=None)


def test_an_item_waits_for_its_document(make_document: MakeDocument, make_item: MakeItem):
    item = make_item(make_document(published=False), published=False)
    with pytest.raises(Refused, match="publish its document first"):
        publish_item(actor=TESTS, item=item, on=DAY)


def test_a_suggestion_is_published_only_after_a_person_confirmed_it(make_item: MakeItem):
    item = make_item(published=False, suggested=True)
    with pytest.raises(Refused, match="confirmed by a person"):
        publish_item(actor=TESTS, item=item, on=DAY)
    edit_item(actor=TESTS, item=item, confirm=True)
    assert publish_item(actor=TESTS, item=item, on=DAY).status == ItemStatus.PUBLISHED


def test_an_item_names_a_rule_of_the_rulebook_and_facts_of_the_catalogue(make_item: MakeItem):
    with pytest.raises(Refused) as refusal:
        make_item(rule_id="cn.no_such_rule")
    assert refusal.value.field == "rule_id"
    with pytest.raises(Refused, match="fact catalogue"):
        make_item(materials=[Paper("审计报告", series="no_such_fact")])
    item = make_item(rule_id="cn.high_tech", materials=[Paper("审计报告", series="revenue_y1")])
    assert item.materials.get().series == "revenue_y1"


def test_a_paper_keeps_its_row_while_it_keeps_its_name(make_item: MakeItem):
    item = make_item(materials=[Paper("甲"), Paper("乙")])
    before = item.materials.get(name="乙").pk
    edit_item(actor=TESTS, item=item, materials=[Paper("乙", False), Paper("丙")])
    kept = item.materials.get(name="乙")
    assert (kept.pk, kept.required, kept.position) == (before, False, 0)
    assert [one.name for one in item.materials.all()] == ["乙", "丙"]
    line = history(item.document, item).filter(field="materials").get()
    assert (line.old, line.new) == ("甲\n乙", "乙 ?\n丙")


def test_withdrawing_needs_a_reason_and_can_be_undone(make_document: MakeDocument):
    document = make_document()
    with pytest.raises(Refused, match="say why"):
        withdraw_document(actor=TESTS, document=document, on=DAY, reason=" ")
    withdraw_document(actor=TESTS, document=document, on=DAY, reason="误发")
    with pytest.raises(Refused, match="already"):
        withdraw_document(actor=TESTS, document=document, on=DAY, reason="误发")
    again = publish_document(actor=TESTS, document=document, on=DAY)
    assert (again.status, again.withdrawn_on) == (DocumentStatus.PUBLISHED, None)


def test_the_list_is_narrowed_by_each_filter(
    make_document: MakeDocument, make_item: MakeItem, office: Unit
):
    here = make_document(category="人才", level="city", title="示例人才办法")
    make_item(here, title="安家补贴")
    draft = make_document(published=False, issuers=[FINANCE])
    every = Document.objects.all()

    def found(**chosen: object) -> set[Document]:
        return set(documents(every, Filter(**chosen), DAY))  # type: ignore[arg-type]

    assert found() == {here, draft}
    assert found(level="city") == found(category="人才") == {here}
    assert found(status=DocumentStatus.DRAFT) == {draft}
    assert found(unit=office) == {here}
    assert found(text="安家") == found(text="人才 办法") == {here}
    assert found(text="人才 没有") == set()


def test_a_draft_item_does_not_show_through_the_search(
    make_document: MakeDocument, make_item: MakeItem
):
    document = make_document()
    item = make_item(document, published=False, title="秘密补贴")
    every = Document.objects.all()
    assert not documents(every, Filter(text="秘密补贴"), DAY).exists()
    publish_item(actor=TESTS, item=item, on=DAY)
    assert documents(every, Filter(text="秘密补贴"), DAY).get() == document


def test_a_category_of_its_own_comes_after_those_of_the_pack(make_document: MakeDocument):
    make_document(category="低空经济")
    assert len(categories()) == 13
    assert categories()[-1] == "低空经济"


def test_the_item_list_is_due_seven_working_days_after_the_issue(
    make_document: MakeDocument, make_item: MakeItem
):
    # 2026-09-28 is a Monday; 1-7 October are holidays, Saturday 10 October is worked.
    document = make_document(issued_on=dt.date(2026, 9, 28), effective_from=DAY)
    term = deadlines(document)[0]
    assert term.term.source.number == "川办函〔2024〕17号"
    assert term.result.due.date() == dt.date(2026, 10, 13)
    assert not term.overdue(dt.date(2026, 10, 13))
    assert term.overdue(dt.date(2026, 10, 14))
    item = make_item(document, published=False)
    assert deadlines(document)[0].done_on is None
    publish_item(actor=TESTS, item=item, on=dt.date(2026, 10, 13))
    done = deadlines(document)[0]
    assert done.done_on == dt.date(2026, 10, 13)
    assert not done.overdue(dt.date(2026, 12, 1))


def test_the_guide_is_done_once_every_item_is_explained(
    make_document: MakeDocument, make_item: MakeItem
):
    document = make_document()
    one, other = make_item(document), make_item(document, title="另一项")
    for item in (one, other):
        assert deadlines(document)[1].done_on is None
        written = write_interpretation(
            actor=TESTS, document=document, item=item, fields=FiveFields(*"五项都有的"), on=DAY
        )
        publish_interpretation(actor=TESTS, interpretation=written, on=DAY)
    assert deadlines(document)[1].done_on == DAY


def test_a_task_is_done_on_a_day_or_dropped_with_a_reason(
    make_document: MakeDocument, office: Unit
):
    document = make_document()
    with pytest.raises(Refused, match="before the document"):
        add_task(
            actor=TESTS, document=document, title="示例", unit=office, due_on=dt.date(2026, 1, 1)
        )
    first = add_task(actor=TESTS, document=document, title="甲", unit=office, due_on=DAY)
    later = add_task(actor=TESTS, document=document, title="乙", unit=office)
    with pytest.raises(Refused, match="say why"):
        change_task(actor=TESTS, task=first, state=TaskState.DROPPED, on=DAY)
    done = change_task(actor=TESTS, task=first, state=TaskState.DONE, on=DAY)
    assert done.done_on == DAY
    assert list(tasks(document)) == [later, first]  # what is still to do comes first
    again = change_task(actor=TESTS, task=first, state=TaskState.OPEN, on=DAY)
    assert again.done_on is None
    assert history(document).filter(field="task.state").count() == 2


def test_units_below_the_chosen_one_count(
    make_document: MakeDocument, committee: Unit, office: Unit
):
    document = make_document()
    other = create_unit(actor=TESTS, code="other", name="示例他局", kind=UnitKind.DEPARTMENT)
    every = Document.objects.all()
    assert list(documents(every, Filter(unit=committee), DAY)) == [document]
    assert not documents(every, Filter(unit=other), DAY).exists()


def test_a_withdrawn_item_is_no_longer_due(make_document: MakeDocument, make_item: MakeItem):
    document = make_document()
    make_item(document)
    extra = make_item(document, published=False, title="不再做的")
    assert deadlines(document)[0].done_on is None
    withdraw_item(actor=TESTS, item=extra, on=DAY, reason="合并")
    assert deadlines(document)[0].done_on == DAY


def test_a_code_taken_by_hand_is_passed_over(office: Unit):
    create_document(actor=TESTS, code="d2", title="甲", level="zone")
    made = create_document(actor=TESTS, title="乙", level="zone")
    assert made.code not in ("", "d2")
    with pytest.raises(Refused) as refusal:
        create_document(actor=TESTS, code="d2", title="丙", level="zone")
    assert refusal.value.field == "code"


def test_a_field_nobody_may_set_is_a_fault_of_the_program(make_document: MakeDocument):
    with pytest.raises(TypeError, match="status"):
        edit_document(actor=TESTS, document=make_document(), status="published")
    with pytest.raises(TypeError, match="suggest"):
        create_item(actor=TESTS, document=make_document(), imported={}, published_on=DAY, suggest=1)
