"""Users, units, and what people are from which day to which."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.facts import DayField
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import ChargeRole, StaffRole

NOBODY = "—"


class _Password(forms.PasswordInput):
    """An input that browsers do not fill with a password they know."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "new-password"})


class _Person(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript when it runs
    """Somebody who can log in, by account and name."""

    def __init__(self, **options: Any) -> None:
        people = User.objects.filter(is_active=True).order_by("username")
        super().__init__(people, to_field_name="username", empty_label=NOBODY, **options)

    def label_from_instance(self, user: User) -> str:
        """Write the account first: names repeat, accounts do not."""
        return f"{user.username} · {user.display_name}" if user.display_name else user.username


class _UnitField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript when it runs
    """A unit of the zone."""

    def __init__(self, **options: Any) -> None:
        units = Unit.objects.order_by("code")
        super().__init__(units, to_field_name="code", empty_label=NOBODY, **options)


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(label=_("New password"), widget=_Password)
    again = forms.CharField(label=_("New password again"), widget=_Password)

    def clean_again(self) -> str:
        """Catch a slip of the fingers."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise ValidationError(_("The two new passwords differ."))
        return again


class NewUserForm(NewPasswordForm):
    """Who can log in from now on."""

    username = forms.CharField(
        label=_("Account"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Letters, digits and @ . + - _; it cannot be changed later."),
    )
    display_name = forms.CharField(label=_("Name of the person"), max_length=64, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    field_order = ("username", "display_name", "email", "password", "again")

    def account(self) -> dict[str, Any]:
        """Return what the account is made of."""
        return {name: given for name, given in self.cleaned_data.items() if name != "again"}


class NewUnitForm(forms.Form):
    """A unit, at the top or as a part of another."""

    code = forms.SlugField(
        label=_("Code"), max_length=32, help_text=_("Letters, digits, - and _; no spaces.")
    )
    name = forms.CharField(label=_("Name of the unit"), max_length=128)
    name_en = forms.CharField(label=_("English name"), max_length=128, required=False)
    kind = forms.TypedChoiceField(label=_("Kind"), choices=UnitKind.choices, coerce=UnitKind)
    parent = _UnitField(label=_("Part of"), required=False)


class PeriodForm(forms.Form):
    """From one day to another, both included."""

    valid_from = DayField(label=_("First day"), initial=timezone.localdate)
    valid_to = DayField(
        label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it.")
    )


class RoleForm(PeriodForm):
    """A role in a unit."""

    unit = _UnitField(label=_("Unit"))
    role = forms.TypedChoiceField(label=_("Role"), choices=Role.choices, coerce=Role)
    field_order = ("unit", "role", "valid_from", "valid_to")


class StaffForm(PeriodForm):
    """A user who speaks for an enterprise."""

    user = _Person(label=_("Account"))
    role = forms.TypedChoiceField(label=_("Role"), choices=StaffRole.choices, coerce=StaffRole)
    field_order = ("user", "role", "valid_from", "valid_to")


class ChargeForm(PeriodForm):
    """Somebody who looks after an enterprise, with an account or without."""

    role = forms.TypedChoiceField(label=_("Role"), choices=ChargeRole.choices, coerce=ChargeRole)
    user = _Person(label=_("Account"), required=False)
    name = forms.CharField(
        label=_("Name of the person"),
        max_length=64,
        required=False,
        help_text=_("For somebody without an account."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    unit = _UnitField(label=_("Unit"), required=False)
    field_order = ("role", "user", "name", "phone", "unit", "valid_from", "valid_to")


class EndForm(forms.Form):
    """The last day of something."""

    last_day = DayField(
        label=_("Last day"),
        initial=timezone.localdate,
        help_text=_("This day still counts; the next one does not."),
    )
