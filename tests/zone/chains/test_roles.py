"""A chain leader is named by a document; who supports it, and whom it brought."""

from collections.abc import Callable

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import ChainRole
from openzone.zone.chains.selectors.roles import leading, roles, roles_of
from openzone.zone.chains.services.roles import (
    designate,
    end_role,
    introduce,
    support,
    withdraw_role,
)
from openzone.zone.errors import Refused
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.leads import record_lead
from openzone.zone.promotion.services.suppliers import (
    add_supplier,
    make_list,
    supplier_to_lead,
)
from openzone.zone.registry.models import Enterprise
from tests.zone.chains import reviewed as r

DOCUMENT = {
    "document_no": "示例〔2026〕1号", "document": "示例链主名单", "issued_by": "示例局",
}  # fmt: skip


@pytest.fixture
def who(make_user: Callable[..., User], actor: Actor) -> dict[str, object]:
    return {"actor": actor, "user": make_user("fuhe"), "now": r.NOW}


@pytest.fixture
def firm(db: None) -> Enterprise:
    return r.firm("示例链主有限公司")


@pytest.fixture
def helper(db: None) -> Enterprise:
    return r.firm("示例配套有限公司")


@pytest.fixture
def leader(who, firm) -> ChainRole:
    return designate(**who, enterprise=firm, chain=r.BATTERY, valid_from=r.MARCH, **DOCUMENT)


@pytest.fixture
def unit(actor: Actor, committee: Unit) -> Unit:
    return create_unit(
        actor=actor, code="promotion", name="示例局", kind=UnitKind.DEPARTMENT, parent=committee
    )


@pytest.mark.parametrize("missing", list(DOCUMENT))
def test_a_leader_needs_a_document(who, firm, missing):
    given = {**DOCUMENT, missing: " "}
    with pytest.raises(Refused, match="正式文件认定"):
        designate(**who, enterprise=firm, chain=r.BATTERY, valid_from=r.MARCH, **given)


def test_a_leader_stands_with_its_supporters(who, leader, helper):
    support(**who, enterprise=helper, leader=leader.enterprise, chain=r.BATTERY,
            valid_from=r.MAY)  # fmt: skip
    (found,) = leading(r.TODAY)
    assert found.role == leader
    assert [role.enterprise for role in found.supporters] == [helper]
    assert leading(r.MAY - r.DAY)[0].supporters == ()
    assert leading(r.TODAY, r.STORAGE) == []


def test_who_leads_nothing_is_not_supported(who, firm, helper, leader):
    with pytest.raises(Refused, match="不是该产业链的链主"):
        support(**who, enterprise=firm, leader=helper, chain=r.BATTERY, valid_from=r.MAY)
    with pytest.raises(Refused, match="不是该产业链的链主"):
        support(**who, enterprise=helper, leader=firm, chain=r.STORAGE, valid_from=r.MAY)
    with pytest.raises(Refused, match="不能配套自己"):
        support(**who, enterprise=firm, leader=firm, chain=r.BATTERY, valid_from=r.MAY)


def test_a_leader_is_not_named_twice(who, leader):
    with pytest.raises(Refused, match="已登记这一身份"):
        designate(**who, enterprise=leader.enterprise, chain=r.BATTERY, valid_from=r.MAY,
                  **DOCUMENT)  # fmt: skip


def test_an_end_keeps_what_was_and_is_told_once(who, leader):
    ended = end_role(**who, role=leader, on=r.MAY, reason="名单调整")
    assert [one.role for one in leading(r.MAY - r.DAY)] == [ended]
    assert leading(r.MAY) == []
    assert (ended.replaces, ended.ended_because) == (leader, "名单调整")
    with pytest.raises(Refused, match="已由fuhe于"):
        end_role(**who, role=leader, on=r.MAY, reason="再来一次")
    with pytest.raises(Refused, match="已于 2026-05-06 结束"):
        end_role(**who, role=ended, on=r.TODAY, reason="再来一次")


def test_a_mistake_is_taken_back_for_a_reason(who, leader):
    with pytest.raises(Refused, match="说明原因"):
        withdraw_role(**who, role=leader, reason="")
    withdraw_role(**who, role=leader, reason="登错企业")
    assert not roles().exists()
    assert not roles_of(leader.enterprise).exists()


def test_whom_a_leader_brought_is_said_or_follows_from_its_suppliers(who, leader, unit):
    hand = {"actor": who["actor"], "now": r.NOW}
    investor = record_investor(**hand, name="示例外地企业", synthetic=True)
    lead = record_lead(
        **hand, investor=investor, title="示例线索", source="chain", received_on=r.MAY, unit=unit,
        synthetic=True,
    )  # fmt: skip
    brought = {"leader": leader.enterprise, "chain": r.BATTERY, "on": r.MAY, "how": "推荐"}
    introduce(**who, **brought, lead=lead)
    with pytest.raises(Refused, match="已登记由该链主引入"):
        introduce(**who, **brought, lead=lead)
    with pytest.raises(Refused, match="请选择一条线索或一个项目"):
        introduce(**who, **brought)
    listing = make_list(
        **hand, leader="示例链主", source="示例名单", as_of=r.MAY, unit=unit, chain=r.BATTERY,
        enterprise=leader.enterprise, synthetic=True,
    )  # fmt: skip
    supplier = add_supplier(actor=who["actor"], listing=listing, name="示例供应商企业")
    other = supplier_to_lead(**hand, supplier=supplier, on=r.MAY)
    assert [(one.lead, one.how) for one in leading(r.TODAY)[0].brought] == [
        (lead, "推荐"), (other, "示例名单"),
    ]  # fmt: skip
