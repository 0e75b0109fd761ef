"""Meetings: recording, deciding, moving, cancelling; obstacles of a project."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.engines.cases.fields import Field
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.matters import new_request_id
from openzone.www.forms.projects import several
from openzone.www.forms.records import RecordChoice, RecordChoices, offer
from openzone.www.forms.spokespersons import UnitField
from openzone.www.forms.suggestions import lines
from openzone.www.reviews.words import Line
from openzone.zone.people.models import User
from openzone.zone.reviews.enums import ItemOutcome
from openzone.zone.reviews.models import AgendaItem, Meeting
from openzone.zone.reviews.services.holding import Result


def once() -> forms.RegexField:
    """Return what tells two sendings of one form from two forms."""
    return forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput, initial=new_request_id)


class Row(NamedTuple):
    """A matter of the agenda with what is said of it."""

    line: Line
    outcome: BoundField
    remark: BoundField


class HoldForm(forms.Form):
    """Who was there, what became of each matter, the minutes."""

    attended = RecordChoices(
        User.objects.filter(is_active=True).order_by("pk"),
        label=_("Who was there"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    others = forms.CharField(
        label=_("Others present"), max_length=500, required=False,
        help_text=_("Names with a comma between them."),
    )  # fmt: skip
    minutes = lines(5, label=_("Minutes of the meeting"), max_length=8000, required=False)

    def __init__(self, matters: Sequence[Line], expected: Sequence[User], data: Any = None) -> None:
        super().__init__(data)
        self._matters = [one for one in matters if one.item is not None]
        offer(self, "attended", User.objects.filter(pk__in=[one.pk for one in expected]))
        for one in self._matters:
            self._ask_about(one)

    def _ask_about(self, line: Line) -> None:
        key = line.item.pk if line.item else 0
        self.fields[f"outcome_{key}"] = forms.ChoiceField(
            label=_("Outcome"), choices=ItemOutcome.choices, initial=ItemOutcome.OPEN
        )
        self.fields[f"remark_{key}"] = forms.CharField(
            label=_("Remark"), max_length=500, required=False
        )

    def rows(self) -> Iterator[Row]:
        """Yield the matters with their fields."""
        for one in self._matters:
            key = one.item.pk if one.item else 0
            yield Row(one, self[f"outcome_{key}"], self[f"remark_{key}"])

    def results(self) -> dict[int, Result]:
        """Return what became of each matter, by its number."""
        given, keys = self.cleaned_data, [one.item.pk for one in self._matters if one.item]
        return {key: Result(given[f"outcome_{key}"], given[f"remark_{key}"]) for key in keys}

    def given(self) -> dict[str, Any]:
        """Return everything the service takes."""
        said = self.cleaned_data
        return {
            "attended": list(said["attended"]), "others": several(said["others"]),
            "minutes": said["minutes"], "results": self.results(),
        }  # fmt: skip


class MatterChoice(RecordChoice):
    """A matter of an agenda, by its project."""

    def label_from_instance(self, item: AgendaItem) -> str:
        """Name the project first."""
        return f"{item.project.name} · {item.title}" if item.project else item.title


class DecideForm(forms.Form):
    """A decision: what, who, until when."""

    title = forms.CharField(label=_("What was decided"), max_length=200)
    unit = UnitField(label=_("Owner unit"))
    due = DayField(label=_("Due"))
    item = MatterChoice(
        AgendaItem.objects.none(), label=_("About"), required=False, empty_label="—"
    )
    text = lines(3, label=_("More"), max_length=4000, required=False)
    request_id = once()

    def __init__(self, meeting: Meeting, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        offer(self, "item", meeting.items.select_related("project"))


class MoveForm(forms.Form):
    """Another day, another hour."""

    on = DayField(label=_("Day"))
    begins = forms.TimeField(
        label=_("Begins"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(label=_("Why it is cancelled"), max_length=300)


class RaiseForm(forms.Form):
    """What stands in a project's way; kinds and severities are those of the case type."""

    topic = forms.ChoiceField(label=_("Kind"))
    severity = forms.ChoiceField(label=_("Severity"))
    title = forms.CharField(label=_("In one sentence"), max_length=200)
    text = lines(4, label=_("What is wrong"), max_length=4000)
    ask = lines(2, label=_("Who should do what"), max_length=2000, required=False)
    wanted_by = DayField(label=_("Wanted by"), required=False)
    unit = UnitField(
        label=_("Unit that is to solve it"), required=False,
        help_text=_("Empty: the kind says which."),
    )  # fmt: skip
    request_id = once()

    def __init__(self, answers: Sequence[Field], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for field in answers:
            if field.id in ("topic", "severity"):
                self._choose(field)

    def _choose(self, field: Field) -> None:
        choices: list[tuple[str, str | Promise]] = [("", "—")]
        choices += [(one.id, say(one.label)) for one in field.choices]
        self.fields[field.id].choices = choices  # type: ignore[attr-defined]
