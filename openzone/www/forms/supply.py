"""Needs and offers, invitations and their results, events, workbooks."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import several
from openzone.www.forms.promotion_field import ALL
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.spokespersons import UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.registry.models import Enterprise
from openzone.zone.supply.enums import EntryState, InvitationState, Side
from openzone.zone.supply.packs import pack
from openzone.zone.supply.selectors.links import links
from openzone.zone.supply.selectors.listing import Asked


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of the pack."""
    return [(one.id, say(one.label.text)) for one in pack().kinds]


class SupplyFilter(forms.Form):
    """Which needs and offers."""

    side = forms.ChoiceField(label=_("Need or offer"), required=False, choices=[ALL, *Side.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *EntryState.choices],
        initial=EntryState.OPEN,
    )  # fmt: skip
    q = forms.CharField(label=_("Words or firm"), max_length=60, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kind"]
        field.choices = [ALL, *kinds()]

    def asked(self) -> Asked:
        """Return what is asked for."""
        return Asked(**self.cleaned_data)


class EntryFields(forms.Form):
    """What a need or an offer is."""

    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Product, service or post"), max_length=200)
    text = lines(4, label=_("Description"), max_length=2000, required=False)
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=16, decimal_places=3, required=False
    )
    unit = forms.CharField(label=_("Unit of quantity"), max_length=32, required=False)
    by_on = DayField(label=_("Wanted by"), required=False)
    link = forms.ChoiceField(label=_("Link of the chain"), required=False)
    certificates = forms.CharField(
        label=_("Certificates"), max_length=500, required=False,
        help_text=_("Those a need asks for or an offer has, with a comma between them."),
    )  # fmt: skip
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    contact = forms.CharField(
        label=_("Contact person"), max_length=64, required=False,
        help_text=_("Shown to a partner once an invitation is accepted, to nobody before."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    expires_on = DayField(label=_("Open until"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kind"]
        field.choices = kinds()
        link: Any = self.fields["link"]
        grouped = [
            (say(chain), [(name, say(label)) for name, label in found])
            for chain, found in links(timezone.localdate())
        ]
        link.choices = [("", "—"), *grouped]

    def given(self) -> dict[str, Any]:
        """Return what the services take."""
        said = dict(self.cleaned_data)
        chain, _slash, node = said.pop("link").partition("/")
        certificates = several(said["certificates"])
        return {**said, "certificates": certificates, "chain": chain, "node": node}


class EntryForm(EntryFields):
    """A new entry of one of some firms, or of any firm by its name."""

    firm = RecordChoice(Enterprise.objects.none(), label=_("Enterprise"), required=False)
    named = forms.CharField(
        label=_("Enterprise, by name or credit code"), max_length=200, required=False
    )
    field_order = ("firm", "named")

    def offer(self, firms: "QuerySet[Enterprise]", *, any_firm: bool) -> None:
        """Offer the firms a person speaks for; a name only to who may publish for any."""
        offer(self, "firm", firms)
        if not any_firm:
            del self.fields["named"]
            self.fields["firm"].required = True
        if not firms.exists():
            del self.fields["firm"]


class WhySupplyForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class MetForm(forms.Form):
    """Both met."""

    on = DayField(label=_("Day"))
    said = lines(3, label=_("What was said"), max_length=500)


class DealForm(forms.Form):
    """They came to a deal."""

    on = DayField(label=_("Day"))
    amount = forms.DecimalField(label=_("Amount (yuan)"), max_digits=20, decimal_places=2)
    said = forms.CharField(label=_("Remark"), max_length=500, required=False)


class NoDealForm(forms.Form):
    """They came to none."""

    on = DayField(label=_("Day"))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class EventForm(forms.Form):
    """A matchmaking event."""

    title = forms.CharField(label=_("Title"), max_length=200)
    on = DayField(label=_("Day"))
    venue = forms.CharField(label=_("Venue"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    unit = UnitField(label=_("Unit"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kind"]
        field.choices = [ALL, *kinds()]


class SupplyBookForm(forms.Form):
    """A workbook."""

    file = forms.FileField(label=_("Spreadsheet"), allow_empty_file=True)


class InvitationFilter(forms.Form):
    """Which invitations."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *InvitationState.choices]
    )


class SpanForm(forms.Form):
    """A period of days."""

    first = DayField(label=_("From"))
    last = DayField(label=_("To"))
