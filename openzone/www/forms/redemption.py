"""What people fill in from an application to the money, and in checks afterwards."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.engines.ledger.units import to_smallest
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoices
from openzone.zone.people.models import Unit, User
from openzone.zone.people.selectors import on_day
from openzone.zone.redemption.enums import CheckOutcome, Finding, Verdict
from openzone.zone.redemption.models import Application


class _Area(forms.Textarea):
    def __init__(self) -> None:
        super().__init__(attrs={"rows": 4})


class YuanField(forms.DecimalField):
    """An amount in yuan, given on as fen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=16, decimal_places=2, **options)

    def clean(self, value: Any) -> int | None:
        """Return fen."""
        yuan: Decimal | None = super().clean(value)
        return None if yuan is None else to_smallest(yuan, "yuan")


class StepForm(forms.Form):
    """A form about one application: it remembers what its page had seen."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        """Return the answers as the service takes them."""
        return dict(self.cleaned_data)


class UnseenForm(StepForm):
    """For services that do not ask what was seen."""

    def given(self) -> dict[str, Any]:
        """Return the answers."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class PayeeForm(StepForm):
    """Where the money goes."""

    payee_name = forms.CharField(label=_("Account holder"), max_length=200)
    payee_bank = forms.CharField(label=_("Bank and branch"), max_length=200)
    payee_account = forms.CharField(label=_("Account number"), max_length=40)


class AccountForm(PayeeForm):
    """Another account."""

    def given(self) -> dict[str, Any]:
        """Return the answers."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class SubmitForm(PayeeForm):
    """Handing in."""

    statement = forms.CharField(
        label=_("What you want to add"), required=False, widget=_Area, max_length=2000
    )


class SubmitNoMoneyForm(StepForm):
    """Handing in where no money flows."""

    statement = forms.CharField(
        label=_("What you want to add"), required=False, widget=_Area, max_length=2000
    )


class WithdrawForm(StepForm):
    """Taking back."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)


class ReturnForm(StepForm):
    """What is missing."""

    asked = forms.CharField(
        label=_("What is to be corrected"),
        widget=_Area,
        max_length=2000,
        help_text=_("Everything at once: an application is returned only so often."),
    )


class RejectForm(StepForm):
    """Why not."""

    clause = forms.CharField(label=_("Clause"), max_length=100)
    reason = forms.CharField(label=_("Grounds"), widget=_Area, max_length=2000)


class AskUnitsForm(UnseenForm):
    """Which units are asked."""

    units = RecordChoices(
        Unit.objects.order_by("code"), label=_("Units"), widget=forms.CheckboxSelectMultiple
    )


class AskReviewersForm(UnseenForm):
    """Who is asked by name."""

    reviewers = RecordChoices(
        User.objects.none(), label=_("Reviewers"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = User.objects.filter(is_active=True, memberships__in=_members())
        field = self.fields["reviewers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type
        field.queryset = people.distinct().order_by("username")


def _members() -> Any:
    from openzone.zone.people.models import Membership

    return Membership.objects.filter(on_day(timezone.localdate()))


class OpinionForm(forms.Form):
    """One opinion."""

    verdict = forms.ChoiceField(label=_("Opinion"), choices=Verdict.choices)
    score = forms.DecimalField(
        label=_("Score"), required=False, max_digits=6, decimal_places=2,
        help_text=_("Only for items that are scored."),
    )  # fmt: skip
    text = forms.CharField(label=_("Grounds"), required=False, widget=_Area, max_length=4000)


class ProposeForm(StepForm):
    """How much."""

    amount = YuanField(label=_("Amount (yuan)"))
    note = forms.CharField(label=_("Grounds"), required=False, widget=_Area, max_length=2000)


class ExcessForm(UnseenForm):
    """Up to how much more, and why."""

    up_to = YuanField(label=_("Up to (yuan)"))
    reason = forms.CharField(label=_("Grounds"), widget=_Area, max_length=2000)


class ApproveForm(StepForm):
    """A remark, needed where the record now says otherwise."""

    note = forms.CharField(label=_("Remark"), required=False, widget=_Area, max_length=2000)


class RateForm(UnseenForm):
    """How it went."""

    rating = forms.TypedChoiceField(
        label=_("Rating"), coerce=int, choices=[(n, "★" * n) for n in range(5, 0, -1)]
    )
    note = forms.CharField(label=_("Remark"), required=False, widget=_Area, max_length=1000)


class ObjectionForm(forms.Form):
    """What somebody objects to."""

    text = forms.CharField(label=_("Objection"), widget=_Area, max_length=4000)


class ObjectionAnswerForm(forms.Form):
    """The answer to an objection."""

    upheld = forms.TypedChoiceField(
        label=_("Result"),
        coerce=lambda word: word == "yes",
        choices=[("no", _("Not upheld")), ("yes", _("Upheld: back to review"))],
    )
    answer = forms.CharField(label=_("Answer"), widget=_Area, max_length=4000)


class PaidForm(forms.Form):
    """What the bank did."""

    paid_on = DayField(label=_("Paid on"), initial=timezone.localdate)
    bank_reference = forms.CharField(label=_("Bank reference"), max_length=64)
    amount = YuanField(label=_("Amount (yuan)"), required=False, help_text=_("Empty: all of it."))


class FailedForm(forms.Form):
    """Why it came back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class OrderForm(forms.Form):
    """Which applications go into one order."""

    applications = RecordChoices(Application.objects.all())
    note = forms.CharField(label=_("Note"), required=False, max_length=200)


class AppropriationForm(forms.Form):
    """Money into a budget, or out of it."""

    amount = YuanField(
        label=_("Amount (yuan)"), help_text=_("Below zero: given back to the treasury.")
    )
    document = forms.CharField(label=_("Document number"), max_length=200)
    # Of this form alone: a key of another kind would stand in the way of a payment's own.
    key = forms.RegexField(r"^appropriation:[0-9a-f]{16}\Z", widget=forms.HiddenInput)


class DrawForm(forms.Form):
    """A draw."""

    title = forms.CharField(label=_("Title"), max_length=120)
    paid_from = DayField(label=_("Paid from"))
    paid_to = DayField(label=_("Paid until"))
    percent = forms.IntegerField(label=_("Share in per cent"), min_value=1, max_value=100)
    seed = forms.CharField(
        label=_("Seed"), max_length=200,
        help_text=_("Something public that nobody could choose, such as a lottery's numbers."),
    )  # fmt: skip
    seed_source = forms.CharField(label=_("Where the seed is published"), max_length=200)


class CheckAnswerForm(forms.Form):
    """What the enterprise has to say."""

    answer = forms.CharField(label=_("Answer"), widget=_Area, max_length=4000)


class CheckOutcomeForm(forms.Form):
    """What was found, and what should follow."""

    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=CheckOutcome.choices)
    amount = YuanField(
        label=_("To be recovered (yuan)"), required=False, help_text=_("Only for a part.")
    )
    note = forms.CharField(label=_("Grounds"), widget=_Area, max_length=4000)


class CheckDecisionForm(forms.Form):
    """Yes or no to what another person proposed."""

    agree = forms.TypedChoiceField(
        label=_("Decision"),
        coerce=lambda word: word == "yes",
        choices=[("yes", _("Agreed")), ("no", _("Sent back"))],
    )
    note = forms.CharField(label=_("Remark"), required=False, widget=_Area, max_length=2000)


class RecoveryForm(forms.Form):
    """What came back."""

    amount = YuanField(label=_("Amount (yuan)"))
    reference = forms.CharField(label=_("Bank reference"), max_length=64)


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)
    material = forms.IntegerField(required=False, widget=forms.HiddenInput)
