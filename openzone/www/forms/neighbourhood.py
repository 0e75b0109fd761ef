"""Agents, points, residents, orders, papers and cross-region filings."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayInput
from openzone.www.forms.people import NOBODY
from openzone.www.forms.photos import PhotosForm
from openzone.www.forms.records import RecordChoice, RecordChoices
from openzone.www.forms.service import ItemField, Ticks
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.zone.catalogue.enums import Receiving
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.catalogue.selectors.items import in_force
from openzone.zone.community.enums import AreaKind, ConsentForm, Delivery, PaperHolder
from openzone.zone.community.models import Agent, Estate, Paper, Resident, ServicePoint
from openzone.zone.community.selectors.coverage import points_on
from openzone.zone.community.selectors.roster import on_roster
from openzone.zone.community.services.custody import PaperSpec
from openzone.zone.people.models import Unit


class CommunityField(UnitField):
    """A community of the zone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Community"), **options)
        self.queryset = Unit.objects.filter(kind="community").order_by("code")


def _terms(name: str) -> list[tuple[str, str]]:
    terms = getattr(neighbourhood(), name).list
    return [(term.id, say(term.label.text)) for term in terms]


class AgentForm(forms.Form):
    """An agent of the roster."""

    code = forms.SlugField(label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=64)
    community = CommunityField()
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    sources = forms.MultipleChoiceField(label=_("Comes from"), required=False, widget=Ticks)
    user = MemberField(label=_("Account"), required=False)
    valid_from = forms.DateField(label=_("First day"), widget=DayInput, initial=timezone.localdate)
    valid_to = forms.DateField(label=_("Last day"), widget=DayInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sources"].choices = _terms("sources")  # type: ignore[attr-defined]


class EndAgentForm(forms.Form):
    """The last day of an agent, and who takes over."""

    last_day = forms.DateField(label=_("Last day"), widget=DayInput, initial=timezone.localdate)
    successor: Any = RecordChoice(
        Agent.objects.none(),
        label=_("Who takes the open orders over"),
        required=False,
        empty_label=NOBODY,
        to_field_name="code",
    )

    def __init__(self, agent: Agent, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Agent.objects.filter(community=agent.community).exclude(pk=agent.pk)
        self.fields["successor"].queryset = on_roster(others, day=timezone.localdate())  # type: ignore[attr-defined]


class PlaceFields(forms.Form):
    """Coordinates, which go together."""

    longitude = forms.FloatField(
        label=_("Longitude"), min_value=-180, max_value=180, required=False
    )
    latitude = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)


class PointForm(PlaceFields):
    """A service point and what it offers."""

    code = forms.SlugField(label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=128)
    community = CommunityField()
    address = forms.CharField(label=_("Street address"), max_length=200, required=False)
    hours = forms.CharField(label=_("Opening hours"), max_length=100, required=False)
    valid_from = forms.DateField(label=_("First day"), widget=DayInput, initial=timezone.localdate)
    valid_to = forms.DateField(label=_("Last day"), widget=DayInput, required=False)
    items: Any = RecordChoices(
        None,
        label=_("Items offered"),
        required=False,
        to_field_name="code",
        widget=Ticks,
    )
    field_order = (
        "code", "name", "community", "address", "hours", "longitude", "latitude",
        "valid_from", "valid_to", "items",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["items"].queryset = in_force(timezone.localdate()).order_by("code")  # type: ignore[attr-defined]


class EstateForm(PlaceFields):
    """Where people live."""

    code = forms.SlugField(label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=128)
    kind = forms.ChoiceField(label=_("Kind"), choices=AreaKind.choices)
    community = CommunityField()
    residents = forms.IntegerField(
        label=_("Residents"),
        min_value=0,
        max_value=10_000_000,
        required=False,
        help_text=_("Empty: not known."),
    )
    field_order = ("code", "name", "kind", "community", "residents", "longitude", "latitude")


class WalkForm(forms.Form):
    """Minutes on foot from an estate to a point."""

    point: Any = RecordChoice(
        ServicePoint.objects.none(), label=_("Service point"), to_field_name="code"
    )
    minutes = forms.DecimalField(
        label=_("Minutes on foot"), min_value=0, max_digits=5, decimal_places=1
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["point"].queryset = points_on(timezone.localdate())  # type: ignore[attr-defined]


class ResidentForm(forms.Form):
    """A resident."""

    name = forms.CharField(label=_("Name"), max_length=64)
    identity = forms.CharField(label=_("Identity number"), max_length=32)
    community = CommunityField()
    estate: Any = RecordChoice(
        Estate.objects.order_by("code"),
        label=_("Estate"),
        required=False,
        empty_label=NOBODY,
        to_field_name="code",
    )
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    address = forms.CharField(label=_("Street address"), max_length=200, required=False)
    vulnerability = forms.MultipleChoiceField(
        label=_("Why a visit helps"), required=False, widget=Ticks
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["vulnerability"].choices = _terms("vulnerability")  # type: ignore[attr-defined]


class ConsentGivenForm(forms.Form):
    """What a resident agreed to."""

    form = forms.ChoiceField(label=_("Form"), choices=ConsentForm.choices)
    document = forms.CharField(label=_("Document"), max_length=200)
    all_items = forms.BooleanField(label=_("For every item"), required=False)
    items: Any = RecordChoices(
        None,
        label=_("Items"),
        required=False,
        to_field_name="code",
        widget=Ticks,
    )
    given_on = forms.DateField(label=_("Given on"), widget=DayInput, initial=timezone.localdate)
    valid_to = forms.DateField(label=_("Valid until"), widget=DayInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["items"].queryset = by_agents()  # type: ignore[attr-defined]


def by_agents() -> Any:
    """Return the items that are filed through agents."""
    today = timezone.localdate()
    found = [
        item.pk for item in in_force(today).only("receiving") if Receiving.AGENT in item.receiving
    ]
    return in_force(today).filter(pk__in=found).order_by("code")


class WithdrawConsentForm(forms.Form):
    """A consent taken back."""

    on = forms.DateField(label=_("Day"), widget=DayInput, initial=timezone.localdate)
    why = forms.CharField(label=_("Reason"), max_length=200, required=False)


class DutyForm(forms.Form):
    """What a resident has to do by a day that an office named."""

    duty = forms.ChoiceField(label=_("Duty"))
    due_on = forms.DateField(label=_("Due"), widget=DayInput)
    source = forms.CharField(label=_("Who named the day"), max_length=200)
    item = ItemField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["duty"].choices = [  # type: ignore[attr-defined]
            (duty.id, say(duty.label.text)) for duty in neighbourhood().duties
        ]


class ProofForm(forms.Form):
    """That something was done, by which proof."""

    on = forms.DateField(label=_("Done on"), widget=DayInput, initial=timezone.localdate)
    proof = forms.CharField(label=_("Proof"), max_length=200)


class OrderForm(forms.Form):
    """An order for a resident."""

    item = ItemField()
    agent: Any = RecordChoice(
        Agent.objects.none(), label=_("Agent"), to_field_name="code", empty_label=None
    )
    point: Any = RecordChoice(
        ServicePoint.objects.none(),
        label=_("Service point"),
        required=False,
        empty_label=NOBODY,
        to_field_name="code",
    )
    duty: Any = RecordChoice(None, label=_("Duty"), required=False, empty_label=NOBODY)
    home_visit = forms.BooleanField(label=_("Home visit"), required=False)

    def __init__(
        self, resident: Resident, agents: QuerySet[Agent], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        today = timezone.localdate()
        fields: Any = self.fields
        fields["item"].queryset = by_agents()
        fields["agent"].queryset = agents
        fields["point"].queryset = points_on(today).filter(community=resident.community)
        fields["duty"].queryset = resident.duties.filter(done_on__isnull=True, order__isnull=True)
        fields["duty"].label_from_instance = _duty_label


def _duty_label(row: Any) -> str:
    spec = neighbourhood().duty(row.duty)
    return f"{say(spec.label.text) if spec else row.duty} · {row.due_on}"


class CollectForm(PhotosForm):
    """Papers taken in, one a line; originals are marked."""

    papers = forms.CharField(
        label=_("Papers"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line; end originals with *."),
    )
    signed = forms.BooleanField(label=_("The resident signed for handing them over"))

    def specs(self) -> list[PaperSpec]:
        """Return the papers."""
        lines = [line.strip() for line in self.cleaned_data["papers"].splitlines()]
        return [
            PaperSpec(line.rstrip("* ＊"), line.endswith(("*", "＊"))) for line in lines if line
        ]


class PapersForm(CollectForm):
    """Papers of a filing, which are still with the applicant."""

    signed = None  # type: ignore[assignment] # Django drops a field that is None


class ReviewForm(forms.Form):
    """What a review found."""

    passed = forms.TypedChoiceField(
        label=_("Finding"),
        choices=[("yes", _("Passed")), ("no", _("Returned"))],
        coerce=lambda word: word == "yes",
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class DeliverForm(forms.Form):
    """The result, and into whose hands it came."""

    result = forms.CharField(label=_("Result"), max_length=300)
    delivery = forms.ChoiceField(label=_("How delivered"), choices=Delivery.choices)
    delivered_to = forms.CharField(label=_("Received by"), max_length=64)


class RatingForm(forms.Form):
    """What the applicant says, told to somebody independent."""

    rating = forms.TypedChoiceField(
        label=_("Rating"),
        choices=[
            (5, _("Very satisfied")),
            (4, _("Satisfied")),
            (3, _("Fairly satisfied")),
            (2, _("Dissatisfied")),
            (1, _("Very dissatisfied")),
        ],
        coerce=int,
    )
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class GiveForm(PhotosForm):
    """Papers for the next of the chain, or back."""

    papers: Any = RecordChoices(Paper.objects.none(), label=_("Papers"), widget=Ticks)
    taker = forms.ChoiceField(label=_("To"), choices=PaperHolder.choices)
    name = forms.CharField(
        label=_("Signs for handing over"),
        max_length=64,
        required=False,
        help_text=_("For somebody without an account: applicant, courier, the other authority."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, papers: QuerySet[Paper], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["papers"].queryset = papers  # type: ignore[attr-defined]


class TakeForm(PhotosForm):
    """Signing for papers."""

    name = forms.CharField(
        label=_("Signs for receiving"),
        max_length=64,
        required=False,
        help_text=_("For somebody without an account: applicant, courier, the other authority."),
    )


class VisitForm(PhotosForm):
    """A home that was visited."""

    on = forms.DateField(label=_("Day"), widget=DayInput, initial=timezone.localdate)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
