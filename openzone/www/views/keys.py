"""One's own keys for programs."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.forms import refusals
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import ApiKey, User
from openzone.zone.people.services import IssuedKey, issue_key, revoke_key


class KeyForm(forms.Form):
    """What a key is for, and until when."""

    label = forms.CharField(label=_("What it is for"), max_length=100)
    valid_to = forms.DateField(
        label=_("Valid until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A year from today at the latest."),
    )


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show one's own keys."""
    own = ApiKey.objects.filter(user=_user(request))
    context = {"keys": own, "today": timezone.localdate()}
    return render(request, "keys/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a key; its secret is on this page and never again."""
    form = KeyForm(request.POST or None)
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
