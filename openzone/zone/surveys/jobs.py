"""Every morning, who brought a case that was closed is asked how it was."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.jobs.pacing import paced
from openzone.zone.surveys.packs import form_named
from openzone.zone.surveys.services.asking import AFTER_CASE, ask_after_closing

SYSTEM = Actor.system("surveys")


@task(atomic=False)
def ask_about_closed_cases(day: str) -> int:
    """Ask about the cases closed lately that nobody was asked about; returns how many."""
    return ask_all(timezone.now())


def ask_all(now: dt.datetime) -> int:
    """Ask about every closed case, each for itself; older than the time to answer is too old."""
    form = form_named(AFTER_CASE)
    if form is None:
        return 0
    since = now - dt.timedelta(days=form.open_days)
    closed = Case.objects.filter(closed=True, closed_at__gte=since, survey_invitation=None)
    today = timezone.localdate(now)
    rows = closed.order_by("pk")
    made = [ask_after_closing(actor=SYSTEM, case=case, today=today) for case in paced(rows)]
    return sum(one is not None for one in made)
