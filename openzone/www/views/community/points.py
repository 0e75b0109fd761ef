"""Service points: the coverage by community, and changes."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.neighbourhood import EstateForm, PointForm, WalkForm
from openzone.zone.audit.actors import Actor
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.community.models import Estate, ServicePoint
from openzone.zone.community.permissions import may_keep_service, may_see_service
from openzone.zone.community.selectors.coverage import report
from openzone.zone.community.services.points import (
    EstateValues,
    PointValues,
    declare_walk,
    save_estate,
    save_point,
)


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Show points, what they offer, and who reaches one in time."""
    today = timezone.localdate()
    require(may_see_service(request.user, today))
    context = {
        "report": report(today),
        "pack": neighbourhood(),
        "may_keep": may_keep_service(request.user, today).allowed,
    }
    return render(request, "community/coverage.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one point and its items."""
    today = timezone.localdate()
    require(may_see_service(request.user, today))
    point = get_object_or_404(ServicePoint.objects.select_related("community"), pk=pk)
    context = {
        "point": point,
        "offers": point.offers.select_related("item__deciding_unit"),
        "walks": point.walks.select_related("estate"),
        "least": neighbourhood().points,
        "may_keep": may_keep_service(request.user, today).allowed,
    }
    return render(request, "community/point.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a point."""
    return _point(request, PointForm(posted(request)), _("Open a service point"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a point."""
    point = get_object_or_404(ServicePoint.objects.select_related("community"), pk=pk)
    names = (
        "code", "name", "address", "hours", "longitude", "latitude", "valid_from", "valid_to",
    )  # fmt: skip
    initial = {name: getattr(point, name) for name in names} | {
        "community": point.community.code,
        "items": list(point.offers.values_list("item__code", flat=True)),
    }
    form = PointForm(posted(request), initial=initial)
    form.fields["code"].disabled = True
    return _point(request, form, _("Change the service point"))


def _point(request: HttpRequest, form: PointForm, heading: str) -> HttpResponse:
    require(may_keep_service(request.user, timezone.localdate()))
    _ensure_new(form, ServicePoint.objects.all())

    def act() -> str:
        given = {**form.cleaned_data}
        code, items = given.pop("code"), list(given.pop("items"))
        saved = save_point(
            actor=Actor.of(request.user), code=code, values=PointValues(**given), items=items
        )
        return reverse("service_point", args=[saved.pk])

    page_ = FormPage(heading, _("Record"), _("The point is recorded."), (_report(),))
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def estate_new(request: HttpRequest) -> HttpResponse:
    """Enter where people live."""
    return _estate(request, EstateForm(posted(request)), _("Enter an estate"))


@require_http_methods(["GET", "POST"])
def estate_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change where people live."""
    estate = get_object_or_404(Estate.objects.select_related("community"), pk=pk)
    names = ("code", "name", "kind", "residents", "longitude", "latitude")
    initial = {name: getattr(estate, name) for name in names} | {"community": estate.community.code}
    form = EstateForm(posted(request), initial=initial)
    form.fields["code"].disabled = True
    return _estate(request, form, _("Change the estate"))


def _estate(request: HttpRequest, form: EstateForm, heading: str) -> HttpResponse:
    require(may_keep_service(request.user, timezone.localdate()))
    _ensure_new(form, Estate.objects.all())

    def act() -> str:
        given = {**form.cleaned_data}
        code = given.pop("code")
        save_estate(actor=Actor.of(request.user), code=code, values=EstateValues(**given))
        return reverse("service_points")

    page_ = FormPage(heading, _("Record"), _("The estate is recorded."), (_report(),))
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def walk(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far it is on foot."""
    require(may_keep_service(request.user, timezone.localdate()))
    estate = get_object_or_404(Estate, pk=pk)
    form = WalkForm(posted(request))

    def act() -> str:
        declare_walk(actor=Actor.of(request.user), estate=estate, **form.cleaned_data)
        return reverse("service_points")

    page_ = FormPage(
        _("Minutes on foot"), _("Record"), _("The walk is recorded."), (_report(),), estate.name
    )
    return answer(request, page_, form, act)


def _ensure_new(form: forms.Form, rows: "object") -> None:
    """Refuse a code that is taken when something new is entered."""
    if form.fields["code"].disabled or not form.is_valid():
        return
    if rows.filter(code=form.cleaned_data["code"]).exists():  # type: ignore[attr-defined]
        form.add_error("code", _("This code is taken."))


def _report() -> Crumb:
    return Crumb(reverse("service_points"), _("Service points"))
