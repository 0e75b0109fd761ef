"""What is done in and about a meeting: recording, deciding, moving, cancelling."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.reviews import CancelForm, DecideForm, HoldForm, MoveForm
from openzone.www.hands import hand
from openzone.www.reviews.words import title_of
from openzone.www.views.reviews.common import lines_of, of_meeting, ran
from openzone.zone.reviews.selectors.meetings import expected
from openzone.zone.reviews.services import deciding, holding, planning


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who was there and what became of each matter."""
    meeting, who = ran(request, pk), hand(request)
    lines = lines_of(meeting) if meeting.prepared_at else []
    form = HoldForm(lines, expected(meeting), posted(request))
    there = reverse("review", args=[pk])

    def act() -> str:
        service = holding.hold_meeting
        service(**who.of("user", "now", "today"), meeting=meeting, **form.given())
        return there

    crumbs = (
        Crumb(reverse("reviews"), _("Review meetings")),
        Crumb(there, f"{title_of(meeting)} {meeting.on}"),
    )
    sub = _("What a tier leaves open too often goes to the next one with this record.")
    words = FormPage(_("Record the meeting"), _("Record"), _("The meeting is recorded."), crumbs,
                     sub, "reviews/hold.html")  # fmt: skip
    return answer(request, words, form, act)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide something: it becomes a task of a unit, at once."""
    meeting, who = ran(request, pk), hand(request)
    item = request.GET.get("item", "")
    form = DecideForm(meeting, posted(request), initial={"item": item})

    def act() -> object:
        given = who.of("user", "now", "today")
        return deciding.decide(**given, meeting=meeting, **form.cleaned_data)

    words = (_("A decision"), _("Give the task"), _("The task is given to its unit."))
    sub = _("The unit takes it on, proves it, and the service centre closes it.")
    return of_meeting(request, meeting, words, form, act, sub)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold it on another day."""
    meeting, who = ran(request, pk), hand(request)
    initial = {"on": meeting.on, "begins": meeting.begins}
    form = MoveForm(posted(request), initial=initial)

    def act() -> object:
        return planning.move_meeting(**who.of("today"), meeting=meeting, **form.cleaned_data)

    words = (_("Move the meeting"), _("Move"), _("The meeting is moved."))
    return of_meeting(request, meeting, words, form, act)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel it."""
    meeting, who = ran(request, pk), hand(request)
    form = CancelForm(posted(request))

    def act() -> object:
        given = who.of("user", "now")
        return planning.cancel_meeting(**given, meeting=meeting, **form.cleaned_data)

    words = (_("Cancel the meeting"), _("Cancel the meeting"), _("The meeting is cancelled."))
    sub = _("What was on its agenda comes to the next one by itself.")
    return of_meeting(request, meeting, words, form, act, sub)
