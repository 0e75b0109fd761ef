"""Taking a workbook in."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.facts import DayField

ACCEPTED = ".xlsx,.xlsm,.xls,.csv,.parquet"


class FileInput(forms.ClearableFileInput):
    """A file input that knows the limit, so that a browser can say it before the transfer."""

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the kinds of files and the limit."""
        own = {
            "accept": ACCEPTED,
            "data-max-bytes": str(settings.UPLOAD_LIMIT),
            "data-too-large": _("This file is too large"),
        }
        return super().build_attrs(base_attrs | own, extra_attrs)


class UploadForm(forms.Form):
    """The file, and the days it speaks of."""

    file = forms.FileField(
        label=_("Workbook"),
        widget=FileInput,
        allow_empty_file=True,  # the record's own check says it better
        help_text=_(
            "xlsx, xls or csv. Titles above the header, merged cells and 万元 are no problem."
        ),
    )
    as_of = DayField(
        label=_("The figures are of"),
        initial=timezone.localdate,
        help_text=_("“Last year” in the workbook means the year before this day."),
    )
    known_on = DayField(
        label=_("Known on"),
        required=False,
        help_text=_("When the zone learned them. Empty: the same day."),
    )
    sheet = forms.CharField(
        label=_("Sheet"), required=False, max_length=255, help_text=_("Empty: every sheet.")
    )
    synthetic = forms.BooleanField(label=_("Synthetic (example)"), required=False)

    def content(self) -> bytes | Path:
        """Return the file: large ones by the path where the server put them."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if isinstance(file, TemporaryUploadedFile):
            return Path(file.temporary_file_path())
        return bytes(file.read())
