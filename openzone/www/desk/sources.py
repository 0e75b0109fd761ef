"""The areas that put something on a desk. A new area adds its function here."""

import datetime as dt
from itertools import chain

from openzone.www.cases.asking import Moment
from openzone.www.desk import (
    agreements,
    approvals,
    chains_versions,
    commitments,
    community,
    cultivation,
    evaluations,
    land,
    performance,
    promotion,
    promotion_field,
    readings,
    reforms,
    reporting,
    resumption,
    suggestions,
    surveys,
    visits,
    waters,
)
from openzone.www.desk.items import Asker, Item, Source
from openzone.zone.cases.packs import notifications
from openzone.zone.people.models import User

SOURCES: tuple[Source, ...] = (
    community.items,
    visits.items,
    commitments.items,
    suggestions.items,
    reforms.items,
    surveys.items,
    agreements.items,
    promotion.items,
    land.items,
    performance.items,
    evaluations.items,
    promotion_field.items,
    approvals.items,
    chains_versions.items,
    waters.items,
    readings.items,
    reporting.items,
    resumption.items,
    cultivation.items,
)


def waiting(user: User, now: Moment) -> list[Item]:
    """Return what every area asks of somebody, what hurts next first."""
    ahead = dt.timedelta(days=notifications().desk.ahead_days)
    asker = Asker(user, now.aware, now.day, now.day + ahead)
    found = chain.from_iterable(source(asker) for source in SOURCES)
    return sorted(found, key=lambda item: (item.at is None, item.at or now.aware, item.href))
