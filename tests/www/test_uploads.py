"""A workbook that was sent is entered or put aside; a refusal is told, nothing else is done."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest

from openzone.engines.text import Text
from openzone.www import uploads
from openzone.zone.errors import Refused


@pytest.fixture
def request_() -> HttpRequest:
    request = HttpRequest()
    request._messages = CookieStorage(request)
    return request


def test_each_step_does_its_own_thing(request_: HttpRequest) -> None:
    done: list[str] = []
    for step in uploads.STEPS:
        assert uploads.taken(
            request_, step, apply=lambda: done.append("apply"), discard=lambda: done.append("aside")
        )
    assert done == ["apply", "aside"]


def test_a_step_there_is_none_of_is_not_found_and_does_nothing(request_: HttpRequest) -> None:
    done: list[str] = []
    with pytest.raises(Http404):
        uploads.taken(
            request_, "erase", apply=lambda: done.append("a"), discard=lambda: done.append("d")
        )
    assert done == []


def test_a_refusal_is_told(request_: HttpRequest) -> None:
    def refuse() -> None:
        raise Refused(Text("该文件已处理", "this file was dealt with"))

    assert not uploads.taken(request_, "apply", apply=refuse, discard=refuse)
    assert [str(one) for one in get_messages(request_)] == ["该文件已处理"]
