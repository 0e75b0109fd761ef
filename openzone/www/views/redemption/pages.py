"""One application: its page, what is done with it, its papers."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.files.gate import LARGEST, MEDIA_TYPES, Kind
from openzone.engines.worktime.localtime import to_aware
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, posted
from openzone.www.forms import refusals
from openzone.www.forms.redemption import FileForm
from openzone.www.redemption import CASH, fact_lines, step_lines
from openzone.www.views.redemption.actions import BY_NAME, Action, actions_for, form_class, initial
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.models import Material
from openzone.zone.redemption import packs
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application, Attachment
from openzone.zone.redemption.permissions import (
    may_apply,
    may_finance,
    may_give_opinion,
    may_object,
    may_see_application,
)
from openzone.zone.redemption.selectors.desk import line
from openzone.zone.redemption.selectors.findings import Finding, differences
from openzone.zone.redemption.selectors.materials import materials, other_files
from openzone.zone.redemption.services import applications as services
from openzone.zone.redemption.services.decisions import recheck


def seen_by(request: HttpRequest, pk: int) -> Application:
    """Return an application to somebody who may see it."""
    rows = Application.objects.select_related(
        "item__document", "item__owner", "item__budget", "enterprise", "approved_by", "proposed_by"
    )
    application = get_object_or_404(rows, pk=pk)
    require(may_see_application(request.user, application, timezone.localdate()))
    return application


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where an application stands, what is asked of whom, and what it rests on."""
    application, today = seen_by(request, pk), timezone.localdate()
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - a login is needed to come here
    own = may_apply(user, application.enterprise, today).allowed
    # Who speaks for the enterprise sees what it sees, also when working for the zone.
    inside = may_see_console(user, today).allowed and not own
    procedure = application.rules_of_procedure
    context = {
        "application": application,
        "inside": inside,
        "own": own,
        "actions": list(actions_for(user, application, today)),
        "line": line(application),
        "procedure": procedure,
        **_total(application),
        "materials": materials(application),
        "others": other_files(application),
        "may_attach": own and application.stage in (Stage.DRAFT, Stage.CORRECTION),
        "opinions": _opinions(application, user, today) if inside else [],
        "objections": application.objections.select_related("made_by", "answered_by"),
        "may_object": may_object(user, application, today).allowed,
        "payee": own or may_finance(user, today).allowed,
        "payments": application.payments.select_related("order").order_by("pk"),
        "checks": application.checks.select_related("draw"),
        "steps": step_lines(application.steps.order_by("-seq"), inside=inside),
        "missing": _missing(application),
        **_finding(request, application, inside, today),
    }
    return render(request, "redemption/page.html", context)


def _total(application: Application) -> dict[str, Any]:
    """Return when all should be done, and whether a calendar still to come can move it."""
    total = application.rules_of_procedure.total
    if total is None or application.submitted_at is None:
        return {"total_due": None, "total_provisional": False}
    counted = packs.due_from(total.limit, application.submitted_at)
    return {"total_due": to_aware(counted.due), "total_provisional": counted.provisional}


def _opinions(application: Application, user: User, today: dt.date) -> list[Any]:
    rows = application.opinions.select_related("unit", "reviewer", "given_by").order_by("pk")
    return [
        (opinion, opinion.given_at is None and may_give_opinion(user, opinion, today).allowed)
        for opinion in rows
    ]


def _missing(application: Application) -> list[str]:
    """Return the facts an instant item waits for."""
    asked = application.asked
    return asked.removeprefix("facts:").split(",") if asked.startswith("facts:") else []


def _finding(
    request: HttpRequest, application: Application, inside: bool, today: dt.date
) -> dict[str, Any]:
    """Return what was found when it was handed in, and what the record says otherwise now."""
    if not application.snapshot:
        return {"finding": None, "facts": [], "changes": [], "now": None}
    then = Finding.from_json(application.snapshot["finding"])
    now, changes = None, []
    if inside and not application.ended:
        now = recheck(application, today)
        changes = differences(then, now)
    facts = fact_lines(then.facts, request.user, application.enterprise, today)
    return {"finding": then, "facts": facts, "changes": changes, "now": now}


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one thing with an application."""
    application, today = seen_by(request, pk), timezone.localdate()
    if name not in BY_NAME:
        raise Http404
    action = BY_NAME[name]
    assert isinstance(request.user, User)  # noqa: S101 - a login is needed to come here
    require(action.allowed(request.user, application, today))
    form = form_class(action, application)(posted(request), initial=initial(action, application))
    page = FormPage(
        str(action.label), str(action.label), str(action.done),
        (Crumb(reverse("application", args=[pk]), application.number),),
        f"{application.item.title} · {application.enterprise.name}",
    )  # fmt: skip
    return answer(request, page, form, lambda: _do(action, request.user, application, form))


def _do(action: Action, user: Any, application: Application, form: Any) -> str:
    action.service(
        actor=Actor.of(user), user=user, application=application, at=timezone.now(), **form.given()
    )
    return reverse("application", args=[application.pk])


def answer(request: HttpRequest, page: FormPage, form: Any, act: Any) -> HttpResponse:
    """Show a form with hidden fields, or do what it says and go on where ``act`` leads."""
    if form.is_valid():
        try:
            there = act()
        except Refused as refusal:
            refusals.show(form, refusal)
        else:
            messages.success(request, page.done)
            return redirect(there)
    context = {"page": page, "form": form}
    return render(request, "redemption/form.html", context, status=400 if form.is_bound else 200)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper; what it is, its content says."""
    application = seen_by(request, pk)
    require(may_apply(request.user, application.enterprise, timezone.localdate()))
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid() or form.cleaned_data["file"].size > LARGEST:
        limit = LARGEST // (1024 * 1024)
        messages.error(request, _("Choose a file of at most %(limit)d MB.") % {"limit": limit})
        return redirect("application", pk)
    file, user = form.cleaned_data["file"], request.user
    wanted = Material.objects.filter(pk=form.cleaned_data["material"], item=application.item_id)
    assert isinstance(user, User)  # noqa: S101 - the enterprise's own people only
    try:
        services.attach(
            actor=Actor.of(user), user=user, application=application, name=file.name,
            data=file.read(), at=timezone.now(), material=wanted.first(),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, CASH.say(refusal.reason))
    return redirect(reverse("application", args=[pk]) + "#papers")


@require_POST
def remove(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a paper back."""
    attachment = _file(request, pk, row)
    require(may_apply(request.user, attachment.application.enterprise, timezone.localdate()))
    assert isinstance(request.user, User)  # noqa: S101 - the enterprise's own people only
    services.remove_attachment(
        actor=Actor.of(request.user), user=request.user, attachment=attachment, at=timezone.now()
    )
    return redirect(reverse("application", args=[pk]) + "#papers")


@require_GET
def file(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Give a paper out, always to be saved: nothing that was sent in is shown as a page of ours."""
    attachment = _file(request, pk, row)
    with attachment.file.open("rb") as stored:
        content = stored.read()
    response = HttpResponse(content, content_type=MEDIA_TYPES[Kind(attachment.kind)])
    response["Content-Disposition"] = content_disposition_header(True, attachment.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _file(request: HttpRequest, pk: int, row: int) -> Attachment:
    application = seen_by(request, pk)
    return get_object_or_404(Attachment, pk=row, application=application, removed_at=None)
