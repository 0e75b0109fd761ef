"""A zone's workbook goes in as it is; every problem is named; twice changes nothing."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import BatchStatus, LinkBasis, NameKind, RowState
from openzone.zone.registry.imports.apply import apply_batch
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.decisions import assign_columns, discard_upload
from openzone.zone.registry.imports.marking import marked_workbook, problems_of
from openzone.zone.registry.imports.receiving import receive_upload
from openzone.zone.registry.models import Enterprise, EnterpriseName, Fact, ImportBatch, Source
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.registry.selectors.search import search
from openzone.zone.registry.services.enterprises import add_name
from openzone.zone.registry.services.merges import merge
from tests.factories import TESTS, make_enterprise, make_place, make_uscc, state
from tests.zone.registry.workbooks import workbook

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 31)
JUNE = dt.date(2026, 6, 30)
NAME = "合肥晶能电池科技有限公司"
CODE = make_uscc(1)


def upload(data: bytes, name: str = "台账.xlsx", **more: Any) -> ImportBatch:
    return receive_upload(actor=TESTS, file_name=name, data=data, **{"as_of": MARCH} | more)


def check(data: bytes, name: str = "台账.xlsx", **more: Any) -> ImportBatch:
    return check_batch(actor=TESTS, batch=upload(data, name, **more))


def apply(batch: ImportBatch, *, good_rows_only: bool = False) -> ImportBatch:
    return apply_batch(actor=TESTS, batch=batch, good_rows_only=good_rows_only)


def row(name: str = NAME, code: str | None = CODE, **cells: Any) -> list[Any]:
    """A row under the headers of ``workbook``."""
    given = {"industry": "C3841", "revenue": 1234.5, "employees": 120, "park": None} | cells
    return [1, name, code, *given.values()]


def codes(batch: ImportBatch) -> set[str]:
    return {problem.code for problem in problems_of(batch)}


def values(firm: Enterprise, as_of: dt.date = MARCH) -> dict[str, object]:
    known = facts_of(firm, as_of)
    return {name: fact.value for name, fact in known.items() if fact.row is not None}


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


class TestLinking:
    @pytest.mark.parametrize(
        ("known", "name", "code", "basis"),
        [
            ({"uscc": CODE}, NAME, CODE, LinkBasis.USCC),
            ({"uscc": CODE}, NAME, None, LinkBasis.NAME),
            ({}, NAME, CODE, LinkBasis.NAME),
            ({}, "合肥晶能电池科技有限公司 ", None, LinkBasis.NAME),
            ({"external_id": CODE}, NAME, None, LinkBasis.NAME),
            ({}, "安徽另外一家商贸有限公司", None, LinkBasis.NEW),
        ],
    )
    def test_by_code_then_number_then_exact_name(
        self, known: dict[str, str], name: str, code: str | None, basis: LinkBasis
    ) -> None:
        firm = make_enterprise(NAME, **known)
        batch = check(workbook([row(name, code)]))
        staged = batch.rows.get()
        assert staged.link == basis
        assert staged.enterprise == (None if basis is LinkBasis.NEW else firm)

    def test_by_own_number(self) -> None:
        firm = make_enterprise(NAME, external_id="QY-7")
        data = workbook([["QY-7", 5]], headers=("企业编号", "从业人员"))
        assert check(data).rows.get().enterprise == firm

    def test_a_credit_code_among_the_own_numbers_is_read_as_one(self) -> None:
        firm = make_enterprise(NAME, uscc=CODE)
        data = workbook([[CODE, 5]], headers=("企业编号", "从业人员"))
        assert check(data).rows.get().link == LinkBasis.USCC
        assert check(data).rows.get().enterprise == firm

    def test_by_a_former_name(self) -> None:
        firm = make_enterprise("合肥新名电池有限公司")
        add_name(actor=TESTS, enterprise=firm, name=NAME, kind=NameKind.FORMER)
        assert check(workbook([row()])).rows.get().enterprise == firm

    def test_brackets_and_blanks_do_not_make_another_name(self) -> None:
        firm = make_enterprise("晶能电池（合肥）有限公司")
        assert check(workbook([row("晶能电池 (合肥)有限公司")])).rows.get().enterprise == firm

    def test_what_was_merged_leads_to_the_survivor(self) -> None:
        survivor, absorbed = make_enterprise("留下的", uscc=make_uscc(8)), make_enterprise(NAME)
        merge(actor=TESTS, survivor=survivor, absorbed=absorbed, reason="同一家")
        apply(check(workbook([row(code=None)])))
        assert values(survivor)["employees"] == 120

    def test_blanks_are_filled_and_nothing_is_replaced(self) -> None:
        park = make_place("示例一园")
        firm = make_enterprise(NAME, short_name="晶能")
        headers = ("企业名称", "统一社会信用代码", "企业简称", "曾用名", "所在园区")
        data = workbook([[NAME, CODE, "晶能电池", "合肥小舟厂、合肥大舟厂", "示例一园"]], headers)
        apply(check(data))
        firm.refresh_from_db()
        assert (firm.uscc, firm.place, firm.short_name) == (CODE, park, "晶能")
        names = set(EnterpriseName.objects.values_list("kind", "name"))
        assert names == {("short", "晶能电池"), ("former", "合肥小舟厂"), ("former", "合肥大舟厂")}
        assert list(search("大舟")) == [firm]

    def test_filling_again_adds_nothing(self) -> None:
        headers = ("企业名称", "企业简称", "曾用名")
        data = workbook([[NAME, "晶能", "合肥小舟厂"]], headers)
        apply(check(data))
        apply(check(data))
        assert EnterpriseName.objects.count() == 1

    def test_the_same_name_with_another_code_waits_for_a_person(self) -> None:
        make_enterprise(NAME, uscc=make_uscc(9))
        batch = check(workbook([row()]))
        assert batch.rows.get().state == RowState.BAD
        assert codes(batch) == {"code_conflict"}

    def test_code_and_number_of_two_enterprises_wait_for_a_person(self) -> None:
        make_enterprise("第一家", uscc=CODE)
        make_enterprise("第二家", external_id="QY-2")
        headers = ("企业编号", "统一社会信用代码", "从业人员")
        batch = check(workbook([["QY-2", CODE, 3]], headers))
        assert codes(batch) == {"keys_disagree"}

    def test_a_name_that_several_have_waits_for_a_code(self) -> None:
        make_enterprise(NAME)
        make_enterprise(NAME)
        assert codes(check(workbook([row(code=None)]))) == {"name_ambiguous"}

    def test_another_name_under_a_known_code_is_told_and_not_taken(self) -> None:
        firm = make_enterprise("合肥旧名电池有限公司", uscc=CODE)
        batch = check(workbook([row()]))
        assert batch.rows.get().state == RowState.REVIEW
        assert codes(batch) == {"name_differs"}
        apply(batch)
        firm.refresh_from_db()
        assert firm.name == "合肥旧名电池有限公司"

    @pytest.mark.parametrize("near", ["合肥精能电池科技有限公司", "晶能电池科技(合肥)有限公司"])
    def test_a_name_close_to_one_on_record_is_told_and_never_merged(self, near: str) -> None:
        make_enterprise(near)
        batch = check(workbook([row()]))
        (problem,) = problems_of(batch)
        assert (problem.code, problem.column, near in problem.reason.zh) == ("similar", "B", True)
        apply(batch)
        assert Enterprise.objects.count() == 2

    def test_a_name_close_to_one_in_the_same_file_is_told(self) -> None:
        batch = check(workbook([row(), row("合肥精能电池科技有限公司", make_uscc(2))]))
        assert [r.state for r in batch.rows.order_by("id")] == [RowState.GOOD, RowState.REVIEW]

    def test_the_same_brand_in_another_place_is_another_enterprise(self) -> None:
        batch = check(workbook([row(), row("成都晶能电池科技有限公司", make_uscc(2))]))
        assert [r.state for r in batch.rows.order_by("id")] == [RowState.GOOD, RowState.GOOD]


class TestProblems:
    @pytest.mark.parametrize(
        ("cells", "code", "column"),
        [
            (row(code=CODE[:-1] + ("0" if CODE[-1] != "0" else "1")), "uscc_invalid", "C"),
            (row(industry="Z9999"), "industry_invalid", "D"),
            (row(revenue="=1+1"), "formula", "E"),
            (row(revenue="很多"), "number_unreadable", "E"),
            (row(name=None), None, None),
            (row(name=None, code=None), "name_missing", "B"),
            (row(name="长" * 201), "too_long", "B"),
        ],
    )
    def test_each_is_named_by_sheet_row_column_and_reason(
        self, cells: list[Any], code: str | None, column: str | None
    ) -> None:
        make_enterprise(NAME, uscc=CODE)
        batch = check(workbook([row("合肥无辜企业有限公司", make_uscc(3)), cells]))
        errors = [p for p in problems_of(batch) if p.severity == "error"]
        if code is None:
            assert errors == []
            return
        (found,) = (p for p in errors if p.row == 4)
        assert (found.code, found.sheet, found.column) == (code, "台账", column)
        assert found.reason.zh
        assert found.reason.en
        states = [r.state for r in batch.rows.order_by("id")]
        assert states == [RowState.GOOD, RowState.BAD]

    def test_industry_and_division_may_be_written_as_words(self) -> None:
        headers = ("企业名称", "行业代码", "登记地")
        apply(check(workbook([[NAME, "C3841 锂离子电池制造", "安徽省合肥市蜀山区"]], headers)))
        known = values(Enterprise.objects.get())
        assert (known["industry"], known["registered_in"]) == ("C3841", "340104")

    def test_an_unknown_park_is_kept_as_text_and_told(self) -> None:
        batch = check(workbook([row(park="没有的园区")]))
        assert codes(batch) == {"park_unknown"}
        apply(batch)
        assert values(Enterprise.objects.get())["park"] == "没有的园区"
        assert Enterprise.objects.get().place is None

    def test_the_same_row_twice_is_taken_once(self) -> None:
        batch = check(workbook([row(), row()]))
        assert [r.state for r in batch.rows.order_by("id")] == [RowState.GOOD, RowState.REPEATED]
        assert apply(batch).status == BatchStatus.APPLIED
        assert Fact.objects.count() == 3

    def test_two_rows_that_contradict_each_other_both_wait(self) -> None:
        batch = check(workbook([row(), row(revenue=999)]))
        assert [r.state for r in batch.rows.order_by("id")] == [RowState.BAD, RowState.BAD]
        first, second = problems_of(batch)
        assert "第4行" in first.reason.zh
        assert "第3行" in second.reason.zh
        assert "营业收入" in first.reason.zh

    def test_a_figure_ten_thousand_times_last_years_is_told(self) -> None:
        firm = make_enterprise(NAME, uscc=CODE)
        state(firm, dt.date(2025, 3, 31), revenue_y1="12000000")
        batch = check(workbook([row(revenue=12_000_000)]))
        assert codes(batch) == {"unit_jump"}
        assert batch.rows.get().state == RowState.REVIEW

    def test_totals_and_notes_are_left_out_and_counted(self) -> None:
        batch = check(workbook([row(), [None, "合计", None, None, 9999, 1, None]]))
        assert batch.counts["rows"] == 1
        assert [(s["code"], s["count"]) for s in batch.counts["skipped"]] == [("total", 1)]

    def test_a_file_without_a_known_header_is_refused_with_the_reason(self) -> None:
        batch = check(workbook([["甲", "乙"]], headers=("张三", "李四"), title="通讯录"))
        assert batch.status == BatchStatus.REFUSED
        assert codes(batch) == {"no_header"}
        with pytest.raises(Refused):
            apply(batch)


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


class TestChangesMeanwhile:
    def test_an_enterprise_entered_after_the_check_is_not_entered_again(self) -> None:
        batch = check(workbook([row()]))
        firm = make_enterprise(NAME, uscc=CODE)
        assert apply(batch).counts["enterprises_new"] == 0
        assert values(firm)["employees"] == 120

    def test_a_fact_stated_after_the_check_is_not_stated_again(self) -> None:
        firm = make_enterprise(NAME, uscc=CODE)
        batch = check(workbook([row()]))
        state(firm, MARCH, employees=120)
        assert apply(batch).counts["facts_same"] == 1

    def test_a_row_that_no_longer_means_one_enterprise_stops_the_import(self) -> None:
        batch = check(workbook([row(code=None)]))
        make_enterprise(NAME)
        make_enterprise(NAME)
        with pytest.raises(Refused, match="重新检查"):
            apply(batch)
        assert Fact.objects.count() == 0

    def test_what_is_written_between_preparing_and_writing_is_seen(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two imports of the same new enterprise at once bring it once."""
        from openzone.zone.registry.imports import apply as module

        batch, rival = check(workbook([row()])), check(workbook([row()]))
        prepared = module._prepared
        calls = []

        def prepare_then_lose_the_race(one: ImportBatch, progress: Any) -> Any:
            plan = prepared(one, progress)
            if one.pk == batch.pk and not calls:
                calls.append(one)
                apply(rival)
            return plan

        monkeypatch.setattr(module, "_prepared", prepare_then_lose_the_race)
        assert apply(batch).counts["enterprises_new"] == 0
        assert Enterprise.objects.count() == 1
        assert Fact.objects.count() == 3

    def test_an_upload_put_aside_during_its_check_stays_aside(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from openzone.zone.registry.imports import check as module

        batch = upload(workbook([row()]))
        store = module._store

        def store_and_discard(*given: Any) -> None:
            store(*given)
            discard_upload(actor=TESTS, batch=batch)

        monkeypatch.setattr(module, "_store", store_and_discard)
        with pytest.raises(Refused, match="已经放弃"):
            check_batch(actor=TESTS, batch=batch)
        batch.refresh_from_db()
        assert batch.status == BatchStatus.DISCARDED


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
