"""Two readings compared, a change of a what-if, who heads a chain, the list of another zone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.spokespersons import UnitField
from openzone.zone.people.models import User

ZONE = "zone"


class CompareForm(forms.Form):
    """Two readings: whose, on which day, as known when."""

    first = forms.ChoiceField(label=_("First"), required=False)
    first_on = DayField(label=_("Read on"), required=False)
    first_known = DayField(label=_("As known on"), required=False)
    second = forms.ChoiceField(label=_("Second"), required=False)
    second_on = DayField(label=_("Read on"), required=False)
    second_known = DayField(label=_("As known on"), required=False)

    def __init__(self, sides: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("first", "second"):
            field: Any = self.fields[name]
            field.choices = sides


class ChangeForm(forms.Form):
    """One change of a what-if; ``what`` begins what the address carries."""

    what = forms.ChoiceField(
        label=_("Kind of change"),
        choices=[("add", _("A firm comes")), ("lose", _("A firm leaves")),
                 ("move", _("A firm moves"))],
    )  # fmt: skip
    firm = forms.CharField(
        label=_("Firm"), max_length=200, widget=forms.TextInput(attrs={"list": "firms"}),
        help_text=_("One on record by its name, or a new one by any name."),
    )  # fmt: skip
    away = forms.CharField(
        label=_("From link"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"list": "links"}),
        help_text=_("Where it leaves; empty: everywhere."),
    )  # fmt: skip
    to = forms.CharField(
        label=_("To link"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"list": "links"}),
    )  # fmt: skip


class FocusForm(forms.Form):
    """A chain the zone works on, and who heads it."""

    head = forms.CharField(
        label=_("Chain head"), max_length=100,
        help_text=_("Name and office of the leader in charge."),
    )  # fmt: skip
    unit = UnitField(label=_("Lead office"))
    force = forms.CharField(label=_("Task force"), max_length=100, required=False)
    person = RecordChoice(
        User.objects.filter(is_active=True, memberships__isnull=False).distinct().order_by("pk"),
        label=_("Person in charge"), required=False, empty_label="—",
    )  # fmt: skip
    document = forms.CharField(label=_("Document"), max_length=200, required=False)
    on = DayField(label=_("Since"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)


class EndFocusForm(forms.Form):
    """The day from which the zone works on a chain no longer."""

    on = DayField(label=_("From"))


class PeerForm(forms.Form):
    """A list of another zone's firms in a chain."""

    peer = forms.CharField(label=_("Zone"), max_length=200)
    region = forms.CharField(label=_("Province, city"), max_length=100, required=False)
    chain = forms.ChoiceField(label=_("Chain"))
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Where the list comes from.")
    )
    as_of = DayField(label=_("Date of the source"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("Columns 企业名称 and 链条环节; a firm at two links takes two rows."),
    )

    def __init__(self, chains: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["chain"]
        field.choices = chains
