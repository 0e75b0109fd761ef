"""Term sheets: the list, one with its versions and incentives, papers, the agreement."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.projects import terms as engine
from openzone.www import excel
from openzone.www.access import require
from openzone.www.cases.brief import DOCX, PDF
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import promotion_terms as pages
from openzone.www.forms.promotion_field import WhyForm
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.promotion_paper import paper_of
from openzone.www.views.promotion_field import common
from openzone.zone.agreements.packs import pack as agreements_pack
from openzone.zone.agreements.permissions import may_edit as may_edit_agreements
from openzone.zone.errors import Refused
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit
from openzone.zone.promotion.enums import TermState
from openzone.zone.promotion.field_packs import template
from openzone.zone.promotion.field_permissions import may_keep, may_list
from openzone.zone.promotion.models import TermLine, TermSheet, TermVersion
from openzone.zone.promotion.selectors import field as selectors
from openzone.zone.promotion.selectors.termsheets import difference, last_version, reviewed
from openzone.zone.promotion.services import term_lines, termsheets
from openzone.zone.registry.services.access import log_export

Given = dict[str, Any]
ROWS = TermSheet.objects.select_related(
    "unit", "owner", "lead__investor", "project__lead_unit", "project__investor", "agreement"
)


def zone_name() -> str:
    """Return what the zone is called in agreements: its committee."""
    found = Unit.objects.filter(kind=UnitKind.COMMITTEE).order_by("pk").first()
    return found.name if found is not None else ""


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show term sheets, the latest first."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    rows = page_of(request, selectors.term_sheets(request.user, today))
    context = common.listed(request, "term_sheets", today) | {
        "page": rows, "lines": [(one, say(template(one.template).title.text)) for one in rows],
    }  # fmt: skip
    return render(request, "promotion_field/term_sheets.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a term sheet from a template."""
    common.begins(request)
    who = hand(request)
    asked = {name: request.GET.get(name, "") for name in ("lead", "project", "template")}
    form = pages.OpenTermsForm(posted(request), initial=common.own_unit(who) | asked)
    common.offer_work(form, who)

    def do() -> str:
        common.for_unit(who, form.cleaned_data["unit"])
        made = termsheets.open_sheet(
            **who.of("now", "user"), zone_name=zone_name(), **form.cleaned_data
        )
        return _page(made)

    words = common.page(
        _("New term sheet"), _("Begin"), common.above("term_sheets", _("Term sheets")),
        _("What the lead or the project says is filled in."),
    )  # fmt: skip
    return common.whole(request, words, form, do)


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a term sheet as it reads, its incentives, its versions, what two of them differ in."""
    found, today = common.seen(request, ROWS, pk), timezone.localdate()
    pattern = template(found.template)
    version, against = _versions(request, found)
    keeps = may_keep(request.user, found, today).allowed and found.state == TermState.OPEN
    drafts = (
        found.project is not None
        and may_edit_agreements(request.user, found.project, today).allowed
    )
    context = {
        "sheet": found,
        "template": pattern,
        "version": version,
        "is_last": version.seq == found.last_seq,
        "against": against,
        "sections": engine.said(pattern.fields, pattern.sections, version.values),
        "missing": engine.missing(pattern.fields, version.values),
        "lines": [(one, agreements_pack().incentive_kind(one.line.kind))
                  for one in reviewed(version)],
        "difference": _changes(against, version) if against else None,
        "versions": found.versions.select_related("by").order_by("-seq"),
        "keeps": keeps,
        "drafts": keeps and drafts,
    }  # fmt: skip
    return render(request, "promotion_field/term_sheet.html", context)


def _versions(request: HttpRequest, found: TermSheet) -> tuple[TermVersion, TermVersion | None]:
    """Return the version asked for, and the one it is compared with."""
    version = _version(found, request.GET.get("version", "")) or last_version(found)
    return version, _version(found, request.GET.get("against", ""))


def _version(found: TermSheet, asked: str) -> TermVersion | None:
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        return None
    return found.versions.select_related("by", "sheet").filter(seq=int(asked)).first()


def _changes(before: TermVersion, after: TermVersion) -> dict[str, Any]:
    found = difference(before, after)
    changes = [
        (one.field, engine.shown(one.field, one.before), engine.shown(one.field, one.after))
        for one in found.changes
    ]
    return {"changes": changes, "added": found.added, "dropped": found.dropped}


@require_POST
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the term sheet away as Word or PDF; the log notes it."""
    found, who = common.seen(request, ROWS, pk), hand(request)
    if kind not in ("word", "pdf"):
        raise Http404
    synthetic = found.synthetic or excel.in_example_zone()
    made = paper_of(found, last_version(found), synthetic=synthetic)
    log_export(actor=who.actor, what=f"term_sheet:{found.pk}", count=1, filters={"kind": kind})
    make, media, ending = (word, DOCX, "docx") if kind == "word" else (pdf, PDF, "pdf")
    name = f"{made.title}.{ending}"
    response = HttpResponse(make(made), content_type=media)
    response["Content-Disposition"] = content_disposition_header(
        True, f"{excel.SAMPLE}_{name}" if synthetic else name
    )
    return response


class Act(NamedTuple):
    """A form of a term sheet, what it is called, and what it does."""

    form: type[forms.Form]
    heading: Promise
    button: Promise
    do: Callable[[Hand, TermSheet, Given], Any]


def _line(who: Hand, sheet: TermSheet, given: Given) -> object:
    return term_lines.add_line(**who.of("now", "user"), sheet=sheet, **given)


def _attach(who: Hand, sheet: TermSheet, given: Given) -> object:
    return termsheets.attach_project(**who.of(), sheet=sheet, **given)


def _drop(who: Hand, sheet: TermSheet, given: Given) -> object:
    return termsheets.drop_sheet(**who.of(), sheet=sheet, **given)


def _agreement(who: Hand, sheet: TermSheet, given: Given) -> str:
    if sheet.project is not None:
        require(may_edit_agreements(who.user, sheet.project, who.today))
    made = termsheets.to_agreement(**who.of("now", "user"), sheet=sheet, **given)
    return reverse("agreement", args=[made.pk])


ACTS: Mapping[str, Act] = {
    "line": Act(pages.LineForm, gettext_lazy("Add an incentive"), gettext_lazy("Add"), _line),
    "attach": Act(
        pages.AttachForm, gettext_lazy("Name the project"), gettext_lazy("Save"), _attach
    ),
    "drop": Act(WhyForm, gettext_lazy("Give the term sheet up"), gettext_lazy("Give up"), _drop),
    "agreement": Act(
        pages.NumberForm, gettext_lazy("Draft the agreement"), gettext_lazy("Draft"), _agreement
    ),
}


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of a term sheet, or do what it says."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.kept(request, ROWS, pk), hand(request)
    form = doing.form(posted(request))
    common.offer_work(form, who)

    def do() -> str:
        there = doing.do(who, found, dict(form.cleaned_data))
        return there if isinstance(there, str) else _page(found)

    words = common.page(str(doing.heading), str(doing.button), _above(found), found.title)
    return common.whole(request, words, form, do)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new version of the values."""
    found, who = common.kept(request, ROWS, pk), hand(request)
    pattern = template(found.template)
    begin = pages.initial_of(pattern, last_version(found).values) | {"seen": found.last_seq}
    form = pages.ValuesForm(pattern, posted(request), initial=begin)

    def do() -> str:
        termsheets.write_version(
            **who.of("now", "user"), sheet=found, values=form.values(),
            note_text=form.cleaned_data["note_text"], seen=form.cleaned_data["seen"],
        )  # fmt: skip
        return _page(found)

    words = common.page(_("Change the terms"), _("Save as a new version"), _above(found),
                        found.title)  # fmt: skip
    return common.whole(request, words, form, do)


@require_POST
def line_act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Ask for the review of an incentive, mark it agreed, take it out."""
    line = get_object_or_404(TermLine.objects.select_related("sheet__unit", "incentive"), pk=pk)
    require(may_keep(request.user, line.sheet, timezone.localdate()))
    who = hand(request)
    do: Mapping[str, Callable[..., Any]] = {
        "ask": term_lines.ask_review, "agree": term_lines.agree_line,
        "drop": term_lines.drop_line,
    }  # fmt: skip
    if step not in do:
        raise Http404
    try:
        do[step](**who.of("now", "user"), line=line)
        messages.success(request, _("It is recorded."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect(_page(line.sheet) + "#incentives")


def _page(found: TermSheet) -> str:
    return reverse("term_sheet", args=[found.pk])


def _above(found: TermSheet) -> tuple[Any, ...]:
    return common.above("term_sheets", _("Term sheets"), found, _page(found))
