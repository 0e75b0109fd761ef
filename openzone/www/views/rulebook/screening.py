"""Looking for enterprises by a rule in force, or by conditions of one's own."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import answers, asof, excel
from openzone.www.access import require
from openzone.www.drafting import screen
from openzone.www.drafting.blanks import new_rule
from openzone.www.drafting.nodes import OPERATORS
from openzone.www.formpage import FormPage, answer
from openzone.www.forms.drafts import NewRuleForm
from openzone.www.pages import SIZE
from openzone.www.views.rulebook.access import writer
from openzone.www.views.rulebook.begin import above, address
from openzone.zone.audit.actors import Actor
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.services.access import log_export
from openzone.zone.rulebook.packs import rules
from openzone.zone.rulebook.permissions import may_draft, may_screen
from openzone.zone.rulebook.selectors.entitlements import Entitlement, Standing
from openzone.zone.rulebook.selectors.screening import Screened, among, screened
from openzone.zone.rulebook.services import drafts

COMPARED = 2_000


class Found(NamedTuple):
    """An enterprise with the answer it gets."""

    enterprise: Enterprise
    entitlement: Entitlement


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show how many stand how, and who."""
    require(may_screen(request.user, timezone.localdate()))
    as_of, query = asof.as_of(request), screen.read(request.GET)
    _ensure_known(query)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "query": query,
        "operators": OPERATORS,
        "rules": [rule for rule in rules() if rule.version_on(as_of)],
        "standings": [one.value for one in Standing],
        "may_export": may_export(request.user, today).allowed,
        "may_draft": may_draft(request.user, today).allowed,
        "found": None,
    }
    context |= _answer(request, query, as_of)
    context["refit"] = ",".join(f"#c{row.position}-op" for row in query.rows)
    return render(request, "rulebook/screening.html", context)


def _ensure_known(query: screen.Query) -> None:
    if query.rule_id and all(rule.rule != query.rule_id for rule in rules()):
        raise Http404


def _answer(request: HttpRequest, query: screen.Query, as_of: dt.date) -> dict[str, Any]:
    spec = query.spec
    whole = screened(spec, as_of) if spec else None
    if spec is None or whole is None:
        return {"whole": None}
    narrowed = among(spec, as_of)
    ids = _in_order(whole, query.standing, whole.standing(query.standing, narrowed))
    pages = Paginator(ids, SIZE).get_page(request.GET.get("page"))
    return {
        "whole": whole,
        "counts": whole.counts if narrowed is None else whole.tally(narrowed),
        "page": pages,
        "found": found(whole, list(pages)),
    }


def _in_order(whole: Screened, standing: Standing, ids: list[int]) -> list[int]:
    """Put the nearest of the near misses first, unless they are too many to compare."""
    if standing is not Standing.NEAR or len(ids) > COMPARED:
        return ids
    records = whole.records(ids)
    return sorted(ids, key=lambda number: answers.farness(records[number]))


def found(whole: Screened, ids: Sequence[int]) -> list[Found]:
    """Return enterprises with their answers, in the order given."""
    rule, records = whole.plan.rules[0], whole.records(ids)
    firms = Enterprise.objects.select_related("place").in_bulk(ids)
    return [
        Found(firms[number], Entitlement(rule.rule, rule.version, records[number]))
        for number in ids
    ]


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download whom the page shows; the log notes it."""
    require(may_export(request.user, timezone.localdate()))
    as_of, query = asof.as_of(request), screen.read(request.POST)
    spec = query.spec
    whole = screened(spec, as_of) if spec else None
    if spec is None or whole is None:
        raise Http404
    ids = whole.standing(query.standing, among(spec, as_of))
    excel.ensure_exportable(len(ids))
    rows = found(whole, _in_order(whole, query.standing, ids))
    log_export(
        actor=Actor.of(request.user),
        what="screening",
        count=len(rows),
        filters=_filters(request, query) | {"as_of": as_of.isoformat()},
    )
    return excel.download(_table(query, rows, as_of), query.title)


def _filters(request: HttpRequest, query: screen.Query) -> dict[str, str]:
    asked = [f"{row.subject} {row.operator} {row.value}" for row in query.rows if row.subject]
    given = {name: str(request.POST.get(name, "")) for name in ("rule", "place", "industry")}
    joined = {"join": query.join, "conditions": "; ".join(asked), "standing": query.standing.value}
    return {name: text for name, text in (given | joined).items() if text}


def _table(query: screen.Query, rows: Sequence[Found], as_of: dt.date) -> excel.Table:
    return excel.Table(
        headings=[
            _("Name"),
            _("Credit code"),
            _("Park"),
            _("Answer"),
            _("Amount"),
            _("Conditions not met"),
            _("Facts missing"),
            _("Distance"),
        ],
        rows=[_cells(one) for one in rows],
        notes=[query.title, excel.as_of_note(as_of)],
        synthetic=any(one.enterprise.synthetic for one in rows)
        if rows
        else excel.in_example_zone(),
    )


def _cells(one: Found) -> list[excel.Cell]:
    firm, entitlement = one.enterprise, one.entitlement
    amount = entitlement.record.amount
    return [
        firm.name,
        firm.uscc,
        firm.place.name if firm.place else None,
        answers.word(entitlement.standing),
        None if amount is None else round(amount),
        *answers.reason_cells(entitlement),
    ]


@require_http_methods(["GET", "POST"])
def save_as_draft(request: HttpRequest) -> HttpResponse:
    """Begin a draft with the conditions of the page."""
    who, query = writer(request), screen.read(request.GET)
    if not query.conditions or query.rule is None:
        raise Http404
    form = NewRuleForm(request.POST if request.method == "POST" else None)

    def create() -> str:
        data = form.cleaned_data
        document = new_rule(data, query.conditions, query.join)
        draft = drafts.create_rule(
            actor=who.actor,
            by=who.user,
            rule_id=data["rule"],
            title=data["title"],
            document=document,
        )
        return address(draft)

    page_ = FormPage(_("Save as a draft"), _("Begin the draft"), _("Saved."), above())
    return answer(request, page_, form, create)
