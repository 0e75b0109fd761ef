"""A leader's sixty suppliers: read in once, marked, counted, made leads with their reason."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.projects.enums import SheetState
from openzone.zone.promotion.field_permissions import may_keep, may_see
from openzone.zone.promotion.models import Supplier, SupplierList
from openzone.zone.promotion.selectors import field as seen
from openzone.zone.promotion.selectors.suppliers import coverage, state_of, suppliers
from openzone.zone.promotion.services import suppliers as services
from openzone.zone.promotion.services.interactions import record_interaction
from openzone.zone.promotion.services.landing import become_project
from openzone.zone.promotion.services.supplier_sheets import apply_suppliers, check_suppliers
from tests.factories import make_uscc
from tests.zone.promotion.field.conftest import MARCH, NOW, TODAY, Bureau

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def listing(actor: Actor, bureau: Bureau) -> SupplierList:
    return services.make_list(
        actor=actor, leader="示例智能汽车", source="公开供应链名录（示例）", as_of=MARCH,
        unit=bureau.unit, now=NOW, chain="汽车", synthetic=True,
    )  # fmt: skip


@pytest.fixture
def check(actor: Actor, listing: SupplierList) -> Make:
    """Check a table of suppliers."""

    def read(*rows: str, header: str = "企业名称,供应产品,链条环节,补缺口") -> Any:
        data = "\n".join((header, *rows)).encode()
        return check_suppliers(
            actor=actor, listing=listing, file_name="名单.csv", data=data, as_of=TODAY, now=NOW
        )

    return read


def test_sixty_firms_come_in_at_once(actor: Actor, check: Make, listing: SupplierList) -> None:
    sheet = check(*(f"示例第{n}零部件有限公司,产品{n},环节{n % 5},是" for n in range(60)))
    assert (len(sheet.rows), sheet.problems, listing.suppliers.count()) == (60, [], 0)
    apply_suppliers(actor=actor, sheet=sheet)
    assert coverage(suppliers(listing))[:2] == (60, 0)
    with pytest.raises(Refused, match="dealt with"):
        apply_suppliers(actor=actor, sheet=sheet)


def test_what_is_wrong_is_told_by_row_and_the_rest_can_be_entered(check: Make) -> None:
    sheet = check(
        "示例座椅有限公司,座椅,内饰,是", "示例 座椅有限公司,座椅,内饰,否", ",无名,内饰,否",
    )  # fmt: skip
    assert [row["name"] for row in sheet.rows] == ["示例座椅有限公司"]
    assert {problem["row"] for problem in sheet.problems} == {3, 4}


@pytest.mark.parametrize(
    ("header", "cell"), [("统一社会信用代码", "913401000000000000"), ("供应层级", "12")]
)
def test_a_wrong_code_or_tier_is_refused_in_its_row(check: Make, header: str, cell: str) -> None:
    sheet = check(f"示例座椅有限公司,{cell}", header=f"企业名称,{header}")
    assert sheet.rows == []
    assert sheet.problems[0]["row"] == 2


def test_a_second_book_describes_firms_anew_and_keeps_how_far_they_came(
    actor: Actor, check: Make, listing: SupplierList
) -> None:
    apply_suppliers(actor=actor, sheet=check("示例座椅有限公司,座椅,内饰,否"))
    one = listing.suppliers.get()
    services.mark_supplier(
        actor=actor, supplier=one, state="contacted", on=MARCH, now=NOW, remark="电话"
    )
    sheet = check("示例座椅有限公司,座椅总成,,", "示例电机有限公司,电机,,")
    applied = apply_suppliers(actor=actor, sheet=sheet)
    one.refresh_from_db()
    assert (applied.state, applied.created, applied.changed) == (SheetState.APPLIED, 1, 1)
    assert (one.product, one.node, one.state) == ("座椅总成", "内饰", "contacted")
    assert coverage(suppliers(listing)).share == Decimal("0.5")


def test_one_step_makes_a_lead_with_the_reason(
    actor: Actor, listing: SupplierList, bureau: Bureau
) -> None:
    one = services.add_supplier(
        actor=actor, listing=listing, name="示例压铸有限公司", product="一体化压铸件",
        node="压铸", gap=True, uscc=make_uscc(),
    )  # fmt: skip
    lead = services.supplier_to_lead(
        actor=actor, supplier=one, adviser=bureau.clerk, now=NOW, on=TODAY
    )
    one.refresh_from_db()
    assert (lead.investor.name, lead.unit, lead.source) == (one.name, bureau.unit, "chain")
    assert lead.gap_reason == "“示例智能汽车”供应链企业，供应一体化压铸件；补本地链条缺口“压铸”"
    assert (one.state, one.lead, one.investor) == ("lead", lead, lead.investor)
    with pytest.raises(Refused, match=lead.number):
        services.supplier_to_lead(actor=actor, supplier=one, now=NOW, on=TODAY)
    with pytest.raises(Refused, match=lead.number):
        services.mark_supplier(actor=actor, supplier=one, state="none", on=TODAY, now=NOW)


def test_what_the_lead_became_is_read_from_the_lead(
    actor: Actor, listing: SupplierList, bureau: Bureau
) -> None:
    one = services.add_supplier(actor=actor, listing=listing, name="示例压铸有限公司")
    lead = services.supplier_to_lead(
        actor=actor, supplier=one, adviser=bureau.clerk, now=NOW, on=TODAY, user=bureau.clerk
    )
    record_interaction(
        actor=actor, lead=lead, kind="call", on=TODAY, summary="洽谈", now=NOW, user=bureau.clerk
    )
    become_project(actor=actor, lead=lead, name="示例压铸项目", on=TODAY, now=NOW)
    row = suppliers(listing).get()
    assert state_of(row) == "project"
    assert coverage([row]).states["project"] == 1


def test_a_firm_stands_in_a_list_once_however_written(actor: Actor, listing: SupplierList) -> None:
    services.add_supplier(actor=actor, listing=listing, name="示例座椅（芜湖）有限公司")
    with pytest.raises(Refused, match="in the list already"):
        services.add_supplier(actor=actor, listing=listing, name="示例座椅(芜湖) 有限公司")
    with pytest.raises(Refused, match="make it a lead"):
        services.mark_supplier(
            actor=actor, supplier=Supplier.objects.get(), state="project", on=TODAY, now=NOW
        )


def test_who_sees_a_list(listing: SupplierList, bureau: Bureau) -> None:
    people = (bureau.clerk, bureau.colleague, bureau.stranger)
    assert [may_see(one, listing, TODAY).allowed for one in people] == [True, True, False]
    assert [may_keep(one, listing, TODAY).allowed for one in people] == [True, True, False]
    assert [listing in seen.supplier_lists(one, TODAY) for one in people] == [True, True, False]


def test_an_empty_list_has_no_share(listing: SupplierList) -> None:
    assert coverage(suppliers(listing)).share is None
