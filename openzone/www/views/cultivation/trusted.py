"""Trusted enterprises with their priority links, and incentives for good credit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.cultivation import EndPlaceForm, IncentiveForm, TrustedForm
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.cultivation.models import Incentive, TrustedEnterprise
from openzone.zone.cultivation.packs import pack
from openzone.zone.cultivation.permissions import may_keep, may_screen
from openzone.zone.cultivation.selectors.trusted import open_incentives, trusted_on
from openzone.zone.cultivation.services import trusted as services
from openzone.zone.registry.permissions import may_export


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the list of a day, who was on it before, the five links, and the incentives."""
    today = timezone.localdate()
    require(may_screen(request.user, today))
    as_of = asof.as_of(request)
    context = {
        "listed": trusted_on(as_of),
        "ended": TrustedEnterprise.objects.filter(valid_to__lt=as_of)
        .select_related("enterprise")
        .order_by("-valid_to", "pk")[:50],
        "links": pack().links,
        "open": open_incentives(as_of),
        "closed": Incentive.objects.exclude(pk__in=open_incentives(as_of).values("pk"))
        .select_related("unit")
        .order_by("title"),
        "may_keep": may_keep(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "cultivation/trusted.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the list of the day with its links; the log notes it."""
    require(may_export(request.user, timezone.localdate()))
    as_of = asof.as_of(request)
    links = "、".join(say(link.title.text) for link in pack().links.list)
    headings = [
        _("Enterprise"),
        _("Credit code"),
        _("Document or list"),
        _("From"),
        _("To"),
        _("First in"),
    ]
    rows = [
        (
            one.enterprise.name,
            one.enterprise.uscc,
            one.document,
            one.valid_from,
            one.valid_to,
            links,
        )
        for one in trusted_on(as_of)
    ]
    table = excel.Table(headings, rows, [excel.as_of_note(as_of)], excel.in_example_zone())
    return send(request, table, what="trusted", name=_("Trusted enterprises"))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put an enterprise on the list."""
    actor, form = _keeper(request), TrustedForm(posted(request))

    def act() -> str:
        services.list_enterprise(actor=actor, **form.cleaned_data)
        return reverse("cultivation_trusted")

    done = _("The enterprise is on the list.")
    page = FormPage(_("List an enterprise"), _("Put on the list"), done, _above())
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a place earlier."""
    actor = _keeper(request)
    place = get_object_or_404(TrustedEnterprise.objects.select_related("enterprise"), pk=pk)
    form = EndPlaceForm(posted(request))

    def act() -> str:
        services.end_place(actor=actor, place=place, **form.cleaned_data)
        return reverse("cultivation_trusted")

    sub = _("Its priority ends in every link at once, the day after.")
    page = FormPage(
        _("End a place on the list"),
        _("Record the last day"),
        _("The last day is recorded."),
        _above(),
        f"{place.enterprise} · {sub}",
    )
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def new_incentive(request: HttpRequest) -> HttpResponse:
    """Enter an incentive."""
    return _incentive(request, None)


@require_http_methods(["GET", "POST"])
def incentive(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an incentive."""
    _keeper(request)
    return _incentive(request, get_object_or_404(Incentive.objects.select_related("unit"), pk=pk))


def _incentive(request: HttpRequest, kept: Incentive | None) -> HttpResponse:
    actor, form = _keeper(request), IncentiveForm.of(kept, posted(request))

    def act() -> str:
        services.keep_incentive(actor=actor, incentive=kept, **form.cleaned_data)
        return reverse("cultivation_trusted")

    heading = _("Change an incentive") if kept else _("New incentive")
    page = FormPage(heading, _("Record"), _("The incentive is recorded."), _above())
    return answer(request, page, form, act)


def _keeper(request: HttpRequest) -> Actor:
    require(may_keep(request.user, timezone.localdate()))
    return Actor.of(request.user)


def _above() -> tuple[Crumb, ...]:
    return (
        Crumb(reverse("cultivation"), _("Cultivation")),
        Crumb(reverse("cultivation_trusted"), _("Trusted enterprises")),
    )
