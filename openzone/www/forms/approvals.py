"""Approvals: asking for a track, the land, answers to an item, trips, what a list shows."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.engines.text import Text
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.spokespersons import UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.approvals.enums import PromiseKind, TrackState
from openzone.zone.approvals.models import Track, TrackItem
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.listing import Filter
from openzone.zone.approvals.services.trips import matters
from openzone.zone.approvals.services.writing import Upload
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Parcel
from openzone.zone.people.models import Unit

ANY = ("", _("All"))
TO_BE_HAD = (ParcelState.PLANNED, ParcelState.CLEARED, ParcelState.LISTED, ParcelState.SOLD)
"""Parcels somebody may still obtain."""


def _paths() -> list[tuple[str, str]]:
    return [(one.id, say(one.label.text)) for one in pack().paths]


def _file(**options: Any) -> forms.FileField:
    return forms.FileField(allow_empty_file=True, **options)


class WithFile(forms.Form):
    """A form whose file is given on as services take it; none is None."""

    def clean(self) -> dict[str, Any]:
        """Return what was filled in."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file = given.get("file")
        if "file" in self.fields:
            given["file"] = Upload(file.name, file.read()) if file else None
        return given


class AskForm(forms.Form):
    """An enterprise asks for a track of its own will."""

    path = forms.ChoiceField(label=_("Path"), choices=_paths)
    parcel = RecordChoice(
        Parcel.objects.filter(state__in=TO_BE_HAD).order_by("number"),
        label=_("Parcel to be obtained"), required=False,
        help_text=_("Not needed for completion."),
    )  # fmt: skip
    expected_on = DayField(
        label=_("Land expected on"), required=False,
        help_text=_("As far as it is known; forecasts rest on it."),
    )  # fmt: skip
    applicant = forms.CharField(label=_("Asked for by (name)"), max_length=100)
    acknowledged = forms.BooleanField(
        label=_("We have read this and ask for it of our own will"), required=False
    )


class OfTrack(forms.Form):
    """A form about a track."""

    def __init__(self, track: Track, *args: Any, **options: Any) -> None:
        self.track = track
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self) -> None:
        """Offer what this track can take."""


class AcceptForm(OfTrack):
    """A request is taken on."""


class EndForm(OfTrack):
    """A request is not taken on, or is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class ExpectForm(OfTrack):
    """When the land is to be obtained."""

    on = DayField(label=_("Land expected on"))


class LandForm(OfTrack, WithFile):
    """The land was obtained."""

    contract_no = forms.CharField(label=_("Number of the land contract"), max_length=100)
    contracted_on = DayField(label=_("Contract of"))
    paid_on = DayField(label=_("Paid on"))
    file = _file(label=_("Contract and proof of payment"))


class LostForm(OfTrack):
    """The land went elsewhere."""

    on = DayField(label=_("Day"))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class TripForm(OfTrack):
    """Somebody had to come."""

    matter = forms.ChoiceField(label=_("Came for"))
    on = DayField(label=_("Day"))
    reason = forms.CharField(label=_("Why they had to come"), max_length=300)

    def prepare(self) -> None:
        """Offer the bundles of the track and its items outside them."""
        named = dict(matter_names(self.track))
        choices = [(one, named.get(one, one)) for one in matters(self.track)]
        self.fields["matter"].choices = choices  # type: ignore[attr-defined]


class PromiseForm(OfTrack):
    """Something is promised for later."""

    what = forms.ChoiceField(label=_("What is promised"))
    until = DayField(label=_("Promised by"))

    def prepare(self) -> None:
        """Offer secondary papers, and items others can go on without."""
        rows = list(self.track.items.all())
        papers = {code for row in rows for code in row.papers}
        before = {code for row in rows if row.committed for code in row.after}
        labels = {row.code: say_item(row) for row in rows}
        choices = [
            (f"{PromiseKind.PAPER}:{one.id}", say(one.label.text))
            for one in pack().papers
            if one.promise and one.id in papers
        ]
        choices += [
            (f"{PromiseKind.ITEM}:{code}", labels.get(code, code)) for code in sorted(before)
        ]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the promise as the service takes it."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "what" in given:
            given["kind"], _colon, given["code"] = given.pop("what").partition(":")
        return given


class PaperForm(OfTrack, WithFile):
    """A paper comes, or a newer one."""

    code = forms.ChoiceField(label=_("Paper"))
    file = _file(label=_("File"))

    def prepare(self) -> None:
        """Offer the papers of the track's items."""
        wanted = pack().papers_once(self.track.items.values_list("code", flat=True))
        choices = [(one.id, say(one.label.text)) for one, _ in wanted if not one.land]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]


class OfItem(forms.Form):
    """A form about an item; ``seen`` is the last step the page showed."""

    seen = forms.IntegerField(
        label=_("Last step seen"), required=False, widget=forms.HiddenInput, min_value=1,
        max_value=10**15,
    )  # fmt: skip


class BackForm(OfItem):
    """Papers are sent back, once, with everything that is to be mended."""

    reason = lines(5, label=_("All that is to be mended"), max_length=2000)


class OpinionForm(OfItem, WithFile):
    """A pre-review opinion: no permit."""

    text = lines(5, label=_("Opinion"), max_length=2000)
    number = forms.CharField(
        label=_("Number of the document"), max_length=100, required=False,
        help_text=_("Empty: one is given."),
    )  # fmt: skip
    file = _file(label=_("Document"), required=False)


class IssueForm(OfItem, WithFile):
    """The formal decision."""

    number = forms.CharField(label=_("Number of the permit"), max_length=100)
    file = _file(label=_("Document"), required=False)


class AssignForm(forms.Form):
    """Another unit answers."""

    unit = UnitField(label=_("Unit"), empty_label=None)


class ObstacleForm(forms.Form):
    """What is late becomes an obstacle the reviews see."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = lines(4, label=_("What it holds up"), max_length=2000)
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=[("1", _("Minor")), ("2", _("Delays a milestone")), ("3", _("Stops the project"))],
        initial="2",
    )


class TrackFilter(forms.Form):
    """Which tracks a list shows."""

    text = forms.CharField(label=_("Project"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("Not ended")), *TrackState.choices],
    )  # fmt: skip
    path = forms.ChoiceField(label=_("Path"), required=False)
    unit = RecordChoice(Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("All"))
    item = forms.SlugField(max_length=32, required=False, widget=forms.HiddenInput)
    late = forms.BooleanField(label=_("Only with something late"), required=False)
    trips = forms.BooleanField(label=_("Only with too many trips"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["path"].choices = [ANY, *_paths()]  # type: ignore[attr-defined]
        answering = TrackItem.objects.values("unit")
        offer(self, "unit", Unit.objects.filter(pk__in=answering).order_by("code"))

    def chosen(self) -> Filter:
        """Return the filter as selectors take it."""
        given = dict(self.cleaned_data)
        unit = given.pop("unit")
        return Filter(unit=unit.pk if unit else None, **given)


class PeriodForm(forms.Form):
    """From which day to which."""

    start = DayField(label=_("From"))
    end = DayField(label=_("To"))

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        given: dict[str, dt.date] = super().clean() or self.cleaned_data
        if "start" in given and "end" in given and given["end"] < given["start"]:
            raise forms.ValidationError(_("The end lies before the beginning."))
        return given


def matter_names(track: Track) -> list[tuple[str, str]]:
    """Return what the matters of a track are called: its bundles, and its items outside them."""
    path = pack().path(track.path)
    bundles = [(one.id, say(one.label.text)) for one in (path.bundles if path else ())]
    return [*bundles, *((one.code, say_item(one)) for one in track.items.all() if not one.bundle)]


def say_item(row: TrackItem) -> str:
    """Return what an item is called in the reader's language."""
    return say(Text(row.label_zh, row.label_en))
