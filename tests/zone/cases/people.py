"""Everybody who has a hand in the cases of a small zone, and what they do."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.cases.services.intake import Opened, Requester, open_case
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.registry.models import Enterprise
from tests.factories import TESTS, make_enterprise, make_staff, make_unit
from tests.files import PDF
from tests.zone.cases.kinds import KIND

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
# A Monday, ten in the morning.
NOW = dt.datetime(2026, 11, 16, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PROOF = Upload("证明.pdf", PDF, "evidence")


class People(NamedTuple):
    """The zone of the tests."""

    centre_unit: Unit
    finance: Unit
    land: Unit
    firm: Enterprise
    owner: User
    stranger: User
    centre: User
    handler: User
    second: User
    surveyor: User
    head: User
    leader: User
    admin: User

    def open(self, now: dt.datetime = NOW, **given: Any) -> Opened:
        """Open a request of the firm, as its owner does online."""
        requester = Requester(RequesterKind.ENTERPRISE, enterprise=self.firm, user=self.owner)
        arguments: dict[str, Any] = {
            "actor": Actor.of(self.owner),
            "kind": KIND,
            "title": "请求协调贷款",
            "text": "流动资金不足，请协调银行。",
            "now": now,
            "channel": Channel.PORTAL,
            "requester": requester,
            "fields": {"topic": "finance", "amount": "3000000"},
        }
        return open_case(**(arguments | given))

    def do(
        self, case: Case, user: User | None, action: str, now: dt.datetime = NOW, **data: Any
    ) -> Case:
        """Let somebody act."""
        files = data.pop("files", ())
        seen = data.pop("seen", None)
        actor = Actor.of(user) if user else TESTS
        return act(
            actor=actor, case=case, action=action, now=now, user=user, data=data, files=files,
            seen=seen,
        )  # fmt: skip

    def accepted(self, now: dt.datetime = NOW, **given: Any) -> Case:
        """A request its unit has accepted."""
        return self.do(self.open(now, **given).case, self.handler, "accept", now)

    def proposed(self, now: dt.datetime = NOW, **given: Any) -> Case:
        """A request whose unit says it is solved."""
        case = self.accepted(now, **given)
        return self.do(case, self.handler, "finish", now, text="已放款", files=[PROOF])

    def closed(self, now: dt.datetime = NOW, **given: Any) -> Case:
        """A request the firm is satisfied with."""
        return self.do(self.proposed(now, **given), self.owner, "confirm", now, satisfied=5)


def populate(make_user: Callable[..., User], committee: Unit) -> People:
    """Make the zone of the tests."""
    centre = create_unit(actor=TESTS, code="centre", name="示例服务中心", kind=UnitKind.CENTRE)
    finance = make_unit("示例金融局", code="finance")
    land = make_unit("示例自然资源局", code="land")
    firm = make_enterprise("合肥示例甲科技有限公司")
    rival = make_enterprise("合肥示例乙科技有限公司")
    owner, stranger = make_user("owner"), make_user("stranger")
    make_staff(owner, firm)
    make_staff(stranger, rival)
    return People(
        centre, finance, land, firm, owner, stranger,
        centre=make_user("centre", Role.CENTRE, centre),
        handler=make_user("handler", Role.HANDLER, finance),
        second=make_user("second", Role.HANDLER, finance),
        surveyor=make_user("surveyor", Role.HANDLER, land),
        head=make_user("head", Role.LEADER, finance),
        leader=make_user("leader", Role.LEADER, committee),
        admin=make_user("admin", Role.ADMIN, committee),
    )  # fmt: skip
