"""Trips, events, return visits, signings, the funnel. A firm is named, not chosen from a list."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.www.asof import ensure_covered
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import several
from openzone.www.forms.records import RecordChoice, RecordChoices, offer
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.promotion.field_packs import field as field_pack
from openzone.zone.promotion.models import (
    FieldTeam,
    Lead,
    PromotionEvent,
    Trip,
    TripCity,
)
from openzone.zone.promotion.services.trips import Stop

_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
ALL = ("", _("All"))


def channels(*by: str) -> list[tuple[str, str]]:
    """Return the channels of the pack, of some kinds or all."""
    return [
        (one.id, say(one.label.text)) for one in field_pack().channels if not by or one.by in by
    ]


def leads(**options: Any) -> RecordChoice:
    """Return a field that chooses a lead; the view offers those the person works on."""
    said: dict[str, Any] = {"label": _("Lead"), "required": False, "empty_label": "—"}
    return RecordChoice(Lead.objects.none(), **said | options)


class StopsField(forms.CharField):
    """Cities of a trip, one a line: the city, its first and its last day."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> list[Stop]:
        """Read every line, or say which one cannot be read."""
        text = super().clean(value)
        rows = [one.strip() for one in text.splitlines() if one.strip()]
        return [_stop(number, row) for number, row in enumerate(rows, start=1)]


def _stop(number: int, row: str) -> Stop:
    days = _DAY.findall(row)
    city = _DAY.sub("", row).strip(" ,，;；、\t至~—–-")
    try:
        first, *rest = [dt.date(*map(int, day.split("-"))) for day in days]
        last = rest[0] if rest else first
        for day in (first, last):
            ensure_covered(day)
    except (ValueError, TypeError, ValidationError):
        city = ""
    if not city or len(days) > 2:
        message = gettext("Line %(n)s is not a city with its days: %(row)s")
        raise ValidationError(message % {"n": number, "row": row[:60]})
    return Stop(city[:64], first, last)


def shown_stops(cities: Sequence[TripCity]) -> str:
    """Return cities as the field takes them."""
    return "\n".join(f"{one.name} {one.begins} {one.ends}" for one in cities)


class TeamForm(forms.Form):
    """A team that travels."""

    name = forms.CharField(label=_("Team"), max_length=100)
    unit = UnitField(label=_("Unit"))


class TripFields(forms.Form):
    """What a trip is."""

    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = lines(3, label=_("Purpose"), max_length=2000)
    gaps = lines(
        2, label=_("Gaps to fill"), max_length=500, required=False,
        help_text=_("Links of a chain, one a line or with a comma between them."),
    )  # fmt: skip
    stops = StopsField(
        label=_("Cities"), max_length=2000,
        help_text=_("One a line with its first and last day: 宁波 2026-03-02 2026-03-04."),
    )  # fmt: skip
    leader = MemberField(label=_("Head of the trip"))
    members = RecordChoices(
        User.objects.filter(is_active=True, memberships__isnull=False).distinct().order_by("pk"),
        label=_("Who goes along"), required=False,
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """Return what the services take."""
        said = dict(self.cleaned_data)
        return {**said, "gaps": several(said["gaps"]), "members": list(said["members"])}


class TripForm(TripFields):
    """A new trip."""

    team = RecordChoice(
        FieldTeam.objects.filter(closed_on=None), label=_("Promotion team"), empty_label=None
    )
    channel = forms.ChoiceField(label=_("Channel"))
    field_order = ("team", "title", "channel")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].choices = channels("trip")  # type: ignore[attr-defined]


class FirmForm(forms.Form):
    """A firm by its name; one on record is found, however its name is written."""

    firm = forms.CharField(
        label=_("Firm"), max_length=200, required=False,
        help_text=_("Its full name. Empty where a lead is chosen."),
    )  # fmt: skip
    lead = leads()
    sure = forms.BooleanField(label=_("It is another firm than those alike"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a firm or a lead."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("firm") and not given.get("lead") and "lead" not in self.errors:
            self.add_error("firm", gettext("Name the firm, or choose its lead."))
        return given


class MeetForm(FirmForm):
    """A firm met on a trip."""

    city = RecordChoice(TripCity.objects.none(), label=_("Town or city"), empty_label=None)
    on = DayField(label=_("Day"))
    said = lines(3, label=_("What was said"), max_length=2000)
    field_order = ("city", "on", "firm", "lead", "said", "sure")


class ReportForm(forms.Form):
    """What came of a trip."""

    report = lines(5, label=_("What came of it"), max_length=4000)
    cost = forms.DecimalField(
        label=_("Cost (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )


class WhyForm(forms.Form):
    """Why something is called off."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class EventForm(forms.Form):
    """A promotion event."""

    title = forms.CharField(label=_("Title"), max_length=200)
    channel = forms.ChoiceField(label=_("Channel"))
    begins = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"))
    city = forms.CharField(label=_("Town or city"), max_length=64, required=False)
    venue = forms.CharField(label=_("Venue or platform"), max_length=200, required=False)
    unit = UnitField(label=_("Unit"))
    owner = MemberField(label=_("In charge"))
    team = RecordChoice(
        FieldTeam.objects.filter(closed_on=None), label=_("Promotion team"), required=False,
        empty_label="—",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].choices = channels("event")  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Firms to invite."""

    firms = lines(
        5, label=_("Firms"), max_length=8000, help_text=_("One a line, by their full names.")
    )
    on = DayField(label=_("Invited on"))
    sure = forms.BooleanField(label=_("They are other firms than those alike"), required=False)

    def named(self) -> list[str]:
        """Return the names, each once."""
        rows = self.cleaned_data["firms"].splitlines()
        return list(dict.fromkeys(one.strip()[:200] for one in rows if one.strip()))


class AttendForm(forms.Form):
    """Whether a guest came."""

    attended = forms.TypedChoiceField(
        label=_("Came"), coerce=lambda value: value == "yes",
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )  # fmt: skip
    on = DayField(label=_("Day"), required=False, help_text=_("Empty where it lasted one day."))
    said = lines(2, label=_("What was said"), max_length=2000, required=False)
    lead = leads()


class HoldForm(forms.Form):
    """What came of an event."""

    summary = lines(4, label=_("What came of it"), max_length=4000)


class ReturnForm(FirmForm):
    """A firm came to look."""

    on = DayField(label=_("Day"))
    people = forms.IntegerField(
        label=_("Number of visitors"), min_value=1, max_value=9999, required=False
    )
    said = lines(3, label=_("What was said"), max_length=2000)
    unit = UnitField(label=_("Unit"))
    host = MemberField(label=_("Received by"))
    trip = RecordChoice(
        Trip.objects.none(), label=_("Followed from the trip"), required=False, empty_label="—"
    )
    event = RecordChoice(
        PromotionEvent.objects.none(), label=_("Followed from the event"), required=False,
        empty_label="—",
    )  # fmt: skip


class SigningForm(FirmForm):
    """Who signed for a project."""

    project = RecordChoice(Project.objects.none(), label=_("Project"), empty_label=None)
    event = RecordChoice(
        PromotionEvent.objects.none(), label=_("Signed at the event"), required=False,
        empty_label="—",
    )  # fmt: skip
    field_order = ("project", "firm", "lead", "event", "sure")


class MakeLeadForm(forms.Form):
    """A firm that was met becomes a lead."""

    title = forms.CharField(label=_("Lead"), max_length=200)
    adviser = MemberField(
        label=_("Adviser"), required=False, help_text=_("Somebody on the roster of advisers.")
    )
    summary = lines(3, label=_("What is intended"), max_length=4000, required=False)
    sure = forms.BooleanField(
        label=_("Another firm, or another investment, than those alike"), required=False
    )


class FunnelForm(forms.Form):
    """The period of the funnel, and what narrows it."""

    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)
    team = RecordChoice(
        FieldTeam.objects.all(), label=_("Promotion team"), required=False, empty_label=_("All")
    )
    city = forms.CharField(label=_("Town or city"), max_length=64, required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].choices = [ALL, *channels()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The period ends before it begins."))
        return given


def offered(form: forms.Form, **records: Any) -> None:
    """Offer records in the fields a form has of them."""
    for name, found in records.items():
        if name in form.fields:
            offer(form, name, found)
