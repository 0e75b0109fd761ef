"""Lists of a campaign: suggestions, members, what proposers are told; each as a file too."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.www.access import require, require_console
from openzone.www.forms.suggestions import OriginalFilter, RespondForm, ToldForm
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.www.views.suggestions.common import campaign_seen
from openzone.zone.registry.permissions import may_export
from openzone.zone.suggestions.enums import OriginalState, Response
from openzone.zone.suggestions.models import Campaign, Feedback, Original
from openzone.zone.suggestions.permissions import (
    may_organise,
    may_record,
    may_respond,
    may_see_original,
    may_withdraw,
)
from openzone.zone.suggestions.selectors import listing
from openzone.zone.suggestions.selectors.provenance import history, verdicts_on
from openzone.zone.suggestions.selectors.states import state_of


@require_GET
def originals(request: HttpRequest, pk: int) -> HttpResponse:
    """Show suggestions as they were made, filtered."""
    require_console(request)
    campaign = campaign_seen(request, pk)
    form = OriginalFilter(campaign, request.GET)
    context = {
        "campaign": campaign,
        "form": form,
        "page": page_of(request, _found(campaign, form)),
        "labels": dict(OriginalState.choices),
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "suggestions/originals.html", context, status=status)


def _found(campaign: Campaign, form: OriginalFilter) -> Any:
    if not form.is_valid():
        return Original.objects.none()
    return listing.originals(campaign, form.chosen())


@require_POST
def originals_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the filtered suggestions; the file can be imported elsewhere."""
    campaign = campaign_seen(request, pk)
    require(may_export(request.user, timezone.localdate()))
    labels = dict(OriginalState.choices)
    headings = [
        _("Number"),
        _("Round"),
        _("Group"),
        _("Name of the person"),
        _("Works at"),
        _("Topic"),
        _("Suggestion"),
        _("What it would bring"),
        _("Status"),
    ]
    rows = [
        (
            one.number,
            one.round.number,
            one.group.name,
            one.member.name,
            one.member.office or None,
            one.topic.title,
            one.text,
            one.benefit or None,
            str(labels[one.state]),
        )
        for one in _found(campaign, OriginalFilter(campaign, request.POST))
    ]
    return _sent(request, campaign, headings, rows, "originals", _("Suggestions"))


@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one suggestion: where it stands, what it flowed into, what its proposer was told."""
    today = timezone.localdate()
    related = Original.objects.select_related("campaign", "member", "group", "round", "topic")
    found = get_object_or_404(related, pk=pk)
    require(may_see_original(request.user, found, today))
    state, notices = state_of(found), found.feedback.select_related("verdict", "original__member")
    context = {
        "original": found,
        "campaign": found.campaign,
        "state": state,
        "label": OriginalState(state).label,
        "flows": history(found),
        "verdicts": verdicts_on(found),
        "notices": [
            (one, one.told_at and may_respond(request.user, one, today).allowed) for one in notices
        ],
        "respond": RespondForm(),
        "may_withdraw": state == OriginalState.OPEN
        and may_withdraw(request.user, found, today).allowed,
        "inside": may_record(request.user, today).allowed,
    }
    return render(request, "suggestions/original.html", context)


@require_GET
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who takes part, with how many suggestions each made."""
    require_console(request)
    campaign = campaign_seen(request, pk)
    context = {
        "campaign": campaign,
        "page": page_of(request, _members(campaign, request.GET)),
        "groups": campaign.groups.all(),
        "may_organise": may_organise(request.user, timezone.localdate()).allowed,
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "suggestions/members.html", context)


def _members(campaign: Campaign, given: Any) -> Any:
    return listing.members(campaign, _group(given), given.get("spoke", ""))


def _group(given: Any) -> int | None:
    text = given.get("group", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


@require_POST
def members_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the members; the file can be imported elsewhere."""
    campaign = campaign_seen(request, pk)
    require(may_export(request.user, timezone.localdate()))
    headings = [
        _("Name of the person"),
        _("Works at"),
        _("Group"),
        _("Contact"),
        _("Account"),
        _("Suggestions"),
    ]
    rows = [
        (
            one.name,
            one.office or None,
            one.group.name,
            one.contact or None,
            one.user.username if one.user else None,
            one.said,
        )
        for one in _members(campaign, request.POST)
    ]
    return _sent(request, campaign, headings, rows, "members", _("Members"))


@require_GET
def notices(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who was told what and when, and who is still to be told."""
    require_console(request)
    campaign, today = campaign_seen(request, pk), timezone.localdate()
    page = page_of(request, _notices(campaign, request.GET))
    context = {
        "campaign": campaign,
        "page": page,
        "rows": [(one, may_respond(request.user, one, today).allowed) for one in page],
        "responses": Response.choices,
        "told": request.GET.get("told", ""),
        "form": ToldForm(),
        "may_record": may_record(request.user, today).allowed,
        "may_organise": may_organise(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "suggestions/notices.html", context)


def _notices(campaign: Campaign, given: Any) -> Any:
    told, response = given.get("told", ""), given.get("response", "")
    known = {"any", *Response.values}
    return listing.notices(
        campaign, _group(given), told if told in ("yes", "no") else "",
        response if response in known else "",
    )  # fmt: skip


@require_POST
def notices_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the list to be read out, sent or printed, with who was told when."""
    campaign = campaign_seen(request, pk)
    require(may_export(request.user, timezone.localdate()))
    headings = [
        _("Number"),
        _("Group"),
        _("Name of the person"),
        _("Works at"),
        _("Contact"),
        _("Suggestion"),
        _("Decision"),
        _("What is said"),
        _("Told"),
        _("Told at"),
        _("Told by"),
        _("The proposer's word"),
        _("Remark"),
    ]
    rows = [_told_cells(one) for one in _notices(campaign, request.POST)]
    return _sent(request, campaign, headings, rows, "notices", _("Feedback to proposers"))


def _told_cells(one: Feedback) -> tuple[excel.Cell, ...]:
    member = one.original.member
    at = timezone.localtime(one.told_at).strftime("%Y-%m-%d %H:%M") if one.told_at else None
    return (
        one.original.number,
        member.group.name,
        member.name,
        member.office or None,
        member.contact or None,
        one.original.text,
        one.verdict.get_outcome_display(),
        one.text,
        one.get_channel_display() or None,
        at,
        one.told_by or None,
        one.get_response_display(),
        one.remark or None,
    )


def _sent(
    request: HttpRequest,
    campaign: Campaign,
    headings: Sequence[str],
    rows: Sequence[Sequence[excel.Cell]],
    what: str,
    name: str,
) -> HttpResponse:
    notes = [campaign.title, excel.as_of_note(timezone.localdate())]
    table = excel.Table(headings, rows, notes, excel.in_example_zone())
    given = {key: str(value) for key, value in request.POST.items() if key != _TOKEN and value}
    return send(request, table, what=f"campaign:{campaign.pk}:{what}", name=name, filters=given)


_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
