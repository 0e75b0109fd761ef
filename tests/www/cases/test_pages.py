"""What people do on the pages of cases, and what they may not."""

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Case, CaseSheet, SavedFilter
from openzone.zone.cases.services.sheets import begin_sheet, open_row
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from tests.factories import TESTS, make_unit
from tests.files import PDF
from tests.www.addresses.cases import KIND, Made
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


@pytest.fixture
def made(zone: Zone) -> Made:
    return Made(zone)


def words(response: Any) -> str:
    return str(response.content.decode())


def test_large_type_is_kept_and_leads_nowhere_else() -> None:
    client = Client()
    answer = client.post("/type-size/", {"size": "large", "next": "//evil.example/"})
    assert answer.headers["Location"] == "/"
    assert '<html lang="zh-Hans" class="large">' in words(client.get("/status/"))
    client.post("/type-size/", {"size": "usual", "next": "/status/"})
    assert 'class="large"' not in words(client.get("/status/"))


def test_a_telephone_is_masked_until_somebody_asks_and_the_log_says_who(
    made: Made, visit: Visit
) -> None:
    case, client = made.opened("示例"), visit(made.handler)
    page = reverse("case", args=[case.pk])
    assert "138****1234" in words(client.get(page))
    assert "13800001234" not in words(client.get(page))
    client.post(reverse("case_reveal", args=[case.pk]))
    assert "13800001234" in words(client.get(page))
    event = Event.objects.get(action="cases.contact.seen")
    assert (event.subject, event.actor_id) == (case.subject, str(made.handler.pk))


def test_a_handler_of_another_unit_reads_but_neither_acts_nor_sees_the_contact(
    made: Made, visit: Visit
) -> None:
    other = made.user("elsewhere", Role.HANDLER, make_unit("示例他局"))
    case, client = made.opened("示例"), visit(other)
    assert client.get(reverse("case", args=[case.pk])).status_code == 200
    refused = client.post(reverse("case_act", args=[case.pk, "accept"]))
    assert refused.status_code == 403
    assert "无权办理" in words(refused)
    assert client.post(reverse("case_reveal", args=[case.pk])).status_code == 403


def test_who_comes_second_is_told_who_was_first(made: Made, visit: Visit) -> None:
    second = made.user("second", Role.HANDLER, made.office)
    case = made.opened("示例")
    seen = {"seen": str(case.last_seq)}
    address = reverse("case_act", args=[case.pk, "accept"])
    assert visit(made.handler).post(address, seen).status_code == 302
    late = visit(second).post(address, seen)
    assert late.status_code == 409
    assert re.search(r"已由case_handler于.*办理“受理”", words(late))
    assert Case.objects.get(pk=case.pk).handler == made.handler


def test_a_second_press_of_what_ends_a_role_is_no_refusal(made: Made, visit: Visit) -> None:
    case, client = made.opened("示例"), visit(made.handler)
    address = reverse("case_act", args=[case.pk, "decline"])
    sent = {"seen": str(case.last_seq), "f-reason": "不属本单位职责"}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert case.events.filter(action="decline").count() == 1
    assert client.post(address, sent | {"f-reason": "另一个理由"}).status_code == 409
    assert client.get(address).status_code == 403


def test_a_task_is_told_in_words_with_its_proof(made: Made, visit: Visit) -> None:
    case = made.act(made.opened("示例"), "accept", made.handler)
    due = timezone.localdate().isoformat()
    made.act(case, "decide", made.handler, task="更换井盖", owner=made.office.code, due=due)
    address = reverse("case_act", args=[case.pk, "finish_task"])
    proof = SimpleUploadedFile("照片.pdf", PDF)
    visit(made.handler).post(address, {"f-task": "T1", "f-evidence": proof})
    page = words(visit(made.handler).get(reverse("case", args=[case.pk])))
    assert page.count("更换井盖") == 3
    assert ">T1<" not in page
    assert "['" not in page


def test_the_page_says_what_is_not_possible_and_why(made: Made, visit: Visit) -> None:
    case = made.act(made.opened("示例"), "accept", made.handler)
    page = words(visit(made.handler).get(reverse("case", args=[case.pk])))
    assert "目前不能办理的，及原因" in page
    assert "“办理中”阶段不能“受理”" in page


def test_a_result_without_evidence_is_refused_beside_its_field(made: Made, visit: Visit) -> None:
    case = made.act(made.opened("示例"), "accept", made.handler)
    address = reverse("case_act", args=[case.pk, "finish"])
    refused = visit(made.handler).post(address, {"f-text": "已修复"})
    assert refused.status_code == 400
    assert refused.context["form"].errors == {"f-evidence": ["必填"]}


MATTER = {"title": "示例路北侧人行道破损", "text": "砖块松动，有人绊倒", "f-topic": "municipal"}


def submitted(client: Client, **given: str) -> Any:
    data = MATTER | {"request_id": "a" * 32, "seen_alike": "1"} | given
    return client.post(reverse("matter_form", args=["public_report"]), data)


def test_a_visitor_gets_a_number_and_a_code_that_shows_the_status(made: Made) -> None:
    client = Client()
    answer = submitted(client, name="示例居民")
    case = Case.objects.get(title=MATTER["title"])
    code = re.search(r'receipt-code">([^<]+)<', words(answer))
    assert code is not None
    assert case.number in words(answer)
    found = client.post("/status/", {"number": case.number, "code": code[1].lower()})
    assert "已收到" in words(found)
    wrong = client.post("/status/", {"number": case.number, "code": "0000-0000-0000"})
    assert wrong.status_code == 400
    assert "编号和查询码不匹配" in words(wrong)


def test_a_submission_sent_twice_is_one_case(made: Made) -> None:
    first, second = submitted(Client()), submitted(Client())
    assert Case.objects.filter(title=MATTER["title"]).count() == 1
    pattern = r'receipt-code">([^<]+)<'
    assert re.search(pattern, words(first))[1] == re.search(pattern, words(second))[1]  # type: ignore[index]


def test_too_many_submissions_of_visitors_are_refused(made: Made, settings: Any) -> None:
    cache.clear()
    settings.PUBLIC_SUBMISSIONS = 1
    assert submitted(Client(), request_id="b" * 32).status_code == 200
    refused = submitted(Client(), request_id="c" * 32)
    assert refused.status_code == 400
    assert "提交次数已达上限" in words(refused)


def test_similar_open_cases_are_shown_before_anything_is_opened(made: Made) -> None:
    cache.clear()
    submitted(Client(), request_id="d" * 32)
    again = Client().post(
        reverse("matter_form", args=["public_report"]),
        MATTER | {"request_id": "e" * 32},
    )
    assert again.status_code == 200
    assert "下面是相似的在办事项" in words(again)
    assert "示例路北侧人行道破损" in words(again)  # what the visitor wrote
    assert Case.objects.filter(kind="public_report").count() == 1


def test_a_visitor_learns_nothing_of_others_from_similar_cases(made: Made) -> None:
    cache.clear()
    submitted(Client(), request_id="f" * 32, title="张三家门口路灯损坏三周", text="")
    address = reverse("matter_alike", args=["public_report"])
    hint = words(Client().get(address, {"title": "李四家门口路灯损坏三周", "f-topic": "municipal"}))
    assert "路灯损坏三周" in hint
    assert "张三" not in hint


def test_a_saved_list_comes_back_with_its_filters_and_goes_again(made: Made, visit: Visit) -> None:
    client = visit(made.handler)
    client.post(reverse("case_filter_save"), {"name": "超期", "query": "state=late&text=%E8%B7%AF"})
    saved = SavedFilter.objects.get()
    assert saved.chosen == {"text": "路", "state": "late"}
    assert "超期" in words(client.get("/desk/"))
    client.post(reverse("case_filter_drop", args=[saved.pk]))
    assert not SavedFilter.objects.exists()


def test_a_figure_leads_to_as_many_cases_as_it_counts(made: Made, visit: Visit) -> None:
    made.act(made.opened("示例甲"), "accept", made.handler)
    made.opened("示例乙")
    client = visit(made.clerk)
    row = client.get(reverse("league")).context["rows"][0]
    responded = row.rates[0]
    assert (row.received, responded.part, responded.of) == (2, 1, 2)
    assert len(client.get(responded.href).context["rows"]) == 1


def test_the_brief_says_the_same_as_word_and_on_the_page(made: Made, visit: Visit) -> None:
    made.opened("示例甲")
    client = visit(made.clerk)
    paper = client.get(reverse("brief")).context["paper"]
    file = client.post(reverse("brief_file", args=["word"]))
    text = [cell.text for table in Document(io.BytesIO(file.content)).tables
            for row in table.rows for cell in row.cells]  # fmt: skip
    for section in paper.sections:
        for row in section.grid.rows if section.grid else ():
            assert set(row) <= set(text)
    pdf = client.post(reverse("brief_file", args=["pdf"]))
    assert pdf.content.startswith(b"%PDF")


CSV = """标题,诉求类别,企业名称,承办单位
示例路面破损,市政,,
示例停电,用能,没有的企业,
示例咨询,其他,,没有的局
示例建议,其他,,
"""


def test_a_spreadsheet_names_each_bad_row_and_opens_the_good_ones(made: Made, visit: Visit) -> None:
    client = visit(made.clerk)
    file = SimpleUploadedFile("诉求.csv", CSV.encode())
    client.post(reverse("case_import"), {"file": file, "kind": KIND, "channel": "spreadsheet"})
    sheet = CaseSheet.objects.get()
    assert not Case.objects.exists()
    page = words(client.get(reverse("case_sheet", args=[sheet.pk])))
    for reason in ("没有企业“没有的企业”", "没有单位“没有的局”", "具体位置：必填"):
        assert reason in page
    assert [row["title"] for row in sheet.rows] == ["示例建议"]
    book = load_workbook(
        io.BytesIO(client.post(reverse("case_sheet_workbook", args=[sheet.pk])).content)
    )
    marked = [cell.comment.text for row in book.worksheets[0] for cell in row if cell.comment]
    assert any("没有的局" in text for text in marked)
    begin_sheet(actor=TESTS, sheet=sheet)
    sheet.refresh_from_db()
    for _again in range(2):  # a worker that died after the commit does it once more
        open_row(actor=TESTS, sheet=sheet, place=0, now=made.now)
    assert [case.title for case in Case.objects.all()] == ["示例建议"]


def test_decisions_of_a_meeting_become_tasks_or_nothing_is_kept(made: Made, visit: Visit) -> None:
    case = made.act(made.opened("示例"), "accept", made.handler)
    case = made.act(
        case, "call_meeting", made.handler, units=[made.office.code], at=timezone.now().isoformat()
    )
    address, client = reverse("case_minutes", args=[case.pk]), visit(made.handler)
    data = {
        "seen": str(case.last_seq), "f-meeting": "M1", "f-attended": made.office.code,
        "f-minutes": "同意先行修复", "task-TOTAL_FORMS": "1", "task-INITIAL_FORMS": "0",
        "task-0-task": "修复路灯", "task-0-owner": str(made.office.pk),
        "task-0-due": (timezone.localdate() + dt.timedelta(days=9)).isoformat(),
    }  # fmt: skip
    assert client.post(address, data | {"task-0-due": ""}).status_code == 400
    assert not case.tasks.exists()
    assert client.post(address, data).status_code == 302
    assert [task.title for task in case.tasks.all()] == ["修复路灯"]


def test_a_split_case_goes_on_under_its_own_numbers(made: Made, visit: Visit) -> None:
    case = made.opened("示例两件事")
    data = {
        "reason": "两个部门", "part-TOTAL_FORMS": "3", "part-INITIAL_FORMS": "0",
        "part-0-title": "路灯", "part-1-title": "污水", "part-1-unit": str(made.office.pk),
    }  # fmt: skip
    assert visit(made.clerk).post(reverse("case_split", args=[case.pk]), data).status_code == 302
    parts = Case.objects.exclude(pk=case.pk).order_by("pk")
    assert [one.number for one in parts] == [f"{case.number}-1", f"{case.number}-2"]


def test_my_desk_is_one_and_leads_to_the_other_desks(made: Made, visit: Visit) -> None:
    case = made.opened("示例")
    page = words(visit(made.handler).get(reverse("my_desk")))
    assert case.title in page
    assert f'href="{reverse("desk")}"' in page
    assert f'href="{reverse("case_act", args=[case.pk, "accept"])}"' in page
    assert case.title in words(visit(made.handler).get("/"))


def test_who_asked_sees_units_not_officials_and_no_inner_words(made: Made, visit: Visit) -> None:
    case = made.act(made.opened("示例"), "accept", made.handler)
    made.act(case, "note", made.handler, text="内部意见：拖一拖")
    asker = made.user("asker", Role.BANK, make_unit("示例银行"))
    Case.objects.filter(pk=case.pk).update(requester_user=asker)
    page = words(visit(asker).get(reverse("matter", args=[case.pk])))
    assert made.office.name in page
    assert "case_handler" not in page
    assert "内部意见" not in page


def test_what_has_a_page_of_its_own_is_not_offered_as_a_bare_case(made: Made, visit: Visit) -> None:
    page = words(visit(made.clerk).get(reverse("case_new")))
    assert reverse("case_form", args=[KIND]) in page
    for kind in ("reform_task", "suggestion", "systemic_issue", "conduct_referral"):
        assert f"/{kind}/" not in page
        address = reverse("case_form", args=[kind])
        assert visit(made.clerk).get(address).status_code == 404
