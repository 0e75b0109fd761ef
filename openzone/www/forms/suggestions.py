"""Campaigns: setting up, collecting, merging, deciding, telling."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice, RecordChoices
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.zone.suggestions.enums import (
    Channel,
    OriginalState,
    Outcome,
    Response,
    SheetKind,
)
from openzone.zone.suggestions.models import Campaign, Final, Group, Member, Original
from openzone.zone.suggestions.packs import pack
from openzone.zone.suggestions.selectors.listing import Filter
from openzone.zone.suggestions.selectors.states import finals
from openzone.zone.suggestions.services.collecting import Entry

ANY = ("", _("Any"))


def lines(rows: int, **options: Any) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **options)


class CampaignForm(forms.Form):
    """A campaign to be prepared."""

    title = forms.CharField(label=_("Title"), max_length=120)
    purpose = lines(3, label=_("What it is about"), max_length=2000, required=False)
    basis = forms.CharField(label=_("Notice or document"), max_length=200, required=False)
    opens_on = DayField(label=_("Collecting from"), initial=timezone.localdate)
    closes_on = DayField(label=_("Collecting until"))


class TopicForm(forms.Form):
    """What suggestions may be about."""

    title = forms.CharField(label=_("Topic"), max_length=100)


class GroupForm(forms.Form):
    """People who discuss together."""

    name = forms.CharField(label=_("Group"), max_length=64)


class RoundForm(forms.Form):
    """A round of discussion, or a village meeting."""

    held_on = DayField(label=_("Held on"), initial=timezone.localdate)
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    attended = forms.IntegerField(
        label=_("Present"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Empty if nobody counted."),
    )
    minutes = lines(4, label=_("Minutes"), max_length=4000, required=False)


class InGroupForm(forms.Form):
    """Somebody of a group."""

    group = RecordChoice(Group.objects.none(), label=_("Group"), empty_label=None)

    def __init__(self, campaign: Campaign, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].queryset = campaign.groups.all()  # type: ignore[attr-defined]


class ExpertForm(InGroupForm):
    """An expert who leads the discussion of a group."""

    name = forms.CharField(label=_("Expert"), max_length=64)
    field = forms.CharField(label=_("Field and post"), max_length=120, required=False)


class PersonForm(InGroupForm):
    """Somebody who takes part."""

    name = forms.CharField(label=_("Name of the person"), max_length=64)
    office = forms.CharField(label=_("Works at"), max_length=128, required=False)
    contact = forms.CharField(label=_("Contact"), max_length=64, required=False)
    user = MemberField(
        label=_("Account"), required=False, help_text=_("Empty for somebody without a login.")
    )


class ProposeForm(forms.Form):
    """A suggestion; ``member`` is asked only of who types in what was handed in on paper."""

    member = RecordChoice(Member.objects.none(), label=_("Proposer"), empty_label=_("Choose"))
    topic = RecordChoice(Group.objects.none(), label=_("Topic"), empty_label=None)
    round = RecordChoice(Group.objects.none(), label=_("Round"), empty_label=None)
    text = lines(5, label=_("Suggestion"), max_length=2000)
    benefit = forms.CharField(label=_("What it would bring"), max_length=500, required=False)
    request_id = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, campaign: Campaign, own: Member | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.own = own
        choices: dict[str, QuerySet[Any]] = {
            "topic": campaign.topics.all(),
            "round": campaign.rounds.order_by("-number"),
            "member": campaign.members.select_related("group"),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = _named  # type: ignore[attr-defined]
        self.fields["round"].label_from_instance = _round  # type: ignore[attr-defined]
        if own is not None:
            del self.fields["member"]

    def entry(self) -> Entry:
        """Return the suggestion of a valid form."""
        data = self.cleaned_data
        member = self.own or data["member"]
        return Entry(member, data["topic"], data["round"], data["text"], data["benefit"])


def _named(member: Member) -> str:
    return " · ".join(filter(None, (member.group.name, member.name, member.office)))


def _round(held: Any) -> str:
    return gettext("Round %(n)d, %(day)s") % {"n": held.number, "day": held.held_on.isoformat()}


class BecauseForm(forms.Form):
    """Why something is taken back."""

    because = forms.CharField(label=_("Reason"), max_length=300)


class OriginalFilter(forms.Form):
    """The filters of the list of suggestions, all optional."""

    state = forms.ChoiceField(
        label=_("Status"), required=False, choices=[ANY, *OriginalState.choices]
    )
    topic = forms.TypedChoiceField(label=_("Topic"), required=False, coerce=int, empty_value=None)
    group = forms.TypedChoiceField(label=_("Group"), required=False, coerce=int, empty_value=None)
    round = forms.TypedChoiceField(label=_("Round"), required=False, coerce=int, empty_value=None)
    text = forms.CharField(label=_("Words, or the proposer's name"), required=False, max_length=60)
    valid = forms.BooleanField(required=False, widget=forms.HiddenInput)
    merged = forms.BooleanField(required=False, widget=forms.HiddenInput)
    adopted = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, campaign: Campaign, data: QueryDict) -> None:
        super().__init__(data)
        parts: dict[str, QuerySet[Any]] = {
            "topic": campaign.topics.all(),
            "group": campaign.groups.all(),
            "round": campaign.rounds.all(),
        }
        for name, rows in parts.items():
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ANY,
                *((one.pk, str(one)) for one in rows),
            ]

    def chosen(self) -> Filter:
        """Return the filter of a valid form."""
        return Filter(**self.cleaned_data)


class SheetForm(forms.Form):
    """A spreadsheet, or text pasted from one."""

    kind = forms.TypedChoiceField(
        label=_("What it brings"), choices=SheetKind.choices, coerce=SheetKind,
        initial=SheetKind.SUGGESTIONS,
    )  # fmt: skip
    file = forms.FileField(label=_("Spreadsheet"), required=False)
    pasted = lines(
        6,
        label=_("Or paste it here"),
        required=False,
        max_length=200_000,
        help_text=_("Copied from a spreadsheet, the headings in the first line."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("file")) == bool(given.get("pasted")):
            self.add_error("file", gettext("Give a file or pasted text, one of them."))
        return given


NUMBERS = re.compile(r"(\d{1,6})(?:\s*[-–—~至]\s*(\d{1,6}))?")


class NumbersField(forms.CharField):
    """Suggestions by their numbers: ``1、3、5-9``."""

    def __init__(self, campaign: Campaign, **options: Any) -> None:
        options.setdefault("label", _("Numbers of the suggestions"))
        options.setdefault("help_text", _("Such as 3、17、20-25."))
        super().__init__(max_length=4000, **options)
        self.campaign = campaign

    def clean(self, value: Any) -> list[Original]:
        """Find them, or say which are not there."""
        given = str(super().clean(value))
        wanted = {n for match in NUMBERS.finditer(given) for n in _span(match)}
        found = list(self.campaign.originals.filter(number__in=wanted).select_related("campaign"))
        missing = wanted - {one.number for one in found}
        if missing or not wanted:
            names = "、".join(str(n) for n in sorted(missing)[:20])
            raise ValidationError(
                gettext("There are no suggestions with these numbers: %s") % names
            )
        return sorted(found, key=lambda one: one.number)


def _span(match: "re.Match[str]") -> range:
    first = int(match[1])
    last = int(match[2]) if match[2] else first
    return range(first, min(last, first + 2000) + 1)


class MergeForm(forms.Form):
    """A final, and which originals flow into it."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = lines(6, label=_("Text of the merged suggestion"), max_length=4000)
    part = forms.CharField(
        label=_("Which part of them"),
        max_length=500,
        required=False,
        help_text=_("Empty for all of it; asked for where one flows into another final already."),
    )

    def __init__(self, campaign: Campaign, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["originals"] = NumbersField(campaign)
        self.order_fields(["originals", "part", "title", "text"])


class AddForm(forms.Form):
    """More originals for a final."""

    part = forms.CharField(label=_("Which part of them"), max_length=500, required=False)

    def __init__(self, campaign: Campaign, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["originals"] = NumbersField(campaign)
        self.order_fields(["originals", "part"])


class FinalForm(forms.Form):
    """The wording of a final."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = lines(6, label=_("Text of the merged suggestion"), max_length=4000)


def reasons() -> list[tuple[str, Any]]:
    """Return the pack's reasons in the reader's language."""
    return [("", "—"), *((one.id, say(one.label.text)) for one in pack().rejection.reasons)]


class DecideForm(forms.Form):
    """A decision with its answer."""

    outcome = forms.TypedChoiceField(label=_("Decision"), choices=Outcome.choices, coerce=Outcome)
    reason = forms.ChoiceField(
        label=_("Reason"), choices=reasons, required=False, help_text=_("For one not accepted.")
    )
    answer = lines(
        5,
        label=_("Official answer"),
        max_length=4000,
        help_text=_("Every proposer reads it: what is done and when, or why not."),
    )


class RejectForm(forms.Form):
    """Why suggestions nobody merged are not accepted."""

    reason = forms.ChoiceField(label=_("Reason"), choices=reasons)
    answer = lines(
        5, label=_("Explanation"), max_length=4000, help_text=_("Each of the proposers reads it.")
    )

    def __init__(self, campaign: Campaign, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["originals"] = NumbersField(campaign)
        self.order_fields(["originals", "reason", "answer"])


class ReturnForm(forms.Form):
    """Why an answer does not answer."""

    remark = lines(3, label=_("What is missing"), max_length=500)


class ToldForm(forms.Form):
    """How proposers without a login were told."""

    channel = forms.TypedChoiceField(
        label=_("How they were told"),
        choices=[one for one in Channel.choices if one[0] != Channel.IN_APP],
        coerce=Channel,
    )


class RespondForm(forms.Form):
    """What a proposer says to the answer."""

    response = forms.TypedChoiceField(
        label=_("The proposer's word"),
        choices=[one for one in Response.choices if one[0] != Response.NONE],
        coerce=Response,
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        help_text=_("Needed if the answer will not do."),
    )


class ExplainForm(forms.Form):
    """A further explanation."""

    text = lines(4, label=_("Explanation"), max_length=4000)


class SubmitForm(forms.Form):
    """What is submitted, to whom."""

    title = forms.CharField(label=_("Title of the paper"), max_length=160)
    recipient = forms.CharField(label=_("Submitted to"), max_length=160)
    chosen = RecordChoices(
        Final.objects.none(), label=_("Suggestions"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, campaign: Campaign, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        ready = finals(campaign).filter(
            decided__in=(Outcome.ACCEPT, Outcome.PILOT), submission__isnull=True
        )
        field = self.fields["chosen"]
        field.queryset = ready  # type: ignore[attr-defined]
        field.initial = [one.pk for one in ready]


class AssignForm(forms.Form):
    """Who carries a suggestion out."""

    unit = UnitField(label=_("Responsible unit"), empty_label=None)


class EffectForm(forms.Form):
    """A measured change."""

    indicator = forms.CharField(label=_("What was measured"), max_length=120)
    unit = forms.CharField(label=_("Unit of value"), max_length=32, required=False)
    before = forms.DecimalField(
        label=_("Value before"),
        max_digits=18,
        decimal_places=4,
        required=False,
        help_text=_("Empty if not known."),
    )
    after = forms.DecimalField(label=_("Value after"), max_digits=18, decimal_places=4)
    measured_on = DayField(label=_("Measured on"), initial=timezone.localdate)
    source = forms.CharField(label=_("Where the figures come from"), max_length=300)
