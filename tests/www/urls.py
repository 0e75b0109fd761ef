"""Pages that misbehave, beside the real ones: what the middleware must stop."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from openzone.engines.text import Text
from openzone.www.urls import *  # noqa: F403 - error handlers too
from openzone.www.urls import urlpatterns as real
from openzone.zone.errors import Refused
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit


def write(request: HttpRequest) -> HttpResponse:
    Unit.objects.create(code="written", name="写入", kind=UnitKind.OTHER)
    return HttpResponse("written")


def write_in_a_transaction(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        return write(request)


def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Unit.objects.count()))


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def deny(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("只有管理员可以查看")


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused(Text("这两家企业不能合并", "these two cannot be merged"))


urlpatterns = [
    *real,
    path("test/write/", write, name="test_write"),
    path("test/write-in-a-transaction/", write_in_a_transaction, name="test_write_atomic"),
    path("test/read/", read, name="test_read"),
    path("test/fail/", fail, name="test_fail"),
    path("test/deny/", deny, name="test_deny"),
    path("test/refuse/", refuse, name="test_refuse"),
]
