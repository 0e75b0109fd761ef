"""What somebody does with a parcel: one small form for each, told apart by the address."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import land_acts as forms
from openzone.www.hands import Hand, hand, user_of
from openzone.www.views.land import common
from openzone.zone.land.models import Parcel, StandardLand
from openzone.zone.land.services import parcels, sales, standards, states
from openzone.zone.projects.selectors.listing import visible as visible_projects

TEMPLATE = "projects/act.html"
STEP = ("user", "now", "today")
Given = dict[str, Any]


class Act(NamedTuple):
    """A form of a parcel, what it is called, what it does, and where on the page it leads."""

    form: type[forms.OfParcel]
    heading: Promise
    button: Promise
    do: Callable[[Hand, Parcel, Given], object]
    part: str = ""
    sub: Promise | str = ""


def _simple(service: Callable[..., object], *needs: str) -> Callable[[Hand, Parcel, Given], object]:
    def do(who: Hand, parcel: Parcel, given: Given) -> object:
        return service(**who.of(*needs), parcel=parcel, **given)

    return do


def _about(service: Callable[..., object], *needs: str) -> Callable[[Hand, Parcel, Given], object]:
    def do(who: Hand, parcel: Parcel, given: Given) -> object:
        return service(**who.of(*needs), **given)

    return do


def _link(who: Hand, parcel: Parcel, given: Given) -> object:
    floor = given.pop("floor")
    return parcels.link_project(**who.of(), parcel=parcel, floor_m2=floor, **given)


ACTS: Mapping[str, Act] = {
    "enter": Act(
        forms.EnterForm, gettext_lazy("Enter a state"), gettext_lazy("Enter"),
        _simple(states.enter_state, *STEP), "log",
    ),
    "void": Act(
        forms.VoidForm, gettext_lazy("Take the last step back"), gettext_lazy("Take back"),
        _simple(states.void_step, *STEP), "log",
        gettext_lazy("It was a mistake and never counted."),
    ),
    "offer": Act(
        forms.AnnounceForm, gettext_lazy("Offer the parcel"), gettext_lazy("Record"),
        _simple(sales.announce, *STEP), "sales",
    ),
    "conclude": Act(
        forms.ConcludeForm, gettext_lazy("End the offer"), gettext_lazy("Record"),
        _about(sales.conclude, *STEP), "sales",
    ),
    "contract": Act(
        forms.ContractForm, gettext_lazy("Record the contract"), gettext_lazy("Record"),
        _simple(sales.sign_contract, "today"), "contracts",
    ),
    "end-contract": Act(
        forms.EndContractForm, gettext_lazy("End the contract"), gettext_lazy("End"),
        _about(sales.end_contract, "today"), "contracts",
    ),
    "site": Act(
        forms.SiteForm, gettext_lazy("Report from the site"), gettext_lazy("Report"),
        _about(sales.report_site, *STEP), "contracts",
    ),
    "project": Act(
        forms.LinkForm, gettext_lazy("Put a project on the parcel"), gettext_lazy("Record"), _link,
        "projects",
    ),
    "unlink": Act(
        forms.UnlinkForm, gettext_lazy("Take a project off the parcel"), gettext_lazy("Take off"),
        _about(parcels.unlink_project), "projects",
    ),
    "standard": Act(
        forms.StandardForm, gettext_lazy("Draft what is promised"), gettext_lazy("Draft"),
        _simple(standards.draft_standard, "now"), "standard",
        gettext_lazy("A figure left empty is not promised."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of a parcel, or do what it says."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.kept(request, pk), hand(request)
    mine = visible_projects(user_of(request), who.today)
    form = doing.form(found, mine, posted(request), initial=_asked(request, doing))

    def do() -> str:
        made = doing.do(who, found, dict(form.cleaned_data))
        if isinstance(made, StandardLand):
            return reverse("standard_agreement", args=[made.pk])
        return common.page_of(found, doing.part)

    page = FormPage(
        str(doing.heading), str(doing.button), _("It is recorded."), common.above(found),
        str(doing.sub) or str(found), TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


def _asked(request: HttpRequest, doing: Act) -> dict[str, str]:
    return {
        name: value
        for name, value in request.GET.items()
        if name in doing.form.base_fields and isinstance(value, str)
    }
