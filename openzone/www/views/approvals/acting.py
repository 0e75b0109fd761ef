"""What somebody does with a track or an item of it: one form for each."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from openzone.www.access import require
from openzone.www.formats import day, say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import approvals as forms
from openzone.www.hands import Hand, hand
from openzone.www.views.approvals import common
from openzone.www.views.projects.common import WITH, above
from openzone.zone.approvals import permissions as may
from openzone.zone.approvals.models import Track, TrackItem
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.standing import board
from openzone.zone.approvals.services import answering, intake, promising, tracks, trips
from openzone.zone.people.permissions import Decision
from openzone.zone.projects.models import Project
from openzone.zone.reviews.permissions import may_raise
from openzone.zone.reviews.services.obstacles import raise_obstacle

TEMPLATE = "projects/act.html"
Given = dict[str, Any]


class Act(NamedTuple):
    """A form of a track: who may, what it is called, what it does."""

    form: type[forms.OfTrack]
    rule: Callable[..., Decision]
    heading: Promise
    button: Promise
    do: Callable[[Hand, Track, Given], Any]
    sub: Promise | str = ""


def _accept(who: Hand, found: Track, given: Given) -> object:
    return tracks.accept(**who.of("user", "now"), track=found)


def _refuse(who: Hand, found: Track, given: Given) -> object:
    return tracks.refuse(**who.of("user", "now", "today"), track=found, **given)


def _withdraw(who: Hand, found: Track, given: Given) -> object:
    return tracks.withdraw(**who.of("user", "today"), track=found, **given)


def _expect(who: Hand, found: Track, given: Given) -> object:
    return tracks.expect_land(**who.of(), track=found, **given)


def _land(who: Hand, found: Track, given: Given) -> object:
    return tracks.obtain_land(**who.of("user", "now", "today"), track=found, **given)


def _lost(who: Hand, found: Track, given: Given) -> object:
    return tracks.lose_land(**who.of("user", "now", "today"), track=found, **given)


def _trip(who: Hand, found: Track, given: Given) -> object:
    return trips.record_trip(**who.of("user", "now", "today"), track=found, **given)


def _promise(who: Hand, found: Track, given: Given) -> object:
    return promising.promise(**who.of("user", "now", "today"), track=found, **given)


def _paper(who: Hand, found: Track, given: Given) -> object:
    return intake.give_paper(**who.of("user", "now"), track=found, **given)


ACTS: Mapping[str, Act] = {
    "accept": Act(
        forms.AcceptForm, may.may_coordinate, gettext_lazy("Take the request on"),
        gettext_lazy("Take the request on"), _accept,
        gettext_lazy("Its items are given to the units that answer them."),
    ),
    "refuse": Act(
        forms.EndForm, may.may_coordinate, gettext_lazy("Do not take it on"),
        gettext_lazy("Do not take it on"), _refuse,
    ),
    "withdraw": Act(
        forms.EndForm, may.may_withdraw, gettext_lazy("Take the request back"),
        gettext_lazy("Take back"), _withdraw,
        gettext_lazy("It was voluntary: opinions lapse, and nobody owes anything."),
    ),
    "expect": Act(
        forms.ExpectForm, may.may_hand_in, gettext_lazy("When the land is expected"),
        gettext_lazy("Save"), _expect,
    ),
    "land": Act(
        forms.LandForm, may.may_coordinate, gettext_lazy("The land is obtained"),
        gettext_lazy("Record"), _land,
        gettext_lazy("From now on opinions that still hold can be made permits."),
    ),
    "lost": Act(
        forms.LostForm, may.may_coordinate, gettext_lazy("The land went elsewhere"),
        gettext_lazy("Record"), _lost,
        gettext_lazy("Every opinion lapses, and nobody owes anything."),
    ),
    "trip": Act(
        forms.TripForm, may.may_coordinate, gettext_lazy("Somebody had to come"),
        gettext_lazy("Record"), _trip,
    ),
    "promise": Act(
        forms.PromiseForm, may.may_hand_in, gettext_lazy("Promise for later"),
        gettext_lazy("Promise"), _promise,
        gettext_lazy("No later than the processing time of the item allows."),
    ),
    "paper": Act(
        forms.PaperForm, may.may_hand_in, gettext_lazy("Give a paper"),
        gettext_lazy("Hand in"), _paper,
        gettext_lazy("Opinions that rest on the paper it replaces no longer hold."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of a track, or do what it says."""
    if what not in ACTS:
        raise Http404
    doing = ACTS[what]
    found, who = common.allowed(request, pk, doing.rule), hand(request)
    form = doing.form(found, posted(request), request.FILES or None)

    def do() -> str:
        doing.do(who, found, dict(form.cleaned_data))
        return common.page_of(found)

    page = FormPage(
        str(doing.heading), str(doing.button), _("It is recorded."),
        common.above(request, found), str(doing.sub) or found.project.name, TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a track of a project; what is acknowledged stands on the page."""
    project = get_object_or_404(Project.objects.select_related(*WITH), pk=pk)
    require(may.may_ask(request.user, project, timezone.localdate()))
    who, form = hand(request), forms.AskForm(posted(request))

    def do() -> str:
        made = tracks.ask(**who.of("user", "now", "today"), project=project, **form.cleaned_data)
        return common.page_of(made)

    own = may.own_projects(who.user, who.today).filter(pk=project.pk).exists()
    crumbs = common.above_mine() if own else above(project)
    page = FormPage(
        _("Start on land acquisition"), _("Ask for it"),
        _("It is asked for; the service centre takes it on."), crumbs,
        f"{project.name}。{say(pack().acknowledgement.text.text)}", TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


class ItemAct(NamedTuple):
    """A form of an item that its unit answers with."""

    form: type[forms.OfItem]
    heading: Promise
    button: Promise
    do: Callable[[Hand, TrackItem, Given], Any]
    sub: Promise


def _back(who: Hand, row: TrackItem, given: Given) -> object:
    return answering.send_back(**who.of("user", "now"), item=row, **given)


def _review(who: Hand, row: TrackItem, given: Given) -> object:
    return answering.review_ahead(**who.of("user", "now", "today"), item=row, **given)


def _issue(who: Hand, row: TrackItem, given: Given) -> object:
    return answering.issue(**who.of("user", "now", "today"), item=row, **given)


ANSWERS: Mapping[str, ItemAct] = {
    "back": ItemAct(
        forms.BackForm, gettext_lazy("Send back"), gettext_lazy("Send back"), _back,
        gettext_lazy("Its clock stands still until the applicant hands in again."),
    ),
    "review": ItemAct(
        forms.OpinionForm, gettext_lazy("Pre-review opinion"), gettext_lazy("Give the opinion"),
        _review, gettext_lazy("An opinion is no permit: nothing may be built on it."),
    ),
    "issue": ItemAct(
        forms.IssueForm, gettext_lazy("Formal decision"), gettext_lazy("Issue"), _issue,
        gettext_lazy("With an opinion: only while it holds and the land is unchanged."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of an item, or answer with it."""
    if what not in ANSWERS:
        raise Http404
    row, who, doing = common.item_of(pk), hand(request), ANSWERS[what]
    require(may.may_answer(request.user, row, who.today))
    last = row.steps.order_by("pk").last()
    form = doing.form(
        posted(request), request.FILES or None, initial={"seen": last.pk if last else None}
    )

    def do() -> str:
        doing.do(who, row, dict(form.cleaned_data))
        return reverse("approval_item", args=[row.pk])

    page = FormPage(
        str(doing.heading), str(doing.button), _("It is recorded."),
        common.above_item(request, row), str(doing.sub), TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an item to the unit that answers it."""
    row, who = common.item_of(pk), hand(request)
    require(may.may_coordinate(request.user, row.track, who.today))
    form = forms.AssignForm(posted(request), initial={"unit": row.unit.code})

    def do() -> str:
        tracks.assign(**who.of(), item=row, **form.cleaned_data)
        return reverse("approval_item", args=[row.pk])

    page = FormPage(
        _("Unit that answers"), _("Assign"), _("It is recorded."), common.above_item(request, row),
        row.track.project.name, TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise what is late as an obstacle of the project; the same delay is raised once."""
    row, who = common.item_of(pk), hand(request)
    project = row.track.project
    require(may_raise(request.user, project, who.today))
    form = forms.ObstacleForm(posted(request), initial=_told(row, who))

    def do() -> str:
        raise_obstacle(
            **who.of("user", "now", "today"), project=project, topic="approval", unit=row.unit,
            request_id=f"approval-{row.pk}-{row.steps.count()}", **form.cleaned_data,
        )  # fmt: skip
        return reverse("obstacle_project", args=[project.pk])

    page = FormPage(
        _("Raise an obstacle"), _("Raise"), _("The obstacle is raised."),
        common.above_item(request, row), project.name, TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


def _told(row: TrackItem, who: Hand) -> dict[str, str]:
    """Return what the form begins with: what is late, since when, with whom."""
    line = board(row.track, who.now).line(row.code)
    name = forms.say_item(row)
    text = [f"{row.track.number} {name} · {row.unit}"]
    if line.clock is not None:
        text.append(_("due %(day)s") % {"day": day(line.clock.due.date())})
    return {"title": _("%(item)s is late") % {"item": name}, "text": "，".join(text)}
