"""Who looks after an enterprise: for itself, and for the zone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.visits import ComplaintForm, InviteForm
from openzone.www.views.visits.common import person
from openzone.zone.audit.actors import Actor
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import Enterprise, PersonInCharge
from openzone.zone.registry.permissions import speaks_for
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.visits.enums import VisitState
from openzone.zone.visits.models import GridMembership
from openzone.zone.visits.packs import pack
from openzone.zone.visits.permissions import (
    may_ask_for_visit,
    may_complain,
    may_keep_network,
    may_see_contacts,
    may_visit,
)
from openzone.zone.visits.selectors.network import Network
from openzone.zone.visits.selectors.visits import open_invitations, visits_of
from openzone.zone.visits.services.cases import complain
from openzone.zone.visits.services.visits import invite


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Go to the contacts of the enterprise one speaks for, or let choose among several."""
    firms = list(spoken_for(person(request), timezone.localdate())[:50])
    if len(firms) == 1:
        return redirect("visit_contacts", firms[0].pk)
    return render(request, "visits/choose.html", {"firms": firms})


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who looks after an enterprise, who came when, and what came of it."""
    firm, today = _firm(pk), timezone.localdate()
    require(may_see_contacts(request.user, firm, today))
    goes = may_visit(request.user, today).allowed
    visits = visits_of(firm).exclude(state=VisitState.CANCELLED).order_by("-met_on", "-planned_on")
    membership = GridMembership.objects.filter(on_day(today), enterprise__root=firm.root_id)
    grid = membership.select_related("grid__parent__parent").first()
    charges = PersonInCharge.objects.filter(on_day(today), subject__enterprise__root=firm.root_id)
    context = {
        "firm": firm,
        "notice": pack().notice,
        "charges": charges.select_related("user", "unit").order_by("role", "pk"),
        "grid": grid.grid if grid else None,
        "posts": Network(today).posts_over(grid.grid_id if grid else None),
        "visits": visits.prefetch_related("findings__case")[:20],
        "invitations": open_invitations(firm, today),
        "goes": goes,
        "own": speaks_for(request.user, firm, today),
        "may_keep": may_keep_network(request.user, today).allowed,
    }
    return render(request, "visits/contacts.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a visit, or note that the enterprise asked on the telephone."""
    firm, today = _firm(pk), timezone.localdate()
    require(may_ask_for_visit(request.user, firm, today))
    own = speaks_for(request.user, firm, today)
    form = InviteForm(posted(request), initial={"asked_by": str(request.user) if own else ""})

    def act() -> str:
        invite(
            actor=Actor.of(request.user),
            enterprise=firm,
            now=timezone.now(),
            recorded_by=None if own else person(request),
            **form.cleaned_data,
        )
        return reverse("visit_contacts", args=[firm.pk])

    crumbs = (Crumb(reverse("visit_contacts", args=[firm.pk]), _("Who looks after us")),)
    sub = _("A visit you ask for does not count against the cap.")
    form_page = FormPage(_("Ask for a visit"), _("Ask"), _("It is noted."), crumbs, sub)
    return answer(request, form_page, form, act)


def _firm(pk: int) -> Enterprise:
    return get_object_or_404(Enterprise.objects.select_related("root"), pk=pk).root


@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """Complain about who looks after one's enterprise; the service centre takes it."""
    firm, today = _firm(pk), timezone.localdate()
    require(may_complain(request.user, firm, today))
    charges = PersonInCharge.objects.filter(
        on_day(today), subject__enterprise__root=firm.root_id, user__isnull=False
    )
    form = ComplaintForm(charges, posted(request))

    def act() -> str:
        complain(
            actor=Actor.of(request.user),
            user=person(request),
            now=timezone.now(),
            today=today,
            **form.cleaned_data,
        )
        return reverse("visit_contacts", args=[firm.pk])

    crumbs = (Crumb(reverse("visit_contacts", args=[firm.pk]), _("Who looks after us")),)
    sub = _("It goes to the service centre and never to the unit it is about.")
    done = _("It is received, and has a number of its own under “My matters”.")
    form_page = FormPage(_("Complain about the service"), _("Send"), done, crumbs, sub)
    return answer(request, form_page, form, act)
