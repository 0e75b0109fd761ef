"""Task forces: setting up, groups, members, projects, ends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.zone.projects.models import Project
from openzone.zone.reviews.enums import ForceDuty
from openzone.zone.reviews.models import ForceGroup, TaskForce
from openzone.zone.reviews.selectors.scope import live


class ForceForm(forms.Form):
    """A task force."""

    name = forms.CharField(label=_("Name"), max_length=100)
    lead_unit = UnitField(label=_("Lead office"))
    begun_on = DayField(label=_("Since"))
    document_no = forms.CharField(label=_("Document number"), max_length=100, required=False)


class OfForce(forms.Form):
    """A form about one task force."""

    def __init__(self, force: TaskForce, data: Any = None) -> None:
        super().__init__(data)
        self.force = force
        self.offered()

    def offered(self) -> None:
        """Offer what belongs to the task force."""


class GroupForm(OfForce):
    """A working group."""

    name = forms.CharField(label=_("Working group"), max_length=100)
    service_line = forms.CharField(
        label=_("Line of service"), max_length=100,
        help_text=_("What it looks after, such as approvals, land and works, recruiting."),
    )  # fmt: skip
    unit = UnitField(label=_("Led by"), required=False)


class JoinForceForm(OfForce):
    """Somebody joins."""

    user = MemberField(label=_("Person"))
    group = RecordChoice(
        ForceGroup.objects.none(), label=_("Working group"), required=False, empty_label="—"
    )
    duty = forms.ChoiceField(
        label=_("Duty"), choices=ForceDuty.choices, initial=ForceDuty.MEMBER,
        help_text=_("Who leads it, and its contact, run its meetings."),
    )  # fmt: skip
    valid_from = DayField(label=_("From"))

    def offered(self) -> None:
        """Offer the groups of this task force."""
        offer(self, "group", self.force.groups.all())


class HoldProjectForm(OfForce):
    """A project is given to it, by its number."""

    project = forms.ModelChoiceField(
        Project.objects.none(), label=_("Project"), to_field_name="number",
        widget=forms.TextInput, help_text=_("Its number."),
    )  # fmt: skip
    valid_from = DayField(label=_("From"))

    def offered(self) -> None:
        """Take projects that are under way."""
        offer(self, "project", live())


class EndForm(forms.Form):
    """The last day."""

    on = DayField(label=_("Last day"))


class FeedForm(forms.Form):
    """What a calendar address is for."""

    label = forms.CharField(
        label=_("What it is for"), max_length=100, help_text=_("Such as: my telephone.")
    )
