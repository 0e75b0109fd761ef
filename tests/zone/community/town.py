"""A small town: a street with two communities, an agent, a resident, items, two bureaus."""

import datetime as dt
from typing import Any, NamedTuple

from openzone.engines.worktime.localtime import ZONE
from openzone.zone.audit.actors import Actor
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.catalogue.services.items import ItemValues, Paper, save_item
from openzone.zone.community.models import Agent, Consent, Resident
from openzone.zone.community.services.residents import (
    ResidentValues,
    give_consent,
    save_resident,
)
from openzone.zone.community.services.roster import AgentValues, save_agent
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership

ACTOR = Actor.system("tests")
LONG_AGO = dt.date(2020, 1, 1)
MONDAY = dt.datetime(2026, 11, 16, 9, 30, tzinfo=ZONE)


def at(day: int, hour: int = 10) -> dt.datetime:
    """A moment of November 2026; the 16th is a Monday."""
    return dt.datetime(2026, 11, day, hour, tzinfo=ZONE)


class Town(NamedTuple):
    """Who and what there is."""

    centre: Unit
    street: Unit
    community: Unit
    bureau: Unit
    agent: Agent
    walker: User  # the agent's account
    reviewer: User  # of the community
    officer: User  # of the street
    clerk: User  # of the bureau
    checker: User  # of the bureau too
    desk: User  # of the service centre
    resident: Resident
    consent: Consent
    pension: ServiceItem  # filed through agents
    licence: ServiceItem  # accepts every kind of commitment
    blasting: ServiceItem  # excluded by law


def member(name: str, unit: Unit, role: Role) -> User:
    user = create_user(actor=ACTOR, username=name)
    grant_membership(actor=ACTOR, user=user, unit=unit, role=role, valid_from=LONG_AGO)
    return user


def item(code: str, unit: Unit, **given: Any) -> ServiceItem:
    values: dict[str, Any] = {"name": f"示例事项{code}", "committed_limit": "5 workday"}
    return save_item(
        actor=ACTOR, code=code, values=ItemValues(deciding_unit=unit, **values | given)
    )


def build(prefix: str = "") -> Town:
    """Make the town; ``prefix`` keeps two of them apart."""

    def unit(code: str, name: str, kind: UnitKind, parent: Unit | None = None) -> Unit:
        return create_unit(actor=ACTOR, code=f"{prefix}{code}", name=name, kind=kind, parent=parent)

    centre = unit("centre-desk", "示例服务中心", UnitKind.CENTRE)
    street = unit("street", "示例街道", UnitKind.STREET)
    community = unit("community", "示例社区", UnitKind.COMMUNITY, street)
    bureau = unit("bureau", "示例审批局", UnitKind.DEPARTMENT)
    walker = member(f"{prefix}walker", community, Role.AGENT)
    agent = save_agent(
        actor=ACTOR,
        code=f"{prefix}agent-1",
        values=AgentValues(
            name="示例代办员",
            community=community,
            valid_from=LONG_AGO,
            sources=["party_member"],
            user=walker,
            phone="13800001234",
        ),
    )
    resident = save_resident(
        actor=ACTOR,
        values=ResidentValues(
            name="示例老人",
            identity=f"{prefix}350213194001010011",
            community=community,
            phone="13900005678",
            address="示例路一号楼101",
            vulnerability=["aged", "disabled"],
        ),
    )
    pension = item(f"{prefix}pension", bureau, receiving=["agent", "window"], trips=0)
    return Town(
        centre=centre,
        street=street,
        community=community,
        bureau=bureau,
        agent=agent,
        walker=walker,
        reviewer=member(f"{prefix}reviewer-c", community, Role.HANDLER),
        officer=member(f"{prefix}officer", street, Role.HANDLER),
        clerk=member(f"{prefix}bureau-clerk", bureau, Role.HANDLER),
        checker=member(f"{prefix}checker", bureau, Role.HANDLER),
        desk=member(f"{prefix}desk", centre, Role.CENTRE),
        resident=resident,
        consent=give_consent(
            actor=ACTOR,
            resident=resident,
            form="paper",
            document="委托书1号",
            given_on=LONG_AGO,
            items=[pension],
        ),
        pension=pension,
        licence=item(
            f"{prefix}licence",
            bureau,
            legal_limit="20个工作日",
            papers=[
                Paper("申请书", "原件"),
                Paper("场地证明", "复印件", main=False),
                Paper("人员名单", "复印件", main=False),
            ],
            kinds=["approval_substitute", "missing_materials", "proactive_disclosure"],
        ),
        blasting=item(
            f"{prefix}blasting",
            bureau,
            kinds=["approval_substitute"],
            excluded_reason="直接涉及公共安全",
            excluded_basis="示例条例第一条",
        ),
    )
