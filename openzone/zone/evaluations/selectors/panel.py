"""What reviewers mark, and whose marks may be seen."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q, QuerySet

from openzone.packs.scoring import ScoringPack
from openzone.zone.evaluations.models import Cycle, Entrant, Reviewer
from openzone.zone.evaluations.selectors.data import entrants_of
from openzone.zone.evaluations.selectors.items import pack_of
from openzone.zone.people.models import User
from openzone.zone.registry.models import EnterpriseStaff


def criteria(cycle: Cycle, group: str) -> list[str]:
    """Return what those of a category are marked by."""
    found = next((one for one in pack_of(cycle).groups if one.id == group), None)
    return list(dict.fromkeys(one.numerator for one in found.indicators)) if found else []


def most(pack: ScoringPack, group: str, item: str) -> Decimal:
    """Return the full marks of a criterion: its base, else 100."""
    found = next(one for one in pack.groups if one.id == group)
    bases = [one.base for one in found.indicators if one.numerator == item and one.base]
    return bases[0] if bases else Decimal(100)


def to_mark(reviewer: Reviewer) -> QuerySet[Entrant]:
    """Return whom a reviewer marks."""
    every = entrants_of(reviewer.cycle)
    return every.filter(group=reviewer.group) if reviewer.group else every


def theirs(user: User) -> Q:
    """Return what tells those evaluated that somebody belongs to, or ever did: firms and units."""
    firms = EnterpriseStaff.objects.filter(user=user).values("enterprise__root")
    return Q(enterprise__root__in=firms) | Q(unit__in=user.memberships.values("unit"))


def shown_marks(cycle: Cycle) -> Sequence[Reviewer]:
    """Return the reviewers whose marks may be seen: all of them once all are locked, else none."""
    every = list(cycle.reviewers.select_related("user"))
    return every if every and all(one.locked_at for one in every) else []
