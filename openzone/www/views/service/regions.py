"""The item × region matrix."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.people import EndForm
from openzone.www.forms.service import RegionForm
from openzone.zone.audit.actors import Actor
from openzone.zone.catalogue.models import RegionOffer, ServiceItem
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.catalogue.permissions import may_keep_catalogue, may_see_catalogue
from openzone.zone.catalogue.selectors.items import matrix as read_matrix
from openzone.zone.catalogue.services.regions import end_region, offer_region


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Show which item is handled with which region, and how."""
    today = timezone.localdate()
    require(may_see_catalogue(request.user, today))
    found = read_matrix(today)
    rows = [
        (
            item,
            [
                (division, found.cells.get((item.pk, division), ()))
                for division, _name in found.regions
            ],
        )
        for item in found.items
    ]
    context = {
        "regions": found.regions,
        "rows": rows,
        "pack": neighbourhood().cross_region,
        "modes": {mode.id: mode.label for mode in neighbourhood().cross_region.modes},
        "may_keep": may_keep_catalogue(request.user, today).allowed,
    }
    return render(request, "service/matrix.html", context)


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer an item with a region."""
    require(may_keep_catalogue(request.user, timezone.localdate()))
    item = get_object_or_404(ServiceItem, pk=pk)
    form = RegionForm(posted(request))

    def act() -> str:
        offer_region(actor=Actor.of(request.user), item=item, **form.cleaned_data)
        return reverse("region_matrix")

    page = FormPage(
        _("Offer with a region"),
        _("Record"),
        _("The item is offered with this region."),
        (_matrix(), Crumb(reverse("service_item", args=[pk]), item.name)),
        _("Who decides stays who it is."),
    )
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an offer end."""
    require(may_keep_catalogue(request.user, timezone.localdate()))
    found = get_object_or_404(RegionOffer.objects.select_related("item"), pk=pk)
    form = EndForm(posted(request))

    def act() -> str:
        last_day = form.cleaned_data["last_day"]
        end_region(actor=Actor.of(request.user), offer=found, last_day=last_day)
        return reverse("region_matrix")

    page = FormPage(
        _("End an offer"), _("Record the last day"), _("The last day is recorded."), (_matrix(),),
        str(found),
    )  # fmt: skip
    return answer(request, page, form, act)


def _matrix() -> Crumb:
    return Crumb(reverse("region_matrix"), _("Items and regions"))
