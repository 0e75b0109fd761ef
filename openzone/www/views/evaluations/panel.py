"""Marks: one's own sheet, which nobody else sees before all are locked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.hands import hand
from openzone.www.views.evaluations import common
from openzone.zone.errors import Refused
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.enums import CycleState
from openzone.zone.evaluations.models import Cycle, Reviewer
from openzone.zone.evaluations.selectors.items import items_of, pack_of
from openzone.zone.evaluations.selectors.panel import criteria, most, shown_marks, to_mark
from openzone.zone.evaluations.services import panel
from openzone.zone.people.permissions import Decision

NOT_YOURS = Text("仅限评审本人", "for the reviewer only")


@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and keep one's own marks; everybody's to who oversees, once all are locked."""
    found, who = common.cycle_of(request, pk), hand(request)
    mine = permissions.reviewer_of(request.user, found)
    sees = permissions.sees_all(request.user, who.today)
    require(Decision(mine is not None or sees, NOT_YOURS))
    refused = None
    if request.method == "POST":
        require(Decision(mine is not None, NOT_YOURS))
        assert mine is not None  # noqa: S101 - required above
        try:
            panel.save_marks(**who.of(), reviewer=mine, marks=_given(request, mine))
            messages.success(request, _("It is recorded."))
            return redirect("evaluation_marks", found.pk)
        except Refused as refusal:
            refused = refusal
    context = common.framed(request, found, "evaluation_marks", who.today) | {
        "mine": mine, "rows": _rows(request, found, mine) if mine else [],
        "open": mine is not None and mine.locked_at is None
        and found.state == CycleState.GATHERING,
        "refused": refused,
        "every": _every(found) if sees else [],
        "waiting": found.reviewers.filter(locked_at=None).count(),
    }  # fmt: skip
    return render(request, "evaluations/marks.html", context, status=400 if refused else 200)


def _given(request: HttpRequest, mine: Reviewer) -> dict[str, dict[str, str]]:
    return {
        str(one.pk): {
            item: str(request.POST.get(f"m-{one.pk}-{item}", ""))[:12]
            for item in criteria(mine.cycle, one.group)
        }
        for one in to_mark(mine)
    }


def _rows(request: HttpRequest, found: Cycle, mine: Reviewer) -> list[tuple[object, str, object]]:
    pack, labels = pack_of(found), {one.name: say(one.label) for one in items_of(found)}
    groups = common.groups_of(pack)
    return [
        (one, groups.get(one.group, one.group), [
            (f"m-{one.pk}-{item}", labels.get(item, item), most(pack, one.group, item),
             request.POST.get(f"m-{one.pk}-{item}", mine.marks.get(str(one.pk), {}).get(item, "")))
            for item in criteria(found, one.group)
        ])
        for one in to_mark(mine)
    ]  # fmt: skip


def _every(found: Cycle) -> list[tuple[object, list[tuple[object, object]]]]:
    """Return everybody's marks by entrant, once all reviewers have locked theirs."""
    reviewers = shown_marks(found)
    return [
        (one, [(reviewer, reviewer.marks.get(str(one.pk), {})) for reviewer in reviewers])
        for one in (found.entrants.all() if reviewers else ())
    ]


@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock one's marks."""
    found, who = common.cycle_of(request, pk), hand(request)
    mine = permissions.reviewer_of(request.user, found)
    require(Decision(mine is not None, NOT_YOURS))
    assert mine is not None  # noqa: S101 - required above
    try:
        panel.lock_marks(**who.of("now"), reviewer=mine)
        messages.success(request, _("The marks are locked."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("evaluation_marks", found.pk)
