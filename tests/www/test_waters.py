"""What the other side reads on pages: its own figures first, both when both have locked."""

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from openzone.engines.water.quarters import Quarter, quarter_of
from openzone.www.desk.items import Asker
from openzone.www.desk.waters import items
from openzone.www.formats import say
from openzone.www.views.waters.campaigns import proposal
from openzone.www.views.waters.common import source
from openzone.www.waters.pictures import section_map, trend
from openzone.www.waters.report import report_paper
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.waters.models import Campaign
from openzone.zone.waters.packs import standard
from openzone.zone.waters.selectors.compliance import compliance
from openzone.zone.waters.selectors.standing import standing_of
from openzone.zone.waters.services.log import withdraw_entry
from openzone.zone.waters.services.sheets import apply_sheet, check_sheet, vocabulary
from tests.factories import TESTS
from tests.www.addresses.waters import _campaigns
from tests.zone.waters.river import FULL, River, both, entry, planned, river, sample

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


@pytest.fixture
def at(office: Unit) -> River:
    return river(TESTS, office, now=timezone.now())


@pytest.fixture
def campaigns(at: River) -> tuple[Campaign, Campaign]:
    return _campaigns(at, timezone.now())  # type: ignore[return-value]


def _read(visit: Visit, user: User, name: str, *args: object) -> str:
    answer = visit(user).get(reverse(name, args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_figures_of_the_other_side_are_on_no_page_before_both_locked(
    at: River, campaigns: tuple[Campaign, Campaign], visit: Visit, make_user: Callable[..., User],
    committee: Unit,
) -> None:  # fmt: skip
    found = campaigns[1]
    row, today = planned(found), timezone.localdate()
    said = {"on": today, "laboratory": "绝密实验室"}
    sample(at, row, at.ours, timezone.now(), **said, values=FULL | {"ammonia": "0.6543"})
    sample(at, row, at.ours, timezone.now(), **said)
    leader = make_user("ldr", Role.LEADER, committee)
    for user in (at.theirs, leader):
        pages = [_read(visit, user, "water_campaign", found.pk),
                 _read(visit, user, "water_result", row.pk),
                 _read(visit, user, "water_section", at.border.pk)]  # fmt: skip
        assert not any(word in page for page in pages for word in ("绝密实验室", "0.6543"))
    own = _read(visit, at.ours, "water_result", row.pk)
    assert "绝密实验室" in own
    assert "氨氮 0.6543" in own, "what was written over stays to be read"
    refused = visit(at.theirs).post(reverse("water_report", args=[found.pk, "excel"]))
    assert refused.status_code == 302


def test_a_partner_of_somebody_else_is_shown_nothing(
    at: River, campaigns: tuple[Campaign, Campaign], visit: Visit, make_user: Callable[..., User],
    committee: Unit,
) -> None:  # fmt: skip
    other = make_user("elsewhere", Role.PARTNER, committee)
    assert "示例界河断面" not in _read(visit, other, "waters")
    for name, number in (("water_campaign", campaigns[0].pk), ("water_section", at.border.pk)):
        assert visit(other).get(reverse(name, args=[number])).status_code == 403
    assert visit(at.theirs).get(reverse("cases")).status_code == 403
    assert visit(at.theirs).get(reverse("home")).url == reverse("waters")


def test_the_report_says_both_sides_and_the_basis_of_every_figure(
    at: River, campaigns: tuple[Campaign, Campaign], visit: Visit
) -> None:
    old = campaigns[0]
    answer = visit(at.theirs).post(reverse("water_report", args=[old.pk, "word"]))
    said = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert "GB 3838-2002" in said
    assert "[2]" in said
    answer = visit(at.ours).post(reverse("water_report", args=[old.pk, "excel"]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert {"氨氮", "Ⅱ类", "达标"} <= set(cells)
    paper = report_paper(standing_of(old, timezone.localdate()), "标题")
    assert paper.sections[-1].lines[0].startswith("[1]")


def test_a_counter_opens_the_rows_behind_it(at: River, visit: Visit) -> None:
    today = timezone.localdate()
    for title in ("第一次", "第二次"):
        entry(at, "patrol", on=today, now=timezone.now(), title=title)
    page = _read(visit, at.theirs, "waters")
    assert f"/waters/log/patrol/?first={today.year}-01-01&amp;last={today}" in page
    rows = visit(at.theirs).get(
        reverse("water_log", args=["patrol"]), {"first": f"{today.year}-01-01", "last": str(today)}
    )
    assert rows.context["page"].paginator.count == 2


def test_the_list_taken_away_holds_the_rows_of_the_page(at: River, visit: Visit) -> None:
    now, today = timezone.now(), timezone.localdate()
    entry(at, "patrol", on=today, now=now, title="算数")
    wrong = entry(at, "patrol", on=today, now=now, title="重复登记")
    withdraw_entry(**at.by(at.ours, now), entry=wrong, reason="重复")
    span = {"first": f"{today.year}-01-01", "last": str(today)}
    rows = visit(at.ours).get(reverse("water_log", args=["patrol"]), span)
    sheet = visit(at.ours).post(reverse("water_export", args=["patrol"]), span)
    held = [str(cell) for row in _cells(sheet.content) for cell in row]
    assert [one.title for one in rows.context["page"]] == ["算数"]
    assert ("算数" in held, "重复登记" in held) == (True, False)


def _cells(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_the_template_names_the_sections_and_comes_in_once_filled(
    at: River, campaigns: tuple[Campaign, Campaign], visit: Visit
) -> None:
    found, now = campaigns[1], timezone.now()
    page = visit(at.ours).get(reverse("water_samples_template", args=[found.pk]))
    book = openpyxl.load_workbook(io.BytesIO(page.content))
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if any(one.value == "断面" for one in row))
    assert "氨氮(mg/L)" in [one.value for one in head]
    filled = FULL | {"laboratory": "示例甲站", "on": str(timezone.localdate()), "cod": "<4"}
    labels = {say(one.label): one.name for one in vocabulary("samples").fields}
    for cell in head:
        if text := filled.get(labels[str(cell.value).partition("(")[0]]):
            sheet.cell(head[0].row + 1, cell.column, text)
    buffer = io.BytesIO()
    book.save(buffer)
    sent = check_sheet(**at.by(at.ours, now), what="samples", mine=at.home, campaign=found,
                       file_name="样品.xlsx", data=buffer.getvalue())  # fmt: skip
    assert (sent.problems, len(sent.rows)) == ([], 1)
    apply_sheet(**at.by(at.ours, now), sheet=sent)
    assert planned(found).samples.get().values["cod"] == "<4"


def test_partners_bring_no_workbook_of_sections(at: River, visit: Visit) -> None:
    page = reverse("water_books", args=["sections"])
    assert visit(at.theirs).get(page).status_code == 403
    assert visit(at.theirs).get(reverse("water_books", args=["patrol"])).status_code == 200


def test_only_a_side_of_a_section_plans(
    at: River, visit: Visit, make_user: Callable[..., User], committee: Unit
) -> None:
    other = make_user("bieren", Role.HANDLER, committee)
    assert visit(other).get(reverse("waters")).status_code == 200
    assert visit(other).get(reverse("water_campaign_new")).status_code == 403
    assert visit(at.theirs).get(reverse("water_campaign_new")).status_code == 200


def test_a_quarter_nobody_planned_stands_on_the_desk_and_is_proposed(
    at: River, visit: Visit
) -> None:
    now, today = timezone.now(), timezone.localdate()
    first = next(iter(items(Asker(at.theirs, now, today, today))))
    assert (first.href, str(quarter_of(today).year) in first.title) == (
        reverse("water_campaign_new"), True)  # fmt: skip
    form = visit(at.ours).get(first.href)
    assert form.status_code == 200
    assert "本季度联合监测尚未安排" in _read(visit, at.ours, "waters")


def test_a_plan_proposes_working_days_of_the_quarter_that_is_left() -> None:
    late = proposal(Quarter(2026, 4), dt.date(2026, 11, 22))
    assert (late["quarter"], late["sample_on"]) == ("2026Q4", dt.date(2026, 11, 23))
    over = proposal(Quarter(2026, 2), dt.date(2026, 7, 1))
    assert over["quarter"] == "2026Q3"
    assert over["sample_on"] > dt.date(2026, 8, 1)


def test_what_waits_stands_on_the_desk(at: River, campaigns: tuple[Campaign, Campaign]) -> None:
    now, today = timezone.now(), timezone.localdate()
    found = campaigns[1]
    both(at, found, now, lock=False)
    entry(at, "exchange", at.theirs, now, on=today)
    asker = Asker(at.ours, now, today, found.enter_by)
    assert [one.href for one in items(asker)] == [
        reverse("water_campaign", args=[found.pk]),
        reverse("water_entry", args=["exchange", at.border.log.get().pk]),
    ]  # fmt: skip


def test_pictures_have_their_table_and_gaps_where_nothing_is(
    at: River, campaigns: tuple[Campaign, Campaign]
) -> None:
    today = timezone.localdate()
    result = standing_of(campaigns[0], today).results[0]
    ammonia = next(one for one in standard().items if one.id == "ammonia")
    said = source(today, synthetic=True)
    drawn = trend(at.border, ammonia, [(Quarter(2026, 1), result), (Quarter(2026, 2), None),
                                       (Quarter(2026, 3), result)], said)  # fmt: skip
    assert len(drawn.twin.rows) == 3
    assert len(drawn.scene.marks) == 6
    assert not [one for one in drawn.scene.strokes if one.look == "edge"]  # no line over the gap
    assert any("≤0.5" in str(label.text) for label in drawn.scene.labels)
    there = section_map(
        [one for one in compliance(today) if one.quarter == quarter_of(today)], said
    )
    assert len(there.twin.rows) == len(there.scene.marks) == 1  # both sections are at one place
