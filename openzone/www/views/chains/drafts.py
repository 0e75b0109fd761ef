"""A draft of a chain, edited part by part or as the text of its file."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.packs.chain_parts import compare
from openzone.www.chain_versions import asking
from openzone.www.chain_versions.differences import differences
from openzone.www.chain_versions.rows import EdgeRow, NodeRow, edge_rows, node_rows, wanted
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms.chains_versions import (
    ChainFilesForm,
    EdgeForm,
    HeadForm,
    NodeForm,
    RulesForm,
    named,
)
from openzone.www.views.chains.versions import file_of, told_faults
from openzone.zone.chains.models import ChainDraft
from openzone.zone.chains.selectors import drafts as selectors
from openzone.zone.chains.services import drafts as services
from openzone.zone.chains.services import entries
from openzone.zone.errors import Refused

Entry = Mapping[str, Any]
NEW_STAGES = 3


@require_GET
def nodes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft: its nodes as a table."""
    draft = asking.seen(request, pk)
    context = asking.base(request, draft, "chain_draft")
    q, stage = request.GET.get("q", "").strip()[:100], request.GET.get("stage", "")
    rows: list[NodeRow] = [row for row in node_rows(context["reading"]) if wanted(row, q, stage)]
    context |= {"rows": asking.page_of(request, rows), "q": q, "stage": stage}
    return render(request, "chains/draft_nodes.html", context)


@require_GET
def edges(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the edges of a draft as a table."""
    draft = asking.seen(request, pk)
    context = asking.base(request, draft, "chain_draft_edges")
    node = request.GET.get("node", "")
    rows: list[EdgeRow] = [
        row for row in edge_rows(context["reading"]) if not node or node in row.ends
    ]
    choices = [(one.get("id"), named(one)) for one in context["reading"].entries("nodes")]
    context |= {"rows": asking.page_of(request, rows), "node": node, "choices": choices}
    return render(request, "chains/draft_edges.html", context)


@require_http_methods(["GET", "POST"])
def node(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a node, or write another in the place of one."""
    draft = asking.edited(request, pk)
    reading, place = selectors.read(draft.text, draft.chain), asking.place_of(request)
    entry = _entry(reading, "nodes", place)
    form = NodeForm(reading, entry, posted(request))
    was = str(entry.get("id") or "")

    def act() -> None:
        asking.ensure_same(request, was)
        entries.put_node(
            **asking.given(request), draft=draft, place=place, node=form.entry(),
            revision=asking.revision_of(request),
        )  # fmt: skip
        _saved(request, draft)

    said = {
        "heading": _("Node %(id)s") % {"id": was} if was else _("New node"), "was": was,
        "faults": asking.about(reading.problems, was),
    }  # fmt: skip
    return asking.form_page(request, draft, form, act, reverse("chain_draft", args=[pk]), said)


@require_http_methods(["GET", "POST"])
def edge(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an edge, or write another in the place of one."""
    draft = asking.edited(request, pk)
    reading, place = selectors.read(draft.text, draft.chain), asking.place_of(request)
    entry = _entry(reading, "edges", place)
    form = EdgeForm(reading, entry or {"from": request.GET.get("from")}, posted(request))
    was = _ends(entry)

    def act() -> None:
        asking.ensure_same(request, was)
        entries.put_edge(
            **asking.given(request), draft=draft, place=place, edge=form.entry(),
            revision=asking.revision_of(request),
        )  # fmt: skip
        _saved(request, draft)

    said = {
        "heading": _("Edge %(id)s") % {"id": was} if was else _("New edge"), "was": was,
        "faults": asking.about(reading.problems, was),
    }  # fmt: skip
    there = reverse("chain_draft_edges", args=[pk])
    return asking.form_page(request, draft, form, act, there, said)


@require_POST
def node_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a node out with its edges."""
    return _remove(request, pk, "nodes", entries.remove_node, "chain_draft")


@require_POST
def edge_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an edge out."""
    return _remove(request, pk, "edges", entries.remove_edge, "chain_draft_edges")


def _remove(
    request: HttpRequest, pk: int, key: str, service: Callable[..., ChainDraft], there: str
) -> HttpResponse:
    draft = asking.edited(request, pk)
    place = asking.number(request.POST.get("at"))
    entry = _entry(selectors.read(draft.text, draft.chain), key, place)
    name = str(entry.get("id") or "") if key == "nodes" else _ends(entry)
    asking.ensure_same(request, name)
    service(**asking.given(request), draft=draft, place=place,
            revision=asking.revision_of(request))  # fmt: skip
    _saved(request, draft)
    return redirect(there, pk)


@require_GET
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the chain is, its stages, and how texts are read."""
    draft = asking.seen(request, pk)
    context = asking.base(request, draft, "chain_draft_parts")
    reading = context["reading"]
    context |= {
        "head": HeadForm(_mapping(reading.value.get("chain"))),
        "rules": RulesForm(_mapping(reading.value.get("rules"))),
        "stages": [*reading.stages, *[""] * NEW_STAGES],
    }
    return render(request, "chains/draft_parts.html", context)


@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the chain is."""
    return _part(request, pk, "chain", HeadForm, _("What the chain is"))


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Write how the texts of firms are read."""
    return _part(request, pk, "rules", RulesForm, _("How texts are read"))


def _part(
    request: HttpRequest, pk: int, part: str, make: type[HeadForm] | type[RulesForm], heading: str
) -> HttpResponse:
    draft = asking.edited(request, pk)
    value = selectors.read(draft.text, draft.chain).value
    form = make(_mapping(value.get(part)), posted(request))

    def act() -> None:
        entries.set_part(
            **asking.given(request), draft=draft, part=part, entry=form.entry(),
            revision=asking.revision_of(request),
        )  # fmt: skip
        _saved(request, draft)

    there = reverse("chain_draft_parts", args=[pk])
    return asking.form_page(request, draft, form, act, there, {"heading": heading})


@require_POST
def stages(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the stages: their names, their order; an empty name takes one out."""
    draft = asking.edited(request, pk)
    old, new = request.POST.getlist("old"), request.POST.getlist("new")
    order = [asking.number(one) for one in request.POST.getlist("order")]
    rows = sorted(zip(order, old, new, strict=False), key=lambda row: row[0])
    given = [(was, name.strip()) for _place, was, name in rows if name.strip()]
    entries.set_stages(
        **asking.given(request), draft=draft, stages=given, revision=asking.revision_of(request)
    )
    _saved(request, draft)
    return redirect("chain_draft_parts", pk)


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a draft as the text of its file; faults are shown, and it is kept."""
    draft = asking.seen(request, pk)
    if request.method != "POST":
        return _editor(request, draft, draft.text)
    draft, typed = asking.edited(request, pk), _typed(request)
    try:
        services.save_text(
            **asking.given(request), draft=draft, text=typed, revision=asking.revision_of(request)
        )
    except Refused as refusal:
        draft.refresh_from_db()
        return _editor(request, draft, typed, refused=say(refusal.reason), status=409)
    _saved(request, draft)
    return redirect("chain_draft_text", pk)


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a text while it is typed. Nothing is written."""
    draft = asking.edited(request, pk)
    return render(request, "chains/draft_found.html", _found(draft, _typed(request)))


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file in the place of the draft's text."""
    draft = asking.edited(request, pk)
    form = ChainFilesForm(posted(request), request.FILES or None)

    def act() -> None:
        services.take_files(
            **asking.given(request), draft=draft, files=form.contents(),
            revision=asking.revision_of(request),
        )  # fmt: skip
        _saved(request, draft)

    said = {"heading": _("Take a file in"), "button": _("Import")}
    return asking.form_page(request, draft, form, act, reverse("chain_draft", args=[pk]), said)


@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give a draft away in one of the formats; one with faults only as its text."""
    draft = asking.seen(request, pk)
    pack = selectors.read(draft.text, draft.chain).pack
    name = f"{draft.chain}-draft-{draft.pk}"
    if kind == "yaml":
        response = HttpResponse(draft.text, content_type="application/yaml")
        response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
        return response
    if pack is None:
        raise Http404
    return file_of(pack, name, kind)


def _entry(reading: selectors.Reading, key: str, place: int | None) -> Entry:
    entries_ = reading.entries(key)
    if place is None:
        return {}
    if place >= len(entries_):
        raise Http404
    return entries_[place]


def _ends(entry: Entry) -> str:
    return f"{entry.get('from', '')}→{entry.get('to', '')}" if entry else ""


def _mapping(value: object) -> Entry:
    return value if isinstance(value, Mapping) else {}


def _typed(request: HttpRequest) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n")


def _saved(request: HttpRequest, draft: ChainDraft) -> None:
    draft.refresh_from_db()
    messages.success(request, _("Saved."))
    faults = len(selectors.read(draft.text, draft.chain).problems)
    if faults:
        messages.warning(request, told_faults(faults))


def _found(draft: ChainDraft, typed: str) -> dict[str, Any]:
    """Return the faults of a text, and in what it differs from what the draft began with."""
    reading = selectors.read(typed, draft.chain)
    before = selectors.pack_of(draft.base_text, draft.chain) if reading.pack else None
    found = None
    if reading.pack:
        found = differences(compare(before, reading.pack, draft.moves), before, reading.pack)
    return {"draft": draft, "problems": reading.problems, "found": found}


def _editor(
    request: HttpRequest, draft: ChainDraft, typed: str, *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = asking.base(request, draft, "chain_draft_text") | _found(draft, typed)
    context |= {"typed": typed, "refused": refused, "line": asking.number(request.GET.get("line"))}
    return render(request, "chains/draft_text.html", context, status=status)
