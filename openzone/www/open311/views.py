"""The six addresses of GeoReport v2, and the file by which clients find them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.text import Text
from openzone.www import limits
from openzone.www.formats import say
from openzone.www.open311.formats import answer
from openzone.www.open311.requests import NO_SERVICE, found, shown
from openzone.www.open311.services import TOPIC, Service, definition, listed, service, services
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.services.intake import LONGEST_TITLE, Requester, open_case
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea, KeyRight
from openzone.zone.people.models import User
from openzone.zone.people.permissions import may_reach, may_use
from openzone.zone.people.selectors import key_of
from openzone.zone.registry.models import Place

View = Callable[..., HttpResponse]
NO_REQUEST = Text("没有这个service_request_id", "service_request_id was not found")
NO_WHERE = Text(
    "请给出位置：lat和long、address_string或address_id",
    "say where: lat and long, address_string or address_id",
)


def told(view: View) -> View:
    """Answer a refusal as GeoReport does, in the format that was asked for."""

    @wraps(view)
    def answered(request: HttpRequest, form: str, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, form=form, **kwargs)
        except Refused as refusal:
            return _error(400, refusal.reason, form)

    return answered


def _error(code: int, reason: Text, form: str) -> HttpResponse:
    return answer([{"code": code, "description": say(reason)}], "errors", form, code)


@require_GET
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Say where the service is and which formats it speaks."""
    url = request.build_absolute_uri("/open311/v2")
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": url,
        "changeset": "2026-11-21 00:00",
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    data = {
        "changeset": "2026-11-21 00:00",
        "contact": "",
        "key_service": "",
        "endpoints": [endpoint],
    }
    return answer(data, "discovery", form)


@require_GET
@told
def service_list(request: HttpRequest, form: str) -> HttpResponse:
    """List what can be reported."""
    return answer([listed(one) for one in services()], "services", form)


@require_GET
@told
def service_definition(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Return the questions of one service."""
    known = service(code)
    if known is None:
        return _error(404, NO_SERVICE, form)
    return answer(definition(known), "service_definition", form)


@csrf_exempt  # clients send a form without a page of ours; nothing here rests on a session
@require_http_methods(["GET", "POST"])
@told
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """List reports, or take one."""
    if request.method == "POST":
        return _post(request, form)
    rows = [shown(case) for case in found(request.GET.dict(), timezone.now())]
    return answer(rows, "service_requests", form)


@require_GET
@told
def one_request(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """Return one report."""
    rows = [shown(case) for case in found({"service_request_id": number}, timezone.now())]
    if not rows:
        return _error(404, NO_REQUEST, form)
    return answer(rows, "service_requests", form)


@require_GET
@told
def token(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Return the number behind a token: numbers are given at once, so a token is the number."""
    rows = found({"service_request_id": name}, timezone.now())
    listed_ = [{"service_request_id": case.number, "token": name} for case in rows]
    if not listed_:
        return _error(404, NO_REQUEST, form)
    return answer(listed_, "service_requests", form)


def _post(request: HttpRequest, form: str) -> HttpResponse:
    sent = request.POST
    known = service(sent.get("service_code", ""))
    if known is None:
        return _error(404 if sent.get("service_code") else 400, NO_SERVICE, form)
    caller: User | None = None
    if key := sent.get("api_key"):
        caller, reason = _caller(key)
        if caller is None:
            return _error(403, reason, form)
    else:
        limits.ensure_few(request, "open311")
    place = _place(sent.get("address_id", ""))
    words = sent.get("description", "").strip()
    opened = open_case(
        actor=Actor.of(caller) if caller else Actor.system("open311"),
        kind=known.type.id,
        title=(words.splitlines() or [say(known.label)])[0][:LONGEST_TITLE] or say(known.label),
        text=words,
        now=timezone.now(),
        channel=Channel.API,
        requester=_requester(request, caller),
        fields=_fields(request, known, place),
        place=place,
    )
    notice = Text(
        "查询码：{code}，凭编号和查询码可随时查询进度",
        "receipt code: {code}; with the number it shows the status at any time",
    ).format(code=opened.receipt)
    row = {
        "service_request_id": opened.case.number,
        "service_notice": say(notice),
        "account_id": "",
    }
    return answer([row], "service_requests", form)


def _caller(secret: str) -> tuple[User | None, Text]:
    """Return whom a key reports for; nobody, and why not."""
    key = key_of(secret)
    holds = may_use(key, timezone.localdate())
    if key is None or not holds.allowed:
        return None, holds.reason
    reaches = may_reach(key, KeyArea.CASES, KeyRight.WRITE)
    return (key.user if reaches.allowed else None), reaches.reason


def _place(code: str) -> Place | None:
    return Place.objects.filter(code=code).first() if code else None


def _requester(request: HttpRequest, caller: User | None) -> Requester:
    sent = request.POST
    name = " ".join(filter(None, (sent.get("last_name"), sent.get("first_name"))))
    phone, email = sent.get("phone", ""), sent.get("email", "")
    if caller is not None:
        return Requester(
            RequesterKind.PERSON, user=caller, name=name or str(caller), phone=phone, email=email
        )
    kind = RequesterKind.PERSON if name or phone or email else RequesterKind.ANONYMOUS
    return Requester(kind, name=name, phone=phone, email=email)


def _fields(request: HttpRequest, known: Service, place: Place | None) -> dict[str, Any]:
    """Return the answers of the form: GeoReport's own names, then ``attribute[code]``."""
    sent = request.POST
    own = {"address": "address_string", "lat": "lat", "long": "long"}
    fields: dict[str, Any] = {
        name: sent[theirs] for name, theirs in own.items() if sent.get(theirs)
    }
    if not (place or fields.get("address") or {"lat", "long"} <= fields.keys()):
        raise Refused(NO_WHERE, field="address_string")
    for field in known.attributes:
        given = sent.getlist(f"attribute[{field.id}]") or sent.getlist(f"attribute[{field.id}][]")
        if given:
            fields[field.id] = given if field.kind == "choices" else given[0]
    return {**fields, TOPIC: known.topic} if known.topic else fields
