"""What is done with a parcel: its states, offers, contracts, sites, projects and promises."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.land import AreaForm, area_field, area_unit
from openzone.www.forms.projects import ANY, CompanyField
from openzone.www.forms.projects_money import SCALES, money_field
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.suggestions import lines
from openzone.zone.land.enums import ParcelState, SaleKind, SaleOutcome, SiteEvent
from openzone.zone.land.models import Contract, Parcel, ParcelProject, Sale
from openzone.zone.land.packs import pack
from openzone.zone.land.services.states import may_follow
from openzone.zone.projects.models import Project

BY_SALE = (ParcelState.LISTED, ParcelState.SOLD)


class OfParcel(forms.Form):
    """A form about one parcel; ``seen`` is the last step its page had shown."""

    def __init__(self, parcel: Parcel, mine: Any, *args: Any, **options: Any) -> None:
        self.parcel, self.mine = parcel, mine
        super().__init__(*args, **options)
        if "seen" in self.fields:
            self.fields["seen"].initial = parcel.last_seq
        self.prepare()

    def prepare(self) -> None:
        """Offer what this parcel can take."""

    def choose(self, name: str, choices: Any) -> None:
        """Offer choices for a field."""
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def seen() -> forms.IntegerField:
    """Return the hidden number of the last step that was shown."""
    return forms.IntegerField(
        required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput
    )


class Money(OfParcel):
    """A form whose amounts are written in 万 or 亿, and given on in whole units."""

    scaled: tuple[str, ...] = ()
    scale = forms.TypedChoiceField(
        label=_("Amounts are in"), coerce=Decimal, choices=list(SCALES.items())
    )

    def clean(self) -> dict[str, Any]:
        """Return amounts in whole units."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        scale = given.pop("scale", None)
        for name in self.scaled:
            if scale is not None and given.get(name) is not None:
                given[name] = given[name] * scale
        return given


class EnterForm(OfParcel):
    """The parcel comes to a state."""

    state = forms.ChoiceField(label=_("State"))
    on = DayField(label=_("Day"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False,
        help_text=_("Needed where land is taken back."),
    )  # fmt: skip
    seen = seen()

    def prepare(self) -> None:
        """Offer the states that can follow; offers and sales have forms of their own."""
        now = ParcelState(self.parcel.state)
        next_ones = [one for one in ParcelState if one not in BY_SALE and may_follow(now, one)]
        self.choose("state", [(one.value, one.label) for one in next_ones])


class VoidForm(OfParcel):
    """The last step was a mistake."""

    reason = forms.CharField(label=_("Reason"), max_length=500)
    seen = seen()


class AnnounceForm(Money):
    """The parcel is offered."""

    scaled = ("start_price",)
    kind = forms.ChoiceField(label=_("Kind of offer"), choices=SaleKind.choices)
    announcement = forms.CharField(label=_("Announcement number"), max_length=100)
    on = DayField(label=_("Announced on"))
    closes_on = DayField(label=_("Closes on"), required=False)
    start_price = money_field(label=_("Starting price"), required=False)
    seen = seen()


class ConcludeForm(Money):
    """The offer ends."""

    scaled = ("price",)
    sale = RecordChoice(Sale.objects.none(), label=_("Offer of a parcel"), empty_label=None)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=SaleOutcome.choices)
    on = DayField(label=_("Ended on"))
    price = money_field(label=_("Price"), required=False)
    buyer = CompanyField(
        label=_("Buyer on record"), required=False,
        help_text=_("Its credit code or name, where it is on record."),
    )  # fmt: skip
    buyer_name = forms.CharField(label=_("Buyer"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False,
        help_text=_("Needed where it is not sold."),
    )  # fmt: skip
    seen = seen()

    def prepare(self) -> None:
        """Offer the open offer."""
        offer(self, "sale", self.parcel.sales.filter(outcome=""))


class ContractForm(Money):
    """The contract of the sale."""

    scaled = ("price", "investment")
    number = forms.CharField(label=_("Contract number"), max_length=100)
    on = DayField(label=_("Signed on"))
    buyer_name = forms.CharField(
        label=_("Buyer"), max_length=200, required=False, help_text=_("Empty: that of the sale.")
    )
    price = money_field(label=_("Price"), required=False, help_text=_("Empty: that of the sale."))
    investment = money_field(label=_("Agreed investment"), required=False)
    delivery_due = DayField(label=_("Land to be delivered by"), required=False)
    begin_due = DayField(label=_("Work to begin by"), required=False)
    finish_due = DayField(label=_("Work to be completed by"), required=False)


class EndContractForm(OfParcel):
    """The contract ends."""

    contract = RecordChoice(Contract.objects.none(), label=_("Land contract"), empty_label=None)
    on = DayField(label=_("Ended on"))
    reason = forms.CharField(label=_("Why it ended"), max_length=500)

    def prepare(self) -> None:
        """Offer the contract in force."""
        offer(self, "contract", self.parcel.contracts.filter(ended_on=None))


class SiteForm(AreaForm, Money):
    """What was seen of the work."""

    areas = ("built",)
    scaled = ("invested",)
    contract = RecordChoice(Contract.objects.none(), label=_("Land contract"), empty_label=None)
    event = forms.ChoiceField(label=_("What was seen"), choices=SiteEvent.choices)
    on = DayField(label=_("Day"))
    built = area_field(label=_("Land built on"), required=False)
    area_unit = area_unit()
    invested = money_field(label=_("Invested so far"), required=False)
    text = lines(2, label=_("Remark"), max_length=500, required=False)

    def prepare(self) -> None:
        """Offer the contract in force."""
        offer(self, "contract", self.parcel.contracts.filter(ended_on=None))


class LinkForm(AreaForm, OfParcel):
    """A project stands on the parcel."""

    project = RecordChoice(Project.objects.none(), label=_("Project"), empty_label=None)
    area = area_field(label=_("Its part of the parcel"))
    area_unit = area_unit()
    floor = forms.DecimalField(
        label=_("Floor area (m²)"), required=False, max_digits=18, decimal_places=2,
        min_value=Decimal("0.01"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the projects somebody may see."""
        offer(self, "project", self.mine)


class UnlinkForm(OfParcel):
    """A project does not stand on the parcel after all."""

    link = RecordChoice(ParcelProject.objects.none(), label=_("Project"), empty_label=None)

    def prepare(self) -> None:
        """Offer the projects on the parcel."""
        offer(self, "link", self.parcel.links.select_related("project"))
        self.fields["link"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: str(one.project)
        )


class Promising(OfParcel):
    """Figures by indicator; those left empty are not promised."""

    control = forms.ChoiceField(
        label=_("Control indicators"), required=False,
        help_text=_("What was published as the least; no promise may fall short of it."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the published indicators, and a field for each indicator."""
        rule = pack().standard
        rows = [
            (f"{table.id}.{row.id}", f"{say(row.label.text)} · {table.number}")
            for table in rule.controls
            for row in table.rows
        ]
        self.choose("control", [ANY, *rows])
        for one in rule.indicators:
            unit = f" ({say(one.unit.text)})" if one.unit else ""
            self.fields[one.id] = figure_field(f"{say(one.label.text)}{unit}")

    def clean(self) -> dict[str, Any]:
        """Return what is promised as ``promises``."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        ids = [one.id for one in pack().standard.indicators]
        found = {name: given.pop(name, None) for name in ids}
        given["promises"] = {name: one for name, one in found.items() if one is not None}
        return given


def figure_field(label: str) -> forms.DecimalField:
    """Return a field for the figure of an indicator; empty where there is none."""
    return forms.DecimalField(
        label=label, required=False, max_digits=18, decimal_places=4, min_value=Decimal(0)
    )


class StandardForm(Promising):
    """What is promised with the parcel."""

    number = forms.CharField(label=_("Agreement number"), max_length=100)
    enterprise = CompanyField(
        label=_("Who promises, on record"), required=False,
        help_text=_("Its credit code or name, where it is on record."),
    )  # fmt: skip
    promiser = forms.CharField(label=_("Who promises"), max_length=200, required=False)
    project = RecordChoice(Project.objects.none(), label=_("Project"), required=False,
                           empty_label="—")  # fmt: skip
    completion_due = DayField(label=_("Check at completion due"))
    full_output_due = DayField(label=_("Check at full output due"))
    field_order = ("number", "enterprise", "promiser", "project", "completion_due",
                   "full_output_due", "control")  # fmt: skip

    def prepare(self) -> None:
        """Offer the projects on the parcel as well."""
        super().prepare()
        on_it = self.parcel.links.values("project")
        offer(self, "project", Project.objects.filter(pk__in=on_it))
