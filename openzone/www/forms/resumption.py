"""Seasons, rosters, daily reports, inspections, what is in the way, workbooks."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.promotion_field import ALL
from openzone.www.forms.suggestions import lines
from openzone.zone.resumption.enums import BookKind, Resumed
from openzone.zone.resumption.models import Member, Membership
from openzone.zone.resumption.packs import class_label, pack
from openzone.zone.resumption.services.blocking import Named


def chosen(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Give a field its choices."""
    field: Any = form.fields[name]
    field.choices = choices


def classes() -> list[tuple[str, str]]:
    """Return the classes of the pack."""
    return [(one.id, say(one.label.text)) for one in pack().classes]


class SeasonForm(forms.Form):
    """A new season."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"))
    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"))
    base_month = DayField(
        label=_("Base month of electricity"), help_text=_("Any day of that month.")
    )
    document = forms.CharField(label=_("Document"), max_length=200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen(self, "kind", [(one.id, say(one.label.text)) for one in pack().kinds])


class DayForm(forms.Form):
    """Which day, which class, compared with which earlier day."""

    on = DayField(label=_("Day"), required=False)
    since = DayField(label=_("Compare with"), required=False)


class RosterFilter(forms.Form):
    """Which members."""

    klass = forms.ChoiceField(label=_("Class"), required=False)
    q = forms.CharField(label=_("Name"), max_length=60, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen(self, "klass", [ALL, *classes()])

    def among(self, found: "QuerySet[Member]") -> "QuerySet[Member]":
        """Return those asked for."""
        if klass := self.cleaned_data.get("klass"):
            found = found.filter(memberships__klass=klass).distinct()
        if q := self.cleaned_data.get("q"):
            found = found.filter(enterprise__name__icontains=q) | found.filter(
                project__name__icontains=q
            )
        return found


class EnrolForm(forms.Form):
    """Somebody comes onto the roster."""

    named = forms.CharField(
        label=_("Enterprise or project"), max_length=200,
        help_text=_("Name or credit code of an enterprise, or name of a project."),
    )  # fmt: skip
    klass = forms.ChoiceField(label=_("Class"))
    first_on = DayField(label=_("From"))
    because = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen(self, "klass", classes())


class WithdrawForm(forms.Form):
    """A member leaves a class."""

    klass = forms.ChoiceField(label=_("Class"))
    last_on = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen(self, "klass", classes())

    def of(self, places: "QuerySet[Membership]") -> None:
        """Offer the classes the member is in."""
        rows = places.filter(last_on__isnull=True)
        chosen(self, "klass", [(one.klass, say(class_label(one.klass))) for one in rows])


class UnplannedForm(forms.Form):
    """It does not plan to resume, or does after all."""

    on = DayField(
        label=_("Not planning to resume from"), required=False,
        help_text=_("Empty: it plans to resume after all."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300)


class WorkReportForm(forms.Form):
    """How work stands on a day."""

    on = DayField(label=_("Day"), initial=timezone.localdate)
    resumed = forms.ChoiceField(label=_("State of work"), choices=Resumed.choices)
    staff = forms.IntegerField(
        label=_("People at their posts"), min_value=0, required=False,
        help_text=_("Leave empty what you do not know: it is not taken as 0."),
    )  # fmt: skip
    staff_normal = forms.IntegerField(label=_("People normally"), min_value=0, required=False)
    capacity = forms.DecimalField(
        label=_("Capacity, per cent of normal"), min_value=0, max_value=200, max_digits=6,
        decimal_places=1, required=False,
    )  # fmt: skip
    planned_on = DayField(label=_("Planned day of resumption"), required=False)
    blocker = forms.ChoiceField(label=_("What kind of blocker"), required=False)
    text = lines(3, label=_("What is in the way"), max_length=1000, required=False)
    amount = forms.DecimalField(
        label=_("How much"), max_digits=16, decimal_places=2, min_value=0, required=False,
        help_text=_("People needed, or yuan needed, where it is staff or funds."),
    )  # fmt: skip
    raise_it = forms.BooleanField(
        label=_("Ask the zone for help"), required=False,
        help_text=_("A request with a number, an owner and a clock is opened."),
    )  # fmt: skip
    remark = forms.CharField(label=_("Remark on it"), max_length=500, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(one.id, say(one.label.text)) for one in pack().blockers]
        chosen(self, "blocker", [("", "—"), *kinds])

    def clean(self) -> dict[str, Any]:
        """A blocker has a kind and words, or there is none."""
        given: dict[str, Any] = super().clean() or {}
        kind, text = given.get("blocker"), given.get("text")
        if bool(kind) != bool(text):
            self.add_error("text" if kind else "blocker", _("Give both the kind and what it is."))
        return given

    def given(self) -> dict[str, Any]:
        """Return what the service takes."""
        said = dict(self.cleaned_data)
        kind, text = said.pop("blocker"), said.pop("text")
        amount, raise_it = said.pop("amount"), said.pop("raise_it")
        named = [Named(kind, text, amount, raise_it)] if kind else []
        return {**said, "blockers": named}


class InspectionForm(forms.Form):
    """What visitors found."""

    on = DayField(label=_("Day"), initial=timezone.localdate)
    resumed = forms.ChoiceField(label=_("Found there"), choices=Resumed.choices)
    found = lines(3, label=_("What the visit found"), max_length=1000)
    visitors = forms.CharField(label=_("Who went"), max_length=200)


class RaiseForm(forms.Form):
    """A blocker becomes a request."""

    amount = forms.DecimalField(
        label=_("How much"), max_digits=16, decimal_places=2, min_value=0, required=False,
        help_text=_("People needed, or yuan needed, where it is staff or funds."),
    )  # fmt: skip


class EndBlockerForm(forms.Form):
    """A blocker without a request is gone."""

    ending = forms.CharField(label=_("How it ended"), max_length=300)


class CloseForm(forms.Form):
    """A season ends."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class BookForm(forms.Form):
    """A workbook of one of three kinds."""

    kind = forms.ChoiceField(label=_("What the workbook holds"), choices=BookKind.choices)
    file = forms.FileField(label=_("Spreadsheet"), allow_empty_file=True)


class PowerForm(forms.Form):
    """Electricity of an account, as a program of the grid company sends it."""

    on = DayField(label=_("Day"))
    kwh = forms.DecimalField(label=_("Use (kWh)"), min_value=0, max_digits=16, decimal_places=2)
    account = forms.CharField(
        label=_("Account with the grid company"), max_length=32, required=False
    )
    source = forms.CharField(label=_("Source"), max_length=255)
    base = forms.DecimalField(
        label=_("Use of the base month (kWh)"), min_value=0, max_digits=16, decimal_places=2,
        required=False,
    )  # fmt: skip
