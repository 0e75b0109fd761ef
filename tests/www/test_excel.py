"""Exports are data only, complete, marked, and can be imported again."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from urllib.parse import unquote
from zipfile import ZipFile

import openpyxl
import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from openzone.www import excel
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.people.models import User
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.receiving import receive_upload
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise
from tests.www.conftest import Zone

Rows = list[tuple[object, ...]]


def table(*rows: tuple[excel.Cell, ...], synthetic: bool = False) -> excel.Table:
    return excel.Table(["a", "b"], rows, notes=["截至 2026-11-20"], synthetic=synthetic)


def read(content: bytes) -> Rows:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x","y")', "+86", "-1", "@SUM(A1)", "\t=1"]
)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    content = excel.workbook(table((text, None)))
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A3"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert b"<f>" not in ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_addresses_do_not_become_links() -> None:
    content = excel.workbook(table(("http://example.com", "mailto:a@b.cn")))
    assert b"hyperlink" not in ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_values_keep_their_types() -> None:
    with translation.override("zh-hans"):
        rows = read(excel.workbook(table((Decimal("12.5"), dt.date(2026, 4, 1)), (True, None))))
    (number, day), (truth, unknown) = rows[2:]
    assert (number, truth, unknown) == (12.5, "是", None)
    assert isinstance(day, dt.datetime)
    assert day.date() == dt.date(2026, 4, 1)


def test_a_number_too_long_for_excel_is_written_as_text() -> None:
    long = Decimal("1234567890123456.78")
    assert read(excel.workbook(table((long, 1))))[2] == (str(long), 1)


def test_synthetic_data_says_so_in_the_first_line() -> None:
    with translation.override("zh-hans"):
        rows = read(excel.workbook(table((1, 2), synthetic=True)))
    assert str(rows[0][0]).startswith("示例")
    assert rows[1][0] == "截至 2026-11-20"


@pytest.mark.django_db
class TestOfTheRecord:
    @pytest.fixture
    def client(self, zone: Zone, admin: User, visit: Callable[[User | None], Client]) -> Client:
        return visit(admin)

    def test_the_list_of_enterprises_has_every_fact_but_the_sensitive(
        self, client: Client, zone: Zone
    ) -> None:
        rows = read(client.post("/enterprises/export/", {"as_of": "2026-11-20"}).content)
        header = rows[2]
        by_name = {row[header.index("企业名称")]: row for row in rows[3:]}
        assert set(by_name) == {zone.near.name, zone.other.name}
        assert by_name[zone.near.name][header.index("营业收入(上年度)(元)")] == 399_999_500
        assert by_name[zone.other.name][header.index("营业收入(上年度)(元)")] is None
        assert "联系电话" not in header

    def test_filters_narrow_an_export(self, client: Client, zone: Zone) -> None:
        rows = read(client.post("/enterprises/export/", {"q": "有限公司"}).content)
        assert len(rows) == 4

    def test_an_export_is_logged_with_its_filters(self, client: Client) -> None:
        client.post("/enterprises/export/", {"q": "有限公司", "as_of": "2026-11-20"})
        event = Event.objects.get(action="registry.exported")
        assert event.details == {"as_of": "2026-11-20", "q": "有限公司", "rows": 1}
        assert event.actor_label == "admin"

    def test_too_long_a_list_is_refused_with_the_limit(
        self, client: Client, settings: Settings
    ) -> None:
        settings.EXPORT_LIMIT = 1
        response = client.post("/enterprises/export/")
        assert response.status_code == 409
        assert "最多导出 1 行" in response.content.decode()
        assert not Event.objects.filter(action="registry.exported").exists()

    def test_an_export_can_be_imported_again_and_changes_nothing(
        self, client: Client, actor: Actor
    ) -> None:
        day = dt.date(2026, 11, 20)
        content = client.post("/enterprises/export/", {"as_of": day.isoformat()}).content
        received = receive_upload(
            actor=actor, file_name="示例_企业.xlsx", data=content, as_of=day, synthetic=True
        )
        checked = check_batch(actor=actor, batch=received)
        counts = {name: checked.counts[name] for name in ("facts_new", "facts_changed", "errors")}
        assert counts == {"facts_new": 0, "facts_changed": 0, "errors": 0}
        assert checked.counts["enterprises_known"] == 2
        assert checked.counts["facts_same"] > 8

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    @pytest.mark.parametrize(
        "path",
        [
            "/enterprises/export/",
            "/enterprises/{near}/export/",
            "/enterprises/{near}/rules/export/",
            "/rules/export/",
            "/rules/cn.tech_sme/export/",
            "/figures/published/export/",
            "/people/export/",
            "/audit/export/",
            "/imports/{batch}/workbook/",
        ],
    )
    def test_the_name_of_every_file_of_an_example_zone_says_so_in_both_languages(
        self, client: Client, zone: Zone, path: str, language: str
    ) -> None:
        client.cookies["django_language"] = language
        answer = client.post(path.format(**zone.numbers))
        assert unquote(answer["Content-Disposition"]).startswith(
            "attachment; filename*=utf-8''示例_"
        )
        if "workbook" not in path:
            above = str(read(answer.content)[:2])
            assert "示例" in above
            assert ("Example" in above) == (language == "en")

    def test_one_synthetic_enterprise_in_a_list_marks_the_list(
        self, client: Client, zone: Zone, actor: Actor
    ) -> None:
        create_enterprise(actor=actor, name="合肥精密机械有限公司")
        found = Enterprise.objects.order_by("synthetic", "pk")
        assert not found.first().synthetic  # type: ignore[union-attr]
        assert excel.record_table(found, dt.date(2026, 11, 20)).synthetic
        real = found.filter(synthetic=False)
        assert not excel.record_table(real, dt.date(2026, 11, 20)).synthetic

    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ("/enterprises/{near}/export/", "营业收入(上年度)"),
            ("/enterprises/{near}/rules/export/", "科技型中小企业评价"),
            ("/rules/export/", "高新技术企业认定"),
            ("/rules/cn.tech_sme/export/", "科技型中小企业评价"),
            ("/figures/published/export/", "宝鸡"),
            ("/people/export/", "admin"),
            ("/audit/export/", "新增企业"),
        ],
    )
    def test_every_other_list_is_exported_and_logged_too(
        self, client: Client, zone: Zone, path: str, words: str
    ) -> None:
        rows = read(client.post(path.format(**zone.numbers)).content)
        assert any(words in str(cell) for row in rows for cell in row)
        assert Event.objects.filter(action="registry.exported").count() == 1

    def test_what_is_hidden_on_the_page_is_not_in_its_export(
        self, client: Client, zone: Zone
    ) -> None:
        page = f"/enterprises/{zone.near.pk}/export/"
        assert "0551-00000000" not in str(read(client.post(page).content))

    def test_an_enterprise_takes_its_own_hidden_values_away(
        self, zone: Zone, visit: Callable[[User | None], Client], enterprise_owner: User
    ) -> None:
        page = f"/enterprises/{zone.near.pk}/export/"
        assert "0551-00000000" in str(read(visit(enterprise_owner).post(page).content))
