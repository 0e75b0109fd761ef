"""Economic complexity: tables of what places make, and what is read from them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.chain_pictures import exported
from openzone.www.chains import complexity as told
from openzone.www.chains.asking import above
from openzone.www.formats import day, say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.chains_complexity import StudyForm
from openzone.www.hands import hand
from openzone.www.pages import SIZE, page_of
from openzone.www.views.exports import send
from openzone.zone.chains.models import ComplexityStudy
from openzone.zone.chains.permissions import may_list, may_review
from openzone.zone.chains.selectors.complexity import studies
from openzone.zone.chains.services.complexity import import_study, withdraw_study
from openzone.zone.errors import Refused
from openzone.zone.registry.permissions import may_export

CHANCES = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the studies, the latest data first."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    page = page_of(request, studies())
    context = {
        "page": page,
        "rows": [(one, one.flows.count()) for one in page],
        "keeps": may_review(request.user, today).allowed,
    }
    return render(request, "chains/complexity_list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Read in a table of flows: every row, or none."""
    who = hand(request)
    require(may_review(who.user, who.today))
    form = StudyForm(posted(request), request.FILES if request.method == "POST" else None)

    def act() -> str:
        given = dict(form.cleaned_data)
        file = given.pop("file")
        made = import_study(
            **who.of("user", "now"), file_name=file.name, data=file.read(),
            synthetic=excel.in_example_zone(), **given,
        )  # fmt: skip
        return reverse("chain_study", args=[made.pk])

    words = FormPage(
        _("A table of what places make"), _("Read it in"), _("It is read in."), _above(),
        _("Places may be cities, zones or countries; products may be industries, goods or links."),
    )  # fmt: skip
    return answer(request, words, form, act)


def _above() -> tuple[Crumb, ...]:
    return (*above(), Crumb(reverse("chain_complexity"), _("Complexity")))


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show places and products, and the opportunities of one place."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    found = told.shown(request, pk)
    context: dict[str, Any] = {
        "study": found.study,
        "form": found.form,
        "shown": found,
        "reading": found.reading,
        "keeps": may_review(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    if found.reading:
        context |= {
            "places": sorted(found.reading.places, key=lambda one: one.rank or one.size_rank),
            "products": sorted(found.reading.products, key=lambda one: -(one.pci or one.size)),
        }
    if found.reading and found.place:
        picture = told.picture(found.reading, found.place)
        if file := exported(request, picture):
            return file
        chances = found.reading.chances(found.place)
        context |= {"picture": picture, "chances": chances[:CHANCES], "more": len(chances)}
    refused = found.reading is None
    return render(request, "chains/complexity.html", context, status=400 if refused else 200)


@require_GET
def flows(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rows behind a figure of a place or a product."""
    require(may_list(request.user, timezone.localdate()))
    found = told.shown(request, pk)
    product, special = request.GET.get("product", ""), "special" in request.GET
    if found.reading is None:
        raise Http404
    rows = found.reading.rows(found.place, product, special=special)
    context = {
        "study": found.study, "shown": found, "product": product, "special": special,
        "page": Paginator(rows, SIZE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "chains/complexity_flows.html", context)


@require_POST
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Download one of the tables; the log notes who took it away."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    found = told.shown(request, pk)
    table = told.tables(found.reading, found.place).get(kind) if found.reading else None
    if table is None:
        raise Http404
    study = found.study
    notes = [study.title, f"{study.source} {day(study.as_of)} {study.unit}"]
    sheet = excel.Table(*table, notes, study.synthetic)
    filters = {"list": kind, **found.form.data}
    return send(request, sheet, what=f"complexity_study:{pk}", name=study.title, filters=filters)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a table back."""
    who = hand(request)
    require(may_review(who.user, who.today))
    found = get_object_or_404(ComplexityStudy, pk=pk)
    try:
        withdraw_study(**who.of("now"), study=found)
        messages.success(request, _("The table was taken back."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("chain_complexity")
