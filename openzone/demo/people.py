"""The people of the demo zone: one login for each kind of user."""

import datetime as dt
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.people import services
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import ChargeRole, StaffRole
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.people import add_staff, assign_person_in_charge


@dataclass(frozen=True, slots=True)
class Login:
    """A demo account and what it shows."""

    username: str
    name: str
    what: Text
    role: Role | None = None
    unit: str = ""
    charge: ChargeRole | None = None


LOGINS = (
    Login("admin", "示例管理员", Text("管理员", "administrator"), Role.ADMIN, "committee"),
    Login(
        "leader", "示例领导", Text("领导", "leader"), Role.LEADER, "committee", ChargeRole.SPONSOR
    ),
    Login(
        "centre",
        "示例专员",
        Text("企业服务中心", "service centre"),
        Role.CENTRE,
        "centre",
        ChargeRole.SERVICE_OFFICER,
    ),
    Login("handler", "示例经办人", Text("经办人", "handler"), Role.HANDLER, "science"),
    Login(
        "reviewer",
        "示例审核员",
        Text("经办人，另一部门", "handler of another unit"),
        Role.HANDLER,
        "industry",
    ),
    Login("stats", "示例统计员", Text("统计人员", "statistician"), Role.STATISTICS, "economy"),
    Login("finance", "示例出纳", Text("财政经办人", "finance handler"), Role.HANDLER, "finance"),
    Login("cashier", "示例会计", Text("财政付款人", "finance, payments"), Role.HANDLER, "finance"),
    Login(
        "agent",
        "示例代办员",
        Text("代办员，手机页面", "neighbourhood agent"),
        Role.AGENT,
        "community",
    ),
    Login("shequ", "示例社区干部", Text("社区审核", "community review"), Role.HANDLER, "community"),
    Login("jiedao", "示例街道干部", Text("街道审核", "street review"), Role.HANDLER, "street"),
    Login("bank", "示例客户经理", Text("银行", "bank"), Role.BANK, "bank"),
    Login(
        "huanbao",
        "示例环保专员",
        Text("生态环境，联合监测", "ecology, joint water monitoring"),
        Role.HANDLER,
        "ecology",
    ),
    Login(
        "duian",
        "示例对岸专员",
        Text("协作地区，只看联合监测", "partner zone, joint monitoring only"),
        Role.PARTNER,
        "partner",
    ),
    Login("qiye", "示例财务", Text("企业人员，只看本企业", "enterprise staff, own firm only")),
)
UNITS = (
    ("committee", "示例高新区管委会", "Demo zone committee", UnitKind.COMMITTEE),
    ("centre", "示例企业服务中心", "Demo enterprise service centre", UnitKind.CENTRE),
    ("science", "示例科技创新局", "Demo science bureau", UnitKind.DEPARTMENT),
    ("industry", "示例经济和信息化局", "Demo industry bureau", UnitKind.DEPARTMENT),
    ("economy", "示例发展和改革局", "Demo development bureau", UnitKind.DEPARTMENT),
    ("talent", "示例人力资源局", "Demo human resources bureau", UnitKind.DEPARTMENT),
    ("market", "示例市场监督管理局", "Demo market bureau", UnitKind.DEPARTMENT),
    ("commerce", "示例商务局", "Demo commerce bureau", UnitKind.DEPARTMENT),
    ("finance", "示例财政局", "Demo finance bureau", UnitKind.DEPARTMENT),
    ("ecology", "示例生态环境局", "Demo ecology bureau", UnitKind.DEPARTMENT),
    ("partner", "示例对岸区生态环境局", "Demo partner's ecology bureau", UnitKind.PARTNER),
    ("bank", "示例银行", "Demo bank", UnitKind.BANK),
    ("street", "示例街道办事处", "Demo street office", UnitKind.STREET),
    ("community", "示例东社区", "Demo east community", UnitKind.COMMUNITY),
    ("community-2", "示例西社区", "Demo west community", UnitKind.COMMUNITY),
)
PARENTS = {"community": "street", "community-2": "street"}


def demo_password(folder: Path) -> str:
    """Return this installation's demo password, drawn once: no two demos share one."""
    path = folder / "demo-password"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(f"demo-{secrets.token_hex(4)}")
    return path.read_text()


def create_people(actor: Actor, password: str, firm: Enterprise, since: dt.date) -> None:
    """Create the units and the logins."""
    units: dict[str, Unit] = {}
    for code, name, english, kind in UNITS:
        parent = units.get(PARENTS.get(code, ""))
        units[code] = services.create_unit(
            actor=actor, code=code, name=name, name_en=english, kind=kind, parent=parent
        )
    for login in LOGINS:
        user = services.create_user(
            actor=actor, username=login.username, password=password, display_name=login.name
        )
        _appoint(actor, user, login, units, firm, since)
        if login.charge is not None:
            assign_person_in_charge(
                actor=actor, subject=firm, role=login.charge, user=user, valid_from=since
            )


def _appoint(
    actor: Actor, user: User, login: Login, units: dict[str, Unit], firm: Enterprise, since: dt.date
) -> None:
    if login.role is None:
        add_staff(actor=actor, user=user, enterprise=firm, role=StaffRole.OWNER, valid_from=since)
    else:
        services.grant_membership(
            actor=actor, user=user, unit=units[login.unit], role=login.role, valid_from=since
        )
