"""Projects that are one: which may be, what merging means, doing it and undoing it."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.converters import is_record_number
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.facts import ReasonForm
from openzone.www.hands import hand
from openzone.www.views.projects import parts
from openzone.www.views.projects.common import WITH
from openzone.zone.errors import Refused
from openzone.zone.projects.models import LIVE, Project, ProjectMerge
from openzone.zone.projects.permissions import may_tidy
from openzone.zone.projects.selectors.listing import Filter, projects
from openzone.zone.projects.selectors.merges import groups_alike, likely_duplicates, preview
from openzone.zone.projects.services.merging import merge_projects, undo_merge

GROUPS, CANDIDATES, MERGES = 50, 20, 30
LABELS = {
    "name": gettext_lazy("Name"), "investor_name": gettext_lazy("Investor"),
    "investor": gettext_lazy("Investor on record"), "enterprise": gettext_lazy("Project company"),
    "industry": gettext_lazy("Industry"), "sector": gettext_lazy("Sector"),
    "origin": gettext_lazy("Origin"), "place": gettext_lazy("Place"),
    "lead_unit": gettext_lazy("Lead unit"), "chief": gettext_lazy("Project chief"),
    "total": gettext_lazy("Total investment (yuan)"), "stage": gettext_lazy("Stage of the project"),
    "since": gettext_lazy("Since"), "planned_start": gettext_lazy("Planned start"),
    "planned_finish": gettext_lazy("Planned completion"), "log": gettext_lazy("Steps of projects"),
    "amounts": gettext_lazy("Amounts"), "papers": gettext_lazy("Papers"),
    "arrivals": gettext_lazy("Funds in place"), "months": gettext_lazy("Monthly reports"),
    "milestones": gettext_lazy("Milestones"), "items": gettext_lazy("Pieces of work"),
    "site_days": gettext_lazy("Days on site"), "photos": gettext_lazy("Pictures"),
    "pools": gettext_lazy("Projects in pools"), "assessments": gettext_lazy("Maturities"),
    "funding": gettext_lazy("Applications for funds"), "pauses": gettext_lazy("Pauses"),
    "overrides": gettext_lazy("Lights set by hand"), "members": gettext_lazy("Team"),
}  # fmt: skip


class Difference(NamedTuple):
    """A field the two say differently."""

    label: Promise
    kept: str
    gone: str
    gap: bool


def _allow(request: HttpRequest) -> None:
    require(may_tidy(request.user, timezone.localdate()))


@require_GET
def alike(request: HttpRequest) -> HttpResponse:
    """Show projects that go by the same name, and what was merged already."""
    _allow(request)
    merges = ProjectMerge.objects.select_related("survivor", "absorbed", "merged_by")[:MERGES]
    found = groups_alike()
    context = {"groups": found[:GROUPS], "more": max(len(found) - GROUPS, 0), "merges": merges}
    return render(request, "projects/alike.html", context)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the other one, see what merging means, then read it as part of this project."""
    _allow(request)
    live = Project.objects.filter(LIVE).select_related(*WITH)
    survivor = get_object_or_404(live, pk=pk)
    chosen = request.GET.get("other") or request.POST.get("other")
    if not chosen:
        return _choose(request, survivor)
    absorbed = get_object_or_404(live.exclude(pk=pk), pk=chosen if is_record_number(chosen) else 0)
    form = ReasonForm(posted(request))
    if form.is_valid() and _merged(request, survivor, absorbed, form):
        return redirect("project", survivor.pk)
    found = preview(survivor, absorbed)
    context = {
        "survivor": survivor,
        "absorbed": absorbed,
        "form": form,
        "differences": _differences(survivor, absorbed, found.differs, found.gaps),
        "belongs": [(LABELS[name], n) for name, n in found.belongs.items()],
    }
    status = 400 if form.is_bound else 200
    return render(request, "projects/merge.html", context, status=status)


def _choose(request: HttpRequest, survivor: Project) -> HttpResponse:
    """Offer those alike; with words, those that match."""
    text = request.GET.get("q", "").strip()[:100]
    today = timezone.localdate()
    found = likely_duplicates(survivor, CANDIDATES)
    if text:
        matching = projects(Filter(text=text), request.user, today).exclude(pk=survivor.pk)
        found = list(matching.select_related("place")[:CANDIDATES])
    context = {"survivor": survivor, "text": text, "found": found}
    return render(request, "projects/merge_choose.html", context)


def _differences(
    survivor: Project, absorbed: Project, differs: dict[str, Any], gaps: tuple[str, ...]
) -> list[Difference]:
    return [
        Difference(
            LABELS[name], _said(survivor, name, kept), _said(absorbed, name, gone), name in gaps
        )
        for name, (kept, gone) in differs.items()
    ]


def _said(project: Project, name: str, value: Any) -> str:
    if name == "stage":
        return say(parts.stage_label(project, project.stage))
    if name in ("sector", "origin"):
        value = getattr(project, f"get_{name}_display")()
    return "—" if value in (None, "") else f"{value:,}" if name == "total" else str(value)


def _merged(request: HttpRequest, survivor: Project, absorbed: Project, form: ReasonForm) -> bool:
    who = hand(request)
    try:
        merge_projects(
            **who.of("now", "user"), survivor=survivor, absorbed=absorbed,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return False
    done = _("Merged. Nothing was moved: undoing restores both projects exactly.")
    messages.success(request, done)
    return True


@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge; a refusal is shown as a page with its reason."""
    _allow(request)
    done, who = get_object_or_404(ProjectMerge, pk=pk), hand(request)
    undo_merge(**who.of("now"), merge=done, reason=request.POST.get("reason", "")[:500])
    messages.success(request, _("The merge is undone. Both projects stand on their own again."))
    return redirect("project", done.absorbed_id)
