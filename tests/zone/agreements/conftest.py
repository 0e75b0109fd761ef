"""A battery plant whose company and zone promise each other something; three who act."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.agreements.models import Agreement, Clause, Incentive
from openzone.zone.agreements.services import drafting, fulfilments, incentives, signing
from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.projects import create_project
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.people import add_staff
from tests.files import PDF

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
SIGNED = dt.date(2026, 1, 10)


class Deal(NamedTuple):
    """The plant, its draft contract, and who acts: two of the bureau, one of the company."""

    plant: Project
    contract: Agreement
    clerk: User
    colleague: User
    investor: User


@pytest.fixture
def bureau(committee: Unit, actor: Actor) -> Unit:
    return create_unit(
        actor=actor, code="promotion", name="示例投资促进局", kind=UnitKind.DEPARTMENT,
        parent=committee,
    )  # fmt: skip


@pytest.fixture
def deal(bureau: Unit, actor: Actor, make_user: Callable[..., User]) -> Deal:
    company = create_enterprise(actor=actor, name="示例电池有限公司", synthetic=True)
    investor = make_user("touzifang")
    add_staff(
        actor=actor, user=investor, enterprise=company, role=StaffRole.STAFF,
        valid_from=dt.date(2020, 1, 1),
    )  # fmt: skip
    plant = create_project(
        actor=actor, name="示例电池工厂", pipeline="six_batches", on=SIGNED, now=NOW,
        lead_unit=bureau, enterprise=company, synthetic=True,
    )  # fmt: skip
    contract = drafting.draft_agreement(
        actor=actor, project=plant, kind="contract", number="示例投合〔2026〕1号",
        title="示例电池工厂投资合同", now=NOW,
    )  # fmt: skip
    clerk, other = (make_user(name, Role.HANDLER, bureau) for name in ("zhaoshang", "tongshi"))
    return Deal(plant, contract, clerk, other, investor)


@pytest.fixture
def promised(actor: Actor) -> Callable[..., Clause]:
    """Put a promise into a draft: by default 100 million yuan in the year."""

    def put(agreement: Agreement, **given: Any) -> Clause:
        said = {
            "side": "investor", "kind": "amount", "text": "完成固定资产投资1亿元",
            "due": dt.date(2026, 12, 31), "begins": SIGNED, "quantity": Decimal(100_000_000),
        }  # fmt: skip
        return drafting.promise(actor=actor, agreement=agreement, **said | given)

    return put


@pytest.fixture
def land(promised: Callable[..., Clause]) -> Callable[[Agreement], Clause]:
    """The zone promises to hand the land over by the end of March."""

    def put(agreement: Agreement) -> Clause:
        return promised(
            agreement, side="zone", kind="land", text="交付净地100亩", quantity=None,
            begins=None, due=dt.date(2026, 3, 31),
        )  # fmt: skip

    return put


@pytest.fixture
def signed(actor: Actor) -> Callable[..., Agreement]:
    """Sign a draft."""

    def sign(agreement: Agreement, on: dt.date = SIGNED) -> Agreement:
        return signing.sign(
            actor=actor, agreement=agreement, on=on, file_name="合同.pdf", data=PDF, today=TODAY
        )

    return sign


@pytest.fixture
def reported(actor: Actor) -> Callable[..., Any]:
    """Report what was done for a promise."""

    def say(clause: Clause, user: User, side: str, **given: Any) -> Any:
        said = {"on": dt.date(2026, 3, 1), "text": "已完成", "file_name": "凭证.pdf", "data": PDF}
        return fulfilments.report(
            actor=actor, clause=clause, side=side, user=user, now=NOW, today=TODAY, **said | given
        )

    return say


@pytest.fixture
def answered(actor: Actor) -> Callable[..., Any]:
    """Confirm what was reported."""

    def say(fulfilment: Any, user: User, side: str, *, confirmed: bool = True, **given: Any) -> Any:
        return fulfilments.answer(
            actor=actor, fulfilment=fulfilment, side=side, confirmed=confirmed, user=user, now=NOW,
            **given,
        )  # fmt: skip

    return say


@pytest.fixture
def proposed(actor: Actor, deal: Deal) -> Callable[..., Incentive]:
    """Propose an incentive to the plant."""

    def put(kind: str = "reward", **given: Any) -> Incentive:
        said = {"text": "按设备投资额给予奖励", "amount": Decimal(2_000_000), "user": deal.clerk}
        return incentives.propose(
            actor=actor, project=deal.plant, kind=kind, now=NOW, **said | given
        )

    return put


@pytest.fixture
def reviewed(actor: Actor, deal: Deal) -> Callable[..., Any]:
    """Review an incentive: allowed, by an administrative regulation."""

    def put(incentive: Incentive, conclusion: str = "allowed", **given: Any) -> Any:
        said = {
            "basis_kind": "administrative_regulation", "basis": "示例行政法规第一条",
            "on": SIGNED, "file_name": "审查表.pdf", "data": PDF, "user": deal.colleague,
        }  # fmt: skip
        return incentives.review(
            actor=actor, incentive=incentive, conclusion=conclusion, now=NOW, today=TODAY,
            **said | given,
        )  # fmt: skip

    return put
