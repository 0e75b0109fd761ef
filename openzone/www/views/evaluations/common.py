"""What pages of evaluations share."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.engines.scoring.model import Scored
from openzone.engines.text import Text
from openzone.packs.scoring import ScoringPack
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage
from openzone.www.pages import SIZE
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.enums import CycleKind, CycleState
from openzone.zone.evaluations.models import Cycle, Entrant
from openzone.zone.evaluations.selectors.results import class_label
from openzone.zone.people.permissions import may_see_console

T = TypeVar("T")
TEMPLATE = "promotion_field/act.html"
WITH = ("opened_by", "posted_by", "locked_by", "published_by", "final_by", "final_run")


def entered(request: HttpRequest) -> dt.date:
    """Return today, for whoever opens evaluations at all."""
    today = timezone.localdate()
    require(permissions.may_list(request.user, today))
    return today


def cycle_of(request: HttpRequest, pk: int) -> Cycle:
    """Return an evaluation the person may open."""
    today = entered(request)
    found = get_object_or_404(
        Cycle.objects.select_related(*WITH).prefetch_related("columns__unit"), pk=pk
    )
    require(permissions.may_see(request.user, found, today))
    return found


def entrant_of(request: HttpRequest, pk: int) -> Entrant:
    """Return one of those evaluated, in an evaluation the person may open."""
    today = entered(request)
    rows = Entrant.objects.select_related("cycle", "enterprise", "unit", "landlord")
    found = get_object_or_404(rows, pk=pk)
    require(permissions.may_see(request.user, found.cycle, today))
    return found


def above(cycle: Cycle | None = None, entrant: Entrant | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    crumbs: tuple[Crumb, ...] = (Crumb(reverse("evaluations"), _("Evaluations of enterprises")),)
    if cycle is not None:
        crumbs += (Crumb(reverse("evaluation", args=[cycle.pk]), cycle.title),)
    if entrant is not None:
        crumbs += (Crumb(reverse("evaluation_entrant", args=[entrant.pk]), entrant.name),)
    return crumbs


def form_page(heading: str, button: str, crumbs: tuple[Crumb, ...], sub: str = "") -> FormPage:
    """Return what a form says."""
    return FormPage(heading, button, _("It is recorded."), crumbs, sub, TEMPLATE)


class Tab(NamedTuple):
    """A page of an evaluation."""

    href: str
    label: str
    here: bool


def tabs(request: HttpRequest, cycle: Cycle, here: str, today: dt.date) -> list[Tab]:
    """Return the pages of an evaluation that somebody may open."""
    user = request.user
    panel = cycle.kind == CycleKind.PANEL
    sees = permissions.sees_all(user, today)
    marks = permissions.reviewer_of(user, cycle) is not None or sees
    asked: dict[str, tuple[str, bool]] = {
        "evaluation": (_("Overview"), True),
        "evaluation_data": (_("Data"), permissions.may_see_data(user, cycle, today).allowed),
        "evaluation_marks": (_("Marks given"), panel and marks),
        "evaluation_land": (_("Land areas"), cycle.posted_at is not None),
        "evaluation_scores": (_("Scores"), sees),
        "evaluation_list": (_("Published list"), cycle.state in permissions.SHOWN),
        "evaluation_prices": (_("Differential prices"), sees and not panel),
        "evaluation_what_if": (_("What if"), sees),
    }
    return [
        Tab(reverse(name, args=[cycle.pk]), label, name == here)
        for name, (label, shown) in asked.items()
        if shown
    ]


def room_tabs(request: HttpRequest, here: str, today: dt.date) -> list[Tab]:
    """Return the pages of the room."""
    names = {"evaluations": _("Evaluations of enterprises")}
    if may_see_console(request.user, today).allowed:
        names |= {
            "evaluation_history": _("Classes over the years"),
            "evaluation_credit": _("City credit index"),
            "evaluation_satisfaction": _("Satisfaction measured"),
        }
    return [Tab(reverse(name), label, name == here) for name, label in names.items()]


def framed(request: HttpRequest, cycle: Cycle, here: str, today: dt.date) -> dict[str, Any]:
    """Return what stands on every page of an evaluation."""
    return {
        "cycle": cycle,
        "steps": (),
        "tabs": tabs(request, cycle, here, today),
        "runs": permissions.may_run(request.user, today).allowed,
        "sees_all": permissions.sees_all(request.user, today),
        "today": today,
    }


def named(pack: ScoringPack) -> Callable[[str, str | None], str]:
    """Return what names the classes of a scheme."""
    return lambda group, class_: say(class_label(pack, group, class_))


def groups_of(pack: ScoringPack) -> dict[str, str]:
    """Return what the groups of a scheme are called."""
    return {one.id: say(one.label.text) for one in pack.groups}


def why(one: Scored) -> Text | None:
    """Return why somebody stands where they stand, where there is more to say than points."""
    if one.entry.veto:
        return Text(f"一票否决：{one.entry.veto}", f"veto: {one.entry.veto}")
    return one.reason


ENTERING = (CycleState.GATHERING, CycleState.POSTED, CycleState.PUBLISHED)


def part_of(request: HttpRequest, rows: Sequence[T]) -> "Page[T]":
    """Return the page asked for of what is worked out, not read row by row."""
    return Paginator(rows, SIZE).get_page(request.GET.get("page"))
