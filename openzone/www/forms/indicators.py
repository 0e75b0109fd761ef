"""Figures over time: which series, a batch by hand, subjects, what counts where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.promotion_field import ALL
from openzone.www.forms.records import RecordChoice
from openzone.zone.indicators.enums import AttributionKey, EntityKind, FigureStatus
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.packs import dictionary
from openzone.zone.indicators.selectors.listing import Asked
from openzone.zone.people.models import Unit


def indicator_choices() -> list[tuple[str, str]]:
    """Return the indicators of the dictionary."""
    return [(one.id, say(one.label.text)) for one in dictionary().indicators]


class LinesFilter(forms.Form):
    """Which series, as known on a day."""

    kind = forms.ChoiceField(
        label=_("Whose figures"), required=False, choices=[ALL, *EntityKind.choices]
    )
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    q = forms.CharField(label=_("Name of the subject"), max_length=60, required=False)
    known = DayField(label=_("As known on"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["indicator"]
        field.choices = [ALL, *indicator_choices()]

    def asked(self) -> Asked:
        """Return what is asked for."""
        said = self.cleaned_data
        return Asked(kind=said["kind"], indicator=said["indicator"], q=said["q"])


class KnownForm(forms.Form):
    """As known on a day, by one basis."""

    known = DayField(label=_("As known on"), required=False)
    basis = forms.CharField(label=_("Basis"), max_length=130, required=False)


class BatchForm(forms.Form):
    """What all figures of a batch by hand share."""

    title = forms.CharField(label=_("Title"), max_length=200)
    entity = RecordChoice(Entity.objects.none(), label=_("Subject"))
    document = forms.CharField(
        label=_("Document"), max_length=300,
        help_text=_("The report or page the figures stand in."),
    )  # fmt: skip
    published = DayField(label=_("Published"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", "—"), *FigureStatus.choices]
    )


class RowForm(forms.Form):
    """A figure, as it stands in the document."""

    series = forms.ChoiceField(label=_("Indicator"), required=False)
    period = forms.CharField(label=_("Period"), max_length=32, required=False)
    value = forms.CharField(label=_("Value with its unit"), max_length=64, required=False)
    growth = forms.CharField(label=_("Growth as published"), max_length=32, required=False)
    target = forms.CharField(label=_("Target of the year"), max_length=64, required=False)
    rank = forms.CharField(label=_("Rank"), max_length=16, required=False)
    group = forms.CharField(label=_("Out of"), max_length=16, required=False)
    among = forms.CharField(label=_("Ranked among"), max_length=64, required=False)
    basis = forms.CharField(label=_("Basis"), max_length=64, required=False)
    same_scope = forms.BooleanField(label=_("On the same scope"), required=False)
    quote = forms.CharField(label=_("Quotation"), max_length=500, required=False)
    explanation = forms.CharField(label=_("Explanation"), max_length=500, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["series"]
        field.choices = [("", "—"), *indicator_choices()]

    def given(self) -> dict[str, str]:
        """Return what the row says, empty things left out."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        if said.pop("same_scope", False):
            said["same_scope"] = "是"
        return said


class RowForms(forms.BaseFormSet[RowForm]):
    """The rows of a batch."""


ROWS = 6
RowFormSet = forms.formset_factory(RowForm, extra=ROWS, max_num=200, absolute_max=200)


class WhyFigureForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class FigureBookForm(forms.Form):
    """A workbook."""

    file = forms.FileField(label=_("Spreadsheet"), allow_empty_file=True)


class EntityForm(forms.Form):
    """A subject of figures."""

    kind = forms.ChoiceField(label=_("Whose figures"), choices=EntityKind.choices)
    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.SlugField(label=_("Code"), max_length=32, required=False)
    parent = RecordChoice(Entity.objects.none(), label=_("Part of"), required=False)
    enterprise = forms.CharField(
        label=_("Enterprise, by name or credit code"), max_length=200, required=False
    )
    chain = forms.SlugField(label=_("Chain"), max_length=64, required=False)
    unit = RecordChoice(Unit.objects.none(), label=_("Unit that reports"), required=False)
    valid_from = DayField(label=_("From"), required=False)
    valid_to = DayField(label=_("To"), required=False)


class EntityChangeForm(forms.Form):
    """A subject described anew."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.SlugField(label=_("Code"), max_length=32, required=False)
    parent = RecordChoice(Entity.objects.none(), label=_("Part of"), required=False)
    unit = RecordChoice(Unit.objects.none(), label=_("Unit that reports"), required=False)
    valid_to = DayField(label=_("To"), required=False)


class AttributionForm(forms.Form):
    """What share counts where."""

    to = RecordChoice(Entity.objects.none(), label=_("Counts in"))
    key = forms.ChoiceField(label=_("By"), choices=AttributionKey.choices)
    share = forms.DecimalField(
        label=_("Share (0 to 1)"), min_value=0, max_value=1, max_digits=7, decimal_places=6
    )
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("To"), required=False)
    document = forms.CharField(label=_("Document it stands in"), max_length=300)


class EndForm(forms.Form):
    """The day it ends."""

    on = DayField(label=_("Day"))
