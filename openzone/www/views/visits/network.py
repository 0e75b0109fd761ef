"""The roster, who looks after which enterprise, hand-over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.visits import AssignForm, EndForm, GridForm, HandOverForm, PostForm
from openzone.www.views.exports import send
from openzone.www.views.visits.common import above, keeper, rows, visitor
from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export
from openzone.zone.visits.enums import Duty
from openzone.zone.visits.models import Post
from openzone.zone.visits.permissions import may_keep_network
from openzone.zone.visits.selectors.coverage import grid_loads, personal_loads
from openzone.zone.visits.selectors.network import Holder, Network
from openzone.zone.visits.services.assigning import assign, put_in_grid
from openzone.zone.visits.services.handover import hand_over
from openzone.zone.visits.services.roster import appoint, end_post


@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Show who has which duty, with how many enterprises."""
    visitor(request)
    as_of = asof.as_of(request)
    network = Network(as_of)
    loads = {duty: personal_loads(network, duty) for duty in (Duty.SPONSOR, Duty.SERVICE_OFFICER)}
    grids = grid_loads(network)
    posts = Post.objects.filter(on_day(as_of)).select_related("user", "unit", "place")
    groups: dict[Duty, list[tuple[Post, int]]] = {duty: [] for duty in Duty}
    for post in posts.order_by("unit__code", "user__username", "pk"):
        duty = Duty(post.duty)
        load = (
            grids.get(post.place_id or 0, 0)
            if duty is Duty.GRID
            else loads[duty].get(Holder(post.user_id, ""), 0)
        )
        groups[duty].append((post, load))
    context = {
        "groups": groups.items(),
        "most": max((load for group in groups.values() for _post, load in group), default=0),
        "people": len({post.user_id for group in groups.values() for post, _load in group}),
        "may_keep": may_keep_network(request.user, timezone.localdate()).allowed,
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "visits/roster.html", context)


@require_POST
def roster_export(request: HttpRequest) -> HttpResponse:
    """Download the roster; the file can be imported again."""
    require(may_export(request.user, timezone.localdate()))
    as_of = asof.as_of(request)
    headings = [
        _("Account"),
        _("Name"),
        _("Duty"),
        _("Unit code"),
        _("Place code"),
        _("Office telephone"),
        _("From"),
        _("To"),
    ]
    posts = Post.objects.filter(on_day(as_of)).select_related("user", "unit", "place")
    cells = [
        (
            post.user.username,
            str(post.user),
            str(Duty(post.duty).label),
            post.unit.code,
            post.place.code if post.place else None,
            post.phone or None,
            post.valid_from,
            post.valid_to,
        )
        for post in posts
    ]
    table = excel.Table(headings, cells, [excel.as_of_note(as_of)], excel.in_example_zone())
    return send(request, table, what="service_roster", name=_("Roster"))


@require_POST
def assignments_export(request: HttpRequest) -> HttpResponse:
    """Download who looks after every enterprise, those nobody has too."""
    require(may_export(request.user, timezone.localdate()))
    as_of = asof.as_of(request)
    network = Network(as_of)
    headings = [
        _("Enterprise"),
        _("Credit code"),
        _("Sponsoring leader"),
        _("Service officer"),
        _("Grid"),
        _("Grid officer"),
    ]
    cells = [
        (
            row.enterprise.name,
            row.enterprise.uscc,
            row.sponsor or None,
            row.officer or None,
            row.grid or None,
            row.grid_officer or None,
        )
        for row in rows(network, network.covers)
    ]
    table = excel.Table(headings, cells, [excel.as_of_note(as_of)], excel.in_example_zone())
    return send(request, table, what="assignments", name=_("Assignments"))


@require_http_methods(["GET", "POST"])
def post_new(request: HttpRequest) -> HttpResponse:
    """Put somebody on the roster."""
    actor, form = keeper(request), PostForm(posted(request))

    def act() -> str:
        appoint(actor=actor, **form.cleaned_data)
        return reverse("visit_roster")

    done = _("The roster is changed.")
    page = FormPage(_("Put somebody on the roster"), _("Record"), done, _roster())
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a place on the roster."""
    actor, form = keeper(request), EndForm(posted(request))
    post = get_object_or_404(Post.objects.select_related("user", "unit"), pk=pk)

    def act() -> str:
        end_post(actor=actor, post=post, last_day=form.cleaned_data["last_day"])
        return reverse("visit_roster")

    page = FormPage(
        _("End a place on the roster"),
        _("Record the last day"),
        _("The last day is recorded."),
        _roster(),
        f"{post} · {post.unit}",
    )
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def hand(request: HttpRequest) -> HttpResponse:
    """Hand everything of one person over to another."""
    actor, form = keeper(request), HandOverForm(posted(request), initial=_leaving(request))

    def act() -> str:
        hand_over(actor=actor, **form.cleaned_data)
        return reverse("visit_roster")

    sub = _("Enterprises, places on the roster and planned visits go along from the first day on.")
    page = FormPage(_("Hand over"), _("Hand over"), _("Everything is handed over."), _roster(), sub)
    return answer(request, page, form, act)


def _leaving(request: HttpRequest) -> dict[str, str]:
    name = request.GET.get("user", "").replace("\x00", "")
    return {"leaving": name} if User.objects.filter(username=name).exists() else {}


@require_http_methods(["GET", "POST"])
def assign_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which leader or officer looks after an enterprise."""
    actor, form = keeper(request), AssignForm(posted(request))
    firm = get_object_or_404(Enterprise.objects.select_related("root"), pk=pk).root

    def act() -> str:
        assign(actor=actor, enterprise=firm, **form.cleaned_data)
        return reverse("visit_contacts", args=[firm.pk])

    page = FormPage(
        _("Who looks after it"), _("Assign it"), _("It is assigned."), _contacts(firm), firm.name
    )
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in which grid an enterprise lies."""
    actor, form = keeper(request), GridForm(posted(request))
    firm = get_object_or_404(Enterprise.objects.select_related("root"), pk=pk).root

    def act() -> str:
        put_in_grid(actor=actor, enterprise=firm, **form.cleaned_data)
        return reverse("visit_contacts", args=[firm.pk])

    page = FormPage(
        _("The grid it lies in"), _("Assign it"), _("It is assigned."), _contacts(firm), firm.name
    )
    return answer(request, page, form, act)


def _roster() -> tuple[Crumb, ...]:
    return (*above(), Crumb(reverse("visit_roster"), _("Roster")))


def _contacts(firm: Enterprise) -> tuple[Crumb, ...]:
    return (*above(), Crumb(reverse("visit_contacts", args=[firm.pk]), firm.name))
