"""Merging, splitting, systemic issues, minutes with tasks."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from openzone.www.asof import ensure_covered
from openzone.www.forms.facts import DayInput
from openzone.www.forms.records import RecordChoice
from openzone.zone.people.models import Unit

Units = Unit.objects.order_by("code")


class MergeForm(forms.Form):
    """Into which case, and why."""

    into = forms.CharField(
        label=_("Number of the case it goes into"), max_length=48,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class PieceForm(forms.Form):
    """One part of a case."""

    title = forms.CharField(label=_("What this part asks"), max_length=100)
    unit = RecordChoice(
        Units, label=_("Assign to"), required=False, empty_label=_("By the routing rules")
    )


class DecisionForm(forms.Form):
    """A decision of a meeting."""

    task = forms.CharField(label=_("What is to be done"), max_length=500)
    owner = RecordChoice(Units, label=_("Unit"), empty_label="—")
    due = forms.DateField(label=_("Due"), widget=DayInput, validators=[ensure_covered])


PieceSet = formset_factory(PieceForm, extra=4, max_num=9, validate_max=True)
DecisionSet = formset_factory(DecisionForm, extra=4, max_num=12, validate_max=True)


def filled(rows: "BaseFormSet[Any]") -> list[dict[str, Any]]:
    """Return the rows of a valid set that say something."""
    return [row.cleaned_data for row in rows if row.cleaned_data and row.has_changed()]


class IssueForm(forms.Form):
    """What many cases have in common."""

    title = forms.CharField(label=_("The systemic issue in one sentence"), max_length=100)
    text = forms.CharField(
        label=_("What the cases have in common, and what should change"), required=False,
        max_length=4000, widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    unit = RecordChoice(
        Units, label=_("Lead unit"), required=False, empty_label=_("By the routing rules")
    )
