"""Which zone's board and known when; targets of figures; the papers of a meeting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openzone.engines.series.periods import Period, read_period
from openzone.engines.text import Text
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.indicators import indicator_choices
from openzone.www.forms.records import RecordChoice, offer
from openzone.zone.indicators.board_enums import TargetWay
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity


class BoardForm(forms.Form):
    """Whose board, as known on a day; the day itself stands in the head of every page."""

    zone = forms.ChoiceField(label=_("Zone"), required=False)
    known = DayField(label=_("As known on"), required=False)

    def __init__(self, zones: Sequence[Entity], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["zone"]
        field.choices = [(str(one.pk), one.name) for one in zones]
        if len(zones) < 2:
            del self.fields["zone"]


class FigureTargetForm(forms.Form):
    """A target, as written with its unit."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    entity = RecordChoice(Entity.objects.none(), label=_("Subject"))
    amount = forms.CharField(
        label=_("Target with its unit"), max_length=64,
        help_text=_("As in the document: 284亿元, 700万美元."),
    )  # fmt: skip
    first_year = forms.IntegerField(label=_("First year"), min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label=_("Last year"), min_value=2000, max_value=2100)
    way = forms.ChoiceField(label=_("How years count"), choices=TargetWay.choices, required=False)
    document = forms.CharField(label=_("Document it stands in"), max_length=300)
    reason = forms.CharField(
        label=_("Why it is changed"), max_length=500, required=False,
        help_text=_("Needed where there is a target already."),
    )  # fmt: skip

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["indicator"]
        field.choices = indicator_choices()
        offer(self, "entity", Entity.objects.exclude(kind=EntityKind.ENTERPRISE))

    def clean_way(self) -> str:
        """A target is reached by its last year unless it adds up."""
        return self.cleaned_data["way"] or TargetWay.REACH


class WithdrawTargetForm(forms.Form):
    """Why a target is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class WhatIfForm(forms.Form):
    """A month supposed, of one line."""

    line = forms.ChoiceField(label=_("Indicator"), required=False)
    pace = forms.CharField(label=_("Each month left brings"), max_length=32, required=False)

    def __init__(self, lines: Sequence[tuple[str, str]], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["line"]
        field.choices = [("", "—"), *lines]


class PackForm(forms.Form):
    """The period and the indicators of a meeting."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    period = forms.CharField(
        label=_("Period"), max_length=32, help_text=_("2026年1-5月, 2026年上半年, 2026")
    )
    indicators = forms.MultipleChoiceField(
        label=_("Indicators"), widget=forms.CheckboxSelectMultiple
    )
    known = DayField(label=_("As known on"), required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["indicators"]
        field.choices = indicator_choices()

    def clean_period(self) -> Period:
        """The months of one year from January on."""
        found = read_period(self.cleaned_data["period"])
        if isinstance(found, Text):
            raise ValidationError(say(found))
        if found.point or not found.from_january:
            found = Period(found.year, found.last, 1)
        return found
