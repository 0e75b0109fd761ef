"""The registers of the desks: refusals, rule changes, dispatches, findings of conduct."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openzone.engines.files.gate import FileRefusedError, check
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.moments import MomentField
from openzone.www.forms.spokespersons import UnitField
from openzone.zone.cases.enums import ChangeAnswer, DispatchTerms, ReviewWord
from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.registers import RegisterFilter, Standing
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.cases.services.refusals import Grounds
from openzone.zone.people.models import Unit

STANDINGS = {
    Standing.ALL: _("All"),
    Standing.WAITING: _("Waiting"),
    Standing.OVERDUE: _("Overdue"),
    Standing.DONE: _("Done"),
}
ANY = ("", _("Any"))
FEN = 100


def _text(label: Any, longest: int = 2000, rows: int = 4, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=widget, **options)


class RegisterForm(forms.Form):
    """The filters of a register, all optional."""

    standing = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[(s.value, label) for s, label in STANDINGS.items()],
    )
    word = forms.ChoiceField(label=_("Result"), required=False)
    unit = UnitField(label=_("Unit"), required=False, empty_label=_("Any"))
    first = DayField(label=_("From day"), required=False)
    last = DayField(label=_("Until day"), required=False)
    q = forms.CharField(label=_("Search"), required=False, max_length=100)

    def __init__(self, words: Sequence[tuple[str, Any]], data: QueryDict) -> None:
        super().__init__(data)
        self.fields["word"].choices = [ANY, *words]  # type: ignore[attr-defined]

    def chosen(self) -> RegisterFilter:
        """Return the filter of a valid form."""
        given = self.cleaned_data
        return RegisterFilter(
            Standing(given["standing"] or Standing.ALL), given["word"], given["unit"],
            given["first"], given["last"], given["q"],
        )  # fmt: skip


class RefusalForm(forms.Form):
    """A no and its grounds."""

    unit = UnitField(label=_("Unit that says no"))
    matter = forms.CharField(label=_("What was asked for"), max_length=200)
    law = forms.CharField(label=_("Law or document"), max_length=200)
    clause = forms.CharField(label=_("Clause"), max_length=100)
    reason = _text(_("Why not"))
    alternatives = _text(
        _("What can be done instead"), help_text=_("Nobody may just say no: another way, or when.")
    )

    def __init__(self, units: Sequence[Unit], data: QueryDict | None) -> None:
        own = units[0].code if units else None
        super().__init__(data, initial={"unit": own})
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("code")

    def grounds(self) -> Grounds:
        """Return what the no rests on."""
        names = ("law", "clause", "reason", "alternatives")
        return Grounds(**{name: self.cleaned_data[name] for name in names})


class ReviewForm(forms.Form):
    """What a second look found."""

    word = forms.ChoiceField(label=_("Review"), choices=ReviewWord.choices)
    note = forms.CharField(label=_("Grounds of the review"), max_length=500)


class CasesField(forms.CharField):
    """Numbers of cases, one a line or with commas."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def clean(self, value: Any) -> list[Case]:
        """Return the cases, or name the number that is none."""
        text = str(super().clean(value)).replace(",", " ").replace("，", " ")
        numbers = list(dict.fromkeys(text.split()))
        found = {case.number: case for case in Case.objects.filter(number__in=numbers)}
        for number in numbers:
            if number not in found:
                raise forms.ValidationError(
                    _("No case has the number “%(n)s”."), params={"n": number}
                )
        return [found[number] for number in numbers]


class ChangeForm(forms.Form):
    """A suggestion that a rule be changed."""

    unit = UnitField(label=_("Unit asked"))
    rule = forms.CharField(label=_("Rule or practice"), max_length=200)
    clause = forms.CharField(label=_("Clause"), max_length=100, required=False)
    cause = _text(_("What the rule causes"))
    proposal = _text(_("Suggested change"))
    cases = CasesField(label=_("Numbers of the cases behind it"))


class ChangeAnswerForm(forms.Form):
    """The answer of the unit."""

    answer = forms.TypedChoiceField(
        label=_("Answer"), choices=ChangeAnswer.choices, coerce=ChangeAnswer
    )
    text = _text(_("Grounds of the answer"))
    in_force_on = DayField(
        label=_("Changed from"), required=False, help_text=_("For what is adopted, also in part.")
    )


class DispatchForm(forms.Form):
    """What is got hold of for a case, from whom, and for how long."""

    what = forms.CharField(label=_("What"), max_length=100)
    amount = forms.CharField(label=_("How much"), max_length=64)
    terms = forms.TypedChoiceField(
        label=_("On which terms"), choices=DispatchTerms.choices, coerce=DispatchTerms
    )
    supplier = forms.CharField(label=_("From whom"), max_length=128)
    place = forms.CharField(label=_("Where to"), max_length=200)
    needed_until = MomentField(label=_("Needed until"), required=False)


class ReturnForm(forms.Form):
    """What it cost when it was given back."""

    cost = forms.DecimalField(
        label=_("Cost in yuan"), min_value=Decimal(0), max_digits=12, decimal_places=2,
        required=False, help_text=_("Empty where it is not known: that is not nothing."),
    )  # fmt: skip
    paid_by = forms.CharField(label=_("Paid by"), max_length=128, required=False)

    def cost_in_fen(self) -> int | None:
        """Return the cost, ``None`` where it is not known."""
        cost = self.cleaned_data["cost"]
        return None if cost is None else int(cost * FEN)


class ConductForm(forms.Form):
    """A finding of conduct: about which unit, what shows it, with evidence."""

    about = UnitField(label=_("Unit it is about"), help_text=_("It never sees the referral."))
    happened_on = DayField(label=_("When it happened"), required=False)
    finding = _text(_("What shows it"))
    evidence = forms.FileField(label=_("Evidence"))

    def clean_evidence(self) -> Upload:
        """Let the file through the gate."""
        given = self.cleaned_data["evidence"]
        data = given.read()
        try:
            check(given.name, data)
        except FileRefusedError as error:
            raise forms.ValidationError(say(error.reason)) from None
        return Upload(given.name, data, "evidence")


class DaysForm(forms.Form):
    """From one day to another."""

    first = DayField(label=_("From day"))
    last = DayField(label=_("Until day"))

    @classmethod
    def of(cls, data: QueryDict, today: dt.date) -> "DaysForm":
        """Return the form with what was chosen, this year where nothing was."""
        year = {"first": f"{today.year}-01-01", "last": today.isoformat()}
        return cls(data if "first" in data else year)
