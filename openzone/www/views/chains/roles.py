"""Leaders of chains, the firms that support them, and whom they brought."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.chains_placing import BroughtForm, ChainForm, EndForm, RoleForm, WhyForm
from openzone.www.hands import hand
from openzone.www.views.chains.placing_common import Names, above, asked, reviewing
from openzone.www.views.exports import send
from openzone.zone.chains.enums import ChainRoleKind
from openzone.zone.chains.models import ChainRole
from openzone.zone.chains.permissions import may_list
from openzone.zone.chains.selectors.roles import leading, roles
from openzone.zone.chains.services.roles import (
    designate,
    end_role,
    introduce,
    support,
    withdraw_role,
)
from openzone.zone.chains.services.sheet_columns import vocabulary
from openzone.zone.registry.permissions import may_export


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """List the leaders on a day, chain by chain, with what hangs on each."""
    today, context = asked(request, "chain_roles")
    on, form = asof.as_of(request), ChainForm(today, request.GET)
    valid = form.is_valid()
    chain = form.cleaned_data["chain"] if valid else ""
    context |= {
        "form": form, "on": on, "leaders": leading(on, chain) if valid else [],
        "alone": _alone(on, chain) if valid else [],
    }  # fmt: skip
    return render(request, "chains/placing_roles.html", context, status=200 if valid else 400)


def _alone(on: Any, chain: str) -> list[ChainRole]:
    """Return supporters whose leader is none any more: they need another, or an end."""
    rows = list(roles(on).filter(chain=chain) if chain else roles(on))
    lead = {(r.enterprise.root_id, r.chain) for r in rows if r.kind == ChainRoleKind.LEADER}
    return [r for r in rows if r.leader is not None and (r.leader.root_id, r.chain) not in lead]


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the roles under the headings they can be brought in again with."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    on, form = asof.as_of(request), ChainForm(today, request.POST)
    chain = form.cleaned_data["chain"] if form.is_valid() else ""
    found = roles(on).filter(chain=chain) if chain else roles(on)
    rows = list(found[: settings.EXPORT_LIMIT + 1])
    fields, names = vocabulary("roles").fields, Names(on)
    table = excel.Table(
        [say(one.label) for one in fields],
        [[_cell(row, field.name, names) for field in fields] for row in rows],
        [_("Roles in chains"), excel.as_of_note(on)],
        any(row.synthetic for row in rows) or excel.in_example_zone(),
    )
    return send(request, table, what="chain_roles", name=_("Roles in chains"),
                filters={"chain": chain} if chain else {})  # fmt: skip


def _cell(row: ChainRole, name: str, names: Names) -> excel.Cell:
    kind = "链主" if row.kind == ChainRoleKind.LEADER else "链辅"
    return {
        "firm": row.enterprise.root.name, "uscc": row.enterprise.root.uscc,
        "chain": names.chain(row.chain), "kind": kind,
        "leader": row.leader.root.name if row.leader else None, "document_no": row.document_no,
        "document": row.document, "issued_by": row.issued_by, "valid_from": row.valid_from,
        "remark": row.note or None,
    }[name]  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Name a leader by its document, or a firm that supports one."""
    if kind not in ChainRoleKind.values:
        raise Http404
    reviewing(request)
    who, is_leader = hand(request), kind == ChainRoleKind.LEADER
    asked_for = {"valid_from": who.today, "chain": request.GET.get("chain")}
    form = RoleForm(who.today, posted(request), is_leader=is_leader, initial=asked_for)

    def do() -> str:
        service: Any = designate if is_leader else support
        service(**who.of("user", "now"), **form.cleaned_data)
        return reverse("chain_roles")

    heading = _("Name a chain leader") if is_leader else _("A firm supports a leader")
    sub = _("A leader is named by a document, not by its size.") if is_leader else ""
    form_page = FormPage(heading, _("Record"), _("It is recorded."), above(), sub)
    return answer(request, form_page, form, do)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """End a role, take it back, or say whom a leader brought."""
    reviewing(request)
    role = get_object_or_404(ChainRole.objects.select_related("enterprise__root"), pk=pk)
    if what not in _ACTS:
        raise Http404
    return _ACTS[what](request, role)


def _end(request: HttpRequest, role: ChainRole) -> HttpResponse:
    who = hand(request)
    form = EndForm(posted(request), initial={"on": who.today})

    def do() -> str:
        given = form.cleaned_data
        end_role(**who.of("user", "now"), role=role, on=given["on"], reason=given["reason"])
        return reverse("chain_roles")

    return answer(request, _page(role, _("The role ends"), _("Record")), form, do)


def _withdraw(request: HttpRequest, role: ChainRole) -> HttpResponse:
    who, form = hand(request), WhyForm(posted(request))

    def do() -> str:
        withdraw_role(**who.of("user", "now"), role=role, **form.cleaned_data)
        return reverse("chain_roles")

    return answer(request, _page(role, _("It was written down wrongly"), _("Take back")), form, do)


def _brought(request: HttpRequest, role: ChainRole) -> HttpResponse:
    who = hand(request)
    form = BroughtForm(posted(request), initial={"on": who.today})

    def do() -> str:
        introduce(**who.of("user", "now"), leader=role.enterprise, chain=role.chain,
                  **form.cleaned_data)  # fmt: skip
        return reverse("chain_roles")

    return answer(request, _page(role, _("Whom the leader brought"), _("Record")), form, do)


def _page(role: ChainRole, heading: str, button: str) -> FormPage:
    return FormPage(heading, button, _("It is recorded."), above(), role.enterprise.root.name)


_ACTS = {"end": _end, "withdraw": _withdraw, "brought": _brought}
