"""Releases of the rules: the history, what each changed, the artefact and its digest."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www.access import require
from openzone.www.pages import page_of
from openzone.www.views.rulebook.access import writer
from openzone.zone.people.permissions import Decision
from openzone.zone.rulebook.models import RuleRelease
from openzone.zone.rulebook.permissions import may_draft, may_see_releases
from openzone.zone.rulebook.selectors import releases as selectors
from openzone.zone.rulebook.services.publishing import adopt_packs


def _may_see(request: HttpRequest) -> Decision:
    return may_see_releases(request.user, timezone.localdate())


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the releases, the latest first, and what the packs say that is newer."""
    require(_may_see(request))
    context = {
        "page": page_of(request, selectors.releases()),
        "news": selectors.packs_news(selectors.latest_release()),
        "may_draft": may_draft(request.user, timezone.localdate()).allowed,
    }
    return render(request, "rulebook/releases.html", context)


@require_GET
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a release changed, who made it, and whether its text is the one it was."""
    require(_may_see(request))
    release = get_object_or_404(RuleRelease, number=number)
    other = _compared(request.GET.get("with"), release)
    context = {
        "release": release,
        "intact": selectors.is_intact(release),
        "other": other,
        "compared": selectors.compared(other, release) if other else [],
        "numbers": list(selectors.releases().values_list("number", flat=True)),
    }
    return render(request, "rulebook/release.html", context)


def _compared(given: str | None, release: RuleRelease) -> RuleRelease | None:
    """Return the release to compare with: the one asked for, else the one before."""
    if given and given.isdecimal() and len(given) < 10:
        return get_object_or_404(RuleRelease, number=int(given))
    return selectors.before(release)


@require_GET
def artefact(request: HttpRequest, number: int) -> HttpResponse:
    """Download the text that the digest names."""
    require(_may_see(request))
    release = get_object_or_404(RuleRelease, number=number)
    response = HttpResponse(release.artefact, content_type="application/json; charset=utf-8")
    name = f"openzone-rules-{release.number}-{release.digest[:12]}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """Put the packs of the software in force, with the zone's own rules over them."""
    release = adopt_packs(actor=writer(request).actor)
    if release is None:
        messages.info(request, _("The packs say what is in force already."))
        return redirect("releases")
    messages.success(request, _("Release %(n)d is in force.") % {"n": release.number})
    return redirect("release", release.number)
