"""Investors: finding one, its leads and people, describing it anew, and two that are one."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.converters import is_record_number
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import refusals
from openzone.www.forms.facts import ReasonForm
from openzone.www.forms.promotion import AlikeForm, EditInvestorForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.promotion import reasons
from openzone.www.views.promotion import common
from openzone.zone.errors import Refused
from openzone.zone.promotion.enums import OPEN
from openzone.zone.promotion.models import Investor, InvestorMerge
from openzone.zone.promotion.permissions import (
    may_list,
    may_record,
    may_see,
    may_see_people,
    may_tidy,
)
from openzone.zone.promotion.selectors.alike import (
    alike_investors,
    leads_of,
    stored_keys,
    who_has,
    whole,
)
from openzone.zone.promotion.selectors.listing import with_names
from openzone.zone.promotion.selectors.merging import preview
from openzone.zone.promotion.selectors.people import people
from openzone.zone.promotion.services.investors import change_investor, record_investor
from openzone.zone.promotion.services.merging import merge_investors, undo_investor_merge

CANDIDATES = 10


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show investors, narrowed by words or a credit code."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    text = request.GET.get("q", "").strip()[:100]
    found = _named(text).order_by("-pk").annotate(
        n=Count("leads", filter=Q(leads__state__in=OPEN))
    )  # fmt: skip
    context = {
        "tabs": common.tabs("investors"),
        "text": text,
        "page": page_of(request, found),
        "may_record": may_record(request.user, today).allowed,
    }
    return render(request, "promotion/investors.html", context)


def _named(text: str) -> Any:
    live = Investor.objects.filter(merged_into=None)
    for word in text.split()[:8]:
        live = live.filter(
            Q(name__icontains=word) | Q(group__icontains=word) | Q(uscc__iexact=word)
            | Q(region__icontains=word)
        )  # fmt: skip
    return live


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an investor: who it is, who follows it, and its people to who may see them."""
    investor, today = common.investor_of(request, pk), timezone.localdate()
    if investor.merged_into is not None:
        return redirect("investor", investor.root_id)
    leads = with_names(leads_of(investor)).order_by("-pk")
    context = {
        "investor": investor,
        "leads": [(one, who_has(one), may_see(request.user, one, today).allowed) for one in leads],
        "people": people(investor, request.user, today),
        "may_see_people": may_see_people(request.user, investor, today),
        "alike": [(one, reasons(one))
                  for one in alike_investors(stored_keys(investor), but=investor)],
        "merges": InvestorMerge.objects.filter(
            survivor__in=whole(investor), undone_at=None
        ).select_related("absorbed", "merged_by"),
        "may_record": may_record(request.user, today).allowed,
        "may_tidy": may_tidy(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "promotion/investor.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Bring an investor into the record; who is alike is shown first."""
    who = hand(request)
    require(may_record(request.user, who.today))
    form = AlikeForm(posted(request))

    def act() -> str:
        if form.taken is not None:
            return common.investor_page(form.taken)
        made = record_investor(**who.of("now", "user"), sure=form.sure, **form.investor())
        return common.investor_page(made)

    sub = _("Investors who are alike are shown before anything is saved.")
    page_ = FormPage(
        _("New investor"), _("Put on record"), _("It is on record."), common.above_investor(), sub,
        "promotion/new.html",
    )  # fmt: skip
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe an investor anew."""
    investor, who = common.investor_of(request, pk), hand(request)
    require(may_record(request.user, who.today))
    require(may_see_people(request.user, investor, who.today))
    form = EditInvestorForm(investor, posted(request))

    def act() -> str:
        return common.investor_page(
            change_investor(**who.of(), investor=investor, **form.investor())
        )

    page_ = FormPage(
        _("Describe the investor"), _("Save"), _("It is saved."), common.above_investor(investor),
        _("What was said before stays in the log."), common.TEMPLATE,
    )  # fmt: skip
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the same investor, preview, then read it as the one whose page this is."""
    investor, who = common.investor_of(request, pk), hand(request)
    require(may_tidy(request.user, who.today))
    chosen = request.GET.get("other") or request.POST.get("other")
    if not chosen:
        return _choose(request, investor)
    number = chosen if is_record_number(chosen) else 0
    other = get_object_or_404(Investor.objects.filter(merged_into=None), pk=number)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            merge_investors(
                **who.of("now", "user"), survivor=investor, absorbed=other,
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Refused as refusal:
            refusals.show(form, refusal)
        else:
            messages.success(request, _("Merged. Undoing restores both exactly."))
            return redirect("investor", investor.pk)
    context = {"preview": preview(investor, other), "form": form}
    return render(request, "promotion/merge.html", context, status=400 if form.is_bound else 200)


def _choose(request: HttpRequest, investor: Investor) -> HttpResponse:
    """Offer who is alike, and who matches a search."""
    text = request.GET.get("q", "").strip()[:100]
    alike = [one.investor for one in alike_investors(stored_keys(investor), but=investor)]
    found = list(_named(text).exclude(pk=investor.pk)[:CANDIDATES]) if text else alike
    context = {"investor": investor, "text": text, "found": found}
    return render(request, "promotion/merge_choose.html", context)


@require_http_methods(["GET", "POST"])
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge, with a reason."""
    who = hand(request)
    require(may_tidy(request.user, who.today))
    done = get_object_or_404(InvestorMerge.objects.select_related("survivor", "absorbed"), pk=pk)
    form = ReasonForm(posted(request))

    def act() -> str:
        undo_investor_merge(**who.of("now"), merge=done, reason=form.cleaned_data["reason"])
        return common.investor_page(done.absorbed)

    page_ = FormPage(
        _("Undo the merge"), _("Undo"), _("Both stand on their own again."),
        common.above_investor(done.survivor), str(done.absorbed), common.TEMPLATE,
    )  # fmt: skip
    return answer(request, page_, form, act)
