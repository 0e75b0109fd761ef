"""The common log: exchanges, patrols, emergencies, warnings."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.photos import PhotosForm
from openzone.www.forms.promotion_field import ALL
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.spokespersons import UnitField
from openzone.www.forms.suggestions import lines
from openzone.www.forms.waters import SpanForm
from openzone.zone.people.models import Unit
from openzone.zone.waters.enums import EntryState, Kind
from openzone.zone.waters.models import Section, Water
from openzone.zone.waters.packs import monitoring, terms

ONLY = {
    Kind.PATROL: ("ours", "theirs", "place"),
    Kind.EXCHANGE: ("term", "reference"),
    Kind.INCIDENT: ("term", "place"),
    Kind.DISPATCH: ("term", "level", "casualties"),
}
_SPECIAL = frozenset(name for names in ONLY.values() for name in names)


class EntryFields(forms.Form):
    """What every entry says; fields of other kinds are left out."""

    one = UnitField(label=_("Our side"))
    other = UnitField(label=_("Other side"))
    water = RecordChoice(Water.objects.all(), label=_("Water"))
    section = RecordChoice(Section.objects.all(), label=_("Section"), required=False)
    on = DayField(label=_("Day"))
    term = forms.ChoiceField(label=_("Kind"))
    level = forms.ChoiceField(label=_("Level of warning"), required=False)
    title = forms.CharField(label=_("What"), max_length=200)
    text = lines(4, label=_("Description"), max_length=4000, required=False)
    place = forms.CharField(label=_("Place on the water"), max_length=200, required=False)
    ours = forms.CharField(label=_("Who took part (our side)"), max_length=200)
    theirs = forms.CharField(label=_("Who took part (other side)"), max_length=200)
    reference = forms.CharField(label=_("Letter or document"), max_length=100, required=False)
    casualties = forms.IntegerField(
        label=_("Casualties"), min_value=0, max_value=1_000_000, required=False,
        help_text=_("Empty where they are not known: that is not none."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in _SPECIAL - set(ONLY[Kind(kind)]):
            del self.fields[name]
        self._choices("term", [(one.id, say(one.label.text)) for one in terms(kind)])
        levels = [(one.id, say(one.label.text)) for one in monitoring().levels]
        self._choices("level", [("", "—"), *levels])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields.get(name)
        if field is not None:
            field.choices = choices

    def offer(self, mine: list[int], sections: Any) -> None:
        """Offer the sides somebody acts for, and the sections they share."""
        sides = {one.one_id for one in sections} | {one.other_id for one in sections}
        offer(self, "one", Unit.objects.filter(pk__in=[one for one in mine if one in sides]))
        offer(self, "other", Unit.objects.filter(pk__in=sides))
        offer(self, "section", sections)
        offer(self, "water", Water.objects.filter(sections__in=sections).distinct())


class EntryForm(EntryFields, PhotosForm):
    """A new entry with photographs and papers."""


class FindingForm(PhotosForm):
    """What a patrol came upon."""

    text = lines(3, label=_("What the patrol found"), max_length=2000)
    place = forms.CharField(label=_("Place on the water"), max_length=200, required=False)


class MeasureForm(forms.Form):
    """What our side did in an emergency."""

    on = DayField(label=_("Day"))
    text = lines(3, label=_("What our side did"), max_length=1000)


class DoneForm(PhotosForm):
    """That an emergency is over, with a proof."""

    text = lines(3, label=_("What was achieved"), max_length=300)


class LogFilter(SpanForm):
    """Which entries of a log."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *EntryState.choices])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["first"].required = self.fields["last"].required = False


def this_year(today: dt.date) -> dict[str, dt.date]:
    """Return the year so far, what counters begin with."""
    return {"first": today.replace(month=1, day=1), "last": today}
