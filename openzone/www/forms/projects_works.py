"""The work on the ground: milestones, quantities in their own units, days on site, pictures."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import OfProject, several
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.suggestions import lines
from openzone.zone.projects.models import Milestone, PhysicalItem

CODE = re.compile(r"[-a-zA-Z0-9_]{1,32}")
MOST_MILESTONES = 100


def quantity_field(**options: Any) -> forms.DecimalField:
    """Return a field of an amount of work in its own unit."""
    return forms.DecimalField(max_digits=18, decimal_places=3, **options)


class FinishForm(OfProject):
    """A milestone was reached, or was not after all."""

    milestone = RecordChoice(Milestone.objects.none(), label=_("Milestone"), empty_label=None)
    on = DayField(label=_("Done on"), required=False, help_text=_("Empty: not done after all."))
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)

    def prepare(self) -> None:
        """Offer the milestones of the plan."""
        self.offer("milestone", self.project.milestones.all())
        self.fields["on"].initial = self.today
        self.fields["milestone"].label_from_instance = lambda one: one.title  # type: ignore[attr-defined]


class MilestoneRow(forms.Form):
    """One milestone of the plan, a row of a table."""

    code = forms.SlugField(label=_("Code"), max_length=32, required=False)
    title = forms.CharField(label=_("Milestone"), max_length=200, required=False)
    planned = DayField(label=_("planned day"), required=False)
    days = forms.IntegerField(label=_("Days needed"), min_value=0, max_value=9999, required=False)
    after = forms.CharField(label=_("Waits for"), max_length=200, required=False)
    fixed = DayField(label=_("Cannot be later than"), required=False)
    fixed_reason = forms.CharField(label=_("Why not later"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for what a milestone cannot be without; an empty row is none."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if any(given.get(name) for name in self.base_fields):
            for name in ("code", "title"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Needed."))
        return given

    def milestone(self) -> dict[str, Any] | None:
        """Return the row as the service takes it; None for an empty one."""
        given = self.cleaned_data
        if not given.get("code"):
            return None
        return {**given, "after": several(given["after"])}


MilestoneRows = forms.formset_factory(
    MilestoneRow, extra=3, max_num=MOST_MILESTONES, absolute_max=MOST_MILESTONES, validate_max=True
)


class ItemForm(OfProject):
    """A piece of work planned in its own unit."""

    code = forms.SlugField(
        label=_("Code"), max_length=32, help_text=_("Letters and digits: concrete, gates.")
    )
    title = forms.CharField(label=_("Work"), max_length=200)
    unit = forms.CharField(label=_("Unit"), max_length=16, help_text="m³, 孔, 层")
    total = quantity_field(label=_("Whole amount"))
    begins = DayField(label=_("Begins"))
    weight = forms.DecimalField(
        label=_("Weight"), max_digits=7, decimal_places=2, initial=1,
        help_text=_("Its part in the whole, compared with the other pieces of work."),
    )  # fmt: skip
    plan = lines(
        4, label=_("Plan"), max_length=4000, required=False,
        help_text=_("A day and how much in all by then, one in a line: 2026-06-30 40000"),
    )  # fmt: skip

    def clean_plan(self) -> Mapping[dt.date, Decimal]:
        """Return the plan by day, or say which line cannot be read."""
        given = self.cleaned_data["plan"]
        return dict(_points(line for line in given.splitlines() if line.strip()))


def _points(given: Iterator[str]) -> Iterator[tuple[dt.date, Decimal]]:
    day, amount = DayField(), quantity_field()
    for line in given:
        first, _space, rest = line.strip().partition(" ")
        try:
            yield day.clean(first), amount.clean(rest.strip().replace(",", ""))
        except ValidationError:
            told = gettext("No day and amount can be read in “%(text)s”.") % {"text": line}
            raise ValidationError(told) from None


class WorkForm(OfProject):
    """How much of a piece of work is done."""

    item = RecordChoice(PhysicalItem.objects.none(), label=_("Work"), empty_label=None)
    on = DayField(label=_("By"))
    quantity = quantity_field(label=_("Done in all, in its unit"))
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)
    correction = forms.CharField(
        label=_("Why it is corrected"), max_length=500, required=False,
        help_text=_("Needed where it is less than reported before."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("The unit and the digits were checked"), required=False)

    def prepare(self) -> None:
        """Offer the pieces of work, each with its unit."""
        self.offer("item", self.project.items.all())
        self.fields["on"].initial = self.today
        self.fields["item"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.title} ({one.unit})"
        )


class SiteForm(OfProject):
    """People and machines on site on a day."""

    on = DayField(label=_("Day"))
    workers = forms.IntegerField(
        label=_("Workers"), min_value=0, max_value=1_000_000, required=False
    )
    machines = forms.IntegerField(
        label=_("Machines"), min_value=0, max_value=1_000_000, required=False
    )
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)

    def prepare(self) -> None:
        """Begin today."""
        self.fields["on"].initial = self.today


class PhotoForm(OfProject):
    """A picture of the site."""

    on = DayField(label=_("Day"))
    caption = forms.CharField(label=_("What it shows"), max_length=200)
    file = forms.FileField(label=_("Picture"), allow_empty_file=True, help_text=_("PNG or JPEG."))

    def prepare(self) -> None:
        """Begin today."""
        self.fields["on"].initial = self.today
