"""Workbooks row by row, files that read in again, SDMX-CSV, and who sees what a firm reported."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from openzone.zone.errors import Refused
from openzone.zone.indicators.models import Batch, Figure
from openzone.zone.indicators.permissions import (
    may_approve,
    may_decide,
    may_enter,
    may_list,
    may_see_batch,
    may_see_entity,
    visible,
)
from openzone.zone.indicators.selectors.batches import batches
from openzone.zone.indicators.selectors.behind import series_of
from openzone.zone.indicators.selectors.sdmx import COLUMNS, sdmx_csv
from openzone.zone.indicators.services.entities import attribute, change_entity
from openzone.zone.indicators.services.sheets import apply_sheet, check_sheet, discard_sheet
from openzone.zone.people.enums import Role
from openzone.zone.registry.enums import ChargeRole, StaffRole
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.people import add_staff, assign_person_in_charge
from tests.zone.indicators.figures_world import NOW, batch, recorded, row, zone

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def here(db, actor):
    return zone(actor)


@pytest.fixture
def chief(make_user, office):
    return make_user("chief", Role.STATISTICS, office)


def sheet(actor, text, **more):
    return check_sheet(actor=actor, file_name="月报.csv", data=text.encode(), now=NOW, **more)


class TestWorkbooks:
    def test_good_rows_become_one_batch_and_bad_ones_say_why(self, actor, here):
        found = sheet(actor, (
            "指标,对象,期间,数值,同比\n"
            "规上工业总产值,示例园区,2026年1-5月,77.7亿元,28.5%\n"
            "规上工业总产值,示例园区,2026年5月,19.3亩,\n"
            "幸福指数,示例园区,2026年5月,5,\n"
            "规上工业总产值,别处,2026年5月,5亿元,\n"
            "工业投资,示例园区,2026年1-5月,,\n"
        ))  # fmt: skip
        assert [one["period"] for one in found.rows] == ["2026年1-5月", "2026年1-5月"]
        problems = [from_json(one) for one in found.problems]
        told = [(one.row, one.reason.zh) for one in problems]
        assert [number for number, _ in told] == [3, 4, 5]
        assert "以元计" in told[0][1]
        assert "幸福指数" in told[1][1]
        assert "没有统计对象“别处”" in told[2][1]
        assert not Batch.objects.exists()
        made = apply_sheet(actor=actor, sheet=found, now=NOW).batch
        assert [one.given["value"] for one in made.rows.all()] == ["77.7亿元", "—"]
        with pytest.raises(Refused, match="已处理"):
            apply_sheet(actor=actor, sheet=found, now=NOW)

    def test_a_file_without_a_good_row_makes_no_batch(self, actor, here):
        found = sheet(actor, "指标,对象,期间,数值\n幸福指数,示例园区,2026,1\n")
        with pytest.raises(Refused):
            apply_sheet(actor=actor, sheet=found, now=NOW)
        discard_sheet(actor=actor, sheet=found)
        assert not Batch.objects.exists()


class TestSdmx:
    def test_every_vintage_is_a_row_with_its_key(self, actor, here, chief):
        recorded(actor, [
            row(here, "2026-01/2026-05", "近80亿元", growth="232%", published="2026-06-10",
                status="快报", rank="1", among="近郊区县"),
            row(here, "2026-05", "—"), row(here, "2025", "-5万元", quote="=1+1"),
            row(here, "2026-05", "1590万美元", "出口额"),
        ], chief)  # fmt: skip
        text = sdmx_csv(Figure.objects.select_related("entity", "source").order_by("pk"))
        first, missing, negative, dollars = csv.DictReader(io.StringIO(text))
        assert tuple(first) == COLUMNS
        assert first["STRUCTURE_ID"] == "OPENZONE:DF_FIGURES(1.1.0)"
        assert (first["TIME_PERIOD"], first["ACCUMULATION"], first["FREQ"]) == (
            "2026-05", "YTD", "M")  # fmt: skip
        assert (first["OBS_VALUE"], first["GROWTH_PUBLISHED"]) == ("8000000000", "232")
        assert (first["VINTAGE"], first["QUALIFIER"]) == ("2026-06-10", "近")
        assert (first["RANK"], first["RANK_AMONG"], missing["RANK_AMONG"]) == ("1", "近郊区县", "")
        assert (missing["OBS_VALUE"], missing["OBS_STATUS"]) == ("", "O")
        assert (negative["OBS_VALUE"], negative["TIME_PERIOD"]) == ("-50000", "2025")
        assert negative["AS_GIVEN"] == "'-5万元"
        assert (dollars["UNIT_MEASURE"], dollars["BASIS"]) == ("美元", "美元")


class TestSeries:
    def test_two_versions_of_a_definition_are_two_series(self, actor, here, chief):
        recorded(actor, [row(here, "2010", "100亿元"), row(here, "2011", "110亿元",
                 same_scope="是")], chief)  # fmt: skip
        old = series_of(here, "industrial_output", "500", TODAY, None)
        new = series_of(here, "industrial_output", "", TODAY, None)
        assert [str(one) for one in old.reading.track] == ["2010"]
        assert [str(one) for one in new.reading.track] == ["2011"]
        assert not [one for one in new.derived if one.kind == "level_growth"]

    def test_a_rank_names_ties_and_the_size_of_the_group(self, actor, here, chief):
        others = [zone(actor, name, "peer") for name in ("甲地", "乙地", "丙地")]
        values = ("5亿元", "9亿元", "5亿元", "1亿元")
        rows = [row(one, "2025", value)
                for one, value in zip((here, *others), values, strict=True)]  # fmt: skip
        recorded(actor, rows, chief)
        found = series_of(here, "industrial_output", "", TODAY, None, [one.pk for one in others])
        [rank] = [one for one in found.derived if one.kind == "rank"]
        assert (rank.value, rank.more["group"], rank.more["ties"]) == (Decimal(2), 4, 1)


class TestSight:
    @pytest.fixture
    def firm(self, actor):
        return create_enterprise(actor=actor, name="示例企业甲")

    @pytest.fixture
    def own(self, actor, firm):
        return zone(actor, "示例企业甲", "enterprise", enterprise=firm)

    def test_a_firm_itself_who_looks_after_it_and_statisticians_see_it(
        self, actor, firm, own, make_user, office, chief
    ):
        staff, keeper = make_user("staff"), make_user("keeper", Role.HANDLER, office)
        add_staff(actor=actor, user=staff, enterprise=firm, role=StaffRole.STAFF, valid_from=TODAY)
        assign_person_in_charge(
            actor=actor, subject=firm, user=keeper, role=ChargeRole.SERVICE_OFFICER,
            valid_from=TODAY,
        )  # fmt: skip
        for one in (staff, keeper, chief):
            assert may_see_entity(one, own, TODAY).allowed
            assert own in visible(one, TODAY)

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.LEADER, Role.CENTRE, Role.HANDLER])
    def test_nobody_else_of_the_zone_does(self, actor, own, make_user, office, chief, role):
        other = make_user("other", role, office)
        entered = batch(actor, [row(own, "2025", "3亿元", "营业收入")])
        assert not may_see_entity(other, own, TODAY).allowed
        assert own not in visible(other, TODAY)
        assert not may_see_batch(other, entered, TODAY).allowed
        assert entered not in batches(other, TODAY)
        assert entered in batches(chief, TODAY)
        assert may_list(other, TODAY).allowed

    def test_people_of_another_firm_and_strangers_do_not(self, actor, own, make_user):
        staff = make_user("staff")
        other = create_enterprise(actor=actor, name="示例企业乙")
        add_staff(actor=actor, user=staff, enterprise=other, role=StaffRole.STAFF, valid_from=TODAY)
        assert may_list(staff, TODAY).allowed
        assert not may_see_entity(staff, own, TODAY).allowed
        assert not may_list(make_user("stranger"), TODAY).allowed

    def test_who_entered_does_not_decide_and_leaders_do_not_enter(
        self, actor, here, chief, make_user, office
    ):
        leader = make_user("boss", Role.LEADER, office)
        entered = batch(actor, [row(here, "2025", "3亿元")], chief)
        assert not may_decide(chief, entered, TODAY).allowed
        assert may_decide(leader, entered, TODAY).allowed
        assert may_approve(leader, TODAY).allowed
        assert not may_enter(leader, TODAY).allowed


class TestSubjects:
    def test_shares_by_one_key_never_exceed_one_on_any_day(self, actor, here, db):
        parks = [zone(actor, name, "park") for name in ("南园", "北园")]
        shop = zone(actor, "示例项目", "chain", chain="auto")
        given = {"actor": actor, "entity": shop, "valid_from": TODAY, "document": "示例文件"}
        attribute(**given, to=parks[0], key="economic", share=Decimal("0.6"))
        with pytest.raises(Refused, match="超过 1"):
            attribute(**given, to=parks[1], key="economic", share=Decimal("0.4001"))
        attribute(**given, to=parks[1], key="economic", share=Decimal("0.4"))
        attribute(**given, to=parks[1], key="division", share=Decimal(1))

    @pytest.mark.parametrize("share", ["0", "-0.1", "1.1", "NaN", "Infinity"])
    def test_a_share_is_above_zero_and_at_most_one(self, actor, here, share):
        park = zone(actor, "南园", "park")
        with pytest.raises(Refused, match="大于 0"):
            attribute(actor=actor, entity=here, to=park, key="economic", share=Decimal(share),
                      valid_from=TODAY, document="示例文件")  # fmt: skip

    @pytest.mark.parametrize(
        ("kind", "given", "field", "said"),
        [
            ("enterprise", {}, "enterprise", "哪家企业"),
            ("chain", {}, "chain", "产业链"),
            ("park", {"valid_from": TODAY, "valid_to": TODAY - DAY}, "valid_to", "早于开始"),
        ],
    )
    def test_what_a_subject_lacks_is_said_in_words(self, actor, here, kind, given, field, said):
        with pytest.raises(Refused, match=said) as refused:
            zone(actor, "某对象", kind, **given)
        assert refused.value.field == field

    def test_nothing_ends_before_it_begins_or_counts_in_itself(self, actor, here):
        park = zone(actor, "南园", "park", valid_from=TODAY)
        with pytest.raises(Refused, match="早于开始"):
            change_entity(actor=actor, entity=park, name="南园", valid_to=TODAY - DAY)
        given = {"actor": actor, "key": "economic", "share": Decimal(1), "document": "示例文件",
                 "valid_from": TODAY}  # fmt: skip
        with pytest.raises(Refused, match="早于开始"):
            attribute(**given, entity=here, to=park, valid_to=TODAY - DAY)
        with pytest.raises(Refused, match="它自己"):
            attribute(**given, entity=park, to=park)

    def test_nothing_is_part_of_itself_and_names_are_unique_in_their_kind(self, actor, here):
        park = zone(actor, "南园", "park", parent=here)
        with pytest.raises(Refused, match="上级"):
            change_entity(actor=actor, entity=here, name=here.name, parent=park)
        with pytest.raises(Refused, match="已有同类对象"):
            zone(actor, "南园", "park")
        with pytest.raises(Refused, match="控制字符"):
            zone(actor, "南\x00园", "park")
