"""The roster of agents, with the spread of work, and Excel both ways."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.service.masking import masked_number
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms import refusals
from openzone.www.forms.neighbourhood import AgentForm, EndAgentForm
from openzone.www.forms.service import SheetForm
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.catalogue.services.imports import Imported
from openzone.zone.community.models import Agent
from openzone.zone.community.permissions import may_keep_service, may_see_service
from openzone.zone.community.selectors.roster import balance
from openzone.zone.community.services.roster import (
    COLUMNS,
    AgentValues,
    end_agent,
    import_roster,
    save_agent,
)
from openzone.zone.errors import Refused
from openzone.zone.registry.permissions import may_export


@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Show who is on the roster and what each carries."""
    today = timezone.localdate()
    require(may_see_service(request.user, today))
    context = {
        "balance": balance(today),
        "pack": neighbourhood(),
        "sources": {term.id: term.label for term in neighbourhood().sources.list},
        "may_keep": may_keep_service(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "community/roster.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter an agent."""
    require(may_keep_service(request.user, timezone.localdate()))
    form = AgentForm(posted(request))
    if form.is_valid() and Agent.objects.filter(code=form.cleaned_data["code"]).exists():
        form.add_error("code", _("This code is taken."))
    return _saved(request, form, _("Enter an agent"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an agent."""
    require(may_keep_service(request.user, timezone.localdate()))
    agent = get_object_or_404(Agent.objects.select_related("community", "user"), pk=pk)
    names = ("code", "name", "phone", "sources", "valid_from", "valid_to")
    initial = {name: getattr(agent, name) for name in names} | {
        "community": agent.community.code,
        "user": agent.user.username if agent.user else None,
    }
    form = AgentForm(posted(request), initial=initial)
    form.fields["code"].disabled = True
    return _saved(request, form, _("Change the agent"))


def _saved(request: HttpRequest, form: AgentForm, heading: str) -> HttpResponse:
    def act() -> str:
        given = {**form.cleaned_data}
        code = given.pop("code")
        save_agent(actor=Actor.of(request.user), code=code, values=AgentValues(**given))
        return reverse("agents")

    page = FormPage(heading, _("Record"), _("The agent is on the roster."), (_roster(),))
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody leave; who takes the open orders over is asked."""
    require(may_keep_service(request.user, timezone.localdate()))
    agent = get_object_or_404(Agent, pk=pk)
    form = EndAgentForm(agent, posted(request))

    def act() -> str:
        end_agent(actor=Actor.of(request.user), agent=agent, **form.cleaned_data)
        return reverse("agents")

    page = FormPage(
        _("Leave the roster"),
        _("Record the last day"),
        _("The last day is recorded."),
        (_roster(),),
        agent.name,
    )
    return answer(request, page, form, act)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the roster; telephones are masked."""
    today = timezone.localdate()
    require(may_export(request.user, today))
    labels = {term.id: term.label.zh for term in neighbourhood().sources.list}
    rows = [
        (
            load.agent.code,
            load.agent.name,
            load.agent.community.code,
            masked_number(load.agent.phone) or None,
            "、".join(labels[one] for one in load.agent.sources if one in labels) or None,
            load.agent.user.username if load.agent.user else None,
            load.agent.valid_from,
            load.agent.valid_to,
        )
        for load in balance(today).loads
    ]
    table = excel.Table(
        headings=[column.label_zh for column in COLUMNS],
        rows=rows,
        notes=[excel.as_of_note(today)],
        synthetic=excel.in_example_zone(),
    )
    return send(request, table, what="agents", name=_("Agents"))


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take the agents of a spreadsheet, all or none."""
    require(may_keep_service(request.user, timezone.localdate()))
    sent = request.method == "POST"
    form = SheetForm(*((request.POST, request.FILES) if sent else ()))
    result = _imported(request, form) if form.is_valid() else None
    if result is not None and not result.problems:
        said = _("%(created)d agents entered, %(changed)d taken in again.")
        messages.success(request, said % {"created": result.created, "changed": result.changed})
        return redirect("agents")
    context = {
        "form": form,
        "problems": [say(one) for one in result.problems] if result else [],
        "columns": [column.label_zh for column in COLUMNS],
    }
    return render(request, "service/import.html", context, status=400 if sent else 200)


def _imported(request: HttpRequest, form: SheetForm) -> Imported | None:
    file = form.cleaned_data["file"]
    try:
        return import_roster(
            actor=Actor.of(request.user),
            file_name=file.name,
            data=file.read(),
            as_of=timezone.localdate(),
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


def _roster() -> Crumb:
    return Crumb(reverse("agents"), _("Neighbourhood agents"))
