"""The pools of projects: answers about maturity, coming in and out, applications for funds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import OfProject
from openzone.www.forms.projects_money import FLAGS, MoneyForm, money_field
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.suggestions import lines
from openzone.zone.projects.enums import Currency, FundingStatus, PoolKind
from openzone.zone.projects.models import FundingApplication
from openzone.zone.projects.packs import channel_title, channels, grades, questions
from openzone.zone.projects.selectors.pools import maturity_of

ANSWERS = {True: "yes", False: "no", None: ""}
ASKED = {"yes": True, "no": False, "": None}


class AssessForm(OfProject):
    """Every question of the grades and of the channels: yes, no, or nobody knows."""

    on = DayField(label=_("Day"))
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)

    def prepare(self) -> None:
        """Ask in the order of the grades, and begin with what was answered before."""
        last, _maturity = maturity_of(self.project, self.today)
        known = last.answers if last is not None else {}
        for name, label in _by_grade():
            self.fields[f"q_{name}"] = forms.ChoiceField(
                label=label, required=False, choices=FLAGS, initial=ANSWERS[known.get(name)]
            )
        self.fields["on"].initial = self.today
        self.order_fields([name for name in self.fields if name.startswith("q_")])

    def clean(self) -> dict[str, Any]:
        """Return the answers by question."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        asked = [name for name in given if name.startswith("q_")]
        answers = {name.removeprefix("q_"): ASKED[given.pop(name)] for name in asked}
        return {**given, "answers": answers}


def _by_grade() -> list[tuple[str, str]]:
    """Return every question with its words: of the lowest grade first, the channels' last."""
    graded = {
        one.id: f"{say(grade.label)} · {say(one.label)}" for grade in grades() for one in grade.asks
    }
    rest = {name: say(label) for name, label in questions().items() if name not in graded}
    return [*graded.items(), *rest.items()]


class PoolInForm(OfProject):
    """A project comes into a pool."""

    pool = forms.ChoiceField(label=_("Pool"), choices=PoolKind.choices)
    on = DayField(label=_("Day"))
    category = forms.CharField(label=_("Category"), max_length=64, required=False)

    def prepare(self) -> None:
        """Begin today."""
        self.fields["on"].initial = self.today


class PoolOutForm(OfProject):
    """A project leaves a pool."""

    pool = forms.ChoiceField(label=_("Pool"), choices=PoolKind.choices)
    on = DayField(label=_("Day"))
    reason = lines(2, label=_("Why it left"), max_length=500)

    def prepare(self) -> None:
        """Offer the pools it is in."""
        here = set(self.project.pools.filter(left_on=None).values_list("pool", flat=True))
        self.choose("pool", [one for one in PoolKind.choices if one[0] in here])
        self.fields["on"].initial = self.today


class FundForm(MoneyForm):
    """Preparing to ask a channel for funds."""

    scaled = ("amount",)
    channel = forms.ChoiceField(label=_("Channel"))
    amount = money_field(label=_("Asked for"), min_value=0)
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    field_order = ("channel", "amount", "scale", "currency")

    def prepare(self) -> None:
        """Offer the channels of the zone."""
        self.choose("channel", ((name, _title(name)) for name in channels()))


def _title(channel: str) -> str:
    return say(channel_title(channel))


class ApplicationForm(OfProject):
    """A step of an application, with the paper that proves it."""

    states: tuple[FundingStatus, ...] = ()
    application = RecordChoice(
        FundingApplication.objects.none(), label=_("Application for funds"), empty_label=None
    )

    def prepare(self) -> None:
        """Offer the applications that can take this step."""
        self.offer("application", self.project.funding.filter(status__in=self.states))
        self.fields["application"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{_title(one.channel)} · {one.amount:,.0f} {one.currency}"
        )
        if "on" in self.fields:
            self.fields["on"].initial = self.today


class SubmitForm(ApplicationForm):
    """The application went up."""

    states = (FundingStatus.PREPARED,)
    on = DayField(label=_("Submitted"))
    document_no = forms.CharField(label=_("Document number"), max_length=100, required=False)
    file = forms.FileField(label=_("Application as handed in"), required=False)


class DecideForm(MoneyForm, ApplicationForm):
    """What was decided above."""

    scaled = ("granted",)
    states = (FundingStatus.SUBMITTED,)
    granted = money_field(
        label=_("Granted"), required=False, min_value=0, help_text=_("Empty: refused.")
    )
    on = DayField(label=_("Decided"))
    reason = lines(2, label=_("Reason"), max_length=500, required=False)
    document_no = forms.CharField(label=_("Document number"), max_length=100, required=False)
    file = forms.FileField(label=_("Paper of the decision"), required=False)
    field_order = ("application", "granted", "scale", "on")

    def prepare(self) -> None:
        """Offer what was submitted."""
        ApplicationForm.prepare(self)


class WithdrawForm(ApplicationForm):
    """The application is taken back."""

    states = (FundingStatus.PREPARED, FundingStatus.SUBMITTED)
    reason = lines(2, label=_("Reason"), max_length=500)
