"""The quarterly assessment of service per person (HF-04): satisfaction, bad reviews, complaints.

Each count stands by itself with its source. A count nobody could make is unknown, never zero.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from openzone.engines.visiting.cadence import Per, Period, period_of
from openzone.zone.cases.models import Case
from openzone.zone.people.models import User
from openzone.zone.surveys.models import Survey
from openzone.zone.surveys.selectors.figures import Figures, by_assignee

SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Line:
    """One person in one quarter. ``complaints`` are cases opened about the person's service."""

    user: User
    figures: Figures
    complaints: int

    @property
    def origin(self) -> str:
        """Return the origin that the complaints behind the count have."""
        return complaint_origin(self.user)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A quarter. ``survey`` is missing while nobody was asked: then nothing is known."""

    quarter: Period
    survey: Survey | None
    lines: tuple[Line, ...]


def complaint_origin(user: User) -> str:
    """Return the origin of a case that complains about how somebody looks after an enterprise."""
    return f"assignee:{user.pk}"


def assessment(day: dt.date, as_of: dt.date) -> Assessment:
    """Return the assessment of the quarter a day lies in, as known on ``as_of``."""
    quarter = period_of(day, Per.QUARTER)
    survey = Survey.objects.filter(form=SERVICE, first=quarter.first).first()
    if survey is None:
        return Assessment(quarter, None, ())
    complaints = _complaints(quarter)
    lines = (
        Line(user, figures, complaints[user.pk])
        for user, figures in by_assignee(survey, as_of).items()
    )
    return Assessment(quarter, survey, tuple(lines))


def _complaints(quarter: Period) -> Counter[int]:
    """Count complaints opened in a quarter by whom they are about; merged ones once."""
    first = _midnight(quarter.first)
    last = _midnight(quarter.last + dt.timedelta(days=1))
    rows = Case.objects.filter(
        origin__startswith="assignee:", opened_at__gte=first, opened_at__lt=last, merged_into=None
    )
    numbers = (origin.partition(":")[2] for origin in rows.values_list("origin", flat=True))
    return Counter(int(number) for number in numbers if number.isdecimal())


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
