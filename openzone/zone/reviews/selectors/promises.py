"""Promises of projects that come due. Whoever keeps promises registers where they are read."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.text import Text
from openzone.zone.projects.models import Project


class Promise(NamedTuple):
    """A promise not kept yet. ``ref`` tells it from every other one; ``said`` is what it says.

    ``missed``: its day has passed and it is known not to have been kept.
    """

    project: int
    ref: str
    title: str
    due: dt.date
    said: Text
    missed: bool = False


# Of these projects, as known on a day: what falls due up to another, and what was missed before.
Source = Callable[[QuerySet[Project], dt.date, dt.date], Iterable[Promise]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Let agendas read promises from here, too; call it in ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)
    return source


def due_by(projects: QuerySet[Project], on: dt.date, last: dt.date) -> list[Promise]:
    """Return the promises of these projects that fall due up to a day, from every source."""
    return [promise for source in _sources for promise in source(projects, on, last)]
