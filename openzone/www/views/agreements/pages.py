"""A project's agreements, one agreement with both sides next to each other, an incentive."""

import datetime as dt
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.engines.text import Text
from openzone.packs.agreements import ClauseKind
from openzone.www.access import require
from openzone.www.hands import user_of
from openzone.www.views.agreements.common import incentive_seen, project_seen, seen
from openzone.www.views.agreements.drawing import label_of
from openzone.www.views.land.words import CHECKS, LIGHTS
from openzone.zone.agreements.enums import AgreementState, Side
from openzone.zone.agreements.models import Agreement, Answer, Fulfilment, Incentive
from openzone.zone.agreements.packs import pack
from openzone.zone.agreements.permissions import (
    is_investor,
    may_answer,
    may_edit,
    may_report,
    may_review,
    own_agreements,
)
from openzone.zone.agreements.selectors.incentives import last_review, why_not
from openzone.zone.agreements.selectors.promises import (
    Promise,
    balances,
    fulfilments_of,
    line_of,
    of_project,
    promises,
)
from openzone.zone.land.permissions import own_standards
from openzone.zone.land.selectors.standards import lines, loaded, row_of
from openzone.zone.people.permissions import allow, deny, may_see_console


class Line(NamedTuple):
    """A promise as drawn: how it stands, and what was reported, whom it waits for."""

    promise: Promise
    kind: ClauseKind | None
    word: Text
    chip: str
    done: list[tuple[Fulfilment, bool, Answer | None]]
    """What was reported, whether this person answers it, and what was answered."""
    reports: bool


@require_GET
def of_a_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the agreements of a project, its incentives, and how each side keeps its word."""
    project, today = project_seen(request, pk), timezone.localdate()
    found = of_project(project, today)
    context = {
        "project": project,
        "agreements": project.agreements.select_related("amends"),
        "incentives": [_standing(one) for one in project.incentives.all()],
        "balances": balances(found, today),
        "edits": may_edit(request.user, project, today).allowed,
        "regulation": pack().regulation,
    }
    return render(request, "agreements/project.html", context)


class Reviewed(NamedTuple):
    """An incentive, its kind, its last review, and why it cannot enter an agreement."""

    incentive: Incentive
    kind: Any
    last: Any
    why_not: Text | None


def _standing(one: Incentive) -> Reviewed:
    return Reviewed(one, pack().incentive_kind(one.kind), last_review(one), why_not(one))


@require_GET
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an agreement: the promises of both sides, how each stands, what proves it."""
    found, today = seen(request, pk), timezone.localdate()
    ends = found.state == AgreementState.ENDED and found.ended_on
    rows = promises(found.clauses.select_related("agreement__project", "review"), ends or today)
    lines = _lines(request, found, rows, today)
    outside = is_investor(request.user, found.project, today)
    context = {
        "agreement": found,
        "sides": [(side, [one for one in lines if one.promise.clause.side == side])
                  for side in Side],
        "balances": balances(rows, ends or today),
        "outside": outside,
        "edits": may_edit(request.user, found.project, today).allowed,
        "amendment": None if outside else Agreement.objects.filter(amends=found).first(),
        "watch": pack().watch,
    }  # fmt: skip
    return render(request, "agreements/agreement.html", context)


def _lines(
    request: HttpRequest, found: Agreement, rows: list[Promise], today: dt.date
) -> list[Line]:
    done = fulfilments_of([one.clause for one in rows])
    reports = bool(rows) and may_report(request.user, rows[0].clause, today).allowed
    return [
        Line(
            one, pack().clause_kind(one.clause.kind), *label_of(one),
            [
                (row, _answers(request, row, found, today), getattr(row, "answer", None))
                for row in done[line_of(one.clause)]
            ],
            reports,
        )
        for one in rows
    ]  # fmt: skip


def _answers(request: HttpRequest, row: Fulfilment, found: Agreement, today: dt.date) -> bool:
    if hasattr(row, "answer") or found.state != AgreementState.SIGNED:
        return False
    return may_answer(request.user, row, today).allowed


@require_GET
def incentive(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an incentive with every review of it, the last one first."""
    found, today = incentive_seen(request, pk), timezone.localdate()
    reviews = found.reviews.select_related("reviewer").order_by("-seq")
    context = {
        "standing": _standing(found),
        "incentive": found,
        "reviews": [(one, pack().basis(one.basis_kind), pack().exception(one.article))
                    for one in reviews],
        "may_review": may_review(request.user, found, today),
        "regulation": pack().regulation,
        "pack": pack(),
    }  # fmt: skip
    return render(request, "agreements/incentive.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show somebody of an enterprise the agreements it signed."""
    user, today = user_of(request), timezone.localdate()
    zone_only = may_see_console(user, today).allowed and not user.enterprise_posts.exists()
    require(deny("仅限企业人员", "for people of an enterprise") if zone_only else allow())
    rows = own_agreements(user, today).order_by("-signed_on", "-pk")
    standards = [
        (row, [(line, *LIGHTS[line.light]) for line in lines(row.standard)],
         [(due, *CHECKS[due.state]) for due in row.checks])
        for row in (row_of(one, today) for one in loaded(own_standards(user, today)))
    ]  # fmt: skip
    return render(request, "agreements/mine.html", {"agreements": rows, "standards": standards})
