"""The six addresses of GeoReport v2, and the file by which clients find them."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from openzone.engines.text import Text
from openzone.www import limits
from openzone.www.formats import say
from openzone.www.open311.formats import answer
from openzone.www.open311.requests import NO_SERVICE, NotFoundError, found, shown
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

CHANGED = "2026-11-21T00:00:00+08:00"
View = Callable[..., HttpResponse]
NO_REQUEST = Text("没有这个service_request_id", "service_request_id was not found")
NO_WHERE = Text(
    "请给出位置：lat和long、address_string或address_id",
    "say where: lat and long, address_string or address_id",
)


NO_PAIR = Text("lat和long须同时给出", "lat and long are given together")
NO_PLACE = Text("没有这个address_id", "address_id was not found")
NO_ATTRIBUTE = Text("没有这个attribute：{code}", "there is no such attribute: {code}")
NOT_HERE = Text("没有这个jurisdiction_id", "jurisdiction_id was not found")
NO_METHOD = Text("此地址不支持该方法", "this address does not know this method")


def told(*methods: str) -> Callable[[View], View]:
    """Answer a refusal as GeoReport does, in the format that was asked for."""

    def around(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, form: str, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                refused = _error(405, NO_METHOD, form)
                refused["Allow"] = ", ".join(methods)
                return refused
            try:
                _ensure_here(request)
                return view(request, form=form, **kwargs)
            except NotFoundError as missing:
                return _error(404, missing.reason, form)
            except Refused as refusal:
                return _error(400, refusal.reason, form)

        return answered

    return around


def _ensure_here(request: HttpRequest) -> None:
    """Refuse another jurisdiction: one is served here, so its name, the domain, may be left out."""
    named = request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id") or ""
    host = request.get_host().rsplit(":", 1)[0].lower()
    if named and not f".{host}".endswith(f".{named.strip().lower()}"):
        raise NotFoundError(NOT_HERE)


def _error(code: int, reason: Text, form: str) -> HttpResponse:
    return answer([{"code": code, "description": say(reason)}], "errors", form, code)


@told("GET", "HEAD")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Say where the service is and which formats it speaks."""
    url = request.build_absolute_uri("/open311/v2")
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": url,
        "changeset": CHANGED,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    data = {
        "changeset": CHANGED,
        "contact": "",
        "key_service": "",
        "endpoints": [endpoint],
    }
    return answer(data, "discovery", form)


@told("GET", "HEAD")
def service_list(request: HttpRequest, form: str) -> HttpResponse:
    """List what can be reported."""
    return answer([listed(one) for one in services()], "services", form)


@told("GET", "HEAD")
def service_definition(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Return the questions of one service."""
    known = service(code)
    if known is None:
        return _error(404, NO_SERVICE, form)
    return answer(definition(known), "service_definition", form)


@csrf_exempt  # clients send a form without a page of ours; nothing here rests on a session
@told("GET", "HEAD", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """List reports, or take one."""
    if request.method == "POST":
        return _post(request, form)
    # GeoReport lets a parameter be declared several times as well as with commas.
    asked = {name: ",".join(filter(None, values)) for name, values in request.GET.lists()}
    rows = [shown(case) for case in found(asked, timezone.now())]
    return answer(rows, "service_requests", form)


@told("GET", "HEAD")
def one_request(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """Return one report."""
    rows = [shown(case) for case in found({"service_request_id": number}, timezone.now())]
    if not rows:
        return _error(404, NO_REQUEST, form)
    return answer(rows, "service_requests", form)


@told("GET", "HEAD")
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
    place = Place.objects.filter(code=code).first() if code else None
    if code and place is None:
        raise Refused(NO_PLACE, field="address_id")
    return place


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
    if len({"lat", "long"} & fields.keys()) == 1:
        raise Refused(NO_PAIR, field="lat")
    if not (place or fields.get("address") or "lat" in fields):
        raise Refused(NO_WHERE, field="address_string")
    _ensure_attributes(sent, known)
    for field in known.attributes:
        given = sent.getlist(f"attribute[{field.id}]") or sent.getlist(f"attribute[{field.id}][]")
        if given:
            fields[field.id] = given if field.kind == "choices" else given[0]
    return {**fields, TOPIC: known.topic} if known.topic else fields


def _ensure_attributes(sent: Iterable[str], known: Service) -> None:
    """Refuse an answer to a question the service does not ask: it would be lost in silence."""
    codes = {field.id for field in known.attributes}
    for name in sent:
        code = name.removeprefix("attribute[").partition("]")[0]
        if name.startswith("attribute[") and code not in codes:
            raise Refused(NO_ATTRIBUTE.format(code=code[:64]), field=name[:100])
