"""The audit log, for administrators: what happened, and whether the log is whole."""

import datetime as dt

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from openzone.www.access import require
from openzone.www.asof import ensure_covered
from openzone.www.forms.facts import DayInput
from openzone.www.pages import page_of
from openzone.zone.audit.models import Event
from openzone.zone.audit.verification import export_anchor, verify
from openzone.zone.people.permissions import may_administer


class EventFilter(forms.Form):
    """The filters of the log, all optional."""

    who = forms.CharField(label=_("Who"), required=False, max_length=100)
    action = forms.CharField(label=_("Action begins with"), required=False, max_length=64)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=64)
    first = forms.DateField(
        label=_("From"), required=False, widget=DayInput, validators=[ensure_covered]
    )
    last = forms.DateField(
        label=_("To"), required=False, widget=DayInput, validators=[ensure_covered]
    )

    def events(self) -> QuerySet[Event]:
        """Return the events of a valid form, the latest first."""
        data = self.cleaned_data
        wanted = {
            "actor_label__icontains": data["who"],
            "action__startswith": data["action"],
            "subject": data["subject"],
            "at__gte": data["first"] and _midnight(data["first"]),
            "at__lt": data["last"] and _midnight(data["last"] + dt.timedelta(days=1)),
        }
        return Event.objects.filter(**{k: v for k, v in wanted.items() if v}).order_by("-seq")


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Show the events that the filters leave."""
    require(may_administer(request.user, timezone.localdate()))
    form = EventFilter(request.GET)
    events = form.events() if form.is_valid() else Event.objects.none()
    context = {"form": form, "page": page_of(request, events)}
    return render(request, "audit/log.html", context, status=200 if form.is_valid() else 400)


@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """Read the whole log again and say whether anything was changed."""
    require(may_administer(request.user, timezone.localdate()))
    return render(request, "audit/check.html", {"result": verify()})


@require_GET
def anchor(request: HttpRequest) -> HttpResponse:
    """Download the mark by which a later check notices a cut or rewritten log."""
    require(may_administer(request.user, timezone.localdate()))
    name = f"openzone-anchor-{timezone.localdate().isoformat()}.json"
    response = HttpResponse(export_anchor(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
