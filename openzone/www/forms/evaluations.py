"""Opening evaluations, who is in them, figures, decisions, objections, simulations."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.packs.evaluations import Ground
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.evaluations.enums import CycleKind
from openzone.zone.evaluations.models import Cell, Cycle, Entrant
from openzone.zone.evaluations.packs import pack, schemes
from openzone.zone.evaluations.selectors.items import Item, items_of, kind_of, pack_of

FIRST_YEAR = 2000
DIGITS: dict[str, Any] = {"max_digits": 20, "decimal_places": 4}


def _last_year() -> int:
    return timezone.localdate().year - 1


class CycleForm(forms.Form):
    """A new evaluation."""

    scheme = forms.ChoiceField(label=_("Scheme of the evaluation"))
    year = forms.IntegerField(
        label=_("Year evaluated"), min_value=FIRST_YEAR, max_value=2100, initial=_last_year
    )
    title = forms.CharField(label=_("Title"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = dict(CycleKind.choices)
        field: Any = self.fields["scheme"]
        field.choices = [
            (one.id, f"{say(one.title.text)} · {kinds[kind_of(one)]}") for one in schemes()
        ]


class OfCycle(forms.Form):
    """A form about one evaluation."""

    def __init__(self, cycle: Cycle, *args: Any, **options: Any) -> None:
        self.cycle = cycle
        super().__init__(*args, **options)
        groups = [(one.id, say(one.label.text)) for one in pack_of(cycle).groups]
        if "group" in self.fields:
            field: Any = self.fields["group"]
            field.choices = groups if field.required else [("", _("All")), *groups]


class EntrantForm(OfCycle):
    """Somebody to be evaluated."""

    named = forms.CharField(
        label=_("Enterprise, by name or credit code"), max_length=200, required=False
    )
    unit = UnitField(label=_("Unit"), required=False)
    name = forms.CharField(
        label=_("Platform or other, by its name"), max_length=200, required=False
    )
    group = forms.ChoiceField(label=_("Group"))
    parcel = forms.CharField(
        label=_("Parcel"), max_length=64, required=False,
        help_text=_("Those of one parcel are added up and share the result."),
    )  # fmt: skip


class PlaceForm(OfCycle):
    """Group, parcel, landlord and days of somebody."""

    group = forms.ChoiceField(label=_("Group"))
    parcel = forms.CharField(label=_("Parcel"), max_length=64, required=False)
    landlord = RecordChoice(
        Entrant.objects.none(), label=_("Follows (landlord)"), required=False,
        help_text=_("A tenant gets the result of its landlord."),
    )  # fmt: skip
    industry = forms.CharField(label=_("Industry"), max_length=8, required=False)
    registered_on = DayField(label=_("Registered on"), required=False)
    land_since = DayField(label=_("Land held since"), required=False)

    def __init__(self, cycle: Cycle, *args: Any, **options: Any) -> None:
        super().__init__(cycle, *args, **options)
        offer(self, "landlord", cycle.entrants.all())


class ColumnForm(OfCycle):
    """Which unit enters a column."""

    item = forms.ChoiceField(label=_("Column of data"))
    unit = UnitField(
        label=_("Unit"), required=False,
        help_text=_("Empty: who runs the evaluation enters it."),
    )  # fmt: skip

    def __init__(self, cycle: Cycle, *args: Any, **options: Any) -> None:
        super().__init__(cycle, *args, **options)
        field: Any = self.fields["item"]
        field.choices = [(one.name, say(one.label)) for one in items_of(cycle)]


class ReviewerForm(OfCycle):
    """A reviewer of a category, or of all."""

    user = MemberField(label=_("Person"))
    group = forms.ChoiceField(label=_("Group"), required=False)


class LockForm(OfCycle):
    """The data is locked."""

    data_on = DayField(label=_("Data as of"), initial=timezone.localdate)
    accept_gaps = forms.BooleanField(
        label=_("What is missing stays missing"), required=False,
        help_text=_("The scheme says what a missing figure means; it is never zero."),
    )  # fmt: skip


class RemarkForm(OfCycle):
    """A reason."""

    remark = lines(2, label=_("Reason"), max_length=500)


class CellForm(forms.Form):
    """A figure in the unit people write it in, or nothing: then it is taken back."""

    value = forms.DecimalField(
        label=_("Figure entered"),
        required=False,
        help_text=_("Empty takes the figure back."),
        **DIGITS,
    )
    source = forms.CharField(label=_("Source"), max_length=300)
    reason = lines(2, label=_("Reason"), max_length=500, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, item: Item, before: Cell | None, *args: Any, **options: Any) -> None:
        self.item = item
        super().__init__(*args, **options)
        if say(item.unit):
            self.fields["value"].label = say(item.heading)
        if before is not None:
            self.fields["seen"].initial = before.pk
            self.fields["source"].initial = before.source
            if before.value is not None:
                self.fields["value"].initial = item.shown(before.value)

    def given(self) -> dict[str, Any]:
        """Return what the service takes, in the base unit."""
        said = dict(self.cleaned_data)
        value: Decimal | None = said["value"]
        return {**said, "value": None if value is None else self.item.stored(value)}


def _grounds(those: tuple[Ground, ...]) -> list[tuple[str, str]]:
    return [(one.id, say(one.label.text)) for one in those]


class DocumentForm(OfCycle):
    """A decision by its document."""

    document = forms.CharField(
        label=_("Document it stands in"), max_length=300, help_text=_("Title and number.")
    )
    reason = lines(2, label=_("Reason"), max_length=500, required=False)


class ExcludeForm(DocumentForm):
    """Somebody is not suitable for evaluation."""

    ground = forms.ChoiceField(label=_("Ground"))
    field_order = ("ground",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["ground"]
        field.choices = _grounds(pack().exclusions)


class VetoForm(ExcludeForm):
    """Somebody is put into the last class."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["ground"]
        field.choices = _grounds(pack().vetoes)


class AdjustForm(DocumentForm):
    """Points are added or taken away."""

    points = forms.DecimalField(
        label=_("Points to add or take away"), max_digits=8, decimal_places=2
    )
    field_order = ("points",)


class ProtestForm(OfCycle):
    """An objection."""

    text = lines(5, label=_("Objection"), max_length=1000)


class AnswerProtestForm(forms.Form):
    """The reply to an objection."""

    upheld = forms.TypedChoiceField(
        label=_("Answer"), coerce=lambda value: value == "yes",
        choices=[("yes", _("Upheld: the data was corrected, work it out again")),
                 ("no", _("Not upheld"))],
    )  # fmt: skip
    text = lines(4, label=_("Reply"), max_length=1000)


class DataBookForm(forms.Form):
    """A workbook of a bureau."""

    source = forms.CharField(
        label=_("Source"), max_length=300,
        help_text=_("Which table of whom, for every figure in the file."),
    )  # fmt: skip
    file = forms.FileField(label=_("Spreadsheet"), allow_empty_file=True)


class PricesForm(forms.Form):
    """Which differential prices."""

    prices = forms.ChoiceField(label=_("Differential prices"), required=False)

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["prices"]
        field.choices = choices


class WhatIfForm(forms.Form):
    """Other weights and bases of a group; what is left empty stays as it is."""

    def __init__(self, cycle: Cycle, group: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = next(one for one in pack_of(cycle).groups if one.id == group)
        for one in found.indicators:
            label = say(one.label.text)
            self.fields[f"w-{one.id}"] = _changed(_("Weight of %(name)s"), label, one.weight)
            if one.base is not None:
                self.fields[f"b-{one.id}"] = _changed(_("Base of %(name)s"), label, one.base)

    def changes(self) -> dict[str, Decimal]:
        """Return what differs, by the name of its field."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


def _changed(label: Any, name: str, now: Decimal) -> forms.DecimalField:
    return forms.DecimalField(
        label=label % {"name": name}, required=False, min_value=Decimal("0.0001"),
        widget=forms.NumberInput(attrs={"placeholder": str(now), "step": "any"}), **DIGITS,
    )  # fmt: skip
