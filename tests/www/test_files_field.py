"""Files in forms: several, one, or none."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from openzone.www.forms.casefields import FilesField
from openzone.www.forms.photos import PhotosForm
from openzone.zone.people.models import User
from tests.files import JPEG


def photo(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, JPEG)


@pytest.mark.parametrize(
    ("camera", "chosen"), [([], []), (["甲.jpg"], []), ([], ["乙.jpg", "丙.jpg"])]
)
def test_a_step_is_proved_by_the_camera_by_files_or_not_at_all(
    camera: list[str], chosen: list[str]
) -> None:
    sent = {"camera": [photo(one) for one in camera], "photos": [photo(one) for one in chosen]}
    form = PhotosForm({}, MultiValueDict(sent))
    assert form.is_valid()
    request = RequestFactory().post("/")
    request.user = User(username="agent")
    assert [one.name for one in form.taken(request).files] == camera + chosen


def test_a_needed_file_is_asked_for() -> None:
    with pytest.raises(forms.ValidationError):
        FilesField().clean([])
    assert FilesField(required=False).clean(None) == []
