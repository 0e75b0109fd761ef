"""A zone's workbook goes in as it is; twice changes nothing."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import BatchStatus
from openzone.zone.registry.imports.apply import apply_batch
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.decisions import assign_columns
from openzone.zone.registry.imports.marking import marked_workbook
from openzone.zone.registry.imports.receiving import receive_upload
from openzone.zone.registry.models import Enterprise, Fact, ImportBatch, Source
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.registry.selectors.search import search
from tests.factories import TESTS, make_uscc
from tests.zone.registry.importing import (
    CODE,
    JUNE,
    MARCH,
    NAME,
    apply,
    check,
    codes,
    row,
    upload,
    values,
)
from tests.zone.registry.workbooks import workbook

pytestmark = pytest.mark.django_db


class TestIntoAnEmptyRecord:
    def test_the_figures_arrive_in_base_units_with_source_and_place(self) -> None:
        apply(check(workbook([row()])))
        firm = Enterprise.objects.get()
        assert (firm.name, firm.uscc) == (NAME, CODE)
        known = facts_of(firm, MARCH)
        revenue = known["revenue_y1"]
        assert revenue.value == Decimal(12_345_000)
        assert (revenue.original, revenue.locator) == ("1234.5", "台账!E3")
        assert revenue.period.last == dt.date(2025, 12, 31)
        assert revenue.source is not None
        assert revenue.source.file_name == "台账.xlsx"
        assert (known["industry"].value, known["employees"].value) == ("C3841", 120)

    def test_the_enterprises_are_found_at_once(self) -> None:
        apply(check(workbook([row()])))
        assert [firm.name for firm in search("hfjndc")] == [NAME]
        assert Enterprise.objects.get().industry == "C3841"

    def test_checking_writes_nothing_to_the_record(self) -> None:
        batch = check(workbook([row(), row("合肥星舟软件有限公司", make_uscc(2))]))
        assert batch.status == BatchStatus.CHECKED
        assert (Enterprise.objects.count(), Fact.objects.count(), Source.objects.count()) == (
            0,
            0,
            0,
        )
        assert batch.counts["enterprises_new"] == 2
        assert batch.counts["facts_new"] == 6

    def test_an_empty_cell_states_nothing(self) -> None:
        apply(check(workbook([row(revenue="无", employees="—", industry=None)])))
        assert values(Enterprise.objects.get()) == {}

    def test_what_is_approximate_stays_so(self) -> None:
        apply(check(workbook([row(revenue="约300万元")])))
        known = facts_of(Enterprise.objects.get(), MARCH)["revenue_y1"]
        assert (known.value, known.approx, known.original) == (3_000_000, "约", "约300万元")

    def test_synthetic_files_make_synthetic_enterprises(self) -> None:
        batch = apply(check(workbook([row()]), synthetic=True))
        assert Enterprise.objects.get().synthetic
        assert batch.source.kind == "synthetic"

    def test_the_log_tells_the_three_steps(self) -> None:
        apply(check(workbook([row()])))
        actions = Event.objects.order_by("seq").values_list("action", flat=True)
        assert list(actions) == [
            "registry.import.received", "registry.import.checked", "registry.import.applied",
        ]  # fmt: skip

    def test_a_workbook_of_two_sheets_is_one_enterprise(self) -> None:
        data = workbook([row()], 研发=(("企业名称", "2025年研发费用(万元)"), [[NAME, 56.7]]))
        apply(check(data))
        assert values(Enterprise.objects.get())["rd_expense_y1"] == 567_000

    def test_csv_in_gbk_goes_the_same_way(self) -> None:
        text = f"企业名称,统一社会信用代码,从业人员\n{NAME},{CODE},120\n"
        apply(check(text.encode("gbk"), "台账.csv"))
        assert values(Enterprise.objects.get()) == {"employees": 120}

    def test_a_path_on_the_server_can_be_imported(self, tmp_path: Path) -> None:
        path = tmp_path / "台账.xlsx"
        path.write_bytes(workbook([row()]))
        batch = receive_upload(actor=TESTS, file_name=path.name, data=path, as_of=MARCH)
        assert check_batch(actor=TESTS, batch=batch).counts["good"] == 1


class TestAgain:
    def test_importing_twice_changes_nothing(self) -> None:
        data = workbook([row(), row("合肥星舟软件有限公司", make_uscc(2), park="示例一园")])
        apply(check(data))
        facts, firms = list(Fact.objects.order_by("id").values()), Enterprise.objects.count()
        second = apply(check(data))
        assert list(Fact.objects.order_by("id").values()) == facts
        assert Enterprise.objects.count() == firms
        counts = second.counts
        assert (counts["facts_new"], counts["facts_changed"], counts["facts_same"]) == (0, 0, 7)
        assert (counts["enterprises_new"], counts["enterprises_known"]) == (0, 2)

    def test_a_changed_figure_is_a_new_row_and_the_old_one_stays(self) -> None:
        apply(check(workbook([row()])))
        batch = apply(check(workbook([row(revenue=1300)]), known_on=JUNE))
        firm = Enterprise.objects.get()
        assert batch.counts["facts_changed"] == 1
        assert facts_of(firm, MARCH)["revenue_y1"].value == 12_345_000
        assert facts_of(firm, MARCH, JUNE)["revenue_y1"].value == 13_000_000

    def test_an_older_workbook_that_comes_late_twice_still_adds_nothing_twice(self) -> None:
        apply(check(workbook([row(revenue=1300)]), known_on=JUNE))
        late = workbook([row(revenue=1200)])
        assert apply(check(late)).counts["facts_changed"] == 0
        assert apply(check(late)).counts["facts_same"] == 3
        assert facts_of(Enterprise.objects.get(), JUNE)["revenue_y1"].value == 13_000_000

    def test_a_file_is_applied_once(self) -> None:
        batch = apply(check(workbook([row()])))
        with pytest.raises(Refused, match="已检查"):
            apply(batch)
        with pytest.raises(Refused, match="已经导入"):
            check_batch(actor=TESTS, batch=batch)


class TestGoodRowsFirst:
    DATA = workbook([row(), row("坏代码公司", "91340100000000000X")])

    def test_errors_stop_the_import_unless_the_good_rows_may_go_first(self) -> None:
        batch = check(self.DATA)
        with pytest.raises(Refused, match="1 处错误"):
            apply(batch)
        assert Fact.objects.count() == 0

    def test_good_rows_go_in_while_bad_ones_wait(self) -> None:
        batch = apply(check(self.DATA), good_rows_only=True)
        assert batch.status == BatchStatus.PARTLY_APPLIED
        assert Enterprise.objects.get().name == NAME
        assert [r.applied for r in batch.rows.order_by("id")] == [True, False]

    def test_the_corrected_file_brings_only_the_rest(self) -> None:
        apply(check(self.DATA), good_rows_only=True)
        corrected = workbook([row(), row("坏代码公司", make_uscc(5))])
        counts = apply(check(corrected)).counts
        assert (counts["enterprises_new"], counts["facts_new"], counts["facts_same"]) == (1, 3, 3)

    def test_with_nothing_good_there_is_nothing_to_import(self) -> None:
        batch = check(workbook([row(code="坏")]))
        with pytest.raises(Refused, match="没有可以导入的行"):
            apply(batch, good_rows_only=True)

    def test_the_same_workbook_comes_back_with_the_problems_marked(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(marked_workbook(check(self.DATA))))
        sheet = book["台账"]
        assert sheet["B3"].value == NAME
        assert sheet["C4"].comment is not None
        assert "校验位" in sheet["C4"].comment.text
        assert len(book.sheetnames) == 2

    def test_a_marked_workbook_can_be_imported_again(self) -> None:
        marked = marked_workbook(check(self.DATA))
        assert check(marked).counts["good"] == 1


class TestDoor:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("空.xlsx", b""),
            ("图.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
            ("文.docx", b"%PDF-1.7"),
            ("网页.xls", b"<html><table></table></html>"),
        ],
    )
    def test_what_is_no_table_is_refused_and_nothing_is_kept(self, name: str, data: bytes) -> None:
        with pytest.raises(Refused) as refused:
            upload(data, name)
        assert refused.value.field == "file"
        assert (ImportBatch.objects.count(), Event.objects.count()) == (0, 0)

    def test_too_large_a_file_is_refused(self, settings: Any) -> None:
        settings.UPLOAD_LIMIT = 1000
        with pytest.raises(Refused, match="上限"):
            upload(workbook([row()]))

    def test_a_damaged_workbook_is_refused_with_the_reason(self) -> None:
        whole = workbook([row()])
        with pytest.raises(Refused):
            upload(whole[: len(whole) // 2])

    def test_nothing_is_known_before_the_day_it_speaks_of(self) -> None:
        with pytest.raises(Refused, match="早于"):
            upload(workbook([row()]), as_of=JUNE, known_on=MARCH)

    def test_the_future_is_not_imported(self) -> None:
        with pytest.raises(Refused, match="还没有到"):
            upload(workbook([row()]), as_of=dt.date(2999, 1, 1))

    def test_the_file_name_is_no_path(self) -> None:
        batch = upload(workbook([row()]), "../../etc/台账.xlsx")
        assert batch.file_name == "台账.xlsx"
        assert ".." not in batch.file.name


class TestMapping:
    def test_a_column_can_be_assigned_by_hand_and_checked_anew(self) -> None:
        data = workbook([[NAME, 120]], headers=("企业名称", "人头数量"))
        batch = check(data)
        assert "column_unknown" in codes(batch)
        batch = assign_columns(actor=TESTS, batch=batch, assigned={"B": "employees"})
        batch = check_batch(actor=TESTS, batch=batch)
        assert {c["column"]: c["fact"] for c in batch.mapping} == {"A": "name", "B": "employees"}
        apply(batch)
        assert values(Enterprise.objects.get()) == {"employees": 120}

    def test_a_column_can_be_left_out(self) -> None:
        batch = check(workbook([row()]))
        batch = assign_columns(actor=TESTS, batch=batch, assigned={"E": None})
        apply(check_batch(actor=TESTS, batch=batch))
        assert "revenue_y1" not in values(Enterprise.objects.get())

    def test_a_name_that_is_no_fact_is_told(self) -> None:
        batch = check(workbook([row()]), assigned={"E": "no_such_fact"})
        assert "mapping_unknown" in codes(batch)


def test_progress_is_told_from_reading_to_writing() -> None:
    told: list[tuple[int, int, str]] = []

    def listen(done: int, total: int, text: Any) -> None:
        told.append((done, total, text.en))

    batch = check_batch(actor=TESTS, batch=upload(workbook([row()])), on_progress=listen)
    apply_batch(actor=TESTS, batch=batch, on_progress=listen)
    assert list(dict.fromkeys(text for *_, text in told)) == [
        "reading the file", "finding the enterprises", "storing what was found",
        "comparing with the record", "writing to the record",
    ]  # fmt: skip
    assert all(done <= total for done, total, _ in told)


def test_a_fault_of_ours_leaves_the_upload_failed_and_the_record_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from openzone.zone.registry.imports import check as module

    def break_down(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(module, "compare_rows", break_down)
    batch = upload(workbook([row()]))
    with pytest.raises(RuntimeError):
        check_batch(actor=TESTS, batch=batch)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.FAILED
    monkeypatch.undo()
    assert check_batch(actor=TESTS, batch=batch).status == BatchStatus.CHECKED
