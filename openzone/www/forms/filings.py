"""Cross-region filings, and trips of applicants."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayInput
from openzone.www.forms.records import RecordChoice
from openzone.zone.catalogue.models import RegionOffer
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.catalogue.selectors.items import offers_on
from openzone.zone.community.enums import Delivery, Fault


class FilingForm(forms.Form):
    """A filing taken in at the counter."""

    offer: Any = RecordChoice(RegionOffer.objects.none(), label=_("Item and region"))
    name = forms.CharField(label=_("Applicant"), max_length=64)
    identity = forms.CharField(label=_("Identity number"), max_length=32)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    address = forms.CharField(label=_("Street address"), max_length=200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        found = offers_on(timezone.localdate()).select_related("item")
        fields["offer"].queryset = found
        fields["offer"].label_from_instance = _offer_label


def _offer_label(offer: RegionOffer) -> str:
    mode = neighbourhood().mode(offer.mode)
    return f"{offer.item.name} · {offer.region} · {say(mode.label.text) if mode else offer.mode}"


class MissingForm(forms.Form):
    """Everything that is missing, told once."""

    missing = forms.CharField(
        label=_("What is missing"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everything at once: nothing can be added later."),
    )


class SendForm(forms.Form):
    """Form and identity checked, sent on."""

    identity_checked = forms.BooleanField(label=_("Identity checked"), required=False)
    tracking = forms.CharField(label=_("Number of the parcel"), max_length=64, required=False)


class DecisionForm(forms.Form):
    """What the deciding authority decided."""

    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Grant")), ("no", _("Refuse"))],
        coerce=lambda word: word == "yes",
    )
    decision = forms.CharField(label=_("Number or reason"), max_length=300)


class ResultForm(forms.Form):
    """How a result is delivered."""

    delivery = forms.ChoiceField(label=_("How delivered"), choices=Delivery.choices)


class LiabilityForm(forms.Form):
    """Which side answers for what."""

    side = forms.ChoiceField(label=_("Who answers"), choices=Fault.choices)
    what = forms.CharField(label=_("What went wrong"), max_length=300)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)


class TripForm(forms.Form):
    """A time the applicant had to come."""

    on = forms.DateField(label=_("Day"), widget=DayInput, initial=timezone.localdate)
    where = forms.CharField(label=_("Where"), max_length=128)
    why = forms.CharField(label=_("Reason"), max_length=200)


class EmptyForm(forms.Form):
    """Nothing to fill in: pressing the button says it."""
