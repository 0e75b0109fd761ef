"""A table of flows read in, and how a study of it is shown."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.facts import DayField

SIZE: dict[str, Any] = {"max_digits": 20, "decimal_places": 2, "min_value": Decimal(0)}


class StudyForm(forms.Form):
    """A table of what places make, with its source and its size filters."""

    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Where the table comes from.")
    )
    as_of = DayField(label=_("Date of the data"))
    unit = forms.CharField(
        label=_("Unit of value"), max_length=40,
        help_text=_("One unit for the whole table, for instance 万元 or persons."),
    )  # fmt: skip
    least_place = forms.DecimalField(
        label=_("Least size of a place"), initial=0, **SIZE,
        help_text=_("Small places reach the top by accident: leave them out."),
    )  # fmt: skip
    least_product = forms.DecimalField(label=_("Least size of a product"), initial=0, **SIZE)
    file = forms.FileField(
        label=_("File"),
        help_text=_("Columns 地区, 产品 and 数值: a row for each product of each place."),
    )


class StudyFilter(forms.Form):
    """Other size filters than those of the study, and whose opportunities are shown."""

    least_place = forms.DecimalField(label=_("Least size of a place"), required=False, **SIZE)
    least_product = forms.DecimalField(label=_("Least size of a product"), required=False, **SIZE)
    place = forms.CharField(label=_("City or region"), required=False, max_length=100)
