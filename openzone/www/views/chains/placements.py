"""Who stands where in the chains: the list, as an Excel file that can come back, and one firm."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.chains_placing import (
    CorrectForm,
    LeaveForm,
    PlacementsForm,
    StandForm,
    WhyForm,
)
from openzone.www.hands import hand
from openzone.www.pages import bounded_page_of
from openzone.www.views.chains.placing_common import (
    Names,
    above_firm,
    asked,
    firm_of,
)
from openzone.www.views.exports import send
from openzone.zone.chains.models import Placement, PlacementChange
from openzone.zone.chains.permissions import may_list, may_review
from openzone.zone.chains.selectors.placements import acts_of, placements, standing_of
from openzone.zone.chains.services.placing import Grounds, correct, end, place, undo
from openzone.zone.chains.services.sheet_columns import vocabulary
from openzone.zone.chains.services.writing import last_change
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export, speaks_for

TEMPLATE = "chains/placing_form.html"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List who stands where on a day."""
    today, context = asked(request, "chain_placements")
    on = asof.as_of(request)
    form = PlacementsForm(today, request.GET)
    valid = form.is_valid()
    found = placements(form.chosen(), on) if valid else Placement.objects.none()
    context |= {
        "form": form, "page": bounded_page_of(request, found), "on": on,
        "everything": Placement.objects.exists(), "narrowed": any(request.GET.values()),
    }  # fmt: skip
    return render(request, "chains/placing_list.html", context, status=200 if valid else 400)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the list under the headings it can be brought in again with."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    on, form = asof.as_of(request), PlacementsForm(today, request.POST)
    rows: list[Placement] = []
    if form.is_valid():
        rows = list(placements(form.chosen(), on)[: settings.EXPORT_LIMIT + 1])
    fields, names = vocabulary("placements").fields, Names(on)
    table = excel.Table(
        [say(one.label) for one in fields],
        [[_cell(row, field.name, names) for field in fields] for row in rows],
        [_("Placements"), excel.as_of_note(on)],
        any(row.synthetic for row in rows) or excel.in_example_zone(),
    )
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, table, what="placements", name=_("Placements"), filters=given)


def _cell(row: Placement, name: str, names: Names) -> excel.Cell:
    firm = row.enterprise.root
    return {
        "firm": firm.name, "uscc": firm.uscc, "chain": names.chain(row.chain),
        "node": names.node(row.chain, row.node), "share": row.share,
        "valid_from": row.valid_from, "source": row.source or str(row.get_method_display()),
    }[name]  # fmt: skip


@require_GET
def firm(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where one firm stands, and everything that was said about it."""
    found, on = firm_of(request, pk), asof.as_of(request)
    today = timezone.localdate()
    inside = may_list(request.user, today).allowed
    context = {
        "firm": found,
        "standing": standing_of(found, on),
        "acts": acts_of(found) if inside else (),
        "names": Names(on),
        "inside": inside,
        "may_review": may_review(request.user, today).allowed,
        "own": speaks_for(request.user, found, today),
    }
    return render(request, "chains/placing_firm.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Say where a firm stands from a day on, put it right, or end it."""
    if what not in _ACTS:
        raise Http404
    return _ACTS[what](request, firm_of(request, pk, review=True))


def _place(request: HttpRequest, found: Enterprise) -> HttpResponse:
    who = hand(request)
    form = StandForm(
        who.today, posted(request), parts=_parts(found, who.today),
        initial={"valid_from": who.today, "seen": _seen(found)},
    )  # fmt: skip

    def do() -> str:
        given = form.cleaned_data
        place(
            **who.of("user", "now"), enterprise=found, parts=given["parts"], seen=given["seen"],
            valid_from=given["valid_from"], grounds=Grounds(source=given["source"].strip()),
        )  # fmt: skip
        return _page_of(found)

    sub = _("All links of the firm over all chains. Without shares it is shared evenly.")
    page = FormPage(
        _("Where the firm stands"), _("Save"), _("It is recorded."), above_firm(found), sub,
        TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


def _correct(request: HttpRequest, found: Enterprise) -> HttpResponse:
    who = hand(request)
    form = CorrectForm(
        who.today, posted(request), parts=_parts(found, who.today),
        initial={"on": who.today, "seen": _seen(found)},
    )  # fmt: skip

    def do() -> str:
        correct(**who.of("user", "now"), enterprise=found, **form.cleaned_data)
        return _page_of(found)

    sub = _("What was written down before stays readable.")
    page = FormPage(_("Put right where it stands"), _("Save"), _("It is recorded."),
                    above_firm(found), sub, TEMPLATE)  # fmt: skip
    return answer(request, page, form, do)


def _end(request: HttpRequest, found: Enterprise) -> HttpResponse:
    who = hand(request)
    form = LeaveForm(posted(request), initial={"on": who.today, "seen": _seen(found)})

    def do() -> str:
        end(**who.of("user", "now"), enterprise=found, **form.cleaned_data)
        return _page_of(found)

    sub = _("It moved away, closed or changed its business.")
    page = FormPage(
        _("It stands nowhere any more"), _("Record"), _("It is recorded."), above_firm(found), sub,
        TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


_ACTS = {"place": _place, "correct": _correct, "end": _end}


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the last thing done about a firm."""
    change = get_object_or_404(PlacementChange.objects.select_related("enterprise__root"), pk=pk)
    found = firm_of(request, change.enterprise.root_id, review=True)
    who, form = hand(request), WhyForm(posted(request))

    def do() -> str:
        undo(**who.of("user", "now"), change=change, **form.cleaned_data)
        return _page_of(found)

    page = FormPage(_("Undo the last change"), _("Undo"), _("It is undone."), above_firm(found),
                    str(change.get_kind_display()))  # fmt: skip
    return answer(request, page, form, do)


def _parts(found: Enterprise, on: dt.date) -> dict[tuple[str, str], Decimal]:
    return {(row.chain, row.node): row.share for row in standing_of(found, on)}


def _seen(found: Enterprise) -> int:
    last = last_change(found)
    return last.pk if last else 0


def _page_of(found: Enterprise) -> str:
    return reverse("chain_firm", args=[found.pk])


def section(request: HttpRequest, found: Enterprise, on: dt.date) -> dict[str, Any]:
    """Return what the page of an enterprise shows of its place in the chains."""
    return {
        "standing": standing_of(found, on),
        "names": Names(on),
        "may_review": may_review(request.user, timezone.localdate()).allowed,
    }
