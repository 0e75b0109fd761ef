"""Projects: describing them, their phases, the places that share them, who works on them."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.packs.pipelines import DEFAULT
from openzone.www.formats import say
from openzone.www.forms.cultivation import EnterpriseField
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.projects.enums import Origin, Sector, TeamRole
from openzone.zone.projects.models import Project
from openzone.zone.projects.packs import pipeline, pipeline_names, pipeline_of
from openzone.zone.registry.models import Enterprise, Place

ANY = ("", "—")
ITEMS = re.compile(r"[、,，;；\n]+")


class CompanyField(EnterpriseField):
    """An enterprise on record, or nobody yet."""

    def clean(self, value: Any) -> Enterprise | None:
        """Find it where one is named."""
        return super().clean(value) if str(value or "").strip() else None


def several(text: str) -> list[str]:
    """Return what somebody wrote one after the other, each once."""
    return list(dict.fromkeys(one.strip() for one in ITEMS.split(text) if one.strip()))


def places(**options: Any) -> RecordChoice:
    """Return a field that chooses a place of the record."""
    return RecordChoice(
        Place.objects.order_by("code"), label=_("Place"), to_field_name="code",
        empty_label="—", required=False, **options,
    )  # fmt: skip


class ProjectFields(forms.Form):
    """What a project is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=64, required=False)
    summary = lines(4, label=_("What is to be built"), max_length=4000, required=False)
    investor_name = forms.CharField(label=_("Investor"), max_length=200, required=False)
    enterprise = CompanyField(
        label=_("Project company"), required=False,
        help_text=_("Its credit code or name, where it is on record."),
    )  # fmt: skip
    sector = forms.TypedChoiceField(
        label=_("Sector"), required=False, coerce=int, empty_value=None,
        choices=[ANY, *Sector.choices],
    )  # fmt: skip
    industry = forms.CharField(
        label=_("Industry"), max_length=8, required=False, help_text=_("As in GB/T 4754: C3841.")
    )
    chain = forms.CharField(
        label=_("Links of the chain"), max_length=200, required=False,
        help_text=_("Several with a comma between them."),
    )  # fmt: skip
    origin = forms.ChoiceField(label=_("Origin"), required=False, choices=[ANY, *Origin.choices])
    place = places()
    lead_unit = UnitField(label=_("Lead unit"), required=False)
    chief = MemberField(label=_("Project chief"), required=False)
    planned_start = DayField(label=_("Planned start"), required=False)
    planned_finish = DayField(label=_("Planned completion"), required=False)
    framework = forms.BooleanField(label=_("Framework agreement only"), required=False)

    def described(self) -> dict[str, Any]:
        """Return what a service takes as a project's description."""
        given = {name: self.cleaned_data[name] for name in ProjectFields.base_fields}
        return {**given, "chain": several(given["chain"])}


class NewProjectForm(ProjectFields):
    """A project that comes into the record."""

    pipeline = forms.ChoiceField(label=_("Pipeline"))
    field_order = ("name", "pipeline")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = sorted(pipeline_names(), key=lambda name: name != DEFAULT)
        choices = [(name, say(pipeline(name).label)) for name in names]
        self.fields["pipeline"].choices = choices  # type: ignore[attr-defined]


class EditProjectForm(ProjectFields):
    """A project described anew."""

    excluded = forms.ChoiceField(label=_("Not counted because"), required=False)
    within_contract = forms.BooleanField(label=_("Within a contract signed before"), required=False)

    def __init__(self, project: Project, *args: Any, **options: Any) -> None:
        options.setdefault("initial", _initial(project))
        super().__init__(*args, **options)
        reasons = ((one.id, say(one.label)) for one in pipeline_of(project).exclusions)
        self.fields["excluded"].choices = [ANY, *reasons]  # type: ignore[attr-defined]

    def described(self) -> dict[str, Any]:
        """Return the description, with why it is not counted."""
        own = ("excluded", "within_contract")
        return {**super().described(), **{name: self.cleaned_data[name] for name in own}}


def _initial(project: Project) -> dict[str, Any]:
    names = (*ProjectFields.base_fields, "excluded", "within_contract")
    given = {name: getattr(project, name) for name in names}
    return {
        **given,
        "chain": "、".join(project.chain),
        "enterprise": project.enterprise.name if project.enterprise else "",
        "place": project.place.code if project.place else None,
        "lead_unit": project.lead_unit.code if project.lead_unit else None,
        "chief": project.chief.username if project.chief else None,
    }


class OfProject(forms.Form):
    """A form about one project on a day."""

    def __init__(self, project: Project, today: dt.date, *args: Any, **options: Any) -> None:
        self.project, self.today = project, today
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self) -> None:
        """Offer what this project can take."""

    def choose(self, name: str, choices: Any) -> None:
        """Offer choices for a field."""
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def offer(self, name: str, rows: Any) -> None:
        """Offer records of this project for a field."""
        self.fields[name].queryset = rows  # type: ignore[attr-defined]


class PhaseForm(OfProject):
    """The next phase of an investor's project."""

    name = forms.CharField(label=_("Name"), max_length=200)
    summary = lines(4, label=_("What is to be built"), max_length=4000, required=False)
    planned_start = DayField(label=_("Planned start"), required=False)
    planned_finish = DayField(label=_("Planned completion"), required=False)
    within_contract = forms.BooleanField(
        label=_("Within a contract signed before"), required=False,
        help_text=_("Then it is not counted as signed again."),
    )  # fmt: skip


class SharesForm(OfProject):
    """The places that share a project, one in a line: code and part."""

    shares = lines(
        5, label=_("Places and their parts"), max_length=2000, required=False,
        help_text=_("One place in a line: its code, then its part in %. Empty: nobody shares it."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Show the parts as they are."""
        parts = self.project.shares.select_related("place")
        shown = (f"{one.place.code} {(one.share * 100).normalize():f}" for one in parts)
        self.fields["shares"].initial = "\n".join(shown)

    def clean_shares(self) -> Mapping[Place, Decimal]:
        """Return the parts by place, or say which line cannot be read."""
        given = self.cleaned_data["shares"]
        return dict(_parts(line for line in given.splitlines() if line.strip()))


def _parts(given: Iterator[str]) -> Iterator[tuple[Place, Decimal]]:
    for line in given:
        code, _space, part = line.strip().partition(" ")
        place = Place.objects.filter(code=code).first()
        if place is None:
            raise ValidationError(gettext("“%(text)s” is no place on record.") % {"text": code})
        yield place, _share(part, line)


def _share(part: str, line: str) -> Decimal:
    try:
        share = forms.DecimalField(max_digits=7, decimal_places=4).clean(part.strip(" %％"))
    except ValidationError:
        raise ValidationError(
            gettext("No part can be read in “%(text)s”.") % {"text": line}
        ) from None
    assert isinstance(share, Decimal)  # noqa: S101 - a required field gives a number
    return share / 100


class JoinForm(OfProject):
    """Somebody comes to work on the project."""

    user = MemberField(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), choices=TeamRole.choices)
    on = DayField(label=_("From"))

    def prepare(self) -> None:
        """Begin today."""
        self.fields["on"].initial = self.today


class LeaveTeamForm(OfProject):
    """Somebody's last day on the project."""

    member = RecordChoice(Project.objects.none(), label=_("Person"))
    on = DayField(label=_("Last day"))

    def prepare(self) -> None:
        """Offer who is on the team."""
        self.offer("member", self.project.members.filter(valid_to__isnull=True))
        self.fields["on"].initial = self.today
        self.fields["member"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.user} · {one.get_role_display()}"
        )
