"""The drafts, and the page on which one is judged."""

import datetime as dt
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.rules.rehearsal import MOVES, Cost, Rehearsal, RuleRehearsal, total_cost
from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.drafting.words import move_word
from openzone.www.formats import say
from openzone.www.pages import SIZE, page_of
from openzone.www.views.rulebook.access import draft_or_404, writer
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.services.access import log_export
from openzone.zone.rulebook.enums import OPEN, DraftState
from openzone.zone.rulebook.models import RuleDraft
from openzone.zone.rulebook.permissions import may_publish
from openzone.zone.rulebook.selectors import drafts as selectors
from openzone.zone.rulebook.selectors.readiness import (
    Readiness,
    first_day,
    readiness,
    rehearse_sets,
)
from openzone.zone.rulebook.selectors.releases import latest_release, rule_in
from openzone.zone.rulebook.selectors.texts import text_differences


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the drafts, the last edited first."""
    writer(request)
    state = request.GET.get("state", "")
    found = selectors.drafts()
    if state in DraftState.values:
        found = found.filter(state=state)
    context = {
        "page": page_of(request, found),
        "state": state,
        "states": DraftState.choices,
    }
    return render(request, "rulebook/drafts.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a draft changes, whom that concerns and what it costs, and what can be done."""
    who, draft = writer(request), draft_or_404(pk)
    ready = readiness(draft) if draft.state in selectors.WAITING else None
    done = _rehearsed(ready, draft, asof.as_of(request)) if ready else None
    latest = latest_release()
    context = {
        "draft": draft,
        "ready": ready,
        "done": done,
        "rules": _moved(done) if done else [],
        "cost": total_cost(done.rules) if done else Cost(),
        "moves": MOVES,
        "others": list(selectors.others_of(draft)) if ready else [],
        "cases": draft.cases.order_by("pk"),
        "may_publish": may_publish(who.user, draft, timezone.localdate()),
        "seen": latest.number if latest else 0,
        "is_open": draft.state in OPEN,
        "lines": text_differences(draft.base_text, draft.text),
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "rulebook/draft.html", context)


def _rehearsed(ready: Readiness, draft: RuleDraft, as_of: dt.date) -> Rehearsal | None:
    """Answer both sets on the first day on which they differ; nothing while the draft is wrong."""
    after = ready.reading.after
    if after is None or ready.reading.blocking:
        return None
    old = rule_in(ready.base, draft.rule)
    return rehearse_sets(ready.base, after, first_day(old, ready.reading.rule, as_of))


def _moved(done: Rehearsal) -> list[RuleRehearsal]:
    """Return the rules that change, or whose answers do."""
    return [rule for rule in done.rules if rule.status != "same" or rule.unchanged < rule.rows]


class Moved(NamedTuple):
    """The enterprises that one number of a rehearsal counts."""

    done: Rehearsal
    rule: RuleRehearsal
    move: str
    enterprises: list[int]


def _moved_or_404(request: HttpRequest, pk: int, given: Any) -> Moved:
    draft = draft_or_404(pk)
    ready = readiness(draft)
    done = _rehearsed(ready, draft, asof.as_of(request))
    move = given.get("move", "")
    if done is None or given.get("rule", "") not in done.by_id or move not in MOVES:
        raise Http404
    rule = done.by_id[given["rule"]]
    return Moved(done, rule, move, [int(one) for one in done.ids(rule.moves[move])])


@require_GET
def moves(request: HttpRequest, pk: int) -> HttpResponse:
    """List the enterprises that gain, lose or become unknown by a draft."""
    writer(request)
    found = _moved_or_404(request, pk, request.GET)
    pages = Paginator(found.enterprises, SIZE).get_page(request.GET.get("page"))
    firms = Enterprise.objects.select_related("place").in_bulk(list(pages))
    context = {
        "draft": draft_or_404(pk),
        "found": found,
        "page": pages,
        "firms": [firms[number] for number in pages],
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "rulebook/moves.html", context)


@require_POST
def moves_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the enterprises of every move of a draft, rule by rule; the log notes it."""
    who = writer(request)
    require(may_export(request.user, timezone.localdate()))
    draft = draft_or_404(pk)
    done = _rehearsed(readiness(draft), draft, asof.as_of(request))
    if done is None:
        raise Http404
    rows = list(_cells(done))
    excel.ensure_exportable(len(rows))
    log_export(
        actor=who.actor,
        what=f"draft:{pk}",
        count=len(rows),
        filters={"as_of": done.after.as_of.isoformat()},
    )
    table = excel.Table(
        headings=[_("Rule"), _("Change"), _("Name"), _("Credit code"), _("Park")],
        rows=rows,
        notes=[draft.title, excel.as_of_note(done.after.as_of)],
        synthetic=excel.in_example_zone(),
    )
    return excel.download(table, draft.title)


def _cells(done: Rehearsal) -> list[list[excel.Cell]]:
    wanted = {
        int(one) for rule in done.rules for rows in rule.moves.values() for one in done.ids(rows)
    }
    firms = Enterprise.objects.select_related("place").in_bulk(sorted(wanted))
    return [
        [
            say(rule.title),
            move_word(move),
            firm.name,
            firm.uscc,
            firm.place.name if firm.place else None,
        ]
        for rule in _moved(done)
        for move, rows in rule.moves.items()
        for firm in (firms[int(one)] for one in done.ids(rows))
    ]
