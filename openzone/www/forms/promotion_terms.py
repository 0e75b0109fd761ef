"""Term sheets, negotiations and lists of suppliers."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.projects.terms import FieldType, TermField
from openzone.packs.term_sheets import TermTemplate
from openzone.www.formats import say
from openzone.www.forms.agreements import Scaled, _quantity, _scale
from openzone.www.forms.facts import DayField
from openzone.www.forms.moments import MomentField
from openzone.www.forms.projects import CompanyField
from openzone.www.forms.promotion_field import FirmForm, channels, leads
from openzone.www.forms.records import RecordChoice, RecordChoices
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.agreements.packs import pack as agreements_pack
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.promotion.enums import SupplierState
from openzone.zone.promotion.field_packs import field as field_pack
from openzone.zone.promotion.field_packs import templates
from openzone.zone.promotion.services.negotiations import Point

OPEN_POINTS = 3
BY_HAND = (SupplierState.NONE, SupplierState.CONTACTED, SupplierState.INTERESTED)


def projects(**options: Any) -> RecordChoice:
    """Return a field that chooses a project; the view offers those the person works on."""
    said: dict[str, Any] = {"label": _("Project"), "required": False, "empty_label": "—"}
    return RecordChoice(Project.objects.none(), **said | options)


class OpenTermsForm(forms.Form):
    """A new term sheet."""

    title = forms.CharField(label=_("Title"), max_length=200)
    template = forms.ChoiceField(label=_("Template"))
    lead = leads()
    project = projects()
    unit = UnitField(label=_("Unit"))
    owner = MemberField(label=_("In charge"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(one.id, say(one.title.text)) for one in templates().values()]
        self.fields["template"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a lead or a project."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("lead") and not given.get("project"):
            self.add_error("lead", gettext("Choose a lead or a project."))
        return given


class ValuesForm(forms.Form):
    """The fields of a template, typed; what is left empty is not known yet."""

    note_text = forms.CharField(label=_("What was changed"), max_length=300, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, template: TermTemplate, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.template = template
        for one in template.fields:
            self.fields[one.id] = _field(one)
        self.order_fields([*(one.id for one in template.fields), "note_text"])

    def values(self) -> dict[str, str]:
        """Return what was given, as text."""
        return {one.id: _plain(self.cleaned_data.get(one.id)) for one in self.template.fields}


def initial_of(template: TermTemplate, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values of a version as a form begins with."""
    return {one.id: values[one.id] for one in template.fields if one.id in values}


def _field(one: TermField) -> forms.Field:
    label = say(one.label.text)
    if one.unit:
        label = f"{label} ({say(one.unit.text)})"
    match one.type:
        case FieldType.DAY:
            return DayField(label=label, required=False)
        case FieldType.CHOICE:
            choices = [(name, say(word.text)) for name, word in one.choices.items()]
            return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *choices])
        case FieldType.YUAN | FieldType.NUMBER:
            return forms.DecimalField(
                label=label, required=False, max_digits=18, decimal_places=2,
                min_value=Decimal("0.01"),
            )  # fmt: skip
    return lines(2, label=label, required=False, max_length=500)


def _plain(value: Any) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


class LineForm(Scaled):
    """An incentive as worded."""

    scaled = "amount"
    text = lines(3, label=_("What is granted"), max_length=500)
    kind = forms.ChoiceField(label=_("Kind"))
    amount = _quantity(label=_("Amount"))
    scale = _scale()
    due = DayField(label=_("Due on"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(one.id, say(one.label.text)) for one in agreements_pack().incentive_kinds]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class AttachForm(forms.Form):
    """The project the terms are of."""

    project = projects(required=True, empty_label=None)


class NumberForm(forms.Form):
    """The number of the agreement that is drafted."""

    number = forms.CharField(label=_("Number"), max_length=64)


class NegotiationForm(FirmForm):
    """A negotiation with its points."""

    project = projects()
    topic = forms.CharField(label=_("Topic"), max_length=200)
    at = MomentField(label=_("Begins"))
    minutes = forms.IntegerField(
        label=_("Length (minutes)"), min_value=1, max_value=9999, required=False
    )
    channel = forms.ChoiceField(label=_("Channel"))
    platform = forms.ChoiceField(label=_("Platform"))
    unit = UnitField(label=_("Unit"))
    ours = RecordChoices(
        User.objects.filter(is_active=True, memberships__isnull=False).distinct().order_by("pk"),
        label=_("On our side"),
    )  # fmt: skip
    theirs = forms.CharField(
        label=_("On the investor's side"), max_length=500,
        help_text=_("Names and posts with a comma between them."),
    )  # fmt: skip
    summary = lines(3, label=_("Summary"), max_length=4000, required=False)
    agreed = lines(
        3, label=_("What was agreed"), max_length=4000, required=False,
        help_text=_("One point a line."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        platforms = [(one.id, say(one.label.text)) for one in field_pack().platforms]
        self.fields["platform"].choices = platforms  # type: ignore[attr-defined]
        self.fields["channel"].choices = channels("talks")  # type: ignore[attr-defined]
        for n in range(1, OPEN_POINTS + 1):
            told = {"n": n}
            self.fields[f"open_{n}"] = forms.CharField(
                label=gettext("Open point %(n)s") % told, max_length=500, required=False
            )
            self.fields[f"owner_{n}"] = MemberField(
                label=gettext("Whose it is (%(n)s)") % told, required=False
            )
            self.fields[f"due_{n}"] = DayField(
                label=gettext("Due on (%(n)s)") % told, required=False
            )

    def points(self) -> list[Point]:
        """Return the points, what was agreed first."""
        given = self.cleaned_data
        agreed = [one.strip()[:500] for one in given["agreed"].splitlines() if one.strip()]
        return [*(Point(one) for one in agreed), *self._open()]

    def _open(self) -> Iterator[Point]:
        given = self.cleaned_data
        for n in range(1, OPEN_POINTS + 1):
            if given[f"open_{n}"]:
                yield Point(given[f"open_{n}"], given[f"owner_{n}"], given[f"due_{n}"], open=True)


class PointForm(forms.Form):
    """An open point that came up afterwards."""

    text = forms.CharField(label=_("Point"), max_length=500)
    owner = MemberField(label=_("Whose it is"))
    due = DayField(label=_("Due on"))


class SettleForm(forms.Form):
    """How a point was settled."""

    outcome = lines(2, label=_("How it was settled"), max_length=500)


class SupplierListForm(forms.Form):
    """The list of a leader's suppliers."""

    leader = forms.CharField(label=_("Leading firm"), max_length=200)
    enterprise = CompanyField(
        label=_("Enterprise on record"), required=False,
        help_text=_("Its credit code or name, where it is on record."),
    )  # fmt: skip
    chain = forms.CharField(label=_("Chain"), max_length=64, required=False)
    source = forms.CharField(label=_("Where the list comes from"), max_length=200)
    as_of = DayField(label=_("As of"))
    unit = UnitField(label=_("Unit"))


class SupplierForm(forms.Form):
    """A firm of the list."""

    name = forms.CharField(label=_("Name"), max_length=200)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    product = forms.CharField(label=_("What it supplies"), max_length=200, required=False)
    node = forms.CharField(label=_("Link of the chain"), max_length=64, required=False)
    region = forms.CharField(label=_("Province, city"), max_length=100, required=False)
    tier = forms.IntegerField(label=_("Tier"), min_value=1, max_value=9, required=False)
    gap = forms.BooleanField(label=_("Fills a gap of ours"), required=False)


class MarkForm(forms.Form):
    """How far a supplier has come."""

    state = forms.ChoiceField(label=_("State"), choices=[(one.value, one.label) for one in BY_HAND])
    on = DayField(label=_("Day"))
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)


class SupplierLeadForm(forms.Form):
    """A supplier becomes a lead; why is written by the list."""

    adviser = MemberField(
        label=_("Adviser"), required=False, help_text=_("Somebody on the roster of advisers.")
    )
    sure = forms.BooleanField(
        label=_("Another firm, or another investment, than those alike"), required=False
    )


class SupplierFilter(forms.Form):
    """Which suppliers of a list."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *SupplierState.choices]
    )
    gap = forms.BooleanField(label=_("Fills a gap of ours"), required=False)


class BookForm(forms.Form):
    """A workbook."""

    file = forms.FileField(label=_("Spreadsheet"), allow_empty_file=True)
