"""Who acts in the scenes, on which days, and with which enterprises."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from openzone.demo.parameters import parameters
from openzone.demo.people import UNITS
from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_user, grant_membership
from openzone.zone.policies.models import Document, Item
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.people import add_staff
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.rulebook.selectors.population import population

PHONE = "0000-000000{}"
"""Telephones that nobody has."""
_ANSWERING = {
    "centre": "centre",
    "science": "handler",
    "industry": "reviewer",
    "finance": "finance",
}


@dataclass
class Cast:
    """The people of the demo, and its calendar: nothing happens before New Year or after today."""

    actor: Actor
    today: dt.date
    users: dict[str, User]
    units: dict[str, Unit]
    firm: Enterprise
    applicant: User
    taken: set[int] = field(default_factory=set)

    def day(self, ago: int) -> dt.date:
        """Return the day so many days ago, within this year."""
        return max(self.today - dt.timedelta(days=ago), self.today.replace(month=1, day=1))

    def at(self, ago: int, hour: int = 10) -> dt.datetime:
        """Return a moment of the day so many days ago (negative: to come)."""
        moment = dt.datetime.combine(self.day(ago), dt.time(hour))
        return timezone.make_aware(moment)

    def who(self, username: str) -> tuple[Actor, User]:
        """Return somebody as the log and the services want them."""
        user = self.users[username]
        return Actor.of(user), user

    def item(self, code: str) -> Item:
        """Return an item of the demo's policies."""
        return Item.objects.get(code=code)

    def document(self, code: str) -> Document:
        """Return a document of the demo's policies."""
        return Document.objects.get(code=code)

    def entitled(self, item: Item) -> list[Enterprise]:
        """Return who meets the item's rule today and has not appeared yet, in order."""
        numbers = population(self.today).standing(item.rule_id, Standing.MET)
        free = sorted(set(numbers) - self.taken - {self.firm.pk})
        return list(Enterprise.objects.filter(pk__in=free[:120]).order_by("pk"))

    def speak_for(self, firm: Enterprise) -> User:
        """Return who applies for an enterprise; from now on they are on its staff."""
        self.taken.add(firm.pk)
        if firm.pk == self.firm.pk:
            return self.users["qiye"]
        add_staff(
            actor=self.actor,
            user=self.applicant,
            enterprise=firm,
            role=StaffRole.STAFF,
            valid_from=self.day(365),
        )
        return self.applicant


def cast_of(actor: Actor, today: dt.date) -> Cast:
    """Return the demo's people, with those added who act but do not log in."""
    users = {user.username: user for user in User.objects.all()}
    return Cast(
        actor=actor,
        today=today,
        users=users,
        units={unit.code: unit for unit in Unit.objects.all()},
        firm=Enterprise.objects.get(external_id=parameters().login_firm),
        applicant=create_user(
            actor=actor, username="demo-applicant", display_name="示例企业经办人"
        ),
    )


def speaker(cast: Cast, code: str) -> User:
    """Return who speaks for a unit: a demo login of it, or somebody made up without a password."""
    if code in _ANSWERING:
        return cast.users[_ANSWERING[code]]
    name = next(name for one, name, _, _ in UNITS if one == code)
    user = create_user(
        actor=cast.actor, username=f"demo-{code}", display_name=f"示例发言人（{name[2:]}）"
    )
    grant_membership(
        actor=cast.actor,
        user=user,
        unit=cast.units[code],
        role=Role.HANDLER,
        valid_from=cast.day(365),
    )
    return user
