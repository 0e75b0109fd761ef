"""The roster of advisers with what each follows and has credit for."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.promotion.enums import IN_TALKS, OPEN, LeadState
from openzone.zone.promotion.models import Adviser, Lead, LeadCredit
from openzone.zone.promotion.selectors.quiet import quiet_leads


@dataclass(frozen=True, slots=True)
class Load:
    """An adviser: what they follow, what is quiet, what they have credit for.

    ``credit`` and ``landed`` are sums of parts of leads, of all and of those that became projects:
    half a lead each where two share it.
    """

    term: Adviser
    open: int
    in_talks: int
    quiet: int
    credit: Decimal
    landed: Decimal


def roster(on: dt.date) -> QuerySet[Adviser]:
    """Return who is on the roster on a day."""
    return Adviser.objects.filter(on_day(on)).select_related("user").order_by("user", "pk")


def former(on: dt.date) -> QuerySet[Adviser]:
    """Return who left the roster before a day, the last first."""
    left = Adviser.objects.filter(valid_to__lt=on).select_related("user")
    return left.order_by("-valid_to", "-pk")


def advisers(on: dt.date) -> QuerySet[User]:
    """Return the people who can be given a lead on a day."""
    return User.objects.filter(
        is_active=True, pk__in=Adviser.objects.filter(on_day(on)).values("user")
    ).order_by("display_name", "username")


def loads(terms: Iterable[Adviser], on: dt.date) -> list[Load]:
    """Return every adviser's load and credit, each in a fixed number of questions."""
    known = list(terms)
    people = [one.user_id for one in known]
    states = _states(people)
    quiet = Counter(
        one.lead.adviser_id for one in quiet_leads(Lead.objects.filter(adviser__in=people), on)
    )
    credit = _credit(people)
    return [
        Load(
            one,
            sum(states[one.user_id][state] for state in OPEN),
            sum(states[one.user_id][state] for state in IN_TALKS),
            quiet[one.user_id],
            *credit.get(one.user_id, (Decimal(0), Decimal(0))),
        )
        for one in known
    ]


def _states(people: list[int]) -> Mapping[int, Counter[str]]:
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    rows = Lead.objects.filter(adviser__in=people).order_by().values("adviser", "state")
    for row in rows.annotate(n=Count("pk")):
        found[row["adviser"]][row["state"]] = row["n"]
    return found


def _credit(people: list[int]) -> dict[int, tuple[Decimal, Decimal]]:
    given = LeadCredit.objects.filter(user__in=people).order_by()
    whole = dict(given.values_list("user").annotate(sum=Sum("share")))
    landed = dict(
        given.filter(lead__state=LeadState.PROJECT).values_list("user").annotate(sum=Sum("share"))
    )
    return {user: (sum_, landed.get(user, Decimal(0))) for user, sum_ in whole.items()}
