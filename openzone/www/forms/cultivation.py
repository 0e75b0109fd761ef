"""Pools, recognitions, trusted enterprises and incentives."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.packs.cultivation import Pool
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.people import NOBODY
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.zone.cultivation.enums import Choice, Leaving, Publicity
from openzone.zone.cultivation.models import Incentive
from openzone.zone.cultivation.packs import pack
from openzone.zone.cultivation.selectors.honours import Asked
from openzone.zone.cultivation.selectors.recognitions import Filter
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.identity import find_enterprise


class EnterpriseField(forms.CharField):
    """An enterprise by its credit code or full name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Enterprise"))
        options.setdefault("help_text", _("Credit code or full name."))
        super().__init__(max_length=200, **options)

    def clean(self, value: Any) -> Enterprise | None:
        """Find it, or say that nobody is called so; nothing where it may be left out."""
        given = str(super().clean(value))
        if not given and not self.required:
            return None
        found = find_enterprise(given)
        if found is None:
            raise ValidationError(gettext("No enterprise, or several, are called “%s”.") % given)
        return found


def day_field(label: Any, **options: Any) -> DayField:
    """Return a date as browsers pick it, within the years the record covers."""
    return DayField(label=label, **options)


class DecideForm(forms.Form):
    """What a person decides about a candidate."""

    choice = forms.TypedChoiceField(
        label=_("Decision"), choices=[("", NOBODY), *Choice.choices], coerce=Choice
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Kept with the decision and in the log.")
    )
    unit = UnitField(label=_("Tutoring unit"), required=False)
    tutor = MemberField(label=_("Tutor"), required=False)


class BandForm(forms.Form):
    """How near a candidate must be."""

    within = forms.DecimalField(
        label=_("Within this share of the limit"),
        max_digits=4,
        decimal_places=3,
        help_text=_("0.2 means from 80% of the limit on."),
    )
    met = forms.BooleanField(label=_("Also those who reach it already"), required=False)
    unknown = forms.BooleanField(label=_("Also those of whom a fact is missing"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class TutorForm(forms.Form):
    """Who tutors an enterprise."""

    unit = UnitField(label=_("Tutoring unit"), required=False)
    tutor = MemberField(label=_("Tutor"), required=False)


class TutoringForm(forms.Form):
    """What was done, and what comes next."""

    on = day_field(_("Day"), initial=timezone.localdate)
    what = forms.CharField(
        label=_("What was done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_step = forms.CharField(label=_("What comes next"), max_length=500, required=False)


class TaskForm(forms.Form):
    """Something to be done by a day."""

    what = forms.CharField(label=_("Task"), max_length=300)
    due_on = day_field(_("Due"))


class MaterialsForm(forms.Form):
    """Which papers are at hand."""

    collected = forms.MultipleChoiceField(
        label=_("Papers at hand"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, pool: Pool, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["collected"].choices = [  # type: ignore[attr-defined]
            (one.id, say(one.name.text)) for one in pool.materials
        ]


class LeaveForm(forms.Form):
    """Why and when an enterprise left a pool."""

    leaving = forms.TypedChoiceField(
        label=_("Why it leaves"), choices=Leaving.choices, coerce=Leaving
    )
    on = day_field(_("Last day"), initial=timezone.localdate)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class MovesForm(forms.Form):
    """Two days to compare."""

    first = day_field(_("From"))
    last = day_field(_("To"))


def titles() -> list[tuple[str, str]]:
    """Return the titles of the pack in the reader's language."""
    return [(one.id, say(one.title.text)) for one in pack().titles]


class RecognitionForm(forms.Form):
    """What an enterprise was recognised as."""

    enterprise = EnterpriseField()
    title = forms.ChoiceField(label=_("Title held"), choices=titles)
    level = forms.CharField(label=_("Level"), max_length=32, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    document = forms.CharField(label=_("Document or list"), max_length=200, required=False)
    valid_from = day_field(_("Valid from"), required=False)
    valid_to = day_field(_("Valid to"), required=False)
    source = forms.CharField(label=_("Source"), max_length=255)


class RecognitionFilter(forms.Form):
    """The filters of the register, all optional."""

    title = forms.ChoiceField(
        label=_("Title held"), required=False, choices=lambda: [("", _("Any")), *titles()]
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1990, max_value=2100)
    level = forms.CharField(label=_("Level"), required=False, max_length=32)
    q = forms.CharField(label=_("Enterprise"), required=False, max_length=100)

    def chosen(self) -> Filter:
        """Return the filter of a valid form."""
        data = self.cleaned_data
        text = data["q"]
        return Filter(data["title"], data["year"], data["level"], text)


class WithdrawForm(forms.Form):
    """Why a recognition is taken out."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class UploadForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(label=_("Spreadsheet"))


class TrustedForm(forms.Form):
    """A place on the list of trusted enterprises."""

    enterprise = EnterpriseField()
    document = forms.CharField(label=_("Document or list"), max_length=200)
    valid_from = day_field(_("From"), initial=timezone.localdate)
    valid_to = day_field(_("To"))


class EndPlaceForm(forms.Form):
    """When and why a place ends earlier."""

    last_day = day_field(_("Last day"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class IncentiveForm(forms.Form):
    """What a unit offers to who keeps faith."""

    title = forms.CharField(label=_("Scenario"), max_length=100)
    what = forms.CharField(label=_("What it brings"), max_length=500)
    unit = UnitField(label=_("Responsible unit"))
    grades = forms.CharField(
        label=_("Credit grades"),
        max_length=100,
        required=False,
        help_text=_("As the credit authority names them; empty if none is asked for."),
    )
    trusted_only = forms.BooleanField(label=_("For trusted enterprises only"), required=False)
    window_from = day_field(_("From"), required=False)
    window_to = day_field(_("To"), required=False)

    @classmethod
    def of(cls, kept: Incentive | None, data: QueryDict | None) -> "IncentiveForm":
        """Return the form, filled with an incentive that is to be changed."""
        initial = {name: getattr(kept, name) for name in cls.base_fields} if kept else {}
        if kept is not None:
            initial["unit"] = kept.unit.code
        return cls(data, initial=initial)


class MonthForm(forms.Form):
    """What an enterprise stated for a month."""

    month = day_field(_("Month"), help_text=_("Any day of a month that is over."))
    vat = forms.DecimalField(
        label=_("VAT-return sales of the month (yuan)"), max_digits=20, decimal_places=2,
        required=False,
    )  # fmt: skip
    accounts = forms.DecimalField(
        label=_("Main revenue of the month by the income statement (yuan)"), max_digits=20,
        decimal_places=2, required=False,
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), max_length=255,
        help_text=_("As stated by the enterprise: the platform never makes or alters it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two amounts is there."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("vat") is None and given.get("accounts") is None:
            self.add_error("vat", gettext("Give at least one of the two amounts."))
        return given

    def amounts(self) -> list[tuple[str, Any]]:
        """Return the amounts given, by what they were taken from."""
        return [(name, self.cleaned_data[name]) for name in ("vat", "accounts")
                if self.cleaned_data[name] is not None]  # fmt: skip


class EvidenceForm(forms.Form):
    """Which route an enterprise goes, and what was stated for it."""

    route = forms.ChoiceField(label=_("Route onto the roster"), required=False)
    registered_on = day_field(_("Registered on"), required=False)
    filed_on = day_field(_("Project filed or approved on"), required=False)
    produced_from = day_field(_("Produces since"), required=False)
    new_building = forms.NullBooleanField(label=_("Newly built"), required=False)

    def __init__(self, pool: Pool, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["route"].choices = [  # type: ignore[attr-defined]
            ("", "—"), *((one.id, say(one.title.text)) for one in pool.routes)
        ]  # fmt: skip


class PublicForm(forms.Form):
    """From when to when a choice is public."""

    first = day_field(_("Public from"), initial=timezone.localdate)
    last = day_field(_("Public to"))


class PublicResultForm(forms.Form):
    """What came of it."""

    result = forms.ChoiceField(label=_("Result of the publicity"), choices=Publicity.choices)
    note = forms.CharField(label=_("Objections and answers"), max_length=500, required=False)


def honour_kinds() -> list[tuple[str, str]]:
    """Return the kinds of honours of the pack."""
    return [(one.id, say(one.title.text)) for one in pack().honours]


class HonourForm(forms.Form):
    """A row of the register of honours."""

    kind = forms.ChoiceField(label=_("Kind"), choices=honour_kinds)
    holder = forms.CharField(
        label=_("Who or what"), max_length=200,
        help_text=_("A person, a team, what was reached, or who takes part in what."),
    )  # fmt: skip
    enterprise = EnterpriseField(required=False)
    level = forms.CharField(label=_("Level"), max_length=32, required=False)
    on = day_field(_("Date"))
    place = forms.IntegerField(label=_("Rank"), min_value=1, required=False)
    scope = forms.CharField(label=_("Among whom"), max_length=200, required=False)
    part = forms.IntegerField(label=_("Part of it"), min_value=0, required=False)
    whole = forms.IntegerField(label=_("Whole it is of"), min_value=1, required=False)
    source = forms.CharField(label=_("Source"), max_length=255)


class HonourFilter(forms.Form):
    """Which rows, all optional."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=lambda: [("", _("Any")), *honour_kinds()]
    )
    level = forms.CharField(label=_("Level"), required=False, max_length=32)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1949, max_value=2100)
    q = forms.CharField(label=_("Words or firm"), required=False, max_length=60)

    def asked(self) -> Asked:
        """Return what a valid form asks for."""
        return Asked(**self.cleaned_data)
