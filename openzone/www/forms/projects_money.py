"""What a project costs, what arrived, what was reported for a month, which papers prove it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import OfProject
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.suggestions import lines
from openzone.zone.projects.enums import AmountKind, Currency, FundsKind
from openzone.zone.projects.models import Arrival, Paper
from openzone.zone.projects.packs import pipeline_of

HUNDRED = Decimal(100)
SCALES = {
    "10000": _("ten thousand (万)"),
    "100000000": _("hundred million (亿)"),
    "1": _("one (元)"),
}
FLAGS = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]


def money_field(**options: Any) -> forms.DecimalField:
    """Return a field of money, counted in what the form's ``scale`` says."""
    return forms.DecimalField(max_digits=18, decimal_places=6, **options)


def percent_field(**options: Any) -> forms.DecimalField:
    """Return a field of progress in per cent."""
    return forms.DecimalField(max_digits=7, decimal_places=4, **options)


def flag(**options: Any) -> forms.TypedChoiceField:
    """Return a field answered with yes, no, or not at all: unknown is not no."""
    return forms.TypedChoiceField(
        choices=FLAGS, required=False, coerce=lambda value: value == "yes", empty_value=None,
        **options,
    )  # fmt: skip


class MoneyForm(OfProject):
    """A form whose amounts are written in 万 or 亿, and given on in whole units."""

    scaled: tuple[str, ...] = ()
    scale = forms.TypedChoiceField(
        label=_("Amounts are in"), coerce=Decimal, choices=list(SCALES.items())
    )

    def clean(self) -> dict[str, Any]:
        """Return amounts in whole units."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        scale = given.get("scale")
        for name in self.scaled:
            if scale is not None and given.get(name) is not None:
                given[name] = given[name] * scale
        return given


class AmountForm(MoneyForm):
    """An amount as stated on a day."""

    scaled = ("value",)
    kind = forms.ChoiceField(label=_("Kind"), choices=AmountKind.choices)
    value = money_field(label=_("Amount"), min_value=0)
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    on = DayField(label=_("As stated on"))
    reason = lines(
        2, label=_("Why it was revised"), max_length=500, required=False,
        help_text=_("Needed where another amount was stated before; both are kept."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("The unit and the digits were checked"), required=False)
    field_order = ("kind", "value", "scale", "currency", "on")

    def prepare(self) -> None:
        """Begin today."""
        self.fields["on"].initial = self.today


class PaperForm(OfProject):
    """A paper that proves something."""

    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Title"), max_length=200)
    document_no = forms.CharField(label=_("Document number"), max_length=100, required=False)
    dated = DayField(label=_("Dated"), required=False)
    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True,
        help_text=_("A file, a document number, or both."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the kinds the pipeline asks for."""
        kinds = pipeline_of(self.project).evidence
        self.choose("kind", ((name, say(label)) for name, label in kinds.items()))


class ArrivalForm(MoneyForm):
    """Funds that arrived."""

    scaled = ("amount", "usd")
    kind = forms.ChoiceField(label=_("Kind"), choices=FundsKind.choices)
    on = DayField(label=_("Day"))
    amount = money_field(label=_("Amount"))
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    foreign = forms.BooleanField(label=_("Foreign investment"), required=False)
    usd = money_field(label=_("In US dollars"), required=False)
    financial = forms.BooleanField(label=_("Banking, securities, insurance"), required=False)
    paper = RecordChoice(Paper.objects.none(), label=_("Proof"), required=False, empty_label="—")
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)
    field_order = ("kind", "amount", "scale", "currency", "on")

    def prepare(self) -> None:
        """Offer the project's papers."""
        self.offer("paper", self.project.papers.all())
        self.fields["on"].initial = self.today
        self.fields["paper"].label_from_instance = lambda one: one.title  # type: ignore[attr-defined]


class CorrectArrivalForm(MoneyForm):
    """What really arrived."""

    scaled = ("amount",)
    arrival = RecordChoice(Arrival.objects.none(), label=_("Arrival"), empty_label=None)
    amount = money_field(label=_("Amount"), min_value=0, help_text=_("Nothing arrived: 0."))
    remark = forms.CharField(label=_("Why it is corrected"), max_length=500, required=False)
    field_order = ("arrival", "amount", "scale")

    def prepare(self) -> None:
        """Offer what was recorded."""
        self.offer("arrival", self.project.arrivals.filter(corrected_by__isnull=True))
        self.fields["arrival"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.on} · {one.get_kind_display()} · {one.amount:,.2f} {one.currency}"
        )


class MonthForm(MoneyForm):
    """A month as reported."""

    scaled = ("investment_planned", "invested")
    month = DayField(label=_("Month"), help_text=_("Any day of it."))
    planned = percent_field(label=_("Planned progress, in all (%)"), required=False)
    actual = percent_field(label=_("Progress, in all (%)"), required=False)
    investment_planned = money_field(label=_("Planned investment of the month"), required=False)
    invested = money_field(label=_("Invested in the month"), required=False)
    due_on = DayField(label=_("Next step due"), required=False)
    done_on = DayField(label=_("Step done"), required=False)
    statistics_on = DayField(label=_("Entered into statistics"), required=False)
    expected_late = flag(label=_("Expected to be late"))
    serious = flag(label=_("Seriously late"))
    reason = lines(2, label=_("Why"), max_length=500, required=False)
    reason_accepted = flag(label=_("Reason accepted"))
    remark = lines(4, label=_("Progress of the work"), max_length=4000, required=False)
    change_reason = forms.CharField(
        label=_("Why it was corrected"), max_length=500, required=False,
        help_text=_("Needed where the month was reported already; both versions are kept."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("The unit and the digits were checked"), required=False)
    field_order = ("month", "planned", "actual", "investment_planned", "invested", "scale")

    def prepare(self) -> None:
        """Begin with this month."""
        self.fields["month"].initial = self.today

    def clean(self) -> dict[str, Any]:
        """Return shares of the whole, 0 to 1."""
        given = super().clean()
        for name in ("planned", "actual"):
            if given.get(name) is not None:
                given[name] = given[name] / HUNDRED
        return given
