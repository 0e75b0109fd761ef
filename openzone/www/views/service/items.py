"""The catalogue: its list with the coverage of commitments, an item, changes, Excel both ways."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms import refusals
from openzone.www.forms.service import ItemFilterForm, ItemForm, SheetForm
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.catalogue.packs import commitments
from openzone.zone.catalogue.permissions import may_keep_catalogue, may_see_catalogue
from openzone.zone.catalogue.selectors.items import ItemFilter, coverage, items
from openzone.zone.catalogue.services.imports import COLUMNS, Imported, import_items, row_of
from openzone.zone.catalogue.services.items import save_item
from openzone.zone.commitments.permissions import may_offer
from openzone.zone.commitments.selectors.desk import CommitmentFilter
from openzone.zone.commitments.selectors.desk import commitments as made
from openzone.zone.errors import Refused
from openzone.zone.registry.permissions import may_export


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the items, and of how many which commitment is accepted."""
    today = timezone.localdate()
    require(may_see_catalogue(request.user, today))
    form = ItemFilterForm(request.GET)
    valid = form.is_valid()
    found = items(form.chosen() if valid else ItemFilter(), today)
    context = {
        "form": form,
        "page": page_of(request, found if valid else found.none()),
        "coverage": coverage(today),
        "pack": commitments(),
        "may_keep": may_keep_catalogue(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "service/items.html", context, status=200 if valid else 400)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one item."""
    today = timezone.localdate()
    require(may_see_catalogue(request.user, today))
    item = get_object_or_404(ServiceItem.objects.select_related("deciding_unit"), pk=pk)
    accepted = set(item.acceptances.values_list("kind", flat=True))
    context = {
        "item": item,
        "papers": list(item.materials.all()),
        "kinds": [kind for kind in commitments().kinds if kind.id in accepted],
        "regions": list(item.regions.all()),
        "points": item.points.select_related("point__community"),
        "made": made(CommitmentFilter("all")).filter(item=item).count(),
        "may_keep": may_keep_catalogue(request.user, today).allowed,
        "may_offer": may_offer(request.user, today).allowed,
    }
    return render(request, "service/item.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter an item."""
    require(may_keep_catalogue(request.user, timezone.localdate()))
    form = ItemForm(posted(request))
    if form.is_valid() and ServiceItem.objects.filter(code=form.cleaned_data["code"]).exists():
        form.add_error("code", _("This code is taken."))
    return _saved(request, form, _("Enter a service item"), (_list(),))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item."""
    require(may_keep_catalogue(request.user, timezone.localdate()))
    item = get_object_or_404(ServiceItem, pk=pk)
    form = ItemForm(posted(request), initial=_initial(item))
    form.fields["code"].disabled = True
    above = (_list(), Crumb(reverse("service_item", args=[pk]), item.name))
    return _saved(request, form, _("Change the item"), above)


def _saved(
    request: HttpRequest, form: ItemForm, heading: str, above: tuple[Crumb, ...]
) -> HttpResponse:
    def act() -> str:
        code = form.cleaned_data["code"]
        saved = save_item(actor=Actor.of(request.user), code=code, values=form.values())
        return reverse("service_item", args=[saved.pk])

    page_ = FormPage(heading, _("Record"), _("The item is recorded."), above)
    return answer(request, page_, form, act)


def _initial(item: ServiceItem) -> dict[str, object]:
    papers = list(item.materials.all())
    own = ("code", "name", "name_en", "legal_limit", "committed_limit", "receiving", "trips")
    return {name: getattr(item, name) for name in own} | {
        "deciding_unit": item.deciding_unit.code,
        "excluded_reason": item.excluded_reason,
        "excluded_basis": item.excluded_basis,
        "main": "\n".join(str(one) for one in papers if one.main),
        "secondary": "\n".join(str(one) for one in papers if not one.main),
        "kinds": list(item.acceptances.values_list("kind", flat=True)),
    }


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered list under headings that can be taken in again."""
    today = timezone.localdate()
    require(may_export(request.user, today))
    form = ItemFilterForm(request.POST)
    found = items(form.chosen() if form.is_valid() else ItemFilter(), today)
    found = found.prefetch_related("materials", "acceptances")
    table = excel.Table(
        headings=[column.label_zh for column in COLUMNS],
        rows=[row_of(item) for item in found],
        notes=[excel.as_of_note(today)],
        synthetic=excel.in_example_zone(),
    )
    return send(request, table, what="service_items", name=_("Service items"))


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take the items of a spreadsheet, all or none."""
    require(may_keep_catalogue(request.user, timezone.localdate()))
    sent = request.method == "POST"
    form = SheetForm(*((request.POST, request.FILES) if sent else ()))
    result = _imported(request, form, form.cleaned_data["file"]) if form.is_valid() else None
    if result is not None and not result.problems:
        said = _("%(created)d items entered, %(changed)d taken in again.")
        messages.success(request, said % {"created": result.created, "changed": result.changed})
        return redirect("service_items")
    context = {
        "form": form,
        "problems": [say(one) for one in result.problems] if result else [],
        "columns": [column.label_zh for column in COLUMNS],
    }
    return render(request, "service/import.html", context, status=400 if sent else 200)


def _imported(
    request: HttpRequest, form: SheetForm, file: "UploadedFile[bytes]"
) -> Imported | None:
    try:
        return import_items(
            actor=Actor.of(request.user),
            file_name=file.name or "",
            data=file.read(),
            as_of=timezone.localdate(),
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


def _list() -> Crumb:
    return Crumb(reverse("service_items"), _("Service items"))
