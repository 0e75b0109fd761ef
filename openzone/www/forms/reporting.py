"""Forms of reporting: a round, a workbook, reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.engines.series.periods import Period, read_period
from openzone.www.formats import say
from openzone.www.forms.records import RecordChoice
from openzone.zone.indicators.enums import ReportState
from openzone.zone.indicators.models import Entity, ReportRound
from openzone.zone.indicators.report_packs import forms as report_forms
from openzone.zone.indicators.selectors.rounds import members

WHICH = [("", _("All reports")), ("owed", _("Not handed in")), ("late", _("Handed in late"))]


class RoundForm(forms.Form):
    """Which form, for which period."""

    form = forms.ChoiceField(label=_("Report form"))
    period = forms.CharField(
        label=_("Period"), max_length=32,
        help_text=_("January to a month, or a year: 2026年1-10月, 2026-01/2026-10, 2026"),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["form"]
        field.choices = [(name, say(one.label.text)) for name, one in report_forms().items()]

    def clean_period(self) -> Period:
        """Return the period."""
        found = read_period(self.cleaned_data["period"])
        if not isinstance(found, Period):
            raise forms.ValidationError(say(found))
        return found


class MemberForm(forms.Form):
    """Who else owes a report."""

    entity = RecordChoice(Entity.objects.none(), label=_("Who reports"))

    def offer(self, who: str, one: ReportRound) -> None:
        """Offer those who could report and are not among those who owe it."""
        field: Any = self.fields["entity"]
        day = one.due_on
        field.queryset = members(who, day).exclude(pk__in=one.reports.values("entity"))


class WhichForm(forms.Form):
    """Which reports of a round."""

    which = forms.ChoiceField(
        label=_("Which reports"), required=False, choices=[*WHICH, *ReportState.choices]
    )


class ReportBookForm(forms.Form):
    """A workbook of reports."""

    file = forms.FileField(label=_("Spreadsheet"), allow_empty_file=True)


class WhyReportForm(forms.Form):
    """Why somebody is excused, or corrects."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)
