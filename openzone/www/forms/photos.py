"""Photographs in a form: straight from the camera of a phone, or files from the device."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.casefields import FilesField
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.community.services.proofs import Photos
from openzone.zone.people.models import User

LAST = ["camera", "photos"]


class PhotosForm(forms.Form):
    """What proves a step; the gate of the zone looks at the content of every file."""

    camera = FilesField(label=_("Take a photograph"), required=False)
    photos = FilesField(
        label=_("Or choose photographs and papers"),
        required=False,
        help_text=_("JPEG, PNG or PDF, at most 20 MB each. Who opens one is in the log."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        camera, files = self.fields["camera"].widget, self.fields["photos"].widget
        camera.attrs |= {"accept": "image/*", "capture": "environment", "class": "shutter"}
        files.attrs |= {"accept": "image/*,application/pdf", "class": "shutter"}
        self.order_fields([name for name in self.fields if name not in LAST] + LAST)

    def taken(self, request: HttpRequest) -> Photos:
        """Take the files out of what was filled in, and return them with who took them."""
        files = [*self.cleaned_data.pop("camera"), *self.cleaned_data.pop("photos")]
        assert isinstance(request.user, User)  # noqa: S101 - a login is needed to come here
        return Photos(request.user, [Upload(one.name, one.read(), "photos") for one in files])
