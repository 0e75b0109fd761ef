"""Who of the holders of a title holds others too, and who is still to come."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.views.exports import send
from openzone.zone.cultivation.packs import coverage_named
from openzone.zone.cultivation.permissions import may_screen
from openzone.zone.cultivation.selectors.coverage import Covered, coverage
from openzone.zone.registry.permissions import may_export


@require_GET
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show who is covered and who is not."""
    today = timezone.localdate()
    require(may_screen(request.user, today))
    context = {
        "found": _found(request, name), "as_of": asof.as_of(request),
        "may_export": may_export(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "cultivation/coverage.html", context)


@require_POST
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Download the list."""
    require(may_export(request.user, timezone.localdate()))
    found = _found(request, name)
    said = ((_("Covered"), found.covered), (_("Not covered"), found.left),
            (_("No industry on record"), found.unplaced))  # fmt: skip
    rows = [(one.name, one.uscc, one.industry or None, word) for word, of in said for one in of]
    title = say(found.spec.title.text)
    headings = [_("Enterprise"), _("Credit code"), _("Industry"), _("State")]
    notes = [title, say(found.spec.source.text)]
    table = excel.Table(headings, rows, notes, excel.in_example_zone())
    return send(request, table, what="coverage", name=title, filters={"coverage": name})


def _found(request: HttpRequest, name: str) -> Covered:
    spec = coverage_named(name)
    if spec is None:
        raise Http404
    return coverage(spec, asof.as_of(request))
