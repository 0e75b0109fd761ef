"""Who speaks for an enterprise, and who looks after it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www import periods
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.people import ChargeForm, EndForm, StaffForm
from openzone.zone.audit.actors import Actor
from openzone.zone.registry.models import Enterprise, EnterpriseStaff, PersonInCharge
from openzone.zone.registry.permissions import may_keep_people
from openzone.zone.registry.selectors.identity import cluster
from openzone.zone.registry.services import people as services


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everybody, now, later and before."""
    enterprise = _kept(request, pk)
    if enterprise.root_id != enterprise.pk:
        return redirect("enterprise_people", enterprise.root_id)
    today = timezone.localdate()
    context = {
        "enterprise": enterprise,
        "posts": periods.staff_of(enterprise, today),
        "charges": periods.charges_of(enterprise, today),
    }
    return render(request, "enterprises/people.html", context)


@require_http_methods(["GET", "POST"])
def add_staff(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a user speak for the enterprise."""
    enterprise = _kept(request, pk)
    form = StaffForm(posted(request))

    def add() -> str:
        services.add_staff(actor=Actor.of(request.user), enterprise=enterprise, **form.cleaned_data)
        return _people_of(enterprise)

    page = FormPage(
        _("Let somebody speak for the enterprise"),
        _("Add the person"),
        _("The person speaks for the enterprise."),
        _above(enterprise),
        _("The account sees everything known about this enterprise, and nothing of others."),
    )
    return answer(request, page, form, add)


@require_http_methods(["GET", "POST"])
def end_staff(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Let somebody's time as staff end."""
    enterprise = _kept(request, pk)
    posts = EnterpriseStaff.objects.filter(enterprise__in=cluster(enterprise))
    post = get_object_or_404(posts.select_related("user"), pk=row)
    form = EndForm(posted(request))

    def end() -> str:
        last_day = form.cleaned_data["last_day"]
        services.end_staff(actor=Actor.of(request.user), post=post, last_day=last_day)
        return _people_of(enterprise)

    what = f"{post.user} · {post.get_role_display()}"
    return answer(request, _ending(enterprise, what), form, end)


@require_http_methods(["GET", "POST"])
def put_in_charge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody in charge of the enterprise."""
    enterprise = _kept(request, pk)
    form = ChargeForm(posted(request))

    def assign() -> str:
        services.assign_person_in_charge(
            actor=Actor.of(request.user), subject=enterprise, **form.cleaned_data
        )
        return _people_of(enterprise)

    page = FormPage(
        _("Put somebody in charge"),
        _("Put in charge"),
        _("The person is in charge."),
        _above(enterprise),
        _("Each role has one holder at a time."),
    )
    return answer(request, page, form, assign)


@require_http_methods(["GET", "POST"])
def end_charge(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Let an assignment end."""
    enterprise = _kept(request, pk)
    charges = PersonInCharge.objects.filter(subject__in=cluster(enterprise))
    holder = get_object_or_404(charges.select_related("user"), pk=row)
    form = EndForm(posted(request))

    def end() -> str:
        last_day = form.cleaned_data["last_day"]
        services.end_person_in_charge(
            actor=Actor.of(request.user), holder=holder, last_day=last_day
        )
        return _people_of(enterprise)

    what = f"{holder} · {holder.get_role_display()}"
    return answer(request, _ending(enterprise, what), form, end)


def _kept(request: HttpRequest, pk: int) -> Enterprise:
    """Return the enterprise, to somebody who may change its people."""
    require(may_keep_people(request.user, timezone.localdate()))
    return get_object_or_404(Enterprise, pk=pk)


def _ending(enterprise: Enterprise, what: str) -> FormPage:
    return FormPage(
        _("Record a last day"),
        _("Record the last day"),
        _("The last day is recorded."),
        _above(enterprise),
        what,
    )


def _above(enterprise: Enterprise) -> tuple[Crumb, ...]:
    return (
        Crumb(reverse("enterprise", args=[enterprise.pk]), enterprise.name),
        Crumb(_people_of(enterprise), _("People of the enterprise")),
    )


def _people_of(enterprise: Enterprise) -> str:
    return reverse("enterprise_people", args=[enterprise.pk])
