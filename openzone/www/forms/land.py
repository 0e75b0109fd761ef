"""Parcels: describing them, narrowing lists of them, areas in the unit they are known in."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.projects.landarea import LABELS, AreaUnit, in_unit, to_m2
from openzone.www.formats import say
from openzone.www.forms.projects import ANY, places
from openzone.www.forms.projects_lists import ALL
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.spokespersons import UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Parcel
from openzone.zone.land.packs import pack
from openzone.zone.land.selectors.listing import Filter
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Place


def area_field(**options: Any) -> forms.DecimalField:
    """Return a field of an area, in the unit the form's ``area_unit`` says."""
    return forms.DecimalField(max_digits=16, decimal_places=6, min_value=Decimal(0), **options)


def area_unit() -> forms.ChoiceField:
    """Return the unit areas are written in; mu unless another is chosen."""
    return forms.ChoiceField(
        label=_("Areas are in"), required=False,
        choices=[(unit.value, LABELS[unit].zh) for unit in AreaUnit],
    )  # fmt: skip


class AreaForm(forms.Form):
    """A form whose areas are written in mu, hectares or m², and are given on in m²."""

    areas: tuple[str, ...] = ("area",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        units = [(unit.value, say(LABELS[unit])) for unit in AreaUnit]
        self.fields["area_unit"].choices = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return areas as ``NAME_m2``, in m²."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        unit = AreaUnit(given.pop("area_unit", "") or AreaUnit.MU)
        for name in self.areas:
            value = given.pop(name, None)
            given[f"{name}_m2"] = None if value is None else to_m2(value, unit)
        return given


class ParcelFields(AreaForm):
    """What a parcel is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    area = area_field(label=_("Land area"))
    area_unit = area_unit()
    use = forms.ChoiceField(label=_("Land use"))
    tenure = forms.ChoiceField(label=_("Tenure"), required=False)
    tenure_years = forms.IntegerField(
        label=_("Term (years)"), required=False, min_value=1, max_value=999
    )
    place = places()
    unit = UnitField(label=_("Responsible unit"), required=False)
    conditions_text = lines(3, label=_("Other conditions"), max_length=2000, required=False)
    boundary = lines(
        3, label=_("Boundary"), max_length=20_000, required=False,
        help_text=_("One point in a line: longitude, latitude. Empty where none is on record."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rules = pack()
        uses = [(one.id, say(one.label.text)) for one in rules.uses]
        tenures = [(one.id, say(one.label.text)) for one in rules.tenures]
        self.fields["use"].choices = uses  # type: ignore[attr-defined]
        self.fields["tenure"].choices = [ANY, *tenures]  # type: ignore[attr-defined]
        for one in rules.conditions:
            unit = f" ({say(one.unit.text)})" if one.unit else ""
            self.fields[f"condition_{one.id}"] = forms.DecimalField(
                label=f"{say(one.label.text)}{unit}", required=False, max_digits=12,
                decimal_places=4, min_value=Decimal(0),
                initial=self.initial.get("conditions", {}).get(one.id),
            )  # fmt: skip

    def clean_boundary(self) -> list[list[float]]:
        """Return the points, or say which line cannot be read."""
        return [_point(line) for line in self.cleaned_data["boundary"].splitlines() if line.strip()]

    def described(self) -> dict[str, Any]:
        """Return what a service takes as a parcel's description."""
        given = self.cleaned_data
        conditions = {
            one.id: given[f"condition_{one.id}"]
            for one in pack().conditions
            if given.get(f"condition_{one.id}") is not None
        }
        names = ("name", "area_m2", "use", "tenure", "tenure_years", "place", "unit",
                 "conditions_text", "boundary")  # fmt: skip
        return {**{name: given[name] for name in names}, "conditions": conditions}


def _point(line: str) -> list[float]:
    parts = line.replace("，", ",").replace(" ", ",").split(",")
    numbers = [part for part in parts if part]
    try:
        x, y = (float(part) for part in numbers)
    except ValueError:
        message = gettext("No point can be read in “%(text)s”.") % {"text": line.strip()[:60]}
        raise ValidationError(message) from None
    return [x, y]


class NewParcelForm(ParcelFields):
    """A parcel that comes into the record."""

    number = forms.CharField(label=_("Parcel number"), max_length=64)
    field_order = ("number", "name")


class EditParcelForm(ParcelFields):
    """A parcel described anew."""

    def __init__(self, parcel: Parcel, *args: Any, **options: Any) -> None:
        options.setdefault("initial", _initial(parcel))
        super().__init__(*args, **options)
        self.parcel = parcel

    def described(self) -> dict[str, Any]:
        """Return the description; an area that shows as it did is the one on record."""
        given = super().described()
        shown = in_unit(self.parcel.area_m2, AreaUnit.MU, 6)
        if given["area_m2"] == to_m2(shown, AreaUnit.MU):
            given["area_m2"] = self.parcel.area_m2
        return given


def _initial(parcel: Parcel) -> dict[str, Any]:
    same = ("name", "use", "tenure", "tenure_years", "conditions_text", "conditions")
    return {
        **{name: getattr(parcel, name) for name in same},
        "area": f"{in_unit(parcel.area_m2, AreaUnit.MU, 6).normalize():f}",
        "place": parcel.place.code if parcel.place else None,
        "unit": parcel.unit.code if parcel.unit else None,
        "boundary": "\n".join(f"{x}, {y}" for x, y in parcel.boundary),
    }


class ParcelFilter(AreaForm):
    """The filters of a list of parcels, all optional."""

    areas = ("least", "most")
    text = forms.CharField(label=_("Words, or the number"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *ParcelState.choices])
    use = forms.ChoiceField(label=_("Land use"), required=False)
    tenure = forms.ChoiceField(label=_("Tenure"), required=False)
    place = RecordChoice(
        Place.objects.order_by("code"), label=_("Place"), required=False, empty_label=_("All")
    )
    unit = RecordChoice(
        Unit.objects.order_by("code"), label=_("Responsible unit"), required=False,
        empty_label=_("All"),
    )  # fmt: skip
    least = area_field(label=_("Area from"), required=False)
    most = area_field(label=_("Area to"), required=False)
    area_unit = area_unit()
    standard = forms.BooleanField(label=_("Standard land only"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, entries in (("use", pack().uses), ("tenure", pack().tenures)):
            choices = [(one.id, say(one.label.text)) for one in entries]
            self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]

    def chosen(self) -> Filter:
        """Return the filter of a valid form."""
        given = self.cleaned_data
        place, unit = given["place"], given["unit"]
        return Filter(
            text=given["text"], state=given["state"], use=given["use"], tenure=given["tenure"],
            place=place.pk if place else None, unit=unit.pk if unit else None,
            standard=given["standard"], least_m2=given["least_m2"], most_m2=given["most_m2"],
        )  # fmt: skip


class LandSheetForm(forms.Form):
    """A workbook of parcels."""

    file = forms.FileField(label=_("Spreadsheet"), allow_empty_file=True)
