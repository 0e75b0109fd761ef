"""Pages: the list, bringing one in, the page beside its facts, its file, what was read as files."""

import json
from collections.abc import Iterable
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.files.gate import MEDIA_TYPES, Kind
from openzone.www import excel
from openzone.www import readings as shown
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.readings import TYPES, BringForm, FactFilter, PageFilter
from openzone.www.hands import hand
from openzone.www.importing import Work
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.www.views.readings import common
from openzone.zone.audit.actors import Actor
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.progress import progress_of
from openzone.zone.readings.enums import PageState
from openzone.zone.readings.jobs import model_there, read_one
from openzone.zone.readings.models import JudgedFact, Page
from openzone.zone.readings.packs import label
from openzone.zone.readings.permissions import may_read
from openzone.zone.readings.selectors.listing import facts_of, pages
from openzone.zone.readings.selectors.records import record_of
from openzone.zone.readings.services.bringing import Appeared, bring_page, retry_page
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.services.access import log_export

PLAIN = "text/plain; charset=utf-8"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the pages, the latest first."""
    today = common.entered(request)
    form = PageFilter(request.GET)
    found = pages(form.asked()) if form.is_valid() else Page.objects.none()
    context = common.framed(request, "readings", today) | {
        "form": form, "page": page_of(request, found),
    }  # fmt: skip
    return render(request, "readings/list.html", context, status=200 if form.is_valid() else 400)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Bring a page in; it is read in the background."""
    common.reading(request)
    form, who = BringForm(posted(request), request.FILES or None), hand(request)

    def do() -> str:
        file = form.cleaned_data["file"]
        appeared = Appeared(**{name: form.cleaned_data[name] for name in Appeared._fields})
        made = bring_page(
            **who.of("user", "now", "today"), name=file.name or "", data=file.read(),
            appeared=appeared, synthetic=excel.in_example_zone(),
        )  # fmt: skip
        start(made, who.actor)
        return reverse("reading", args=[made.pk])

    words = common.form_page(
        _("Bring a page in"), _("Read it"), common.above(),
        _("The file is kept as it came. Nothing enters the record before a person accepted it."),
        _("The page is being read."),
    )  # fmt: skip
    return answer(request, words, form, do)


def start(page: Page, actor: Actor) -> None:
    """Queue the reading of a page."""
    enqueue_once(read_one, _key(page), page=page.pk, actor=[actor.kind, actor.id, actor.label])


def _key(page: Page) -> str:
    tries = page.reason_zh != ""
    again = Job.objects.filter(unique_key__startswith=f"reading:{page.pk}:").count()
    return f"reading:{page.pk}:{again if tries else 0}"


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page beside its facts, or how far its reading is."""
    today = common.entered(request)
    found = common.page_at(pk)
    if found.state != PageState.READ:
        return _unread(request, found)
    form = FactFilter(request.GET)
    facts = list(facts_of(found)) if form.is_valid() else []
    kept = [one for one in facts if form.keeps(one)]
    cards = shown.cards(found, kept, {one.pk: n for n, one in enumerate(facts, start=1)})
    context = common.framed(request, "readings", today) | {
        "page": found,
        "form": form,
        "cards": {card.judged.pk: card for card in cards},
        "parts": shown.parts(cards),
        "articles": shown.articles(found, kept),
        "rest": shown.rest(found),
        "model": model_there(),
        "may_export": may_export(request.user, today).allowed,
        "left": found.facts_found - found.facts_judged,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "readings/page.html", context, status=status)


def _unread(request: HttpRequest, found: Page) -> HttpResponse:
    jobs = Job.objects.filter(unique_key__startswith=f"reading:{found.pk}:")
    job = jobs.order_by("-pk").first()
    work = Work(job, progress_of(job.pk)) if job else None
    context = common.framed(request, "readings", timezone.localdate()) | {
        "page": found, "work": work, "busy": bool(work and work.active),
    }  # fmt: skip
    part = "#state" if "HX-Request" in request.headers else ""
    answered = render(request, f"readings/waiting.html{part}", context)
    if part and not context["busy"]:
        answered["HX-Refresh"] = "true"
    return answered


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a page that failed once more."""
    common.reading(request)
    found, who = common.page_at(pk), hand(request)
    if found.state == PageState.FAILED:
        retry_page(**who.of(), page=found)
        start(found, who.actor)
    return redirect("reading", found.pk)


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file of a page out as it came, always to be saved."""
    common.entered(request)
    found = get_object_or_404(Page, pk=pk)
    with found.file.open("rb") as stored:
        content = stored.read()
    kind = MEDIA_TYPES[Kind(found.kind)] if found.kind in list(Kind) else PLAIN
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, found.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Carry the facts of a page away as they stand: JSON lines, or a workbook."""
    today = common.entered(request)
    require(may_read(request.user, today))
    require(may_export(request.user, today))
    found = common.read_page_at(pk)
    facts = list(facts_of(found))
    if form == "jsonl":
        return _lines(request, found, facts)
    if form == "xlsx":
        return send(
            request, _table(found, facts), what=f"page:{found.pk}", name=_("Facts of the page")
        )
    raise Http404


def _lines(request: HttpRequest, found: Page, facts: Iterable[JudgedFact]) -> HttpResponse:
    lines = [json.dumps(record_of(one), ensure_ascii=False) + "\n" for one in facts]
    log_export(
        **hand(request).of(), what=f"page:{found.pk}", count=len(lines), filters={"as": "jsonl"}
    )
    response = HttpResponse("".join(lines), content_type="application/jsonl; charset=utf-8")
    name = f"{found.name.rpartition('.')[0] or found.name}.jsonl"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _table(found: Page, facts: Iterable[JudgedFact]) -> excel.Table:
    return excel.Table(
        [_("State"), _("Of whom"), _("Attribute"), _("Value"), _("Unit"), _("Period"),
         _("Type of fact"),
         _("Quote"), _("From character"), _("To character"), _("Headline"), _("Who found it"),
         _("Rule"), _("Confidence"), _("Note"), _("Judged by")],
        [_cells(one) for one in facts if not one.fact.names],
        [str(found), found.name, _("State: as it was judged when this file was made.")],
        found.synthetic or excel.in_example_zone(),
    )  # fmt: skip


def _kind(code: str) -> str:
    return str(dict(TYPES).get(code, code))


def _cells(one: JudgedFact) -> tuple[excel.Cell, ...]:
    fact = one.fact
    return (
        str(one.get_state_display()), one.subject or None, say(label(one.attribute)), one.value,
        one.unit or None, one.period or None, _kind(one.type), fact.quote, fact.start, fact.end,
        fact.headline or None, str(fact.get_origin_display()), fact.rule,
        Decimal(str(fact.confidence)),
        one.note or None, str(one.last.by) if one.last else None,
    )  # fmt: skip
