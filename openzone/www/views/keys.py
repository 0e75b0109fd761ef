"""One's own keys for programs."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.facts import DayField
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea, KeyRight, scope
from openzone.zone.people.models import ApiKey, User
from openzone.zone.people.services import IssuedKey, issue_key, revoke_key


def rights() -> Iterator[tuple[str, str]]:
    """Yield what a key can be given, area by area."""
    for area in KeyArea:
        for right in KeyRight:
            yield scope(area, right), f"{area.label} · {right.label}"


class KeyForm(forms.Form):
    """What a key is for, and until when."""

    label = forms.CharField(label=_("What it is for"), max_length=100)
    may = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=rights,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the program needs; never more than you may do yourself."),
    )
    valid_to = DayField(label=_("Valid until"))

    def __init__(self, today: dt.date, data: QueryDict | None = None) -> None:
        super().__init__(data)
        last = today + dt.timedelta(days=settings.API_KEY_DAYS)
        self.fields["valid_to"].help_text = _("%(last)s at the latest.") % {"last": last}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show one's own keys."""
    own = ApiKey.objects.filter(user=_user(request))
    words = dict(rights())
    context = {
        "keys": [(key, [words[one] for one in key.scopes if one in words]) for key in own],
        "today": timezone.localdate(),
    }
    return render(request, "keys/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a key; its secret is on this page and never again."""
    form = KeyForm(timezone.localdate(), posted(request))
    if form.is_valid() and (issued := _issued(request, form)):
        return render(request, "keys/issued.html", {"issued": issued})
    context: dict[str, Any] = {"form": form}
    return render(request, "keys/new.html", context, status=400 if form.is_bound else 200)


def _issued(request: HttpRequest, form: KeyForm) -> IssuedKey | None:
    try:
        return issue_key(
            actor=Actor.of(request.user),
            user=_user(request),
            now=timezone.now(),
            on=timezone.localdate(),
            **form.cleaned_data,
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """End one of one's own keys."""
    key = get_object_or_404(ApiKey, pk=pk, user=_user(request))
    revoke_key(actor=Actor.of(request.user), key=key, now=timezone.now())
    return redirect("keys")


def _user(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment] # logged in
    return user
