"""The register of honours, milestones and shares: list, counters, entering, withdrawing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.cultivation import HonourFilter, HonourForm, WithdrawForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.cultivation.models import Honour
from openzone.zone.cultivation.packs import honour_named
from openzone.zone.cultivation.permissions import may_keep, may_screen
from openzone.zone.cultivation.selectors.honours import NO_LEVEL, Asked, by_level, honours
from openzone.zone.cultivation.services.honours import enter_honour, withdraw_honour
from openzone.zone.registry.permissions import may_export


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the register with its counters by kind and level."""
    today = timezone.localdate()
    require(may_screen(request.user, today))
    form = HonourFilter(request.GET)
    found = honours(form.asked()) if form.is_valid() else Honour.objects.none()
    part = page_of(request, found)
    counts = by_level(honours(Asked()))
    context = {
        "form": form, "page": part, "lines": [(one, _kind(one)) for one in part],
        "counts": [
            (kind, _title(kind), sum(levels.values()), list(levels.items()))
            for kind, levels in counts.items()
        ],
        "no_level": NO_LEVEL, "may_keep": may_keep(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }  # fmt: skip
    status = 200 if form.is_valid() else 400
    return render(request, "cultivation/honours.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a row."""
    who = hand(request)
    require(may_keep(request.user, who.today))
    form = HonourForm(posted(request))

    def do() -> str:
        enter_honour(**who.of("today"), **form.cleaned_data)
        return reverse("cultivation_honours")

    return answer(request, _page(_("Enter an honour"), _("Record")), form, do)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row out, with the reason."""
    who = hand(request)
    require(may_keep(request.user, who.today))
    honour = get_object_or_404(Honour, pk=pk)
    form = WithdrawForm(posted(request))

    def do() -> str:
        withdraw_honour(**who.of(), honour=honour, on=who.today, **form.cleaned_data)
        return reverse("cultivation_honours")

    return answer(request, _page(_("Withdraw the honour"), _("Withdraw"), honour.holder), form, do)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered register; the log notes it."""
    require(may_export(request.user, timezone.localdate()))
    form = HonourFilter(request.POST)
    found = honours(form.asked()) if form.is_valid() else Honour.objects.none()
    headings = [
        _("Kind"), _("Who or what"), _("Enterprise"), _("Level"), _("Date"), _("Rank"),
        _("Among whom"), _("Part of it"), _("Whole it is of"), _("Source"),
    ]  # fmt: skip
    rows = [
        (_kind(one), one.holder, one.enterprise.name if one.enterprise else None,
         one.level or None, one.on, one.place, one.scope or None, one.part, one.whole, one.source)
        for one in found
    ]  # fmt: skip
    table = excel.Table(headings, rows, [], excel.in_example_zone())
    return send(request, table, what="honours", name=_("Honours"))


def _kind(one: Honour) -> str:
    return _title(one.kind)


def _title(kind: str) -> str:
    known = honour_named(kind)
    return say(known.title.text) if known else kind


def _page(heading: str, button: str, sub: str = "") -> FormPage:
    crumbs = (Crumb(reverse("cultivation"), _("Cultivation")),
              Crumb(reverse("cultivation_honours"), _("Honours")))  # fmt: skip
    return FormPage(heading, button, _("It is recorded."), crumbs, sub)
