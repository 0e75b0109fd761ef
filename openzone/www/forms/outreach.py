"""Telling enterprises, choosing what one wants, planning sessions."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.answers import word
from openzone.www.forms.moments import MomentField
from openzone.www.forms.records import RecordChoice, RecordChoices, offer
from openzone.zone.outreach.enums import Channel
from openzone.zone.outreach.models import LiveSession
from openzone.zone.outreach.selectors.preferences import Choice
from openzone.zone.outreach.selectors.pushes import PUSHED
from openzone.zone.outreach.services.sessions import Point
from openzone.zone.policies.enums import ItemKind
from openzone.zone.policies.models import Item
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.spokespersons.models import Spokesperson


class PushForm(forms.Form):
    """Which item, whom, how, and what is said."""

    item = RecordChoice(Item.objects.none(), label=_("Policy item"))
    standings = forms.MultipleChoiceField(
        label=_("Whom"),
        widget=forms.CheckboxSelectMultiple,
        initial=[Standing.MET],
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    message = forms.CharField(
        label=_("Message"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Each enterprise also sees why it was found, the amount and the deadline."),
    )

    def __init__(self, items: QuerySet[Item], data: QueryDict | None, item: str = "") -> None:
        super().__init__(data, initial={"item": item})
        offer(self, "item", items)
        whom: Any = self.fields["standings"]
        whom.choices = [(one.value, word(one)) for one in PUSHED]


class PreferencesForm(forms.Form):
    """One box for each channel and kind of item; a box left empty says no."""

    def __init__(self, choices: Iterable[Choice], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.choices = list(choices)
        for choice in self.choices:
            self.fields[_name(choice)] = forms.BooleanField(
                label=str(ItemKind(choice.kind).label), required=False, initial=choice.wanted
            )

    @property
    def wanted(self) -> list[Choice]:
        """What was chosen."""
        return [c._replace(wanted=self.cleaned_data[_name(c)]) for c in self.choices]

    def by_channel(self) -> Iterable[tuple[str, list[forms.BoundField]]]:
        """Yield the boxes under their channels."""
        for channel in Channel:
            yield (
                str(channel.label),
                [self[_name(choice)] for choice in self.choices if choice.channel == channel],
            )


def _name(choice: Choice) -> str:
    return f"{choice.channel}-{choice.kind}"


_POINT = re.compile(r"(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)\s+(?P<title>\S.*)")


class SessionForm(forms.Form):
    """A session before it is held."""

    title = forms.CharField(label=_("Title"), max_length=120)
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"))
    items = RecordChoices(Item.objects.none(), label=_("Policy items"))
    presenter = RecordChoice(Spokesperson.objects.none(), label=_("Presenter"), required=False)
    url = forms.URLField(
        label=_("Address of the broadcast"), max_length=500, required=False, assume_scheme="https"
    )

    def __init__(
        self,
        items: QuerySet[Item],
        presenters: QuerySet[Spokesperson],
        data: QueryDict | None,
        session: LiveSession | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(session) if session else None)
        offer(self, "items", items)
        offer(self, "presenter", presenters)

    def clean_starts_at(self) -> dt.datetime:
        """Refuse a moment before the first day of the calendar elsewhere: no database keeps it."""
        starts: dt.datetime = self.cleaned_data["starts_at"]
        try:
            starts.astimezone(dt.UTC)
        except OverflowError:
            field = self.fields["starts_at"]
            raise forms.ValidationError(field.error_messages["invalid"]) from None
        return starts

    def clean_ends_at(self) -> dt.datetime:
        """Refuse an end before the beginning, at its field."""
        ends: dt.datetime = self.cleaned_data["ends_at"]
        starts = self.cleaned_data.get("starts_at")
        if starts and ends <= starts:
            raise forms.ValidationError(_("The end must be after the start."))
        return ends


def _initial(session: LiveSession) -> dict[str, object]:
    fields = ("title", "starts_at", "ends_at", "presenter", "url")
    return {name: getattr(session, name) for name in fields} | {"items": session.items.all()}


class HeldForm(forms.Form):
    """What is known after a session; a number left empty stays unknown."""

    viewers = forms.IntegerField(
        label=_("Viewers"), min_value=0, max_value=2**31 - 1, required=False
    )
    comments = forms.IntegerField(
        label=_("Comments on screen"), min_value=0, max_value=2**31 - 1, required=False
    )
    counted_by = forms.CharField(
        label=_("Source of the numbers"),
        max_length=200,
        required=False,
        help_text=_("Who counted, such as the report of the platform. No number without it."),
    )
    replay_url = forms.URLField(
        label=_("Address of the recording"), max_length=500, required=False, assume_scheme="https"
    )


class ProgrammeForm(forms.Form):
    """One point of the programme a line: the time of day and what it is about."""

    text = forms.CharField(
        label=_("Programme, one point a line"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Time and title, such as: 14:05 Who gets the research subsidy"),
    )

    def __init__(self, session: LiveSession, data: QueryDict | None) -> None:
        lines = (f"{timezone.localtime(p.at):%H:%M} {p.title}" for p in session.programme.all())
        super().__init__(data, initial={"text": "\n".join(lines)})
        self.session = session

    def clean_text(self) -> list[Point]:
        """Return the points, each on the session's evening: after midnight is the next day."""
        lines = str(self.cleaned_data["text"]).splitlines()
        return [self._point(line.strip()) for line in lines if line.strip()]

    def _point(self, line: str) -> Point:
        found = _POINT.fullmatch(line)
        if found is None:
            said = _("“%(line)s”: write the time of day and the title, such as 14:05 Opening.")
            raise forms.ValidationError(said, params={"line": line[:60]})
        start = timezone.localtime(self.session.starts_at)
        time = dt.time(int(found["hour"]), int(found["minute"]))
        at = dt.datetime.combine(start.date(), time, start.tzinfo)
        return Point(at if at >= start else at + dt.timedelta(days=1), found["title"])


class CommentsForm(forms.Form):
    """The pasted export of what was written on the screen."""

    text = forms.CharField(
        label=_("Comments, one a line"),
        max_length=500_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("As the platform exports them: time, name and text, or the text alone."),
    )
