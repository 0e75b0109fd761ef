"""The promises of every project somebody may see: counted by side, listed, taken away."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.hands import user_of
from openzone.www.views.agreements.drawing import WORDS, label_of
from openzone.www.views.exports import send
from openzone.zone.agreements.enums import Side
from openzone.zone.agreements.packs import pack
from openzone.zone.agreements.selectors.promises import Promise, balances, in_force, promises
from openzone.zone.projects.permissions import may_list
from openzone.zone.projects.selectors.listing import visible
from openzone.zone.registry.permissions import may_export

SHOWN = 200
ANY = ("", gettext_lazy("All"))
COUNTS = ("due", "kept", "late", "open")


class PromiseFilter(forms.Form):
    """Which promises: of whom, and how they stand or are counted."""

    side = forms.ChoiceField(
        label=gettext_lazy("Who promises"), required=False, choices=[ANY, *Side.choices]
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    count = forms.ChoiceField(required=False, choices=[(one, one) for one in ("", *COUNTS)])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        states = [(state.value, say(word)) for state, (word, _chip) in WORDS.items()]
        self.fields["state"].choices = [ANY, *states]  # type: ignore[attr-defined]

    def matches(self, one: Promise, on: dt.date) -> bool:
        """Whether a promise is asked for."""
        side, state = self.cleaned_data["side"], self.cleaned_data["state"]
        count = self.cleaned_data["count"]
        return (
            side in ("", one.clause.side)
            and state in ("", one.state.value)
            and (not count or count in counted_as(one, on))
        )


def counted_as(one: Promise, on: dt.date) -> set[str]:
    """Return the numbers of the overview a promise is in; what is not due is in none."""
    if one.clause.due > on:
        return set()
    met = one.standing.met_on
    if met is None:
        return {"due", "open"}
    return {"due", "kept" if met <= one.clause.due else "late"}


def _every(request: HttpRequest, today: dt.date) -> list[Promise]:
    require(may_list(request.user, today))
    mine = visible(user_of(request), today)
    return promises(in_force().filter(agreement__project__in=mine), today)


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show how both sides keep their promises, and the promises behind every number."""
    today = timezone.localdate()
    every, form = _every(request, today), PromiseFilter(request.GET)
    asked = form.is_valid()
    rows = [one for one in every if form.matches(one, today)] if asked else []
    context = {
        "form": form,
        "balances": balances(every, today),
        "rows": [
            (one, pack().clause_kind(one.clause.kind), *label_of(one)) for one in rows[:SHOWN]
        ],
        "count": len(rows),
        "shown": SHOWN,
        "may_export": may_export(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "agreements/overview.html", context, status=200 if asked else 400)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the promises asked for; the log notes who took them away."""
    today = timezone.localdate()
    every = _every(request, today)
    require(may_export(request.user, today))
    form = PromiseFilter(request.POST)
    rows = [one for one in every if form.matches(one, today)] if form.is_valid() else []
    sheet = excel.Table(
        [_("Project"), _("Agreement"), _("Who promises"), _("Kind"), _("Promise"), _("Quantity"),
         _("Unit"), _("Fulfilled"), _("Due on"), _("Fulfilled on"), _("State")],
        [_cells(one) for one in rows],
        [_("Promises of both sides"), excel.as_of_note(today)],
        any(one.clause.agreement.project.synthetic for one in rows) or excel.in_example_zone(),
    )  # fmt: skip
    chosen = {name: str(value) for name, value in form.cleaned_data.items() if value}
    return send(request, sheet, what="promises", name=_("Promises"), filters=chosen)


def _cells(one: Promise) -> list[Any]:
    clause, kind = one.clause, pack().clause_kind(one.clause.kind)
    unit = say(kind.unit.text) if kind and kind.unit else ""
    return [
        clause.agreement.project.name, clause.agreement.number, clause.get_side_display(),
        say(kind.label.text) if kind else clause.kind, clause.text, clause.quantity, unit,
        one.standing.fulfilled, clause.due, one.standing.met_on, say(label_of(one)[0]),
    ]  # fmt: skip
