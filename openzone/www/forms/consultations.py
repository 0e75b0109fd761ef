"""Questions: asking, answering, routing, rating."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.spokespersons import UnitField
from openzone.zone.people.models import Unit
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.selectors.items import published
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.identity import find_enterprise
from openzone.zone.spokespersons.enums import Channel, Rating
from openzone.zone.spokespersons.packs import pack
from openzone.zone.spokespersons.selectors.consultations import Filter, State
from openzone.zone.spokespersons.selectors.register import in_force

STATES = {
    State.ALL: _("All"),
    State.OPEN: _("Waiting for an answer"),
    State.SOON: _("Due soon"),
    State.OVERDUE: _("Overdue"),
    State.ANSWERED: _("Answered"),
    State.IN_TIME: _("Answered in time"),
    State.LATE: _("Answered late"),
    State.ON_THE_SPOT: _("Answered on the spot"),
    State.AGAIN: _("Asked again"),
    State.RATED: _("Rated"),
    State.DISSATISFIED: _("Rated as dissatisfying"),
    State.HELP: _("Wants help with the application"),
}
CENTRE = "service-centre"


class _Text(forms.CharField):
    """Several lines."""

    def __init__(self, rows: int, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class AskForm(forms.Form):
    """A question, as an enterprise puts it."""

    text = _Text(4, label=_("Question"), max_length=2000)
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Policy document"),
        required=False,
        to_field_name="code",
        empty_label=_("None, or not known"),
    )
    item = forms.ModelChoiceField(
        Item.objects.none(),
        label=_("Policy item"),
        required=False,
        to_field_name="code",
        empty_label=_("None, or not known"),
        help_text=_("The question goes to who is responsible for it; else to the service centre."),
    )
    limit = forms.ChoiceField(label=_("Sort of question"), required=False)
    wants_help = forms.BooleanField(
        label=_("I would like help with the application"), required=False
    )

    def __init__(self, on: dt.date, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["document"].queryset = in_force(on).order_by("code")  # type: ignore[attr-defined]
        self.fields["item"].queryset = published(on).order_by("code")  # type: ignore[attr-defined]
        limits = pack().scheme.limits
        self.fields["limit"].choices = [  # type: ignore[attr-defined]
            (one.id, f"{say(one.label.text)} · {say(one.clock.text)}") for one in limits
        ]
        if len(limits) == 1:
            del self.fields["limit"]

    def question(self) -> dict[str, Any]:
        """Return what the question is made of."""
        names = ("text", "document", "item", "limit", "wants_help")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class OwnForm(AskForm):
    """A question in the name of one's own enterprise."""

    enterprise = RecordChoice(Enterprise.objects.none(), label=_("Enterprise"), empty_label=None)
    field_order = ("enterprise", "document", "item", "text", "limit", "wants_help")

    def __init__(self, own: Sequence[Enterprise], on: dt.date, *args: Any, **options: Any) -> None:
        super().__init__(on, *args, **options)
        enterprises = Enterprise.objects.filter(pk__in=[one.pk for one in own]).order_by("name")
        self.fields["enterprise"].queryset = enterprises  # type: ignore[attr-defined]


class CallForm(AskForm):
    """A question of somebody who calls or comes, written down by staff."""

    channel = forms.TypedChoiceField(
        label=_("How it was asked"), choices=Channel.choices, coerce=Channel, initial=Channel.PHONE
    )
    enterprise = forms.CharField(
        label=_("Enterprise"),
        required=False,
        max_length=200,
        help_text=_("Credit code or full name; empty if the caller is none."),
    )
    caller = forms.CharField(label=_("Name of the caller"), max_length=64, required=False)
    caller_phone = forms.CharField(
        label=_("Telephone of the caller"), max_length=32, required=False
    )
    answer = _Text(
        4,
        label=_("Answer on the spot"),
        max_length=8000,
        required=False,
        help_text=_("Empty: the question waits for its spokesperson."),
    )
    field_order = (
        "channel",
        "enterprise",
        "caller",
        "caller_phone",
        "document",
        "item",
        "text",
        "limit",
        "wants_help",
        "answer",
    )

    def clean_enterprise(self) -> Enterprise | None:
        """Find the enterprise, or say that nobody is called so."""
        given = str(self.cleaned_data["enterprise"])
        found = find_enterprise(given) if given else None
        if given and found is None:
            raise ValidationError(gettext("No enterprise, or several, are called “%s”.") % given)
        return found

    def question(self) -> dict[str, Any]:
        """Return what the question is made of, with who called."""
        names = ("channel", "enterprise", "caller", "caller_phone")
        return super().question() | {name: self.cleaned_data[name] for name in names}


class ReplyForm(forms.Form):
    """An answer, and whether everybody may read it."""

    text = _Text(6, label=_("Reply"), max_length=8000)
    published_question = forms.CharField(
        label=_("Publish it under this question"),
        max_length=500,
        required=False,
        help_text=_("Without anything that tells who asked. Empty: only the asker reads it."),
    )


class PublishForm(forms.Form):
    """The question under which an answer is published."""

    question = forms.CharField(
        label=_("Question as published"),
        max_length=500,
        help_text=_("Without anything that tells who asked."),
    )


class PassOnForm(forms.Form):
    """Where a question belongs."""

    unit = UnitField(label=_("Unit"), required=False, empty_label=_("Service centre"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class InvolveForm(forms.Form):
    """Another unit, and what is asked of it."""

    unit = UnitField(label=_("Unit"))
    asks = forms.CharField(label=_("What is asked of the unit"), max_length=500)


class PartForm(forms.Form):
    """A unit's part of an answer."""

    text = _Text(4, label=_("Contribution"), max_length=4000)


class LimitForm(forms.Form):
    """By which promised limit a question is measured."""

    limit = forms.ChoiceField(label=_("Sort of question"))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        limits = pack().scheme.limits
        self.fields["limit"].choices = [  # type: ignore[attr-defined]
            (one.id, f"{say(one.label.text)} · {say(one.clock.text)}") for one in limits
        ]


class RateForm(forms.Form):
    """How satisfied the asker is."""

    rating = forms.TypedChoiceField(
        label=_("How satisfied are you with this answer?"),
        choices=Rating.choices,
        coerce=lambda given: Rating(int(given)),
    )
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)


class AgainForm(forms.Form):
    """What an answer left open."""

    why = _Text(3, label=_("What is still to be answered"), max_length=500)


class HelpForm(forms.Form):
    """How the asker was helped."""

    note = forms.CharField(label=_("Help given"), max_length=500)


class ConsultationFilter(forms.Form):
    """The filters of the list, all optional."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[(state.value, label) for state, label in STATES.items()],
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    first = DayField(label=_("Asked from"), required=False)
    last = DayField(label=_("Asked until"), required=False)
    q = forms.CharField(label=_("Search"), required=False, max_length=100)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        units = Unit.objects.order_by("code").values_list("code", "name")
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("Any")),
            *units,
            (CENTRE, _("Service centre")),
        ]

    def chosen(self) -> Filter:
        """Return the filter of a valid form."""
        data = self.cleaned_data
        code = data["unit"]
        unit = Unit.objects.filter(code=code).first() if code and code != CENTRE else None
        return Filter(
            State(data["state"] or State.ALL),
            unit,
            code == CENTRE,
            data["first"],
            data["last"],
            text=data["q"],
        )


class PeriodFilter(forms.Form):
    """From one day to another."""

    first = DayField(label=_("Asked from"))
    last = DayField(label=_("Asked until"))
