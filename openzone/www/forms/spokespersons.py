"""Spokespersons: appointing, handing over, standing in."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.facts import DayField
from openzone.www.forms.people import NOBODY
from openzone.zone.people.models import Unit, User
from openzone.zone.people.selectors import unit_and_below


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript when it runs
    """Somebody with a role in a unit or a part of it."""

    def __init__(self, **options: Any) -> None:
        people = User.objects.filter(is_active=True).order_by("username")
        super().__init__(people, to_field_name="username", empty_label=NOBODY, **options)

    def of(self, unit: Unit) -> None:
        """Offer the people of one unit only."""
        members = User.objects.filter(memberships__unit__in=unit_and_below(unit))
        self.queryset = members.filter(is_active=True).distinct().order_by("username")

    def label_from_instance(self, user: User) -> str:
        """Write the account first: names repeat, accounts do not."""
        return f"{user.username} · {user.display_name}" if user.display_name else user.username


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript when it runs
    """A unit of the zone."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", NOBODY)
        super().__init__(Unit.objects.order_by("code"), to_field_name="code", **options)


class SpeakerForm(forms.Form):
    """Who speaks for a unit from a day on, under which telephone."""

    user = MemberField(label=_("Spokesperson"))
    phone = forms.CharField(
        label=_("Public telephone"),
        max_length=32,
        help_text=_("Published without a login: an office line, not a private number."),
    )
    valid_from = DayField(label=_("First day"), initial=timezone.localdate)
    appointment = forms.CharField(
        label=_("Appointed by"),
        max_length=200,
        required=False,
        help_text=_("The letter or notice, if there is one."),
    )

    def __init__(self, unit: Unit, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].of(unit)  # type: ignore[attr-defined]


class AppointForm(SpeakerForm):
    """A spokesperson where there is none."""

    valid_to = DayField(
        label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it.")
    )
    field_order = ("user", "phone", "valid_from", "valid_to", "appointment")


class ChooseUnitForm(forms.Form):
    """Which unit is to have a spokesperson."""

    unit = UnitField(label=_("Unit"))


class PhoneForm(forms.Form):
    """The published telephone."""

    phone = forms.CharField(label=_("Public telephone"), max_length=32)


class AbsenceForm(forms.Form):
    """Who stands in, and on which days."""

    substitute = MemberField(label=_("Who stands in"))
    first = DayField(label=_("First day"), initial=timezone.localdate)
    last = DayField(label=_("Last day"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, unit: Unit, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["substitute"].of(unit)  # type: ignore[attr-defined]
