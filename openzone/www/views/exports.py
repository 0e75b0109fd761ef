"""Lists as Excel files. Each is a POST, because the log notes who carries what away."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from openzone.engines.worktime.localtime import to_local
from openzone.www import answers, asof, excel, words
from openzone.www.access import require, require_console
from openzone.www.formats import say
from openzone.www.known import Sight, lines
from openzone.www.views.audit import EventFilter
from openzone.www.views.figures import published
from openzone.www.views.people import posts_of, users_now
from openzone.www.views.rules import lines as rule_lines
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.people.permissions import may_administer
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export, may_see_enterprise
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.registry.services.access import log_export
from openzone.zone.rulebook.selectors.entitlements import Entitlement, Standing, entitlements

FROM_A_DEMO = gettext_lazy(
    "示例 Example zone: exported there, the figures themselves are real and published"
)
STANDINGS = tuple(one.value for one in Standing)


def send(
    request: HttpRequest,
    table: excel.Table,
    *,
    what: str,
    name: str,
    filters: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Log an export and answer with the file."""
    excel.ensure_exportable(len(table.rows))
    log_export(
        actor=Actor.of(request.user), what=what, count=len(table.rows), filters=filters or {}
    )
    return excel.download(table, name)


def _of_enterprise(request: HttpRequest, pk: int) -> Enterprise:
    """Return an enterprise whose page the person may see: its own people may take it away too."""
    enterprise = get_object_or_404(Enterprise, pk=pk)
    require(may_see_enterprise(request.user, enterprise, timezone.localdate()))
    return enterprise


@require_POST
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Download what is known about an enterprise, hidden values left out."""
    enterprise, as_of = _of_enterprise(request, pk), asof.as_of(request)
    sight = Sight(request.user, enterprise, timezone.localdate())
    known = lines(facts_of(enterprise, as_of).values(), sight, as_of)
    table = excel.Table(
        headings=[
            _("Fact"),
            _("Period"),
            _("Value"),
            _("Unit of value"),
            _("Source"),
            _("Known on"),
        ],
        rows=[
            (
                say(line.fact.label),
                line.period,
                line.known.value,
                say(line.known.unit) or None,
                f"{line.known.source or ''} {line.known.locator}".strip() or None,
                line.known.known_on,
            )
            for line in known
            if not line.hidden
        ],
        notes=[enterprise.name, excel.as_of_note(as_of)],
        synthetic=enterprise.synthetic,
    )
    filters = {"list": "facts", "as_of": as_of.isoformat()}
    return send(request, table, what=_subject(enterprise), name=enterprise.name, filters=filters)


@require_POST
def entitled(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the answers of all rules for an enterprise."""
    enterprise, as_of = _of_enterprise(request, pk), asof.as_of(request)
    table = excel.Table(
        headings=[
            _("Rule"),
            _("Version"),
            _("Document"),
            _("Answer"),
            _("Conditions not met"),
            _("Facts missing"),
            _("Distance"),
        ],
        rows=[_answer_cells(answer) for answer in entitlements(enterprise, as_of)],
        notes=[enterprise.name, excel.as_of_note(as_of)],
        synthetic=enterprise.synthetic,
    )
    filters = {"list": "entitlements", "as_of": as_of.isoformat()}
    return send(request, table, what=_subject(enterprise), name=enterprise.name, filters=filters)


def _subject(enterprise: Enterprise) -> str:
    return f"enterprise:{enterprise.pk}"


def _answer_cells(answer: Entitlement) -> tuple[excel.Cell, ...]:
    source = answer.version.source
    return (
        say(answer.rule.title.text),
        answer.version.version,
        f"{source.title} {source.number or ''}".strip(),
        answers.said(answer),
        *answers.reason_cells(answer),
    )


@require_POST
def rules(request: HttpRequest) -> HttpResponse:
    """Download the rules in force with how the zone stands with each."""
    require(may_export(request.user, timezone.localdate()))
    as_of = asof.as_of(request)
    counts = [answers.word(standing) for standing in STANDINGS]
    table = excel.Table(
        headings=[_("Rule"), _("Version"), _("Document"), _("Verified"), *counts],
        rows=[
            (
                say(line.rule.title.text),
                line.version.version,
                f"{line.version.source.title} {line.version.source.number or ''}".strip(),
                words.verified(line.version.verified),
                *(getattr(line.counts, standing) for standing in STANDINGS),
            )
            for line in rule_lines(as_of, counted=True)
            if line.version and line.counts
        ],
        notes=[_("Policies and rules"), excel.as_of_note(as_of)],
        synthetic=excel.in_example_zone(),
    )
    return send(
        request,
        table,
        what="rules",
        name=_("Policies and rules"),
        filters={"as_of": as_of.isoformat()},
    )


@require_POST
def audit(request: HttpRequest) -> HttpResponse:
    """Download the lines of the log that the filters leave."""
    require(may_administer(request.user, timezone.localdate()))
    form = EventFilter(request.POST)
    events = form.events() if form.is_valid() else Event.objects.none()
    table = excel.Table(
        headings=[
            _("No."),
            _("Time"),
            _("Who"),
            _("Action"),
            _("Code"),
            _("Subject"),
            _("Details"),
        ],
        rows=[
            (
                event.seq,
                timezone.localtime(event.at),
                event.actor_label,
                words.action(event.action),
                event.action,
                event.subject,
                event.payload,
            )
            for event in events[: settings.EXPORT_LIMIT + 1]
        ],
        notes=[_("Audit log")],
        synthetic=excel.in_example_zone(),
    )
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, table, what="audit", name=_("Audit log"), filters=given)


@require_POST
def people(request: HttpRequest) -> HttpResponse:
    """Download who can log in, as what."""
    today = timezone.localdate()
    require(may_administer(request.user, today))
    table = excel.Table(
        headings=[_("Account"), _("Name"), _("Roles"), _("Last login")],
        rows=[
            (
                user.username,
                str(user),
                answers.joined(posts_of(user)) or None,
                to_local(user.last_login).date() if user.last_login else None,
            )
            for user in users_now(today)
        ],
        notes=[_("People and units"), excel.as_of_note(today)],
        synthetic=excel.in_example_zone(),
    )
    return send(request, table, what="people", name=_("People and units"))


@require_POST
def figures(request: HttpRequest) -> HttpResponse:
    """Download the published figures with their documents."""
    require_console(request)
    demo = excel.in_example_zone()
    table = excel.Table(
        headings=[
            _("Where"),
            _("Indicator"),
            _("Period"),
            _("Value"),
            _("Unit of value"),
            _("Definition"),
            _("As printed"),
            _("Document"),
        ],
        rows=[
            (
                say(one.place),
                say(one.indicator),
                one.period,
                one.value,
                one.unit,
                say(one.basis) if one.basis else None,
                one.wording,
                one.document,
            )
            for one in published().figures
        ],
        notes=[_("Published figures"), *([str(FROM_A_DEMO)] if demo else [])],
        synthetic=False,
    )
    name = _("Published figures")
    return send(request, table, what="figures", name=f"{excel.SAMPLE}_{name}" if demo else name)
