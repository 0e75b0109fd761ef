"""My visits: what is mine to do, made for a phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www.views.visits.common import rows, visitor
from openzone.zone.people.selectors import on_day
from openzone.zone.visits.enums import Duty
from openzone.zone.visits.models import Post
from openzone.zone.visits.packs import pack
from openzone.zone.visits.selectors.due import lines, of_person
from openzone.zone.visits.selectors.network import Network
from openzone.zone.visits.selectors.visits import mine, waiting_invitations

_MOST = 60


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show where I go next, who is overdue, who asked for me, and who else is mine."""
    user, today = visitor(request), timezone.localdate()
    network = Network(today)
    grids = Post.objects.filter(on_day(today), user=user, duty=Duty.GRID)
    own = of_person(lines(network), user.pk, list(grids.values_list("place", flat=True)))
    ordered = sorted(own, key=lambda line: (not line.is_overdue, not line.standing.due))
    known = {line.enterprise: line for line in own}
    shown = ordered[:_MOST]
    context = {
        "notice": pack().notice,
        "planned": mine(user).prefetch_related("parties__user", "parties__unit"),
        "asked": waiting_invitations(today).filter(enterprise__root__in=list(known))[:20],
        "rows": rows(network, [line.cover for line in shown], known),
        "count": len(own),
        "overdue": sum(line.is_overdue for line in own),
        "more": len(own) - len(shown),
        "today": today,
    }
    return render(request, "visits/mine.html", context)
