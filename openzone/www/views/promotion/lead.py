"""One lead: where it stands, what was said, who follows it; bringing one in, describing it anew."""

import datetime as dt
from typing import Any, NamedTuple

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.promotion import EditLeadForm, NewLeadForm, OfAnInvestorForm
from openzone.www.hands import Hand, hand
from openzone.www.promotion import reasons
from openzone.www.views.promotion import common
from openzone.www.views.promotion.lists import line
from openzone.zone.projects.permissions import may_see as may_see_project
from openzone.zone.promotion.enums import ReferralState
from openzone.zone.promotion.models import Investor, Lead
from openzone.zone.promotion.packs import pack
from openzone.zone.promotion.permissions import (
    may_answer,
    may_credit,
    may_edit,
    may_record,
    may_see,
)
from openzone.zone.promotion.selectors.alike import (
    alike_investors,
    open_leads,
    stored_keys,
    who_has,
)
from openzone.zone.promotion.selectors.people import people
from openzone.zone.promotion.selectors.timeline import Happening, maturity, timeline
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.leads import change_lead, record_lead

BEGUN = {"chain": 64, "node": 64, "gap": 200, "gap_reason": 500}
"""What a page about a gap of a chain says already of the lead that would fill it."""


class Line(NamedTuple):
    """A line of the timeline in words."""

    one: Happening
    label: Text | None
    channel: Text | None


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a lead with everything that was said and done."""
    lead, today = common.seen(request, pk), timezone.localdate()
    graded, ripe = maturity(lead)
    edits = may_edit(request.user, lead, today).allowed
    context = {
        "lead": lead,
        "line": line(lead),
        "edits": edits,
        "credits_": lead.credits.select_related("user"),
        "may_credit": may_credit(request.user, lead, today).allowed,
        "helpers": lead.helpers.filter(valid_to=None).select_related("user"),
        "timeline": [_line(one) for one in timeline(lead)],
        "graded": graded,
        "ripe": ripe,
        "quiet": _quiet(lead, today),
        "people": people(lead.investor, request.user, today),
        "may_see_project": lead.project is not None
        and may_see_project(request.user, lead.project, today).allowed,
        **_referrals(request, lead, today),
        **_alike(request, lead, today),
    }
    return render(request, "promotion/lead.html", context)


def _referrals(request: HttpRequest, lead: Lead, today: dt.date) -> dict[str, Any]:
    waiting = lead.referrals.filter(state=ReferralState.OPEN).select_related("to_unit").first()
    answers = waiting is not None and may_answer(request.user, waiting, today).allowed
    return {"referral": waiting, "answers": answers}


def _alike(request: HttpRequest, lead: Lead, today: dt.date) -> dict[str, Any]:
    """Return investors alike, and other open leads of the same one: with who has them."""
    owner = lead.investor.root or lead.investor
    others = [one for one in open_leads([owner]) if one != lead]
    return {
        "alike": [(one, reasons(one)) for one in alike_investors(stored_keys(owner), but=owner)],
        "others": [
            (one, who_has(one), may_see(request.user, one, today).allowed) for one in others
        ],
    }


def _quiet(lead: Lead, today: dt.date) -> tuple[int, int] | None:
    """Return for how many days nobody has spoken to an open lead, and how many are allowed."""
    if not lead.is_open:
        return None
    days = (today - (lead.last_contact or lead.received_on)).days
    return days, pack().quiet_days.get(lead.grade, pack().ungraded_quiet_days)


def _line(one: Happening) -> Line:
    row: Any = one.row
    if one.kind == "talk":
        return Line(one, common.kind_label(row.kind), common.channel_label(row.channel))
    return Line(one, common.grade_label(row.grade) if one.kind == "grade" else None, None)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Bring in a lead: of an investor on record (``?investor=``), or of one to be recorded."""
    who = hand(request)
    require(may_record(request.user, who.today))
    owner = _owner(request)
    data = posted(request)
    begun = {name: request.GET.get(name, "")[:most] for name, most in BEGUN.items()}
    form = (
        OfAnInvestorForm(owner, who.today, data, initial=begun)
        if owner
        else NewLeadForm(who.today, data, initial=begun)
    )

    def act() -> str:
        with transaction.atomic():
            return common.page_of(_recorded(who, form, owner))

    sub = owner.name if owner else _("Investors who are alike are shown before anything is saved.")
    page_ = FormPage(
        _("New lead"), _("Put on record"), _("It is on record."), common.above(), sub,
        "promotion/new.html",
    )  # fmt: skip
    return answer(request, page_, form, act)


def _owner(request: HttpRequest) -> Investor | None:
    asked = request.GET.get("investor", "")
    if not asked:
        return None
    live = Investor.objects.filter(merged_into=None)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    return get_object_or_404(live, pk=number)


def _recorded(who: Hand, form: OfAnInvestorForm, owner: Investor | None) -> Lead:
    given, investor = form.cleaned_data, owner
    if isinstance(form, NewLeadForm):
        investor = form.taken or record_investor(
            **who.of("now", "user"), sure=form.sure, **form.investor()
        )
    if investor is None:
        raise Http404
    return record_lead(
        **who.of("now", "user"), investor=investor, received_on=given["received_on"],
        adviser=given["adviser"], sure=form.second, **form.described(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe a lead anew."""
    lead, who = common.kept(request, pk), hand(request)
    form = EditLeadForm(lead, posted(request))

    def act() -> str:
        change_lead(**who.of(), lead=lead, **form.described())
        return common.page_of(lead)

    page_ = FormPage(
        _("Describe the lead"), _("Save"), _("It is saved."), common.above(lead),
        _("What was said before stays in the log."), common.TEMPLATE,
    )  # fmt: skip
    return answer(request, page_, form, act)
