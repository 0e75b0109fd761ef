"""Taking a workbook of projects in, and taking it back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.facts import DayField
from openzone.www.forms.imports import FileInput
from openzone.www.forms.projects_lists import pipelines
from openzone.www.forms.suggestions import lines


class BookForm(forms.Form):
    """The file, the pipeline its stages are of, and the day its amounts are of."""

    file = forms.FileField(
        label=_("Workbook"), widget=FileInput, allow_empty_file=True,
        help_text=_("xlsx, xls or csv, one project a row; units stand in the header."),
    )  # fmt: skip
    pipeline = forms.ChoiceField(label=_("Pipeline"))
    as_of = DayField(label=_("The figures are of"), initial=timezone.localdate)
    sure = forms.BooleanField(
        label=_("The unit and the digits were checked"), required=False,
        help_text=_("Then amounts ten or ten thousand times those on record are let in."),
    )  # fmt: skip
    synthetic = forms.BooleanField(label=_("Synthetic (example)"), required=False)

    def __init__(self, *sent: Any) -> None:
        super().__init__(*sent)
        self.fields["pipeline"].choices = pipelines()  # type: ignore[attr-defined]


class UndoForm(forms.Form):
    """Why a workbook is taken back."""

    reason = lines(2, label=_("Why it is undone"), max_length=500)
