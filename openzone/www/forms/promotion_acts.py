"""What is done with a lead, a referral, a person of an investor: one small form for each."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.packs.promotion import Term
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import ANY
from openzone.www.forms.projects_lists import pipelines
from openzone.www.forms.projects_money import flag
from openzone.www.forms.promotion import AdviserField, choose, terms
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.people.models import User
from openzone.zone.promotion.enums import LeadState, ReferralKind
from openzone.zone.promotion.models import Contact, Interaction, Lead, LeadHelper
from openzone.zone.promotion.packs import pack
from openzone.zone.promotion.selectors.people import contacts_of
from openzone.zone.promotion.selectors.timeline import maturity, talks

SHARES = 5
"""How many advisers one form divides the credit among."""
HUNDRED = Decimal(100)


def _reason(**options: Any) -> forms.CharField:
    return lines(2, label=_("Reason"), max_length=500, **options)


class OfLead(forms.Form):
    """A form about one lead on a day; ``seen`` is the last step its page had shown."""

    def __init__(self, lead: Lead, today: dt.date, *args: Any, **options: Any) -> None:
        self.lead, self.today = lead, today
        super().__init__(*args, **options)
        if "seen" in self.fields:
            self.fields["seen"].initial = lead.last_seq
        if "on" in self.fields:
            self.fields["on"].initial = today
        self.prepare()

    def prepare(self) -> None:
        """Offer what this lead can take."""


class StepForm(OfLead):
    """A step of a lead."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = DayField(label=_("Day"))


class AssignForm(StepForm):
    """Somebody follows the lead."""

    adviser = AdviserField(label=_("Adviser"))
    reason = _reason(required=False)
    field_order = ("adviser", "on", "reason")

    def prepare(self) -> None:
        """Offer who is on the roster."""
        self.fields["adviser"].on(self.today)  # type: ignore[attr-defined]


class MoveForm(StepForm):
    """The card goes to another column of the board."""

    to = forms.ChoiceField(label=_("Move to"))
    reason = _reason(
        required=False,
        help_text=_("Needed to go back, to reject, to shelve and to open again."),
    )
    sure = forms.BooleanField(
        label=_("Another investment: this investor has an open lead"), required=False
    )
    field_order = ("to", "on", "reason", "sure")

    def prepare(self) -> None:
        """Offer where this lead can go."""
        if self.lead.is_open:
            del self.fields["sure"]
            open_to = (LeadState.IN_CONTACT, LeadState.NEGOTIATING)
            ends = (LeadState.REJECTED, LeadState.SHELVED)
            there = [one for one in (*open_to, *ends) if one != self.lead.state]
            choose(self, "to", [(one.value, one.label) for one in there])
            ahead = self.lead.state == LeadState.IN_CONTACT
            self.fields["to"].initial = LeadState.NEGOTIATING if ahead else None
        else:
            choose(self, "to", [("reopen", gettext("Open it again"))])


class TalkFields(forms.Form):
    """What was said."""

    kind = forms.ChoiceField(label=_("Kind"))
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    contact = RecordChoice(
        Contact.objects.none(), label=_("Contact person"), required=False, empty_label="—"
    )
    with_whom = forms.CharField(label=_("With whom"), max_length=200, required=False)
    summary = lines(4, label=_("What was talked about"), max_length=4000)
    next_step = forms.CharField(label=_("Next step"), max_length=300, required=False)
    next_on = DayField(label=_("Next step by"), required=False)

    def offer_all(self, lead: Lead) -> None:
        """Offer the lists of the pack, and the people of the investor who may be contacted."""
        choose(self, "kind", terms(pack().interactions))
        choose(self, "channel", [ANY, *terms(pack().channels)])
        known = [one.pk for one in contacts_of(lead.investor)]
        offer(self, "contact", Contact.objects.filter(pk__in=known))


class TalkForm(OfLead, TalkFields):
    """A talk is written down."""

    on = DayField(label=_("Day"))
    field_order = ("kind", "on", "channel", "contact", "with_whom", "summary", "next_step")

    def prepare(self) -> None:
        """Offer the lists."""
        self.offer_all(self.lead)


class CorrectForm(TalkForm):
    """A talk is written down rightly."""

    interaction = RecordChoice(
        Interaction.objects.none(), label=_("Interaction"), widget=forms.HiddenInput
    )

    def prepare(self) -> None:
        """Begin with what was written."""
        super().prepare()
        offer(self, "interaction", self.lead.interactions.filter(corrected_by=None))
        asked = str(self.initial.get("interaction") or "")
        wrong = next((one for one in talks(self.lead) if str(one.pk) == asked), None)
        if wrong is None:
            return
        for name in ("on", "kind", "channel", "contact", "with_whom", "summary", "next_step",
                     "next_on"):  # fmt: skip
            self.fields[name].initial = getattr(wrong, name)


class GradeForm(OfLead):
    """The checklist of maturity."""

    on = DayField(label=_("Day"))

    def prepare(self) -> None:
        """Ask every question, beginning with the last answers."""
        last, _found = maturity(self.lead)
        known = last.answers if last is not None else {}
        words = {True: "yes", False: "no"}
        for grade in pack().grades:
            for one in grade.asks:
                label = f"{say(grade.label.text)} · {say(one.label.text)}"
                begins = words.get(bool(known[one.id]), "") if known.get(one.id) is not None else ""
                self.fields[_name(one)] = flag(label=label, initial=begins)

    def answers(self) -> dict[str, bool | None]:
        """Return the answers, those nobody knows as None."""
        asked = [one for grade in pack().grades for one in grade.asks]
        return {one.id: self.cleaned_data[_name(one)] for one in asked}


def _name(question: Term) -> str:
    return f"ask-{question.id}"


class ReferForm(OfLead):
    """The lead is passed to another unit."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=ReferralKind.choices)
    to_unit = UnitField(label=_("Passed to"))
    reason = lines(2, label=_("Why it is passed on"), max_length=500)


class CreditForm(OfLead):
    """The credit is divided."""

    def prepare(self) -> None:
        """Ask for a few advisers, each with a part in per cent."""
        known = list(self.lead.credits.select_related("user"))
        everybody = User.objects.filter(adviser_terms__isnull=False).distinct()
        for place in range(SHARES):
            row = known[place] if place < len(known) else None
            who = MemberField(
                label=gettext("Adviser %(n)s") % {"n": place + 1}, required=False,
                initial=row.user.username if row else None,
            )  # fmt: skip
            who.queryset = everybody.order_by("username")
            self.fields[f"user-{place}"] = who
            self.fields[f"share-{place}"] = forms.DecimalField(
                label=gettext("Part %(n)s (per cent)") % {"n": place + 1}, required=False,
                min_value=0, max_value=100, max_digits=7, decimal_places=4,
                initial=(row.share * HUNDRED).normalize() if row else None,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Everybody once, each with a part."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        people = [given.get(f"user-{place}") for place in range(SHARES)]
        named = [one for one in people if one is not None]
        if len(set(named)) != len(named):
            raise ValidationError(gettext("Somebody is named twice."))
        for place, one in enumerate(people):
            if (one is None) != (given.get(f"share-{place}") is None):
                self.add_error(f"share-{place}", gettext("Each adviser has a part."))
        return given

    def shares(self) -> dict[User, Decimal]:
        """Return the parts, as parts of one."""
        rows = [
            (self.cleaned_data[f"user-{n}"], self.cleaned_data[f"share-{n}"]) for n in range(SHARES)
        ]
        return {user: share / HUNDRED for user, share in rows if user is not None}


class LetInForm(OfLead):
    """Somebody is let in."""

    user = MemberField(label=_("Person"))


class LetOutForm(OfLead):
    """Somebody is let out again."""

    helper = RecordChoice(
        LeadHelper.objects.none(), label=_("Helper with a lead"), widget=forms.HiddenInput
    )
    on = DayField(label=_("Last day"))

    def prepare(self) -> None:
        """Offer who was let in."""
        offer(self, "helper", self.lead.helpers.filter(valid_to=None))


class LandForm(StepForm):
    """The lead becomes a project."""

    name = forms.CharField(label=_("Name of the project"), max_length=200)
    pipeline = forms.ChoiceField(label=_("Pipeline"))
    field_order = ("name", "pipeline", "on")

    def prepare(self) -> None:
        """Begin with the title of the lead."""
        self.fields["name"].initial = self.lead.title
        choose(self, "pipeline", pipelines())
        self.fields["pipeline"].initial = pack().pipeline


class RefuseForm(OfLead):
    """A referral is refused."""

    reason = lines(3, label=_("Why it is refused"), max_length=500)


class ContactForm(forms.Form):
    """A person of an investor, with the consent that how to reach them rests on."""

    name = forms.CharField(label=_("Name"), max_length=64)
    post = forms.CharField(label=_("Post"), max_length=100, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    consent_on = DayField(
        label=_("Consent given on"), required=False,
        help_text=_("Without consent no number is kept."),
    )  # fmt: skip
    consent_by = forms.ChoiceField(label=_("How consent was given"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "consent_by", [ANY, *terms(pack().consent_ways)])


class RenewForm(ContactForm):
    """How a person can be reached now."""

    name = None  # type: ignore[assignment]


class WithdrawForm(forms.Form):
    """A person wants to hear nothing more."""

    on = DayField(label=_("Consent withdrawn on"))


class AdviserForm(forms.Form):
    """Somebody comes on the roster."""

    user = MemberField(label=_("Person"))
    field = forms.CharField(label=_("Field of work"), max_length=100, required=False)
    on = DayField(label=_("First day"))


class LeaveForm(forms.Form):
    """Somebody leaves the roster."""

    on = DayField(label=_("Last day"))
