"""A year of output per mu: ten firms on land, three bureaus, who runs it, who checks."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from openzone.zone.audit.actors import Actor
from openzone.zone.evaluations.models import Cell, Cycle, Entrant
from openzone.zone.evaluations.services import cells, cycles, entrants
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.people import add_staff

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 5, 6, 10, 0, tzinfo=SHANGHAI)  # a Wednesday
TODAY = NOW.date()
LONG_AGO = dt.date(2020, 1, 1)
MU = Decimal(2000) / Decimal(3)
WAN = Decimal(10_000)
TAX = "税务局核定表 示例"


class Field(NamedTuple):
    """The people, the cycle, and the firms from the best to the last."""

    opener: User
    locker: User
    third: User
    taxman: User
    surveyor: User
    owner: User
    stranger: User
    cycle: Cycle
    firms: list[Entrant]

    def firm(self, place: int) -> Entrant:
        """Return a firm by its place, the best is 1."""
        return self.firms[place - 1]


def person(actor: Actor, name: str, role: Role | None = None, unit: Unit | None = None) -> User:
    """Make an account, in a post where one is named, or find it."""
    if found := User.objects.filter(username=name).first():
        return found
    made = create_user(actor=actor, username=name, password="correct horse battery staple")
    if role is not None and unit is not None:
        grant_membership(actor=actor, user=made, unit=unit, role=role, valid_from=LONG_AGO)
    return made


def unit(actor: Actor, code: str, kind: UnitKind = UnitKind.DEPARTMENT) -> Unit:
    """Make a unit, or find it."""
    found = Unit.objects.filter(code=code).first()
    return found or create_unit(actor=actor, code=code, name=f"示例{code}", kind=kind)


def firm(actor: Actor, name: str) -> Enterprise:
    """Make an enterprise."""
    return create_enterprise(actor=actor, name=name, synthetic=True)


def put(
    actor: Actor, user: User, entrant: Entrant, figures: Mapping[str, object],
    now: dt.datetime = NOW, reason: str = "", source: str = TAX,
) -> list[Cell]:  # fmt: skip
    """Enter figures in their base units."""
    return [
        cells.enter_cell(
            actor=actor, user=user, entrant=entrant, item=item, value=Decimal(str(value)),
            source=source, now=now, reason=reason,
        )
        for item, value in figures.items()
    ]  # fmt: skip


def field(
    actor: Actor, now: dt.datetime = NOW, first: Enterprise | None = None, year: int = 2025,
    count: int = 10,
) -> Field:  # fmt: skip
    """Open a cycle with firms of ten mu each, the first with the most taxes, then down a line."""
    centre = unit(actor, "zhongxin", UnitKind.CENTRE)
    tax, land = unit(actor, "tax"), unit(actor, "land")
    others = [unit(actor, code) for code in ("energy", "statistics")]
    people = [
        person(actor, "kaitou", Role.CENTRE, centre), person(actor, "suoding", Role.CENTRE, centre),
        person(actor, "disan", Role.CENTRE, centre), person(actor, "shuiwu", Role.HANDLER, tax),
        person(actor, "guotu", Role.HANDLER, land),
    ]  # fmt: skip
    for other in others:
        if not people[3].memberships.filter(unit=other).exists():
            grant_membership(
                actor=actor, user=people[3], unit=other, role=Role.HANDLER, valid_from=LONG_AGO
            )
    cycle = cycles.open_cycle(
        actor=actor, user=people[0], scheme="huaian_2024", year=year,
        title=f"示例亩均评价{year}",
        now=now, synthetic=True,
    )  # fmt: skip
    firms = []
    for place in range(1, count + 1):
        known = first if place == 1 and first else firm(actor, f"示例企业{place:02}有限公司")
        one = entrants.add_entrant(actor=actor, cycle=cycle, group="above", enterprise=known)
        firms.append(one)
        tax_paid = (11 - place) * 100 * WAN
        put(actor, people[3], one, {"tax": tax_paid, "revenue": tax_paid * 10, "energy": 1000},
            now)  # fmt: skip
        put(actor, people[4], one, {"land": round(10 * MU, 6)}, now)
    owner = person(actor, "qiye1")
    third = firms[min(3, count) - 1].enterprise
    assert third is not None
    if not owner.enterprise_posts.filter(enterprise=third).exists():
        add_staff(
            actor=actor, user=owner, enterprise=third, role=StaffRole.STAFF, valid_from=LONG_AGO
        )
    return Field(
        people[0], people[1], people[2], people[3], people[4], owner, person(actor, "luren"),
        cycle, firms,
    )  # fmt: skip


def days(count: int, now: dt.datetime = NOW) -> dt.datetime:
    """Return the same hour so many days on."""
    return now + dt.timedelta(days=count)


def posted(actor: Actor, at: Field, now: dt.datetime = NOW) -> Cycle:
    """Post the land areas."""
    return cycles.post_land(actor=actor, user=at.opener, cycle=at.cycle, now=now)


def published(actor: Actor, at: Field, now: dt.datetime = NOW) -> Cycle:
    """Post, wait two weeks, lock and publish."""
    posted(actor, at, now)
    later = days(14, now)
    cycles.lock_data(actor=actor, user=at.locker, cycle=at.cycle, data_on=now.date(), now=later)
    return cycles.publish_list(actor=actor, user=at.opener, cycle=at.cycle, now=later)
