"""What a small form about a project does, and how it is told."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise

from openzone.www.forms.projects import OfProject
from openzone.www.hands import Hand
from openzone.zone.projects.models import Project

Given = dict[str, Any]
Doing = Callable[[Hand, Project, Given], object]
STEP = ("user", "now", "today")


class Act(NamedTuple):
    """A form, what it is called, what it does, and the part of the page it leads back to."""

    form: type[OfProject]
    heading: Promise
    button: Promise
    do: Doing
    part: str = ""
    rules: bool = False
    """Whether it is for those who decide, not for those who work on the project."""
    sub: Promise | str = ""


def simple(service: Callable[..., object], *needs: str) -> Doing:
    """Return an act whose form says exactly what its service takes beside the project."""

    def do(who: Hand, project: Project, given: Given) -> object:
        return service(**who.of(*needs), project=project, **given)

    return do


def about(service: Callable[..., object], *needs: str) -> Doing:
    """Return an act about a row of the project, which the form has named."""

    def do(who: Hand, project: Project, given: Given) -> object:
        return service(**who.of(*needs), **given)

    return do
