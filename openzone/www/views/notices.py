"""What somebody was told, and how they want to be told."""

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.text import Text
from openzone.www.cases.asking import Moment, moment
from openzone.www.formats import say
from openzone.www.hands import user_of
from openzone.www.notices import href
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Notification
from openzone.zone.cases.packs import notifications
from openzone.zone.cases.selectors.choices import EMAIL, IN_APP, Choice, choices
from openzone.zone.cases.selectors.notifications import lines, unread
from openzone.zone.cases.services.choices import choose
from openzone.zone.cases.services.desks import mark_read
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.people.permissions import may_see_console


class NoticeLine(NamedTuple):
    """A line somebody was told: of which kind, in words, and whether it leads to a page."""

    notice: Notification
    kind: str
    words: str
    leads: bool


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show what somebody was told, the latest first: everything, or what they have not read."""
    user = user_of(request)
    only_new = request.GET.get("show") == "new"
    found = lines(user).filter(read_at=None) if only_new else lines(user)
    page = page_of(request, found)
    labels: dict[str, Text] = {kind.id: kind.label.text for kind in notifications().kinds}
    context = {
        "page": page,
        "told": [_line(one, labels) for one in page],
        "unread": unread(user),
        "only_new": only_new,
    }
    return render(request, "notices/inbox.html", context)


def _line(notice: Notification, labels: Mapping[str, Text]) -> NoticeLine:
    kind = say(labels[notice.kind]) if notice.kind in labels else ""
    leads = bool(href(notice, inside=True))
    return NoticeLine(notice, kind, say(Text(notice.text_zh, notice.text_en)), leads)


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notice is about; who goes there has read it, which a mere GET may not write."""
    user, now = user_of(request), moment()
    notice = get_object_or_404(Notification, pk=pk, user=user)
    mark_read(user, now.aware, [notice.pk])
    inside = may_see_console(user, now.day).allowed
    return redirect(href(notice, inside=inside) or "notices")


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one line as read, or everything."""
    given = request.POST.get("notice", "")
    ids = [int(given)] if given.isdecimal() and len(given) < 18 else None
    if given and ids is None:
        ids = []
    mark_read(user_of(request), moment().aware, ids)
    back = redirect("notices")
    if request.POST.get("show") == "new":
        back["Location"] += "?show=new"
    return back


class Box(NamedTuple):
    """A way a kind of message may come, as a box to tick; one that is fixed stays ticked."""

    name: str
    way: str
    ticked: bool
    fixed: bool


class ChoiceLine(NamedTuple):
    """A kind of message with its boxes, and why some of them are fixed."""

    id: str
    label: str
    help: str
    why: str
    boxes: list[Box]


@require_http_methods(["GET", "POST"])
def choosing(request: HttpRequest) -> HttpResponse:
    """Show how somebody hears of each kind of thing, and let them choose."""
    user, now = user_of(request), moment()
    offered = choices(user, now.day)
    wrong = _kept(request.POST, user, offered, now) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        messages.success(request, _("Your choice is kept. It counts from now on."))
        return redirect("notice_choices")
    context = {"rows": [_row(one) for one in offered], "address": user.email, "wrong": wrong}
    return render(request, "notices/choices.html", context, status=409 if wrong else 200)


def _kept(given: QueryDict, user: User, offered: list[Choice], now: Moment) -> str:
    """Keep what was ticked, or return what is wrong; a browser sends no box that is fixed."""
    ways: dict[str, set[str]] = {
        one.spec.id: {way for way in (IN_APP, EMAIL) if f"{one.spec.id}-{way}" in given}
        | set(one.spec.always)
        for one in offered
    }
    try:
        choose(actor=Actor.of(user), user=user, ways=ways, on=now.day)
    except Refused as refusal:
        return say(refusal.reason)
    return ""


def _row(choice: Choice) -> ChoiceLine:
    spec, wish, fixed = choice
    words = {IN_APP: _("In the program"), EMAIL: _("By e-mail")}
    boxes = [
        Box(f"{spec.id}-{way}", words[way], ticked, stays)
        for way, ticked, stays in zip((IN_APP, EMAIL), wish, fixed, strict=True)
    ]
    why = say(spec.why.text) if spec.why else ""
    return ChoiceLine(spec.id, say(spec.label.text), say(spec.help.text), why, boxes)
