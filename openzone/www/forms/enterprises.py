"""What can be asked of the list of enterprises."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.zone.registry.models import Place
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.enterprises import Filter

SORTS = {
    "name": _("Name"),
    "uscc": _("Credit code"),
    "place": _("Park"),
    "industry": _("Industry"),
}
ORDERS = {"name": "name", "uscc": "uscc", "place": "place__name", "industry": "industry"}


def _facts() -> list[tuple[str, str]]:
    return [("", str(_("Any"))), *((fact.name, say(fact.label)) for fact in catalogue())]


class EnterpriseFilter(forms.Form):
    """The filters of the list, all optional."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    place = forms.ModelChoiceField(
        Place.objects.order_by("code"),
        label=_("Park"),
        required=False,
        empty_label=_("Any"),
        to_field_name="code",
    )
    industry = forms.RegexField(
        r"^[A-Ta-t]?\d{0,4}$", label=_("Industry code begins with"), required=False
    )
    has_code = forms.TypedChoiceField(
        label=_("Credit code"),
        required=False,
        empty_value=None,
        coerce=lambda given: given == "yes",
        choices=[("", _("Any")), ("yes", _("On record")), ("no", _("Missing"))],
    )
    missing = forms.ChoiceField(label=_("Unknown fact"), required=False, choices=_facts)
    sort = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(sign + name, name) for name in SORTS for sign in ("", "-")],
    )

    def chosen(self) -> Filter:
        """Return the filter of a valid form."""
        data = self.cleaned_data
        return Filter(
            text=data["q"],
            place=data["place"],
            industries=(data["industry"].upper(),) if data["industry"] else (),
            has_code=data["has_code"],
            missing=(data["missing"],) if data["missing"] else (),
        )

    def order(self) -> str:
        """Return the order asked for, as a field of the model; empty for the list's own."""
        sort: str = self.cleaned_data["sort"]
        field = ORDERS.get(sort.lstrip("-"), "")
        return f"-{field}" if sort.startswith("-") else field
