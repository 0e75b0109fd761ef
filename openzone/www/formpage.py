"""A page that is one form: it asks, hands over to a service, and leads on."""

from collections.abc import Callable
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from openzone.www.forms import refusals
from openzone.zone.errors import Refused


class Crumb(NamedTuple):
    """A page above this one."""

    href: str
    label: str


class FormPage(NamedTuple):
    """What a form page says."""

    heading: str
    button: str
    done: str
    crumbs: tuple[Crumb, ...]
    sub: str = ""
    template: str = "form.html"


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, if it was sent."""
    return request.POST if request.method == "POST" else None


def answer(
    request: HttpRequest, page: FormPage, form: forms.Form, act: Callable[[], str]
) -> HttpResponse:
    """Show the form, or do what it says and go on to the address ``act`` returns."""
    if form.is_valid() and (there := _done(form, act)):
        messages.success(request, page.done)
        return redirect(there)
    context = {"page": page, "form": form}
    return render(request, page.template, context, status=400 if form.is_bound else 200)


def _done(form: forms.Form, act: Callable[[], str]) -> str:
    try:
        return act()
    except Refused as refusal:
        refusals.show(form, refusal)
        return ""
