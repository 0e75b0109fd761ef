"""Sessions on site and the challenge board."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.cultivation import EnterpriseField
from openzone.www.forms.facts import DayField
from openzone.www.forms.moments import MomentField
from openzone.www.forms.people import NOBODY
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.spokespersons import UnitField
from openzone.www.forms.visits import FindingForm, PlaceField, UnitsForm
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise
from openzone.zone.visits.enums import SessionKind

_LONG = forms.Textarea(attrs={"rows": 4})


class SiteSessionForm(UnitsForm):
    """A session before it is held."""

    kind = forms.TypedChoiceField(label=_("Kind"), choices=SessionKind.choices, coerce=SessionKind)
    title = forms.CharField(label=_("Title"), max_length=120)
    place = PlaceField(label=_("Place"), required=False)
    address = forms.CharField(label=_("Where it is held"), max_length=200)
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"))
    field_order = ("kind", "title", "unit", "place", "address", "starts_at", "ends_at")


class SiteHeldForm(forms.Form):
    """What is known after a session; a number left empty stays unknown."""

    minutes = forms.CharField(label=_("Minutes"), max_length=8000, widget=_LONG)
    attended = forms.IntegerField(
        label=_("People who came"), min_value=0, max_value=2**31 - 1, required=False
    )
    counted_how = forms.CharField(
        label=_("How they were counted"),
        max_length=100,
        required=False,
        help_text=_("Such as: attendance list, counted in the room."),
    )


class GuestForm(forms.Form):
    """An enterprise that was served."""

    enterprise = EnterpriseField()


class _MaybeEnterprise(EnterpriseField):
    def clean(self, value: Any) -> Any:
        return super().clean(value) if str(value or "").strip() else None


class QuestionForm(FindingForm):
    """What somebody asked or proposed."""

    enterprise = _MaybeEnterprise(required=False)
    name = forms.CharField(
        label=_("Name"), max_length=100, required=False, help_text=_("May be left empty.")
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    field_order = ("enterprise", "name", "phone", "topic", "text", "answer")


class ChallengeForm(forms.Form):
    """A problem that is posted, for a unit or an enterprise one speaks for."""

    title = forms.CharField(label=_("Title"), max_length=120)
    problem = forms.CharField(label=_("The problem"), max_length=4000, widget=_LONG)
    wanted = forms.CharField(label=_("What would solve it"), max_length=500)
    due_on = DayField(label=_("Wanted by"))
    unit = UnitField(label=_("Unit"), required=False)
    enterprise = RecordChoice(
        Enterprise.objects.none(), label=_("Enterprise"), required=False, empty_label=NOBODY
    )

    def __init__(
        self,
        units: QuerySet[Unit],
        firms: QuerySet[Enterprise],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        for name, records in (("unit", units), ("enterprise", firms)):
            offer(self, name, records)
            if not records:
                del self.fields[name]
        if "enterprise" not in self.fields and len(units) == 1:
            self.fields["unit"].initial = units[0].code
        if "unit" not in self.fields and len(firms) == 1:
            self.fields["enterprise"].initial = firms[0].pk


class ClaimForm(UnitsForm):
    """Taking a challenge up."""

    branch = forms.CharField(label=_("Branch or team"), max_length=100, required=False)
    plan = forms.CharField(label=_("How it will be done"), max_length=2000, widget=_LONG)


class DeliverForm(forms.Form):
    """What came of it."""

    result = forms.CharField(label=_("Result"), max_length=4000, widget=_LONG)


class JudgeForm(forms.Form):
    """Whether the result is accepted."""

    accepted = forms.TypedChoiceField(
        label=_("Accepted"),
        choices=[("", NOBODY), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        help_text=_("Needed where the result is not accepted."),
    )
