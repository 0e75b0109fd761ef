"""Targets, what was reached, evaluations and objections."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.packs.measures import UnitPack
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.performance.enums import ScopeKind
from openzone.zone.performance.models import Participant, Round, Target
from openzone.zone.performance.packs import pack
from openzone.zone.performance.selectors.scores import scheme_of

ALL = ("", _("All"))
FIRST_YEAR, LAST_YEAR = 2000, 2100


def _figure(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(max_digits=18, decimal_places=4, **options)


def _year(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, **options)


def this_year() -> int:
    """Return the year of today."""
    return timezone.localdate().year


def scaled(value: Decimal, unit: UnitPack) -> Decimal:
    """Return a figure written in a unit in the base unit it is stored in."""
    return value * unit.scale


def written(value: Decimal, unit: UnitPack) -> Decimal:
    """Return a stored figure as it is written in its unit, without zeros at the end."""
    found = (value / unit.scale).normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


class TargetFilter(forms.Form):
    """Which targets: of a year, of whom."""

    year = _year(label=_("Year"), required=False)
    scope = forms.ChoiceField(
        label=_("Whose target"), required=False, choices=[ALL, *ScopeKind.choices]
    )
    behind = forms.BooleanField(label=_("Only those behind"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].widget.attrs["placeholder"] = str(this_year())

    def chosen_year(self) -> int:
        """Return the year asked for; of a form that is wrong, this one."""
        return (self.cleaned_data.get("year") if self.is_valid() else None) or this_year()


class TargetForm(forms.Form):
    """A new target, written in the unit of its indicator."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    scope = forms.ChoiceField(label=_("Whose target"), choices=ScopeKind.choices)
    unit = UnitField(label=_("Unit"), required=False)
    person = MemberField(label=_("Person"), required=False)
    first_year = _year(label=_("First year"), initial=this_year)
    last_year = _year(
        label=_("Last year"), required=False, help_text=_("Empty for a target of one year.")
    )
    amount = _figure(label=_("Target"), help_text=_("In the unit of the indicator."))
    document = forms.CharField(
        label=_("Document it stands in"), max_length=300, help_text=_("Title and number.")
    )
    lead_unit = UnitField(
        label=_("Lead unit"), required=False,
        help_text=_("Who reports it, for a target of the whole zone."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [
            (one.id, f"{say(one.label.text)} ({say(pack().unit(one.unit).label.text)})")
            for one in pack().indicators
        ]
        self.fields["indicator"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the target in its base unit; the last year is the first where none is named."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("amount") is not None and given.get("indicator"):
            given["amount"] = scaled(given["amount"], pack().unit_of(given["indicator"]))
        given["last_year"] = given.get("last_year") or given.get("first_year")
        return given


class OfTarget(forms.Form):
    """A form about one target; its ``figure`` is written in the unit of the indicator."""

    figure = ""

    def __init__(self, target: Target, *args: Any, **options: Any) -> None:
        self.target, self.unit_pack = target, pack().unit_of(target.indicator)
        super().__init__(*args, **options)
        if self.figure:
            self.fields[self.figure].help_text = say(self.unit_pack.label.text)

    def clean(self) -> dict[str, Any]:
        """Return the figure in its base unit."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.figure and given.get(self.figure) is not None:
            given[self.figure] = scaled(given[self.figure], self.unit_pack)
        return given


class ChangeForm(OfTarget):
    """A target is changed."""

    figure = "amount"
    amount = _figure(label=_("Target"))
    document = forms.CharField(label=_("Document it stands in"), max_length=300)
    reason = lines(2, label=_("Why it was changed"), max_length=500)

    def __init__(self, target: Target, *args: Any, **options: Any) -> None:
        super().__init__(target, *args, **options)
        self.fields["amount"].initial = written(target.amount, self.unit_pack)
        self.fields["document"].initial = target.document


class WithdrawForm(OfTarget):
    """A target is taken back."""

    reason = lines(2, label=_("Why it is withdrawn"), max_length=500)


class CompletionForm(OfTarget):
    """What was reached, from the first day of the target on."""

    figure = "value"
    on = DayField(label=_("Up to"), initial=timezone.localdate)
    value = _figure(label=_("Reached since the first day of the target"))
    text = lines(2, label=_("Source of the figure"), max_length=500)
    file = forms.FileField(label=_("Evidence"), allow_empty_file=True)
    sure = forms.BooleanField(label=_("Unit and digits are checked"), required=False)


class AnswerForm(forms.Form):
    """Confirmed or returned."""

    confirmed = forms.TypedChoiceField(
        label=_("Answer"), coerce=lambda value: value == "yes",
        choices=[("yes", _("Confirmed")), ("no", _("Returned"))],
    )  # fmt: skip
    remark = lines(2, label=_("Remark"), max_length=500, required=False)


class RoundForm(forms.Form):
    """A new evaluation."""

    scheme = forms.ChoiceField(label=_("Scheme"))
    title = forms.CharField(label=_("Title"), max_length=200)
    on = DayField(
        label=_("Up to"), initial=timezone.localdate,
        help_text=_("What was reached since New Year is held against the targets of the year."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(one.id, say(one.label.text)) for one in pack().schemes]
        self.fields["scheme"].choices = named  # type: ignore[attr-defined]


class OfRound(forms.Form):
    """A form about one evaluation; without fields it only asks whether to go on."""

    def __init__(self, found: Round, *args: Any, **options: Any) -> None:
        self.found = found
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self) -> None:
        """Offer what this evaluation can take."""


class ParticipantForm(OfRound):
    """Somebody is evaluated."""

    person = MemberField(label=_("Person"), required=False)
    unit = UnitField(label=_("Unit"), required=False)
    post = forms.ChoiceField(label=_("Kind of post"))

    def prepare(self) -> None:
        """Offer the posts of the scheme with their coefficients."""
        posts = [
            (one.id, f"{say(one.label.text)} × {one.coefficient}")
            for one in scheme_of(self.found).posts
        ]
        self.fields["post"].choices = posts  # type: ignore[attr-defined]


class DropForm(OfRound):
    """Somebody is taken out."""

    participant = RecordChoice(
        Participant.objects.none(), label=_("In an evaluation"), empty_label=None
    )

    def prepare(self) -> None:
        """Offer who is in it."""
        self.fields["participant"].queryset = (  # type: ignore[attr-defined]
            self.found.participants.select_related("person", "unit")
        )


class ReturnForm(OfRound):
    """A result is sent back."""

    remark = lines(2, label=_("Why it is sent back"), max_length=500)


class ObjectionForm(forms.Form):
    """What somebody says against their score."""

    text = lines(4, label=_("Objection"), max_length=1000)


class ReplyForm(forms.Form):
    """What a third says to it."""

    upheld = forms.TypedChoiceField(
        label=_("Answer"), coerce=lambda value: value == "yes",
        choices=[("yes", _("Upheld: work the score out again")), ("no", _("Not upheld"))],
        help_text=_("Correct the ledger or the report first: points follow the record only."),
    )  # fmt: skip
    text = lines(4, label=_("Reply"), max_length=1000)
