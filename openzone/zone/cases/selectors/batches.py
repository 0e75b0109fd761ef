"""Whether an action on many cases can be done with each of them, and how far it is."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Count, QuerySet

from openzone.engines.cases.model import Action, Verb
from openzone.engines.text import Text
from openzone.zone.cases.enums import BatchRowState
from openzone.zone.cases.models import Batch, BatchRow, Case
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.offers import offers
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.people.models import User

BULK: Mapping[str, Text] = {
    str(Verb.ROUTE): Text("派单", "Assign"),
    str(Verb.TRANSFER): Text("改派", "Transfer"),
    str(Verb.ACCEPT): Text("受理", "Accept"),
    str(Verb.PRIORITISE): Text("优先办理", "Prioritise"),
    str(Verb.SUPERVISE): Text("督办", "Order supervision"),
    str(Verb.NOTE): Text("备注", "Note"),
}
NO_SUCH = Text("此类事项没有这个动作", "cases of this type know no such action")
NOT_YOURS = Text("您不是本件的办理人员", "you are none of the people who handle this case")


class Tally(NamedTuple):
    """How many cases of an action on many stand how."""

    waiting: int
    may: int
    may_not: int
    done: int
    refused: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)

    @property
    def answered(self) -> int:
        """Those something came of."""
        return self.done + self.refused

    @property
    def chosen(self) -> int:
        """Those that could be done when they were looked at."""
        return self.may + self.answered


def action_for(case: Case, verb: str) -> Action | None:
    """Return the plain action of a case's own type: named as the verb, else the only one of it.

    Other actions of the same verb, such as a call to the requester, mean something of their own.
    """
    found = type_of(case.version).by_verb.get(Verb(verb), ())
    plain = [one for one in found if one.id == verb]
    return plain[0] if plain else found[0] if len(found) == 1 else None


def why_not(user: User, case: Case, verb: str, now: dt.datetime, on: dt.date) -> Text | None:
    """Return why somebody cannot do this with a case now; ``None`` where they can."""
    action = action_for(case, verb)
    if action is None:
        return NO_SUCH
    for offer in offers(user, case, now, on):
        if offer.action.id == action.id:
            return None if offer.allowed else offer.reason
    return NOT_YOURS


def tally(batch: Batch) -> Tally:
    """Count the cases by how they stand."""
    rows = BatchRow.objects.filter(batch=batch).order_by().values_list("state")
    counts = dict(rows.annotate(n=Count("pk")))
    return Tally(*(counts.get(state, 0) for state in BatchRowState.values))


def rows_seen(batch: Batch, user: User, on: dt.date) -> QuerySet[BatchRow]:
    """Return the rows whose cases somebody may see."""
    seen = batch.rows.filter(case__in=visible(user, on).values("pk"))
    return seen.select_related("case__version", "case__lead", "case__enterprise").order_by("pk")
