"""The people of an investor, and the roster of advisers."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.promotion_acts import (
    AdviserForm,
    ContactForm,
    LeaveForm,
    RenewForm,
    WithdrawForm,
)
from openzone.www.hands import hand
from openzone.www.views.promotion import common
from openzone.zone.promotion.models import Adviser
from openzone.zone.promotion.packs import called, pack
from openzone.zone.promotion.permissions import (
    may_keep_roster,
    may_list,
    may_reach,
    may_record,
    may_see_people,
)
from openzone.zone.promotion.selectors.advisers import former, loads, roster
from openzone.zone.promotion.services.advisers import join_roster, leave_roster
from openzone.zone.promotion.services.contacts import (
    add_contact,
    renew_contact,
    reveal_numbers,
    withdraw_consent,
)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a person of an investor."""
    investor, who = common.investor_of(request, pk), hand(request)
    require(may_record(request.user, who.today))
    require(may_see_people(request.user, investor, who.today))
    form = ContactForm(posted(request))

    def act() -> str:
        add_contact(**who.of("now", "user"), investor=investor, **form.cleaned_data)
        return common.investor_page(investor, "people")

    page = FormPage(
        _("Add a contact"), _("Add"), _("It is recorded."), common.above_investor(investor),
        _("A number is kept only with consent, and erased when it ends."), common.TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Write down how a person can be reached now, or that consent was withdrawn."""
    contact, who = common.contact_of(request, pk), hand(request)
    require(may_record(request.user, who.today))
    require(may_see_people(request.user, contact.investor, who.today))
    if what == "renew":
        form: RenewForm | WithdrawForm = RenewForm(posted(request), initial={"post": contact.post})
        heading, button = _("How to reach them"), _("Save")
        service: Callable[..., object] = renew_contact
    elif what == "withdraw":
        form = WithdrawForm(posted(request), initial={"on": who.today})
        heading, button = _("Consent is withdrawn"), _("Record and erase the numbers")
        service = withdraw_consent
    else:
        raise Http404

    def do() -> str:
        service(**who.of("now"), contact=contact, **form.cleaned_data)
        return common.investor_page(contact.investor.root or contact.investor, "people")

    page = FormPage(
        heading, button, _("It is recorded."), common.above_investor(contact.investor),
        contact.name, common.TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a person can be reached; every look is logged."""
    contact, who = common.contact_of(request, pk), hand(request)
    require(may_reach(request.user, contact, who.today))
    numbers = reveal_numbers(**who.of(), contact=contact)
    way = called(pack().consent_ways, contact.consent_by)
    context = {"contact": contact, "numbers": numbers, "way": way}
    answered = render(request, "promotion/contact.html", context)
    answered["Cache-Control"] = "no-store"
    return answered


@require_GET
def advisers(request: HttpRequest) -> HttpResponse:
    """Show the roster with everybody's load and credit."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    context = {
        "tabs": common.tabs("advisers"),
        "loads": loads(roster(today), today),
        "former": former(today)[:50],
        "keeps": may_keep_roster(request.user, today).allowed,
    }
    return render(request, "promotion/advisers.html", context)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Put somebody on the roster."""
    who = hand(request)
    require(may_keep_roster(request.user, who.today))
    form = AdviserForm(posted(request), initial={"on": who.today})

    def act() -> str:
        join_roster(**who.of(), **form.cleaned_data)
        return reverse("advisers")

    page = FormPage(
        _("New adviser"), _("Put on the roster"), _("It is recorded."), common.above(), "",
        common.TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the roster."""
    who = hand(request)
    require(may_keep_roster(request.user, who.today))
    term = get_object_or_404(Adviser.objects.select_related("user"), pk=pk)
    form = LeaveForm(posted(request), initial={"on": who.today})

    def act() -> str:
        leave_roster(**who.of(), adviser=term, **form.cleaned_data)
        return reverse("advisers")

    page = FormPage(
        _("Leaves the roster"), _("Record"), _("It is recorded."), common.above(), str(term.user),
        common.TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, act)
