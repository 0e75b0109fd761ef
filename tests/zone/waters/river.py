"""Two sides of a river: sections, the people of each side, and a campaign between them."""

import datetime as dt
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from openzone.engines.water.quarters import Quarter
from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership
from openzone.zone.waters.models import Campaign, LogEntry, Planned, Section
from openzone.zone.waters.services.campaigns import (
    approve_campaign,
    lock_figures,
    plan_campaign,
)
from openzone.zone.waters.services.log import record_entry
from openzone.zone.waters.services.register import add_section, name_chief
from openzone.zone.waters.services.samples import record_sample

CHINA = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 5, 27, 10, 0, tzinfo=CHINA)
TODAY = NOW.date()
SAMPLING, DUE = dt.date(2026, 5, 26), dt.date(2026, 6, 10)
SPRING = Quarter(2026, 2)
LONG_AGO = dt.date(2020, 1, 1)
FULL = {"ph": "7.5", "dissolved_oxygen": "8", "permanganate": "3", "cod": "14", "bod5": "2",
        "ammonia": "0.30", "phosphorus": "0.08"}  # fmt: skip
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


class River(NamedTuple):
    """Who acts for which side, and two sections of one river."""

    home: Unit
    partner: Unit
    ours: User
    theirs: User
    second: User
    border: Section
    lake: Section
    actor: Actor

    def by(self, user: User, now: dt.datetime = NOW) -> dict[str, Any]:
        """What every service of a side asks for."""
        return {"actor": Actor.of(user), "user": user, "now": now}


def river(actor: Actor, home: Unit, *, now: dt.datetime = NOW) -> River:
    partner = create_unit(
        actor=actor, code="tongnan", name="示例对岸区生态环境局", kind=UnitKind.PARTNER
    )
    people = []
    for name, role, unit in (("heguan", Role.HANDLER, home), ("duian", Role.PARTNER, partner),
                             ("duian2", Role.PARTNER, partner)):  # fmt: skip
        user = create_user(actor=actor, username=name, display_name=f"示例{name}")
        grant_membership(actor=actor, user=user, unit=unit, role=role, valid_from=LONG_AGO)
        people.append(user)
    ours, theirs, second = people
    border = section(actor, home, partner, "border", "示例界河", "river", now)
    lake = section(actor, home, partner, "lake", "示例水库", "lake", now)
    name_chief(actor=actor, section=border, side=home, name="示例河长", post="副区长",
               valid_from=LONG_AGO, now=now)  # fmt: skip
    return River(home, partner, ours, theirs, second, border, lake, actor)


def section(
    actor: Actor, one: Unit, other: Unit, code: str, water: str, body: str, now: dt.datetime
) -> Section:
    return add_section(
        actor=actor, water=water, body=body, code=code, name=f"{water}断面", one=one, other=other,
        level="II", document="示例水质目标〔2020〕1号", document_on=LONG_AGO, valid_from=LONG_AGO,
        now=now, longitude=105.8, latitude=30.2, synthetic=True,
    )  # fmt: skip


def campaign(at: River, *sections: Section, now: dt.datetime = NOW, **given: Any) -> Campaign:
    said = {"quarter": SPRING, "sample_on": SAMPLING, "enter_by": DUE} | given
    return plan_campaign(**at.by(at.ours, now), sections=list(sections or (at.border,)), **said)


def planned(found: Campaign, section: Section | None = None) -> Planned:
    rows = Planned.objects.select_related("campaign", "section__water")
    return rows.filter(campaign=found, **({"section": section} if section else {})).first()  # type: ignore[return-value]


def sample(at: River, found: Planned, user: User, now: dt.datetime = NOW, **given: Any) -> Any:
    laboratory = "示例甲站" if user == at.ours else "示例乙站"
    said = {"on": found.sample_on, "laboratory": laboratory, "values": FULL} | given
    return record_sample(**at.by(user, now), planned=found, **said)


def both(
    at: River, found: Campaign, now: dt.datetime = NOW, *, theirs: dict[str, str] | None = None,
    lock: bool = True,
) -> Planned:  # fmt: skip
    """Both sides enter every section, and lock."""
    for one in Planned.objects.filter(campaign=found).select_related("campaign", "section__water"):
        sample(at, one, at.ours, now)
        sample(at, one, at.theirs, now, values=FULL | (theirs or {}))
    if lock:
        lock_figures(**at.by(at.ours, now), campaign=found)
        lock_figures(**at.by(at.theirs, now), campaign=found)
    return planned(found)


def approved(at: River, now: dt.datetime = NOW, **given: Any) -> Campaign:
    found = campaign(at, now=now, **given)
    both(at, found, now)
    approve_campaign(**at.by(at.ours, now), campaign=found)
    approve_campaign(**at.by(at.theirs, now), campaign=found)
    found.refresh_from_db()
    return found


def entry(
    at: River, kind: str, user: User | None = None, now: dt.datetime = NOW, **given: Any
) -> LogEntry:
    user = user or at.ours
    one, other = (at.home, at.partner) if user == at.ours else (at.partner, at.home)
    said: dict[str, Any] = {"on": TODAY, "title": "示例", "water": at.border.water,
                            "section": at.border} | given  # fmt: skip
    if kind == "patrol":
        said = {"ours": "张某", "theirs": "李某"} | said
    else:
        said = {"term": {"exchange": "data", "incident": "leak", "dispatch": "flood"}[kind]} | said
    return record_entry(**at.by(user, now), kind=kind, one=one, other=other, **said)
