"""What is published for objections: the name, the item, the amount, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www.pages import page_of
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show what is published now, to everybody."""
    rows = Application.objects.filter(stage=Stage.PUBLICITY, due_at__gte=timezone.now())
    rows = rows.select_related("enterprise", "item__document").order_by("due_at", "pk")
    inside = request.user.is_authenticated
    frame = "console.html" if inside else "portal.html"
    context = {"page": page_of(request, rows), "frame_of": frame, "inside": inside}
    return render(request, "redemption/publicity.html", context)
