"""The rules: what they say, by which document, and whom they find."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.rules.schema import Rule, Version
from openzone.www import answers, asof, excel, proofs
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.pages import SIZE
from openzone.zone.audit.actors import Actor
from openzone.zone.people.permissions import may_see_console
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.services.access import log_export
from openzone.zone.rulebook.packs import rules as all_rules
from openzone.zone.rulebook.permissions import may_draft
from openzone.zone.rulebook.selectors.entitlements import Entitlement, Standing
from openzone.zone.rulebook.selectors.population import RuleCounts, population, records
from openzone.zone.rulebook.selectors.releases import releases_of

COMPARED = 2_000


class Line(NamedTuple):
    """A rule in the list: the version in force, and how the zone stands with it."""

    rule: Rule
    version: Version | None
    counts: RuleCounts | None


class Found(NamedTuple):
    """An enterprise that a rule finds, with the answer."""

    enterprise: Enterprise
    entitlement: Entitlement


def lines(as_of: dt.date, *, counted: bool) -> list[Line]:
    """Return every rule; with counts only for people of the zone."""
    counts = population(as_of).counts() if counted else {}
    return [Line(rule, rule.version_on(as_of), counts.get(rule.rule)) for rule in all_rules()]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the rules; those not in force on the day apart."""
    as_of, inside = asof.as_of(request), _works_here(request)
    every = lines(as_of, counted=inside)
    context = {
        "in_force": [line for line in every if line.version],
        "others": [line for line in every if not line.version],
        "inside": inside,
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "rules/list.html", context)


def _works_here(request: HttpRequest) -> bool:
    return may_see_console(request.user, timezone.localdate()).allowed


def rule_or_404(rule_id: str) -> Rule:
    """Return a rule of the zone."""
    for rule in all_rules():
        if rule.rule == rule_id:
            return rule
    raise Http404


@require_GET
def page(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Show a rule's versions and, to people of the zone, the enterprises it finds."""
    rule, as_of = rule_or_404(rule_id), asof.as_of(request)
    version, inside = rule.version_on(as_of), _works_here(request)
    context: dict[str, object] = {
        "rule": rule,
        "version": version,
        "versions": proofs.version_texts(rule),
        "releases": releases_of(rule_id) if inside else (),
        "may_draft": may_draft(request.user, timezone.localdate()).allowed,
        "inside": inside,
    }
    if inside and version:
        context |= _finds(request, rule, as_of)
    return render(request, "rules/page.html", context)


def _finds(request: HttpRequest, rule: Rule, as_of: dt.date) -> dict[str, object]:
    standing = _standing(request.GET.get("standing"))
    zone = population(as_of)
    ids = _in_order(rule, standing, zone.standing(rule.rule, standing), as_of)
    pages = Paginator(ids, SIZE).get_page(request.GET.get("page"))
    return {
        "counts": zone.counts()[rule.rule],
        "values": zone.by_value(rule.rule),
        "standing": standing.value,
        "standings": [one.value for one in Standing],
        "page": pages,
        "found": list(found(rule, list(pages), as_of)),
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }


def _in_order(rule: Rule, standing: Standing, ids: list[int], as_of: dt.date) -> list[int]:
    """Put the nearest of the near misses first, unless they are too many to compare."""
    if standing is not Standing.NEAR or len(ids) > COMPARED:
        return ids
    near = (record for record in records(as_of, ids) if record.rule == rule.rule)
    return [int(record.id) for record in sorted(near, key=answers.farness)]


def _standing(given: str | None) -> Standing:
    return Standing(given) if given in set(Standing) else Standing.MET


def found(rule: Rule, ids: Sequence[int], as_of: dt.date) -> Iterator[Found]:
    """Yield these enterprises with their answers, in the order given."""
    version = rule.version_on(as_of)
    enterprises = Enterprise.objects.select_related("place").in_bulk(ids)
    for record in records(as_of, list(ids)):
        if record.rule == rule.rule and version:
            yield Found(enterprises[int(record.id)], Entitlement(rule, version, record))


@require_POST
def export(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Download the enterprises that stand so with the rule; the log notes it."""
    require(may_export(request.user, timezone.localdate()))
    rule, as_of = rule_or_404(rule_id), asof.as_of(request)
    if rule.version_on(as_of) is None:
        raise Http404
    standing = _standing(request.POST.get("standing"))
    ids = population(as_of).standing(rule.rule, standing)
    excel.ensure_exportable(len(ids))
    table = _table(rule, list(found(rule, ids, as_of)), as_of)
    log_export(
        actor=Actor.of(request.user),
        what=f"rule:{rule.rule}",
        count=len(ids),
        filters={"standing": standing.value, "as_of": as_of.isoformat()},
    )
    return excel.download(table, say(rule.title.text))


def _table(rule: Rule, rows: Sequence[Found], as_of: dt.date) -> excel.Table:
    headings = [
        _("Name"),
        _("Credit code"),
        _("Park"),
        _("Answer"),
        _("Class"),
        _("Conditions not met"),
        _("Facts missing"),
        _("Distance"),
    ]
    return excel.Table(
        headings=headings,
        rows=[_cells(one) for one in rows],
        notes=[say(rule.title.text), excel.as_of_note(as_of)],
        synthetic=any(one.enterprise.synthetic for one in rows)
        if rows
        else excel.in_example_zone(),
    )


def _cells(one: Found) -> list[excel.Cell]:
    enterprise, answer = one.enterprise, one.entitlement
    return [
        enterprise.name,
        enterprise.uscc,
        enterprise.place.name if enterprise.place else None,
        answers.word(answer.standing),
        answers.level(answer.record, answer.version) or None,
        *answers.reason_cells(answer),
    ]
