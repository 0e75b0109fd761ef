"""The questions of the policy calculator, answered the way people write: 2000万, 3%, 2015-06-01."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openzone.engines.facts.catalogue import Fact, FactType
from openzone.engines.rules.single import Known
from openzone.engines.tables.columns import Vocabulary
from openzone.engines.tables.fields import vocabulary_of
from openzone.engines.tables.values import read_value
from openzone.packs.codes import CHECKS
from openzone.www.formats import say
from openzone.www.forms.facts import DayInput
from openzone.zone.registry.packs import catalogue

HINTS = {
    FactType.YUAN: _("For example 2000万 or 20000000 (yuan)."),
    FactType.RATIO: _("For example 12%."),
    FactType.AREA: _("In square metres."),
    FactType.CODE: _("A code or a name, for example C3841, 510183 or 邛崃市."),
}
OR_NONE = _("The day, for example 2027-12-31, or 无 if there is none.")
YES_NO = [("", _("I do not know")), ("true", _("Yes")), ("false", _("No"))]


class CalculatorForm(forms.Form):
    """One field for each fact asked; an empty one stays unknown, it is neither zero nor no."""

    def __init__(self, facts: Iterable[str], data: QueryDict | None = None) -> None:
        super().__init__(data)
        for name in facts:
            self.fields[name] = _field(catalogue()[name])

    def clean(self) -> dict[str, object]:
        """Read what was written; what cannot be read is said at its field."""
        for name, written in list(self.cleaned_data.items()):
            try:
                self.cleaned_data[name] = _read(name, written)
            except ValidationError as error:
                self.add_error(name, error)
        return self.cleaned_data

    @property
    def known(self) -> Mapping[str, Known]:
        """The facts that were answered."""
        return {
            name: Known(value) for name, value in self.cleaned_data.items() if value is not None
        }


def _field(fact: Fact) -> forms.Field:
    label = say(fact.label)
    if fact.type is FactType.BOOL:
        return forms.ChoiceField(label=label, choices=YES_NO, required=False)
    if fact.series.choices:
        named = [(key, say(text.text)) for key, text in fact.series.choices.items()]
        return forms.ChoiceField(label=label, choices=[("", YES_NO[0][1]), *named], required=False)
    if fact.series.can_be_absent:
        return forms.CharField(label=label, help_text=OR_NONE, max_length=20, required=False)
    if fact.type is FactType.DATE:
        return forms.CharField(label=label, widget=DayInput(), max_length=10, required=False)
    hint = HINTS.get(fact.type, "")
    return forms.CharField(label=label, help_text=hint, max_length=80, required=False)


def _read(name: str, written: str) -> object:
    if not written:
        return None
    reading = read_value(written, _vocabulary()[name])
    if reading.value is None:
        if reading.fault:
            raise ValidationError(say(reading.fault.reason))
        return None
    value = reading.value.value
    return float(value) if isinstance(value, Decimal) else value


@cache
def _vocabulary() -> Vocabulary:
    return vocabulary_of(catalogue(), checks=CHECKS)
