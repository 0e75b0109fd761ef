"""What the pages of a chain say, and what they refuse: numbers with rows, days, files, heads."""

import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from openzone.packs.chains import chain_files
from openzone.zone.audit.models import Event
from openzone.zone.chains.models import ChainFocus, ChainRelease
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.models import Lead
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.leads import record_lead
from tests.www.addresses import chains
from tests.www.conftest import Zone
from tests.zone.chains.placed import CHAIN, TESTS

pytestmark = pytest.mark.django_db
AT = f"/chains/{CHAIN}/"


@pytest.fixture
def boss(
    zone: Zone, office: Unit, make_user: Callable[..., User], visit: Callable[..., Client]
) -> Client:
    """Somebody who decides about chains, where firms stand in one."""
    zone.of_areas.update(chains.numbers(zone))
    return visit(make_user("boss", Role.CENTRE, office))


def _said(client: Client, path: str, status: int = 200) -> str:
    answered = client.get(path)
    assert answered.status_code == status
    return answered.content.decode()


def _lead(zone: Zone, today: Any, **given: Any) -> Lead:
    now = timezone.now()
    firm = record_investor(actor=TESTS, name="示例正极投资方", now=now, synthetic=True)
    return record_lead(
        actor=TESTS, investor=firm, title="示例正极线索", source="chain", received_on=today,
        now=now, unit=zone.charge.unit, **given,
    )  # fmt: skip


@pytest.mark.parametrize("show", ["covered", "links", "firms", "leaders", "fill", "extend",
                                  "strengthen", "apart", "critical", "made", "closed",
                                  "untouched"])  # fmt: skip
def test_every_number_leads_to_the_rows_it_counts(boss: Client, show: str) -> None:
    answered = boss.get(AT, {"show": show})
    rows, numbers = answered.context["rows"], answered.context["numbers"]
    value = {one.id: (one, made_of) for one, _href, made_of in numbers}
    if show in ("covered", "links", "closed"):  # all of them are shown, each with how it stands
        assert len(rows) == int(value[show][1].partition("/")[2])
    elif show != "untouched":
        assert len(rows) == value[show][0].value
    assert all(one.label for one in rows)


def test_no_row_is_shown_of_a_number_that_is_none(boss: Client) -> None:
    assert boss.get(AT, {"show": "moon"}).context["rows"] is None


def test_a_lead_aimed_at_a_gap_stands_beside_it_and_the_gap_is_touched(
    boss: Client, zone: Zone, today: Any
) -> None:
    before = {one.label for one in boss.get(AT, {"show": "untouched"}).context["rows"]}
    lead = _lead(zone, today, chain=CHAIN, node="正极材料")
    after = {one.label for one in boss.get(AT, {"show": "untouched"}).context["rows"]}
    assert before - after == {"正极材料"}
    page = _said(boss, f"{AT}nodes/cathode/")
    assert lead.number in page
    offers = boss.get(f"{AT}what-if/").context["offers"]
    assert [one.label for one in offers] == ["示例正极线索"]
    assert "“示例正极投资方”落户“正极材料”" in _said(boss, offers[0].href)


def test_who_may_not_see_a_lead_reads_only_that_the_gap_is_touched(
    boss: Client, zone: Zone, today: Any, make_user: Callable[..., User], committee: Unit,
    visit: Callable[..., Client],
) -> None:  # fmt: skip
    lead = _lead(zone, today, chain=CHAIN, node="cathode")
    elsewhere = visit(make_user("elsewhere", Role.HANDLER, committee))
    assert lead.number not in _said(elsewhere, f"{AT}nodes/cathode/")
    rows = elsewhere.get(AT, {"show": "untouched"}).context["rows"]
    assert "正极材料" not in {one.label for one in rows}


def test_the_actions_beside_a_gap_begin_what_they_are_for(boss: Client) -> None:
    query = boss.get(AT).context["tables"][0].rows[0]
    lead = boss.get(f"/promotion/leads/new/?{query.lead_query}")
    assert lead.context["form"]["node"].value() == "cathode"
    assert "上游有锂盐" in lead.context["form"]["gap_reason"].value()
    assert query.case_query in _said(boss, f"/cases/new/?{query.case_query}").replace("&amp;", "&")


def test_a_day_before_the_first_firm_shows_a_chain_of_nobody(boss: Client) -> None:
    page = _said(boss, f"{AT}?as_of=2026-01-31")
    assert "这条链上还没有归入企业" in page
    known = boss.get(AT, {"known": "2026-01-31"})
    assert known.context["reading"].names == {}


def test_the_report_is_one_in_excel_word_and_pdf(boss: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(boss.post(f"{AT}files/excel/").content))
    assert book.sheetnames[0] == "链上指标"
    cells = {row[1] for row in book["环节与企业"].iter_rows(values_only=True)}
    assert {"正极材料", "电芯"} <= cells
    file = Document(io.BytesIO(boss.post(f"{AT}files/word/").content))
    told = "\n".join(cell.text for table in file.tables for row in table.rows for cell in row.cells)
    assert "缺；上游有锂盐、前驱体，下游有电芯" in told
    assert boss.post(f"{AT}files/pdf/").content.startswith(b"%PDF")
    log = Event.objects.filter(action="registry.exported", subject=f"chain:{CHAIN}")
    kinds = [json.loads(event.payload)["kind"] for event in log.order_by("seq")]
    assert kinds == ["excel", "word", "pdf"]


def test_two_days_beside_each_other_say_who_came(boss: Client) -> None:
    asked = {"first_on": "2026-01-31", "second_on": "2026-03-01"}
    found = boss.get(f"{AT}compare/", asked).context["pair"].found
    assert (len(found.came), found.went) == (6, ())
    book = boss.post(f"{AT}compare/export/", asked).content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert any("示例回收有限公司" in str(row) for row in sheet.iter_rows(values_only=True))


def test_a_chain_is_not_read_on_a_day_before_its_first_version(boss: Client, zone: Zone) -> None:
    text = chain_files(None)[CHAIN].read_text().replace("id: lithium_battery", "id: low_altitude")
    ChainRelease.objects.create(
        chain="low_altitude", number=1, title="示例", text=text, digest="x", note="新画",
        valid_from=dt.date(2026, 3, 1), drafted_by="a", approved_by="b",
        published_at=timezone.now(),
    )  # fmt: skip
    path = "/chains/low_altitude/"
    assert boss.get(f"{path}?as_of=2026-02-28").status_code == 404
    first = boss.get(f"{path}compare/").context["pair"].first
    assert first.on == dt.date(2026, 3, 1)
    early = boss.get(f"{path}compare/", {"first_on": "2026-02-28"})
    assert early.status_code == 400
    assert "2026-03-01" in str(early.context["form"].errors["first_on"])


def test_a_part_of_the_zone_and_another_zone_are_read_apart(boss: Client, zone: Zone) -> None:
    of_park = boss.get(f"{AT}compare/", {"first": f"place-{zone.park.pk}"}).context["pair"]
    assert of_park.first.reading.names == of_park.second.reading.names
    other = boss.get(f"{AT}compare/", {"first": f"peer-{zone.of_areas['c_list']}"})
    assert "示例年鉴2025" in other.content.decode()
    assert other.context["pair"].found.lost == ("cathode",)


def test_a_what_if_is_all_in_its_address_and_can_be_taken_apart(boss: Client) -> None:
    path = f"{AT}what-if/"
    sent = boss.get(path, {"what": "add", "firm": "示例新厂", "to": "正极材料"})
    assert sent.status_code == 302
    first = boss.get(sent["Location"])
    assert first.context["found"].result.filled == ("cathode",)
    again = {"what": "lose", "firm": "示例前驱体有限公司", "add": "示例新厂:cathode"}
    both = boss.get(boss.get(path, again)["Location"])
    assert both.context["found"].result.opened == ("precursor",)
    without = boss.get(both.context["steps"][0].without)
    assert without.context["found"].result.filled == ()


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"what": "lose", "firm": "不在册的"}, "不在册"),
        ({"what": "add", "firm": "新厂", "to": "月球"}, "不是本链环节"),
        ({"what": "move", "firm": "示例前驱体有限公司", "to": "电芯"}, "请填写原环节"),
        ({"add": "新厂"}, "不是一项变动"),
        ({"lead": "7:cathode"}, "没有编号为7的线索"),
    ],
)
def test_a_what_if_that_cannot_be_says_why(
    boss: Client, asked: dict[str, str], reason: str
) -> None:
    answered = boss.get(f"{AT}what-if/", asked)
    assert answered.status_code == 400
    assert reason in answered.content.decode()


def test_the_head_is_named_by_who_decides_and_shows_on_every_page(boss: Client) -> None:
    head = {"head": "示例副市长", "unit": "office", "force": "示例专班", "on": "2026-03-02",
            "seen": "0"}  # fmt: skip
    assert boss.post(f"{AT}head/", head).status_code == 302
    assert "示例副市长" in _said(boss, "/chains/")
    assert "示例专班" in _said(boss, AT)
    second = boss.post(f"{AT}head/", {**head, "head": "另一位"})
    assert second.status_code == 400
    assert "已由boss于" in second.content.decode()
    assert boss.post(f"{AT}head/end/", {"on": "2026-04-01"}).status_code == 302
    assert ChainFocus.objects.get().valid_to is not None


def test_a_wrong_list_of_another_zone_is_refused_with_its_row(boss: Client) -> None:
    file = io.BytesIO("企业名称,链条环节\n甲公司,月球\n".encode())
    file.name = "邻区.csv"
    given = {"peer": "邻区", "chain": CHAIN, "source": "年鉴", "as_of": "2026-01-01", "file": file}
    answered = boss.post("/chains/zones/new/", given)
    assert answered.status_code == 400
    assert "第2行：“月球”不是“锂离子电池产业链”的环节" in answered.content.decode()


def test_the_board_is_sorted_as_asked(boss: Client) -> None:
    def order(name: str) -> list[str]:
        lines = boss.get("/chains/", {"sort": name}).context["lines"]
        return [one.line.reading.chain.id for one in lines]

    assert order("coverage")[0] == CHAIN
    assert order("firms")[0] == CHAIN
    assert sorted(order("nonsense")) == sorted(order("gaps"))


def test_the_leaders_summary_counts_what_its_links_show(boss: Client) -> None:
    row = next(one for one in boss.get("/overview/").context["chains"] if one.href == AT)
    for cell in (row.fill, row.untouched):
        assert len(boss.get(cell.href).context["rows"]) == cell.number
