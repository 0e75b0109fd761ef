"""Rows find the enterprise they speak of; nothing is merged by resemblance."""

from typing import Any

import pytest

from openzone.zone.errors import Refused
from openzone.zone.registry.enums import BatchStatus, LinkBasis, NameKind, RowState
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.decisions import discard_upload
from openzone.zone.registry.imports.marking import problems_of
from openzone.zone.registry.models import Enterprise, EnterpriseName, Fact, ImportBatch
from openzone.zone.registry.selectors.search import search
from openzone.zone.registry.services.enterprises import add_name
from openzone.zone.registry.services.merges import merge
from tests.factories import TESTS, make_enterprise, make_place, make_uscc, state
from tests.zone.registry.importing import (
    CODE,
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
