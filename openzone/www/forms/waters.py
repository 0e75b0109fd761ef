"""Sections, campaigns, samples."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openzone.engines.water.classes import Item
from openzone.engines.water.joint import SATURATION
from openzone.engines.water.quarters import NO_QUARTER, Quarter, quarter
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoices, offer
from openzone.www.forms.service import Ticks
from openzone.www.forms.spokespersons import UnitField
from openzone.zone.people.models import Unit
from openzone.zone.waters.enums import BodyKind
from openzone.zone.waters.models import Section
from openzone.zone.waters.packs import standard


def targets() -> list[tuple[str, str]]:
    """Return the classes a target may be."""
    return [(one.id, say(one.label)) for one in standard().levels[:-1]]


class QuarterField(forms.CharField):
    """A quarter: ``2026Q3``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def to_python(self, value: Any) -> Any:
        """Return the quarter, or refuse."""
        text = super().to_python(value)
        if not text or isinstance(text, Quarter):
            return text
        try:
            return quarter(text)
        except ValueError:
            raise ValidationError(say(NO_QUARTER.format(given=text))) from None

    def run_validators(self, value: Any) -> None:
        """A quarter has nothing else to be checked."""


class TargetForm(forms.Form):
    """The class a section has to have from a day on."""

    level = forms.ChoiceField(label=_("Target class"))
    document = forms.CharField(label=_("Document"), max_length=200)
    document_on = DayField(label=_("Date of the document"))
    valid_from = DayField(label=_("From"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        level: Any = self.fields["level"]
        level.choices = targets()


class SectionForm(TargetForm):
    """A new section with its first target."""

    water = forms.CharField(label=_("Water"), max_length=64)
    body = forms.ChoiceField(label=_("Kind of water"), choices=BodyKind.choices)
    code = forms.SlugField(label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Section"), max_length=64)
    one = UnitField(label=_("First side"))
    other = UnitField(label=_("Second side"))
    longitude = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180
    )
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    field_order = ("water", "body", "code", "name", "one", "other")


class ChiefForm(forms.Form):
    """Who answers for a section on a side."""

    side = UnitField(label=_("Side"))
    name = forms.CharField(label=_("River chief"), max_length=64)
    post = forms.CharField(label=_("Post"), max_length=100, required=False)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)
    valid_from = DayField(label=_("From"))

    def offer(self, sides: Sequence[Unit]) -> None:
        """Offer the two sides of a section."""
        offer(self, "side", Unit.objects.filter(pk__in=[one.pk for one in sides]))


class CloseSectionForm(forms.Form):
    """The last day of a section."""

    valid_to = DayField(label=_("To"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CampaignForm(forms.Form):
    """A campaign; the days proposed are working days of the quarter."""

    quarter = QuarterField(label=_("Quarter"))
    sections = RecordChoices(Section.objects.all(), label=_("Sections"), widget=Ticks)
    sample_on = DayField(
        label=_("First sampling day"),
        help_text=_("A working day; sections follow on the next working days."),
    )
    enter_by = DayField(label=_("Figures due"))
    one_sampler = forms.CharField(
        label=_("Sampled by (first side)"), max_length=100, required=False
    )
    other_sampler = forms.CharField(
        label=_("Sampled by (second side)"), max_length=100, required=False
    )

    def offer(self, sections: QuerySet[Section]) -> None:
        """Offer the sections somebody may plan."""
        offer(self, "sections", sections)

    def given(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {**self.cleaned_data, "sections": list(self.cleaned_data["sections"])}


class ArrangeForm(forms.Form):
    """Another day, and who samples for one's own side."""

    sample_on = DayField(label=_("Sampling day"))
    sampler = forms.CharField(label=_("Who samples for our side"), max_length=100, required=False)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class SampleForm(forms.Form):
    """What was found at a section: a field for every item that counts there."""

    on = DayField(label=_("Sampled on"))
    laboratory = forms.CharField(label=_("Laboratory"), max_length=100)

    def __init__(self, *args: Any, items: Sequence[Item] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        for one in items or standard().items:
            label = f"{say(one.label)}（{one.unit}）" if one.unit else say(one.label)
            self.fields[one.id] = forms.CharField(label=label, max_length=40, required=False)
            if one.instead:
                self.fields[SATURATION] = forms.CharField(
                    label=_("Oxygen saturation (%)"), max_length=40, required=False
                )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), max_length=300, required=False,
            help_text=_("Needed where nothing was taken, and for a correction."),
        )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """Return what the services take."""
        said = dict(self.cleaned_data)
        about = {name: said.pop(name, "") for name in ("on", "laboratory", "reason")}
        return {**about, "values": {name: text for name, text in said.items() if text}}


def sample_initial(values: Mapping[str, str], on: dt.date, laboratory: str) -> dict[str, Any]:
    """Return what a form begins with."""
    return {"on": on, "laboratory": laboratory, **values}


class WaterBookForm(forms.Form):
    """A workbook."""

    file = forms.FileField(label=_("Spreadsheet"), allow_empty_file=True)


class SpanForm(forms.Form):
    """A period of days."""

    first = DayField(label=_("From"))
    last = DayField(label=_("To"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", ValidationError(_("The period ends before it begins.")))
        return found
