"""Deliveries of net land, and what is done with agreements of standard land."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.cases.definition import case_type
from openzone.engines.projects.landarea import AreaUnit, in_unit, to_m2
from openzone.engines.projects.landcheck import Stage
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.land import AreaForm, area_field, area_unit
from openzone.www.forms.land_acts import Promising, figure_field
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.spokespersons import UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.cases.selectors.types import definition
from openzone.zone.land.enums import CheckStage
from openzone.zone.land.models import DeliveryPart, Parcel, StandardLand
from openzone.zone.land.packs import pack
from openzone.zone.land.selectors.standards import stage_promises
from openzone.zone.land.services.deliveries import OBSTACLE
from openzone.zone.projects.models import Project

TOPICS = ("land", "demolition", "supporting", "approval")


class DeliveryForm(forms.Form):
    """Net land is to be handed over by a day."""

    title = forms.CharField(label=_("Title"), max_length=200)
    unit = UnitField(label=_("Responsible unit"))
    project = RecordChoice(
        Project.objects.none(), label=_("Project"), required=False, empty_label="—"
    )
    set_on = DayField(label=_("Set on"))
    due = DayField(label=_("Due on"))
    parts = lines(
        6, label=_("Parcels"), max_length=20_000,
        help_text=_("One parcel in a line: its number, then the area in mu if not all of it."),
    )  # fmt: skip

    def __init__(self, parcels: Any, projects: Any, *args: Any, **options: Any) -> None:
        self.parcels = parcels
        super().__init__(*args, **options)
        offer(self, "project", projects)

    def clean_parts(self) -> Mapping[Parcel, Decimal | None]:
        """Return the areas by parcel, or say which line cannot be read."""
        found: dict[Parcel, Decimal | None] = {}
        for line in self.cleaned_data["parts"].splitlines():
            if line.strip():
                parcel, area = self._part(line.strip())
                if parcel in found:
                    told = gettext("“%(text)s” is named twice.")
                    raise ValidationError(told % {"text": parcel.number})
                found[parcel] = area
        return found

    def _part(self, line: str) -> tuple[Parcel, Decimal | None]:
        known = {one.number: one for one in self.parcels.filter(number__in=_heads(line))}
        number = max(known, key=len, default="")
        if not number:
            raise ValidationError(gettext("“%(text)s” is no parcel on record.") % {"text": line})
        rest = line[len(number) :].strip(" ,，\t亩")
        if not rest:
            return known[number], None
        try:
            area = forms.DecimalField(max_digits=12, decimal_places=4).clean(rest)
        except ValidationError:
            told = gettext("No area can be read in “%(text)s”.")
            raise ValidationError(told % {"text": line}) from None
        return known[number], to_m2(area, AreaUnit.MU)


def _heads(line: str) -> list[str]:
    """Return the beginnings of a line that may be a number: it may hold blanks itself."""
    words = line.replace("，", " ").replace(",", " ").replace("\t", " ").split(" ")
    return [line, *(" ".join(words[:n]) for n in range(1, len(words)))]


class HandOverForm(AreaForm):
    """Land is handed over."""

    on = DayField(label=_("Day"))
    area = area_field(label=_("Land area"), required=False, help_text=_("Empty: all that is left."))
    area_unit = area_unit()
    text = lines(2, label=_("Remark"), max_length=500, required=False)
    file = forms.FileField(label=_("Record of the handing over"), allow_empty_file=True)

    def __init__(self, part: DeliveryPart, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        left = in_unit(part.area_m2 - part.done_m2, AreaUnit.MU, 4)
        told = gettext("Empty: all that is left, %(area)s mu.")
        self.fields["area"].help_text = told % {"area": f"{left.normalize():f}"}


class BlockForm(forms.Form):
    """Something is in the way."""

    topic = forms.ChoiceField(label=_("Kind"))
    severity = forms.ChoiceField(label=_("Severity"))
    title = forms.CharField(label=_("Title"), max_length=200)
    text = lines(3, label=_("What is in the way"), max_length=2000)
    wanted_by = DayField(label=_("Wanted by"), required=False)
    request_id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = {field.id: field.choices for field in case_type(definition(OBSTACLE)).form}
        for name in ("topic", "severity"):
            choices = [
                (one.id, say(one.label))
                for one in known[name]
                if name == "severity" or one.id in TOPICS
            ]
            if name == "topic":
                choices.sort(key=lambda one: TOPICS.index(one[0]))
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class MoveDueForm(forms.Form):
    """The task is due on another day."""

    due = DayField(label=_("Due on"))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class GiveUpForm(forms.Form):
    """The task is given up."""

    on = DayField(label=_("Day"))
    reason = forms.CharField(label=_("Why it was given up"), max_length=500)


class OfStandard(forms.Form):
    """A form about one agreement of standard land."""

    def __init__(self, standard: StandardLand, *args: Any, **options: Any) -> None:
        self.standard = standard
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self) -> None:
        """Offer what this agreement can take."""


class PromiseAnewForm(Promising):
    """A draft promises something else."""

    def __init__(self, standard: StandardLand, *args: Any, **options: Any) -> None:
        super().__init__(standard.parcel, None, *args, **options)
        self.fields["control"].initial = standard.control
        for one in standard.promises.all():
            if one.indicator in self.fields:
                self.fields[one.indicator].initial = f"{one.value.normalize():f}"


class SignStandardForm(OfStandard):
    """The agreement is signed."""

    on = DayField(label=_("Signed on"))
    file = forms.FileField(label=_("Signed paper"), allow_empty_file=True)


class EndStandardForm(OfStandard):
    """The agreement ends."""

    on = DayField(label=_("Ended on"))
    reason = forms.CharField(label=_("Why it ended"), max_length=500)


class DiscardStandardForm(OfStandard):
    """The draft is thrown away."""


class CheckForm(OfStandard):
    """Promises are held against what was reached; a figure left empty stays unknown."""

    stage = CheckStage.COMPLETION
    on = DayField(label=_("Day"))
    file = forms.FileField(label=_("Evidence"), allow_empty_file=True)
    remark = lines(2, label=_("Remark"), max_length=500, required=False)

    known: Mapping[str, Decimal] = {}

    def prepare(self) -> None:
        """Offer a field for every promise of the stage."""
        for name, promised in stage_promises(self.standard, Stage(self.stage.value)).items():
            indicator = pack().standard.indicator(name)
            if indicator is None:
                continue
            unit = f" {say(indicator.unit.text)}" if indicator.unit else ""
            field = figure_field(say(indicator.label.text))
            value = f"{promised.normalize():f}{unit}"
            field.help_text = gettext("Promised: %(value)s.") % {"value": value}
            self.fields[f"figure_{name}"] = field
        names = [name for name in self.fields if name.startswith("figure_")]
        self.order_fields(["on", *names, "file", "remark"])

    def tell(self, known: Mapping[str, Decimal]) -> None:
        """Say what the record itself knows; it is looked at before it is used."""
        for name, value in known.items():
            field = self.fields.get(f"figure_{name}")
            if field is not None:
                told = gettext("From the record: %(value)s.") % {"value": value}
                field.help_text = f"{field.help_text} {told}"

    def clean(self) -> dict[str, Any]:
        """Return the figures by indicator as ``figures``."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        names = [name for name in list(given) if name.startswith("figure_")]
        given["figures"] = {name.removeprefix("figure_"): given.pop(name) for name in names}
        return given


class CompletionCheckForm(CheckForm):
    """The check at completion."""


class OutputCheckForm(CheckForm):
    """The check at full output."""

    stage = CheckStage.FULL_OUTPUT
