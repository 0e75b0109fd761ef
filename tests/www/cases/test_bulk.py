"""Many cases at once, and workbooks to fill in, as people use them."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Batch, Case, CaseSheet
from openzone.zone.jobs.worker import run_next
from openzone.zone.people.models import User
from tests.www.addresses.cases import KIND, Made
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


@pytest.fixture
def made(zone: Zone) -> Made:
    return Made(zone)


def ask(client: Client, **data: object) -> Batch:
    client.post(reverse("case_bulk"), data)
    return Batch.objects.latest("pk")


def work() -> None:
    while run_next("test"):
        pass


@pytest.mark.django_db(transaction=True)
def test_many_cases_are_previewed_then_answered_one_by_one(made: Made, visit: Visit) -> None:
    fresh, done = made.opened("示例甲"), made.act(made.opened("示例乙"), "accept", made.handler)
    client = visit(made.handler)
    batch = ask(client, action="accept", case=[str(fresh.pk), str(done.pk)])
    address = reverse("case_batch", args=[batch.pk])
    work()
    shown = client.get(address).context["tally"]
    assert (shown.may, shown.may_not) == (1, 1)
    assert Case.objects.get(pk=fresh.pk).handler is None
    client.post(reverse("case_batch_begin", args=[batch.pk]))
    work()
    shown = client.get(address).context["tally"]
    assert (shown.done, shown.refused, shown.may_not) == (1, 0, 1)
    assert Case.objects.get(pk=fresh.pk).handler == made.handler


@pytest.mark.django_db(transaction=True)
def test_a_note_that_says_nothing_is_asked_for_again(made: Made, visit: Visit) -> None:
    client = visit(made.handler)
    batch = ask(client, action="note", case=[str(made.opened("示例甲").pk)])
    work()
    begin = reverse("case_batch_begin", args=[batch.pk])
    assert client.post(begin, {"f-text": ""}).status_code == 400
    assert client.post(begin, {"f-text": "已电话核实"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_the_results_go_out_as_a_workbook_row_by_row(made: Made, visit: Visit) -> None:
    cases = [made.opened("示例甲"), made.act(made.opened("示例乙"), "accept", made.handler)]
    client = visit(made.handler)
    batch = ask(client, action="accept", case=[str(one.pk) for one in cases])
    work()
    client.post(reverse("case_batch_begin", args=[batch.pk]))
    work()
    file = client.post(reverse("case_batch_export", args=[batch.pk]))
    rows = list(load_workbook(io.BytesIO(file.content)).active.values)
    by_number = {row[0]: row for row in rows}
    assert by_number[cases[0].number][3] == "已完成"
    assert by_number[cases[1].number][4]
    assert Event.objects.filter(subject=f"case_batch:{batch.pk}").exists()


def test_every_case_of_the_list_can_be_chosen_not_only_those_of_the_page(
    made: Made, visit: Visit
) -> None:
    for name in ("示例甲", "示例乙"):
        made.opened(name)
    made.act(made.opened("示例丙"), "accept", made.handler)
    batch = ask(visit(made.handler), action="accept", every="1", back="stage=assigned")
    chosen = set(batch.rows.values_list("case__title", flat=True))
    assert chosen == set(Case.objects.filter(stage="assigned").values_list("title", flat=True))
    assert "示例丙" not in chosen


def test_only_who_asked_sees_what_they_had_done(made: Made, visit: Visit) -> None:
    batch = ask(visit(made.handler), action="accept", case=[str(made.opened("示例甲").pk)])
    address = reverse("case_batch", args=[batch.pk])
    assert visit(made.handler).get(address).status_code == 200
    assert visit(made.clerk).get(address).status_code == 404
    assert visit(made.clerk).post(reverse("case_batch_end", args=[batch.pk])).status_code == 404


def test_put_aside_before_it_was_begun_it_does_nothing(made: Made, visit: Visit) -> None:
    case, client = made.opened("示例甲"), visit(made.handler)
    batch = ask(client, action="accept", case=[str(case.pk)])
    client.post(reverse("case_batch_end", args=[batch.pk]))
    assert client.post(reverse("case_batch_begin", args=[batch.pk])).status_code == 409
    assert Case.objects.get(pk=case.pk).handler is None


def test_nothing_chosen_leads_back_with_the_reason(made: Made, visit: Visit) -> None:
    answer = visit(made.handler).post(reverse("case_bulk"), {"action": "accept"}, follow=True)
    assert "请先选择事项" in answer.content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_empty_workbook_says_what_it_needs_and_can_be_sent_back_filled_in(
    made: Made, visit: Visit, language: str
) -> None:
    client = visit(made.clerk)
    client.cookies["django_language"] = language
    empty = client.get(reverse("case_sheet_template", args=[KIND]))
    book = load_workbook(io.BytesIO(empty.content))
    sheet = book.active
    rows = list(sheet.values)
    header = next(n for n, row in enumerate(rows) if row[0] in ("标题", "Title"))
    said = "".join(str(row[0]) for row in rows[:header])
    topic, other = ("诉求类别", "其他") if language == "zh-hans" else ("Topic", "Other")
    assert other in said
    column = next(n for n, one in enumerate(rows[header]) if str(one).startswith(topic))
    sheet.cell(header + 2, 1, "示例路面")
    sheet.cell(header + 2, column + 1, other)
    buffer = io.BytesIO()
    book.save(buffer)
    file = SimpleUploadedFile("filled.xlsx", buffer.getvalue())
    client.post(reverse("case_import"), {"file": file, "kind": KIND, "channel": "spreadsheet"})
    checked = CaseSheet.objects.get()
    assert checked.problems == []
    assert [row["title"] for row in checked.rows] == ["示例路面"]


@pytest.mark.parametrize(("language", "reason"), [("zh-hans", "没有企业"), ("en", "no enterprise")])
def test_a_bad_row_is_named_with_row_and_field_in_the_readers_language(
    made: Made, visit: Visit, language: str, reason: str
) -> None:
    client = visit(made.clerk)
    client.cookies["django_language"] = language
    text = "标题,诉求类别,企业名称\n示例停电,用能,没有的企业\n"
    file = SimpleUploadedFile("x.csv", text.encode())
    client.post(reverse("case_import"), {"file": file, "kind": KIND, "channel": "spreadsheet"})
    sheet = CaseSheet.objects.get()
    page = client.get(reverse("case_sheet", args=[sheet.pk])).content.decode()
    assert reason in page
    assert "没有的企业" in page
    assert [(one["row"], one["header"]) for one in sheet.problems] == [(2, "企业名称")]
