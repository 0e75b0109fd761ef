"""The editor of a draft: as a form for everybody, as a text for experts, both checked alike."""

from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.rules.document import read_document
from openzone.engines.rules.problems import PackError
from openzone.www import asof
from openzone.www.access import require
from openzone.www.drafting import facts
from openzone.www.drafting.fields import head_of
from openzone.www.drafting.moves import moved
from openzone.www.drafting.nodes import FORMS, GROUPS, OPERATORS
from openzone.www.drafting.patches import Document, patched
from openzone.www.drafting.preview import Preview, preview
from openzone.www.formats import say
from openzone.www.readonly import read_only
from openzone.www.views.rulebook.access import Writer, draft_or_404, writer
from openzone.zone.errors import Refused
from openzone.zone.rulebook.enums import OPEN, DraftKind
from openzone.zone.rulebook.models import RuleDraft
from openzone.zone.rulebook.packs import in_force
from openzone.zone.rulebook.permissions import may_screen
from openzone.zone.rulebook.selectors.reading import Reading, read_draft
from openzone.zone.rulebook.selectors.texts import file_text
from openzone.zone.rulebook.services import drafts

ADDED = ("fact", "number", "score", "rule", "any", "all", "at_least", "veto", "not", "cases")
WRAPS = ("any", "all", "at_least", "not")


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a rule as a form; a step that changes its shape saves what is typed, too."""
    who, draft = writer(request), draft_or_404(pk)
    if draft.kind != DraftKind.RULE or draft.state not in OPEN:
        return redirect("draft", pk)
    document = document_of(draft)
    if document is None:
        return redirect("draft_text", pk)
    if request.method == "POST":
        return _save(request, who, draft, document)
    return _show(request, draft, document, _index(request.GET.get("version"), document))


def document_of(draft: RuleDraft) -> Document | None:
    """Return a draft as data; None while its text is no YAML."""
    return _parsed(draft.text)


@lru_cache(maxsize=32)
def _parsed(text: str) -> Document | None:
    """Return a text as data that nobody changes; the same text is asked about at every key."""
    try:
        return read_document(text, "").value
    except PackError:
        return None


def _index(given: str | None, document: Document) -> int:
    """Return the version asked for, else the last one."""
    last = len(document.get("versions") or [None]) - 1
    index = int(given) if given and given.isdecimal() and len(given) < 4 else last
    return min(index, last)


def _save(request: HttpRequest, who: Writer, draft: RuleDraft, document: Document) -> HttpResponse:
    index = _index(request.POST.get("index"), document)
    changed = patched(document, index, request.POST.dict())
    step, place = request.POST.get("do", "save"), ""
    if step != "save":
        changed, path = moved(changed, index, step)
        place = "-".join(map(str, path))
    text = file_text(changed) if changed != document else draft.text
    try:
        revision = _revision(request)
        drafts.edit(actor=who.actor, by=who.user, draft=draft, text=text, revision=revision)
    except Refused as refusal:
        return _conflict(request, draft, file_text(changed), refusal)
    if step == "save":
        messages.success(request, _("Saved."))
    there = reverse("draft_edit", args=[draft.pk])
    # No fragment: a browser that is sent to one forgets which input should have the focus.
    return redirect(f"{there}?version={index}&at={place}")


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _show(request: HttpRequest, draft: RuleDraft, document: Document, index: int) -> HttpResponse:
    shown = preview(draft, document, index, asof.as_of(request))
    context = _words() | {
        "draft": draft,
        "shown": shown,
        "head": head_of(document, index),
        "versions": [each.get("version") for each in document.get("versions") or [{}]],
        "index": index,
        "at": request.GET.get("at", ""),
        "oob": False,
    }
    return render(request, "rulebook/edit.html", context)


def _words() -> dict[str, Any]:
    return {
        "operators": OPERATORS,
        "added": [(form, FORMS[form]) for form in ADDED],
        "groups": [(form, FORMS[form]) for form in GROUPS],
        "wraps": [(form, FORMS[form]) for form in WRAPS],
    }


@require_POST
def preview_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the form would mean if it were saved. Nothing is written."""
    writer(request)
    draft = draft_or_404(pk)
    document = document_of(draft)
    if document is None or _revision(request) != draft.revision:
        return render(request, "rulebook/stale.html", {"draft": draft})
    index = _index(request.POST.get("index"), document)
    posted = request.POST.dict()
    with read_only():
        shown = preview(draft, patched(document, index, posted), index, asof.as_of(request))
        context = _words() | {"draft": draft, "shown": shown, "oob": True}
        context["refit"] = _refitted(shown, posted)
        return render(request, "rulebook/preview.html", context)


def _refitted(shown: Preview, posted: dict[str, str]) -> list[Any]:
    """Return the conditions whose chosen test does not fit what they are about any more."""
    nodes = [note.node for note in shown.notes.values() if note.node.is_leaf]
    return [
        node
        for node in nodes
        if posted.get(f"{node.key}:op0", node.operators[0]) not in node.operators
    ]


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a draft as the text of its file."""
    who, draft = writer(request), draft_or_404(pk)
    if draft.kind == DraftKind.WITHDRAWAL or draft.state not in OPEN:
        return redirect("draft", pk)
    if request.method != "POST":
        return _text_page(request, draft, draft.text, read_draft(draft, in_force()))
    typed = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        revision = _revision(request)
        saved = drafts.edit(
            actor=who.actor, by=who.user, draft=draft, text=typed, revision=revision
        )
    except Refused as refusal:
        return _conflict(request, draft, typed, refusal)
    messages.success(request, _("Saved."))
    return _text_page(request, saved, saved.text, read_draft(saved, in_force()))


@require_POST
def preview_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a text while it is typed. Nothing is written."""
    writer(request)
    draft = draft_or_404(pk)
    draft.text = request.POST.get("text", "").replace("\r\n", "\n")
    with read_only():
        return render(request, "rulebook/text_preview.html", _text_context(request, draft))


def _text_page(
    request: HttpRequest, draft: RuleDraft, typed: str, reading: Reading
) -> HttpResponse:
    context = _text_context(request, draft) | {"draft": draft, "typed": typed}
    return render(request, "rulebook/text.html", context)


def _text_context(request: HttpRequest, draft: RuleDraft) -> dict[str, Any]:
    """Return what can be said of the text of a draft that may not be saved."""
    document = document_of(draft)
    if draft.kind == DraftKind.RULE and document is not None:
        shown = preview(draft, document, _index(None, document), asof.as_of(request))
        return {"shown": shown, "reading": shown.reading, "oob": False, "refit": []}
    reading = read_draft(draft, in_force())
    said = [one.label.text for one in reading.after.relations] if reading.after else []
    return {"shown": None, "reading": reading, "said": said}


def _conflict(request: HttpRequest, draft: RuleDraft, mine: str, refusal: Refused) -> HttpResponse:
    """Show both texts: what was saved meanwhile, and what this person typed."""
    now = draft_or_404(draft.pk)
    context = {"draft": now, "mine": mine, "reason": say(refusal.reason)}
    return render(request, "rulebook/conflict.html", context, status=409)


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer a few letters with the facts they may mean."""
    require(may_screen(request.user, timezone.localdate()))
    letters = request.GET.get("q", "")[:100]
    context = {"offers": facts.suggest(letters), "letters": letters}
    return render(request, "rulebook/facts.html", context)
