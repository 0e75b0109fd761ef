"""Promotion: leads and investors as people describe them, and what lists are narrowed by."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.packs.promotion import Term
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import ANY, CompanyField, places
from openzone.www.forms.projects_lists import ALL
from openzone.www.forms.projects_money import SCALES, money_field
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.enums import Currency, Origin
from openzone.zone.promotion.enums import LeadState
from openzone.zone.promotion.models import Investor, Lead
from openzone.zone.promotion.packs import pack
from openzone.zone.promotion.selectors.advisers import advisers
from openzone.zone.promotion.selectors.alike import Found, alike_investors, keys_of, open_leads
from openzone.zone.promotion.selectors.listing import STILL_OPEN, TALKS, UNGRADED, Filter

ANOTHER = "another"
TEN_THOUSAND = Decimal(10_000)


def terms(entries: Iterable[Term]) -> list[tuple[str, str]]:
    """Return the entries of a list of the pack as choices."""
    return [(one.id, say(one.label.text)) for one in entries]


def choose(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Offer choices for a field."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class AdviserField(MemberField):
    """Somebody on the roster of advisers on a day, which the form sets."""

    def on(self, day: dt.date) -> None:
        """Offer who is on the roster that day."""
        self.queryset = advisers(day)


class InvestorFields(forms.Form):
    """Who an investor is."""

    investor_name = forms.CharField(label=_("Investor"), max_length=200)
    uscc = forms.CharField(
        label=_("Unified social credit code"), max_length=32, required=False,
        help_text=_("Where it is known: it settles who the investor is."),
    )  # fmt: skip
    group = forms.CharField(label=_("Group of firms"), max_length=200, required=False)
    country = forms.CharField(label=_("Country or region"), max_length=64, required=False)
    region = forms.CharField(label=_("Province, city"), max_length=100, required=False)
    origin = forms.ChoiceField(
        label=_("Origin of capital"), required=False, choices=[ANY, *Origin.choices]
    )
    business = forms.CharField(label=_("Main business"), max_length=300, required=False)
    enterprise = CompanyField(
        label=_("Enterprise on record"), required=False,
        help_text=_("Its credit code or name, where it is on record."),
    )  # fmt: skip

    def investor(self) -> dict[str, Any]:
        """Return what is said of the investor, as its services take it."""
        names = ("uscc", "group", "country", "region", "origin", "business", "enterprise")
        given = {name: self.cleaned_data[name] for name in names}
        return {"name": self.cleaned_data["investor_name"], **given}


FIRST = frozenset({
    "title", "investor_name", "uscc", "group", "chosen", "second", "source", "source_note",
    "channel", "received_on", "wished", "scale", "currency", "summary", "unit", "adviser",
})  # fmt: skip
"""What a form asks first; the rest is folded."""


class AlikeForm(InvestorFields):
    """An investor who is to be recorded; who is alike on record is shown and chosen from."""

    alike: list[Found]

    def __init__(self, data: QueryDict | None = None, *args: Any, **options: Any) -> None:
        super().__init__(data, *args, **options)
        self.alike = []
        name, group, code = (
            str(data.get(one, "")) if data else "" for one in ("investor_name", "group", "uscc")
        )
        if name.strip():
            self.alike = alike_investors(keys_of(name, group, code))
        if self.alike:
            self._ask()

    def _ask(self) -> None:
        certain = any(one.likeness.certain for one in self.alike)
        known = [(str(one.investor.pk), one.investor.name) for one in self.alike]
        another = [] if certain else [(ANOTHER, gettext("None of these: another investor"))]
        self.fields["chosen"] = forms.ChoiceField(
            label=gettext("On record already"), choices=[*known, *another], required=False,
            widget=forms.RadioSelect,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Who is alike is looked at before anything is recorded."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.alike and not given.get("chosen") and "chosen" not in self.errors:
            self.add_error("chosen", gettext("Look at who is on record, and choose."))
        return given

    @property
    def taken(self) -> Investor | None:
        """The investor on record that was chosen."""
        chosen = self.cleaned_data.get("chosen")
        return next((one.investor for one in self.alike if str(one.investor.pk) == chosen), None)

    @property
    def sure(self) -> bool:
        """Whether somebody looked and said that it is another."""
        return self.cleaned_data.get("chosen") == ANOTHER


class LeadFields(forms.Form):
    """What a lead is."""

    title = forms.CharField(label=_("Lead"), max_length=200)
    source = forms.ChoiceField(label=_("Source of the lead"))
    source_note = forms.CharField(
        label=_("Who or what it came from"), max_length=200, required=False
    )
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    summary = lines(3, label=_("What is intended"), max_length=4000, required=False)
    wished = money_field(label=_("Intended investment"), required=False)
    scale = forms.TypedChoiceField(
        label=_("Amounts are in"), coerce=Decimal, choices=list(SCALES.items()), required=False,
        empty_value=None,
    )  # fmt: skip
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices, required=False)
    industry = forms.CharField(
        label=_("Industry"), max_length=8, required=False, help_text=_("As in GB/T 4754: C3841.")
    )
    chain = forms.CharField(label=_("Chain"), max_length=64, required=False)
    node = forms.CharField(label=_("Link of the chain"), max_length=64, required=False)
    gap = forms.CharField(label=_("Gap it would fill"), max_length=200, required=False)
    gap_reason = forms.CharField(label=_("Why it would fill it"), max_length=500, required=False)
    place = places()
    unit = UnitField(label=_("Unit that follows it"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "source", terms(pack().sources))
        choose(self, "channel", [ANY, *terms(pack().channels)])
        self.fields["place"].label = gettext("Place in view")

    def described(self) -> dict[str, Any]:
        """Return what is said of the lead, amounts in whole units."""
        given = {name: self.cleaned_data[name] for name in LeadFields.base_fields}
        scale = given.pop("scale") or TEN_THOUSAND
        if given["wished"] is not None:
            given["wished"] *= scale
        given["currency"] = given["currency"] or Currency.CNY
        return given


class OfAnInvestorForm(LeadFields):
    """A new lead of an investor on record."""

    received_on = DayField(label=_("Received on"))
    adviser = AdviserField(label=_("Adviser"), required=False)

    def __init__(
        self, investor: Investor | None, today: dt.date, data: QueryDict | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **options)
        self.fields["adviser"].on(today)  # type: ignore[attr-defined]
        self.fields["received_on"].initial = today
        owner = investor or self._chosen()
        if owner is not None and open_leads([owner]):
            self.fields["second"] = forms.BooleanField(
                label=gettext("Another investment: this investor has an open lead"), required=False
            )

    def _chosen(self) -> Investor | None:
        return None

    @property
    def second(self) -> bool:
        """Whether another lead of the same investor is meant."""
        return bool(self.cleaned_data.get("second"))


class NewLeadForm(OfAnInvestorForm, AlikeForm):
    """A new lead of an investor who may not be on record."""

    field_order = (
        "title", "investor_name", "uscc", "group", "chosen", "second", "source", "source_note",
        "channel", "received_on", "wished", "scale", "currency", "unit", "adviser", "summary",
    )  # fmt: skip

    def __init__(self, today: dt.date, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(None, today, data, **options)
        self.order_fields(self.field_order)

    def _chosen(self) -> Investor | None:
        chosen = str(self.data.get("chosen", ""))
        return next((one.investor for one in self.alike if str(one.investor.pk) == chosen), None)


class EditLeadForm(LeadFields):
    """A lead described anew."""

    def __init__(self, lead: Lead, data: QueryDict | None = None) -> None:
        initial = {name: getattr(lead, name) for name in LeadFields.base_fields if name != "scale"}
        initial["place"] = lead.place.code if lead.place else None
        initial["unit"] = lead.unit.code if lead.unit else None
        if lead.wished is not None:
            initial["wished"] = (lead.wished / TEN_THOUSAND).normalize()
        super().__init__(data, initial={**initial, "scale": TEN_THOUSAND})


class EditInvestorForm(InvestorFields):
    """An investor described anew."""

    def __init__(self, investor: Investor, data: QueryDict | None = None) -> None:
        names = ("uscc", "group", "country", "region", "origin", "business")
        initial = {name: getattr(investor, name) for name in names}
        firm = investor.enterprise
        initial |= {"investor_name": investor.name, "enterprise": firm.name if firm else ""}
        super().__init__(data, initial=initial)


class LeadFilter(forms.Form):
    """The filters of lists of leads, all optional."""

    text = forms.CharField(label=_("Words, or the number"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("State"), required=False)
    grade = forms.ChoiceField(label=_("Maturity"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    adviser = RecordChoice(
        User.objects.none(), label=_("Adviser"), required=False, empty_label=_("All")
    )
    unit = RecordChoice(
        Unit.objects.order_by("code"), label=_("Unit"), required=False, empty_label=_("All")
    )
    received_from = DayField(label=_("Received from"), required=False)
    received_to = DayField(label=_("Received to"), required=False)
    credited = RecordChoice(
        User.objects.filter(adviser_terms__isnull=False).distinct(), required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, data: QueryDict, known: QuerySet[User]) -> None:
        super().__init__(data)
        self.fields["adviser"].queryset = known  # type: ignore[attr-defined]
        grouped = [(STILL_OPEN, gettext("All open")), (TALKS, gettext("In talks"))]
        choose(self, "state", [ALL, *grouped, *LeadState.choices])
        ungraded = (UNGRADED, gettext("Not graded"))
        choose(self, "grade", [ALL, *terms(pack().grades), ungraded])
        choose(self, "source", [ALL, *terms(pack().sources)])
        choose(self, "channel", [ALL, *terms(pack().channels)])

    def clean(self) -> dict[str, Any]:
        """The first day is not after the last."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("received_from"), given.get("received_to")
        if first and last and first > last:
            raise ValidationError(gettext("The first day is after the last."))
        return given

    def chosen(self) -> Filter:
        """Return the filter of a valid form."""
        given = dict(self.cleaned_data)
        for name in ("adviser", "unit", "credited"):
            given[name] = given[name].pk if given[name] else None
        return Filter(**given)


class DaysForm(forms.Form):
    """After how many days a lead counts as quiet; empty: as its grade says."""

    days = forms.IntegerField(
        label=_("Nobody has spoken to them for (days)"), required=False, min_value=1,
        max_value=3660, help_text=_("Empty: as the grade of each allows."),
    )  # fmt: skip
    adviser = RecordChoice(
        User.objects.filter(adviser_terms__isnull=False).distinct(), required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip
