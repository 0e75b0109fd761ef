"""Agreements: drafting, promises, signing, incentives and their reviews, what was done."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import ANY
from openzone.www.forms.projects_money import SCALES
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.suggestions import lines
from openzone.zone.agreements.enums import INCENTIVE, AgreementKind, Conclusion, Side
from openzone.zone.agreements.models import Agreement, Clause, Incentive
from openzone.zone.agreements.packs import pack


def _file(**options: Any) -> forms.FileField:
    return forms.FileField(allow_empty_file=True, **options)


def _scale() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Quantities are in"), coerce=Decimal, required=False, empty_value=None,
        choices=[("1", _("single units")), *((one, SCALES[one]) for one in ("10000", "100000000"))],
    )  # fmt: skip


def _quantity(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(max_digits=18, decimal_places=6, required=False, **options)


class Scaled(forms.Form):
    """A form whose quantity can be written in 万 or 亿, and is given on in whole units."""

    scaled = "quantity"

    def clean(self) -> dict[str, Any]:
        """Return the quantity in whole units."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        scale = given.pop("scale", None) or Decimal(1)
        if given.get(self.scaled) is not None:
            given[self.scaled] = given[self.scaled] * scale
        return given


class DraftForm(forms.Form):
    """A new agreement."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AgreementKind.choices)
    number = forms.CharField(label=_("Number"), max_length=64)
    title = forms.CharField(label=_("Title"), max_length=200)


class OfAgreement(forms.Form):
    """A form about one agreement on a day."""

    def __init__(self, agreement: Agreement, today: dt.date, *args: Any, **options: Any) -> None:
        self.agreement, self.today = agreement, today
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self) -> None:
        """Offer what this agreement can take."""


class AmendForm(OfAgreement):
    """An amendment has a number and a title of its own."""

    number = forms.CharField(label=_("Number"), max_length=64)
    title = forms.CharField(label=_("Title"), max_length=200)


class PromiseForm(OfAgreement, Scaled):
    """A promise of one side."""

    side = forms.ChoiceField(label=_("Who promises"), choices=Side.choices)
    kind = forms.ChoiceField(label=_("Kind"))
    text = lines(3, label=_("Promise"), max_length=500)
    quantity = _quantity(label=_("Quantity"), help_text=_("Empty for a deed."))
    scale = _scale()
    begins = DayField(
        label=_("Can begin on"), required=False,
        help_text=_("From this day on it can lag behind its time."),
    )  # fmt: skip
    due = DayField(label=_("Due on"))

    def prepare(self) -> None:
        """Offer the kinds of the pack; incentives enter by their review."""
        kinds = [one for one in pack().clause_kinds if one.id != INCENTIVE]
        named = [
            (
                one.id,
                f"{say(one.label.text)} ({say(one.unit.text)})"
                if one.unit
                else say(one.label.text),
            )
            for one in kinds
        ]
        self.fields["kind"].choices = named  # type: ignore[attr-defined]


class GrantForm(OfAgreement):
    """An incentive enters the agreement."""

    incentive = RecordChoice(
        Incentive.objects.none(), label=_("Incentive of a project"), empty_label=None
    )
    begins = DayField(label=_("Can begin on"), required=False)
    due = DayField(label=_("Due on"))

    def prepare(self) -> None:
        """Offer every incentive of the project: one that cannot enter is refused with its why."""
        offer(self, "incentive", self.agreement.project.incentives.all())


class DropForm(OfAgreement):
    """A promise is taken out of a draft."""

    clause = RecordChoice(Clause.objects.none(), label=_("Promise"), empty_label=None)

    def prepare(self) -> None:
        """Offer the promises of the draft."""
        offer(self, "clause", self.agreement.clauses.all())


class SignForm(OfAgreement):
    """The agreement is signed."""

    on = DayField(label=_("Signed on"))
    file = _file(label=_("Signed paper"))


class EndForm(OfAgreement):
    """The agreement ends."""

    on = DayField(label=_("Ended on"))
    reason = forms.CharField(label=_("Why it ended"), max_length=500)


class DiscardForm(OfAgreement):
    """The draft is thrown away."""


class IncentiveForm(Scaled):
    """Something the zone means to grant."""

    scaled = "amount"
    text = lines(3, label=_("What is granted"), max_length=2000)
    kind = forms.ChoiceField(label=_("Kind"))
    amount = _quantity(label=_("Amount"))
    scale = _scale()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(one.id, say(one.label.text)) for one in pack().incentive_kinds]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """A fair-competition review."""

    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=Conclusion.choices)
    basis_kind = forms.ChoiceField(label=_("Kind of basis"))
    basis = forms.CharField(
        label=_("Legal basis"), max_length=500, help_text=_("Document, number and article.")
    )
    article = forms.ChoiceField(label=_("Exception"), required=False)
    ends = forms.CharField(
        label=_("Term or condition that ends it"), max_length=300, required=False,
        help_text=_("Only for an exception."),
    )  # fmt: skip
    on = DayField(label=_("Reviewed on"))
    file = _file(label=_("Paper of the review"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, entries in (("basis_kind", pack().bases), ("article", pack().exceptions)):
            empty = [ANY] if name == "article" else []
            choices = [(one.id, say(one.label.text)) for one in entries]
            self.fields[name].choices = empty + choices  # type: ignore[attr-defined]


class ReportForm(Scaled):
    """What was done for a promise."""

    on = DayField(label=_("Day"))
    text = lines(2, label=_("What was done for it"), max_length=500)
    quantity = _quantity(label=_("Quantity"))
    scale = _scale()
    file = _file(label=_("Evidence"))

    def __init__(self, clause: Clause, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if clause.quantity is None:
            del self.fields["quantity"], self.fields["scale"]


class AnswerForm(forms.Form):
    """What the other side says to it."""

    confirmed = forms.TypedChoiceField(
        label=_("Answer"), coerce=lambda value: value == "yes",
        choices=[("yes", _("Confirmed")), ("no", _("Not confirmed"))],
    )  # fmt: skip
    remark = lines(2, label=_("Remark"), max_length=500, required=False)
