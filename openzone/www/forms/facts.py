"""Stating, correcting and withdrawing one fact."""

from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.engines.facts.catalogue import Fact, FactType
from openzone.www.asof import ensure_covered
from openzone.www.formats import say
from openzone.zone.registry.values import Value

UNIT_HINTS = {
    FactType.YUAN: _("In yuan: 5 million is 5000000."),
    FactType.RATIO: _("As a decimal: 3% is 0.03."),
    FactType.AREA: _("In square metres."),
}


class DayInput(forms.DateInput):
    """A date as browsers pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day the record can speak of."""

    widget = DayInput
    default_validators = [ensure_covered]


class FactForm(forms.Form):
    """The new value, when it became known, and why."""

    value = forms.CharField(label=_("New value"))
    known_on = DayField(label=_("Known on"), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("Reason or source"),
        max_length=200,
        help_text=_("Kept with the value and in the log, for whoever asks later."),
    )
    document_no = forms.CharField(label=_("Document number"), max_length=100, required=False)

    def __init__(self, fact: Fact, value: Value | None, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"value": "" if value is None else _plain(value)})
        self.fields["value"] = _value_field(fact)
        if self.withdraws:
            del self.fields["value"]

    @property
    def withdraws(self) -> bool:
        """Whether the button that takes the value back was pressed."""
        return "withdraw" in self.data


class ReasonForm(forms.Form):
    """A reason, where one is all that is needed."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _value_field(fact: Fact) -> forms.Field:
    label, hint = _("New value"), UNIT_HINTS.get(fact.type, "")
    if fact.type is FactType.BOOL:
        choices = [("", "—"), ("true", _("Yes")), ("false", _("No"))]
        return forms.ChoiceField(label=label, choices=choices)
    if fact.series.choices:
        options = [(key, say(text.text)) for key, text in fact.series.choices.items()]
        return forms.ChoiceField(label=label, choices=[("", "—"), *options])
    if fact.type is FactType.DATE:
        return forms.CharField(label=label, widget=DayInput)
    if fact.type.is_numeric:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        return forms.CharField(label=label, help_text=hint, widget=widget, max_length=40)
    return forms.CharField(label=label, max_length=4_000)
