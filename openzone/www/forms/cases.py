"""Filters, spans of time, taking a request in, webhooks."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openzone.www.asof import ensure_covered
from openzone.www.cases.words import type_words
from openzone.www.forms.casefields import FilesField
from openzone.www.forms.facts import DayInput
from openzone.www.forms.matters import new_request_id
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.selectors.listing import Filter
from openzone.zone.cases.services.intake import Requester
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.registry.selectors.identity import live

STATES = (
    ("", _("All")), ("open", _("Open")), ("late", _("Overdue")),
    ("waiting", _("Waits for others")), ("closed", _("Closed")),
)  # fmt: skip
HIDDEN = ("stage", "topic", "outcome", "channel", "priority", "handler", "place", "origin")
LONGEST = 100


class FilterForm(forms.Form):
    """What a list of cases shows; what cannot be understood does not narrow it."""

    text = forms.CharField(
        label=_("Number, title or requester"), required=False, max_length=LONGEST
    )
    kind = forms.ChoiceField(label=_("Case type"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("code"), label=_("Lead unit"), required=False, empty_label=_("All")
    )
    opened_from = forms.DateField(
        label=_("Opened from"), required=False, widget=DayInput, validators=[ensure_covered]
    )
    opened_to = forms.DateField(
        label=_("to"), required=False, widget=DayInput, validators=[ensure_covered]
    )

    def __init__(self, asked: QueryDict) -> None:
        super().__init__({name: asked.get(name, "") for name in (*self.base_fields, *HIDDEN)})
        kinds = type_words().items()
        self.fields["kind"] = forms.ChoiceField(
            label=_("Case type"), required=False, choices=[("", _("All")), *kinds]
        )
        for name in HIDDEN:
            if asked.get(name):
                self.fields[name] = forms.CharField(
                    required=False, max_length=LONGEST, widget=forms.HiddenInput
                )

    def chosen(self) -> Filter:
        """Return the filter."""
        self.is_valid()
        given = {k: v for k, v in self.cleaned_data.items() if v not in (None, "")}
        for name in ("handler", "place"):
            if name in given:
                text = str(given.pop(name))
                if text.isdecimal() and len(text) < 10:
                    given[name] = int(text)
        if "unit" in given:
            given["unit"] = given["unit"].pk
        return Filter(**{name: _clean(value) for name, value in given.items()})


def _clean(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


class SpanForm(forms.Form):
    """From one day to another, and of which type."""

    first = forms.DateField(label=_("From"), widget=DayInput, validators=[ensure_covered])
    last = forms.DateField(label=_("to"), widget=DayInput, validators=[ensure_covered])
    kind = forms.ChoiceField(label=_("Case type"), required=False)

    def __init__(self, asked: QueryDict, first: dt.date, last: dt.date) -> None:
        given = {"first": first.isoformat(), "last": last.isoformat(), "kind": ""}
        super().__init__(given | {name: asked[name] for name in given if asked.get(name)})
        self.fields["kind"] = forms.ChoiceField(
            label=_("Case type"), required=False, choices=[("", _("All")), *type_words().items()]
        )
        self.usual = first, last

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day is before the first."))
        return found

    def span(self) -> tuple[dt.date, dt.date, str]:
        """Return the days and the type; the usual span where the asked one is none."""
        if not self.is_valid():
            return (*self.usual, "")
        return self.cleaned_data["first"], self.cleaned_data["last"], self.cleaned_data["kind"]


CHANNELS = [
    (channel.value, channel.label)
    for channel in (
        Channel.COUNTER, Channel.PHONE, Channel.VISIT, Channel.CLINIC, Channel.LIVE,
    )
]  # fmt: skip


class IntakeForm(forms.Form):
    """A request taken down for somebody: what, who asks, and how it came in."""

    request_id = forms.RegexField(
        r"^[0-9a-f]{32}$", widget=forms.HiddenInput, initial=new_request_id
    )
    title = forms.CharField(label=_("In one sentence"), max_length=100)
    text = forms.CharField(
        label=_("What happened, and what is wanted"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip
    papers = FilesField(label=_("Papers or pictures"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=CHANNELS)
    enterprise = forms.CharField(
        label=_("Enterprise"), required=False, max_length=200,
        help_text=_("Full name or credit code; empty for a person."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), required=False, max_length=50)
    phone = forms.RegexField(
        r"^\+?\d[\d\- ]{5,18}\d$", label=_("Telephone"), required=False,
        widget=forms.TextInput({"inputmode": "tel"}),
    )  # fmt: skip
    place = forms.ModelChoiceField(
        Place.objects.order_by("code"), label=_("Place"), required=False, empty_label="—"
    )
    about_unit = forms.ModelChoiceField(
        Unit.objects.order_by("code"), label=_("Complaint about"), required=False,
        empty_label="—", help_text=_("It never goes to the unit it is about."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("code"), label=_("Assign to"), required=False,
        empty_label=_("By the routing rules"),
    )  # fmt: skip

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields about who asks, and how."""
        names = ("channel", "enterprise", "name", "phone", "place", "about_unit", "unit")
        return [self[name] for name in names]

    def clean_enterprise(self) -> Enterprise | None:
        """Find the enterprise by its name or code; a name that fits none is said."""
        text = self.cleaned_data["enterprise"].strip()
        if not text:
            return None
        found = live().filter(uscc=text.upper()).first() or live().filter(name=text).first()
        if found is None:
            raise forms.ValidationError(_("No enterprise of the record has this name or code."))
        return found

    def requester(self) -> Requester:
        """Return who asks."""
        given = self.cleaned_data
        firm, name, phone = given["enterprise"], given["name"], given.get("phone", "")
        if firm is not None:
            return Requester(RequesterKind.ENTERPRISE, firm, name=name, phone=phone)
        kind = RequesterKind.PERSON if name or phone else RequesterKind.ANONYMOUS
        return Requester(kind, name=name, phone=phone)

    @property
    def given(self) -> dict[str, Any]:
        """The answers the service takes as they are."""
        names = ("title", "text", "request_id", "channel", "place", "about_unit", "unit")
        return {name: self.cleaned_data[name] for name in names}


class WebhookForm(forms.Form):
    """An address that is told of cases."""

    name = forms.CharField(label=_("Name"), max_length=100)
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    kinds = forms.MultipleChoiceField(
        label=_("Case types"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )  # fmt: skip

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type
        field.choices = list(type_words().items())
