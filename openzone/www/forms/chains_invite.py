"""Which candidates, a list of them, a candidate made a lead, a plan made a trip, weights."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.promotion_field import ALL, channels
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.chains.packs import invite
from openzone.zone.chains.selectors.inviting import SOURCES, Asked, Ranking
from openzone.zone.promotion.models import FieldTeam

_MOST = 1000
_ADVISER_HELP = _("Somebody on the roster of advisers.")


class InviteFilter(forms.Form):
    """Which candidates of a chain."""

    node = forms.ChoiceField(label=_("Link of the chain"), required=False)
    gap = forms.ChoiceField(label=_("Kind of gap"), required=False)
    city = forms.ChoiceField(label=_("City of the firm"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    q = forms.CharField(label=_("Name or product"), max_length=60, required=False)

    def __init__(self, ranked: Ranking, kinds: dict[str, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        nodes = dict.fromkeys(one.gap.node for one in ranked.openings)
        cities = sorted({row.city for row in ranked.rows} - {""})
        offered = {
            "node": [(node, say(ranked.names[node])) for node in nodes],
            "gap": list(kinds.items()),
            "city": [(city, city) for city in cities],
            "source": [(name, say(label)) for name, label in SOURCES.items()],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = [ALL, *choices]

    def asked(self) -> Asked:
        """Return what is asked for."""
        return Asked(**self.cleaned_data)


class CandidateListForm(forms.Form):
    """A list of outside firms with where and when it comes from."""

    name = forms.CharField(label=_("Name of the list"), max_length=200)
    source = forms.CharField(
        label=_("Where the list comes from"), max_length=300,
        help_text=_("The association, register or report, and how it was come by."),
    )  # fmt: skip
    as_of = DayField(label=_("As of"))
    file = forms.FileField(label=_("Spreadsheet"), allow_empty_file=True)


class CandidateLeadForm(forms.Form):
    """A candidate becomes a lead; the reason is written by the ranking."""

    unit = UnitField(label=_("Unit that follows it"), required=False)
    adviser = MemberField(label=_("Adviser"), required=False, help_text=_ADVISER_HELP)
    sure = forms.BooleanField(
        label=_("Another firm, or another investment, than those alike"), required=False
    )


class PlanForm(forms.Form):
    """Through which cities from which day."""

    cities = lines(
        3, label=_("Cities"), max_length=_MOST,
        help_text=_("One a line or with a comma between them, in the order of the trip."),
    )  # fmt: skip
    begins = DayField(label=_("First day"))


class PlannedTripForm(PlanForm):
    """A plan becomes a trip of a team."""

    team = RecordChoice(
        FieldTeam.objects.filter(closed_on=None), label=_("Promotion team"), empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    channel = forms.ChoiceField(label=_("Channel"))
    leader = MemberField(label=_("Head of the trip"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["channel"]
        field.choices = channels("trip")


class AdoptFitForm(forms.Form):
    """Adopt the weights that were proposed; ``seen`` says which."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=500)
    reason = forms.CharField(label=_("Reason"), max_length=500)


class WeightsForm(forms.Form):
    """Weights set by hand, one for each term."""

    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for term in invite().terms:
            self.fields[f"w_{term.id}"] = forms.FloatField(
                label=say(term.label.text), min_value=-10, max_value=10,
                help_text=say(term.says.text),
            )  # fmt: skip

    def weights(self) -> dict[str, float]:
        """Return the weights by term."""
        return {term.id: self.cleaned_data[f"w_{term.id}"] for term in invite().terms}
