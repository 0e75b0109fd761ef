"""Beginning a draft, its golden cases, and what is decided on it."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.drafting import facts, values
from openzone.www.formats import fact as written_fact
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.words import RULE_KINDS
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.values import typed
from openzone.zone.rulebook.models import GoldenCase
from openzone.zone.rulebook.packs import rules

RULE_ID = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
OUTCOMES = (("met", _("Met")), ("not_met", _("Not met")), ("unknown", _("Unknown")))


class TitleForm(forms.Form):
    """What a draft is called."""

    title = forms.CharField(label=_("Title of the draft"), max_length=200)


class EffectForm(TitleForm):
    """The title, and a word on when it takes effect."""

    effect = forms.CharField(
        label=_("When it takes effect"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A word for the release history, such as “from the next round on”."),
    )


class NewRuleForm(TitleForm):
    """A rule that does not exist yet."""

    rule = forms.RegexField(
        RULE_ID,
        label=_("Id of the rule"),
        max_length=120,
        help_text=_("For life, in small Latin letters with a dot: zone.rent_subsidy"),
        error_messages={"invalid": _("Small Latin letters with a dot, such as zone.rent_subsidy.")},
    )
    name = forms.CharField(label=_("Name of the rule"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, word) for kind, word in RULE_KINDS.items() if kind != "classify"],
        initial="subsidise",
    )
    effective_from = DayField(label=_("In force from"), initial=timezone.localdate)


class RuleChoiceForm(TitleForm):
    """A rule in force that the draft is about."""

    rule = forms.ChoiceField(label=_("Rule"))

    field_order: Iterable[str] | None = ("rule", "title")

    def __init__(self, data: QueryDict | None = None, *, rule: str = "") -> None:
        super().__init__(data, initial={"rule": rule})
        self.fields["rule"].choices = [  # type: ignore[attr-defined] # it is a choice field
            (each.rule, f"{say(each.title.text)} · {each.rule}") for each in rules()
        ]


class NewVersionForm(RuleChoiceForm):
    """A copy of the last version that follows it."""

    version = forms.CharField(label=_("Name of the new version"), max_length=40)
    effective_from = DayField(label=_("In force from"))

    field_order: Iterable[str] | None = ("rule", "title", "version", "effective_from")


class CaseForm(forms.Form):
    """A golden case: a few facts and the answer they must give."""

    name = forms.CharField(label=_("Name"), max_length=120)
    on = DayField(label=_("Day"), initial=timezone.localdate)
    facts = forms.CharField(
        label=_("Facts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One a line: name = value, as in “employees = 300” or “revenue_y1 = 5000万”. What is "
            "not written is unknown."
        ),
    )
    outcome = forms.ChoiceField(label=_("Expected answer"), choices=OUTCOMES)
    value = forms.CharField(label=_("Expected class"), max_length=64, required=False)
    amount = forms.CharField(
        label=_("Expected amount"), max_length=24, required=False, help_text=_("Such as 20万.")
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: QueryDict | None = None, *, case: GoldenCase | None = None) -> None:
        super().__init__(data, initial=_initial(case) if case else None)

    def clean_facts(self) -> dict[str, Any]:
        """Read the lines; each names a fact of the catalogue and a value of its type."""
        found: dict[str, Any] = {}
        for line in self.cleaned_data["facts"].splitlines():
            if line.strip():
                name, value = _fact_line(line)
                found[name] = value
        return found

    def clean_amount(self) -> Decimal | None:
        """Read an amount such as 20万."""
        return _amount(self.cleaned_data["amount"])


def _initial(case: GoldenCase) -> dict[str, Any]:
    known = catalogue()
    lines = [
        f"{facts.shown(name)} = {_written(name, text) if name in known else text}"
        for name, text in case.facts.items()
    ]
    shown = {"name": case.name, "on": case.on, "facts": "\n".join(lines), "note": case.note}
    return shown | {"outcome": case.outcome, "value": case.value, "amount": case.amount}


def _written(name: str, text: str) -> str:
    fact = catalogue()[name]
    if fact.type.is_numeric:
        return text
    return written_fact(typed(fact.type, text), fact.series)


def _fact_line(line: str) -> tuple[str, Any]:
    subject, equals, text = line.replace("＝", "=").replace("：", ":").partition("=")
    if not equals:
        subject, equals, text = line.replace("：", ":").partition(":")
    name = facts.resolve(subject)
    if not equals or name not in catalogue():
        raise ValidationError(
            _("“%(line)s”: no fact of this name. Write name = value."), params={"line": line}
        )
    return name, _fact_value(name, text.strip())


def _fact_value(name: str, text: str) -> Any:
    """Return a value in the unit of the record: yuan, decimals, ISO days."""
    fact = catalogue()[name]
    if fact.type.is_numeric:
        return _plain_number(text)
    operator = "is" if fact.type == "bool" else "before" if fact.type == "date" else "in"
    value = values.read(operator, text, fact)
    if isinstance(value, list):
        return value[0] if value else ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain_number(text: str) -> str:
    amount = values.as_decimal(text)
    if amount is None:
        raise ValidationError(_("“%(text)s” is not a number."), params={"text": text})
    return f"{amount:f}"


def _amount(text: str) -> Decimal | None:
    return Decimal(_plain_number(text)) if text.strip() else None
