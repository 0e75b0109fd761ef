"""The chains with their versions and drafts; one version, taken away in every format."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.packs.chain_endings import Format
from openzone.packs.chain_formats import dump
from openzone.packs.chain_parts import compare
from openzone.packs.chain_shape import ChainPack
from openzone.packs.chain_workbook import write_workbook
from openzone.www.access import require
from openzone.www.chain_versions.asking import given, number
from openzone.www.chain_versions.differences import Differences, differences
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.chains_versions import ChainFilesForm, NewChainForm
from openzone.www.words_chains_versions import FORMATS
from openzone.zone.chains.models import ChainRelease
from openzone.zone.chains.permissions import may_edit, may_list, may_settle
from openzone.zone.chains.selectors import drafts as drafting
from openzone.zone.chains.selectors import releases as selectors
from openzone.zone.chains.services import drafts as services
from openzone.zone.chains.services.settling import settle as settle_firms

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {
    "yaml": "application/yaml", "json": "application/json", "csv": "text/csv; charset=utf-8",
    "graphml": "application/graphml+xml", "xlsx": XLSX,
}  # fmt: skip


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List every chain with its version in force, and the drafts somebody works on."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    context = {
        "lines": selectors.lines(today),
        "drafts": drafting.drafts().filter(state__in=selectors.WAITING),
        "may_edit": may_edit(request.user, today).allowed,
    }
    return render(request, "chains/versions.html", context)


@require_GET
def history(request: HttpRequest, chain: str) -> HttpResponse:
    """List the versions and drafts of a chain."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    rows = drafting.drafts().filter(chain=chain)
    if not drafting.exists(chain, today) and not rows.exists():
        raise Http404
    context = {
        "chain": chain, "title": selectors.title_of(chain, today),
        "releases": selectors.releases(chain), "drafts": rows,
        "has_file": selectors.has_file(chain), "now": drafting.in_force(chain, today),
        "today": today, "may_edit": may_edit(request.user, today).allowed,
        "exists": drafting.exists(chain, today), "formats": FORMATS.items(),
    }  # fmt: skip
    return render(request, "chains/versions_of.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a chain that is not there yet."""
    require(may_edit(request.user, timezone.localdate()))
    form = NewChainForm(posted(request))

    def act() -> str:
        draft = services.begin_empty(**given(request), **form.cleaned_data)
        return reverse("chain_draft", args=[draft.pk])

    sub = _("It begins with three stages and no nodes, and is in force once it is published.")
    page = FormPage(_("New chain"), _("Begin"), _("Draft begun."), _above(), sub)
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Begin a draft with a file."""
    require(may_edit(request.user, timezone.localdate()))
    form = ChainFilesForm(posted(request), request.FILES or None)

    def act() -> str:
        draft = services.begin_from_files(**given(request), files=form.contents())
        faults = len(drafting.read(draft.text, draft.chain).problems)
        if faults:
            messages.warning(request, told_faults(faults))
        return reverse("chain_draft", args=[draft.pk])

    page = FormPage(_("Import a chain"), _("Import"), _("Draft begun."), _above())
    return answer(request, page, form, act)


def told_faults(count: int) -> str:
    """Say how many faults have to be mended."""
    return ngettext(
        "%(n)s fault has to be mended before it can be submitted.",
        "%(n)s faults have to be mended before it can be submitted.",
        count,
    ) % {"n": count}


@require_POST
def begin(request: HttpRequest, chain: str) -> HttpResponse:
    """Begin a draft with the newest version, or with an older one."""
    require(may_edit(request.user, timezone.localdate()))
    asked = request.POST.get("number", "")
    draft = services.begin(**given(request), chain=chain, number=number(asked) if asked else None)
    messages.success(request, _("Draft begun."))
    return redirect("chain_draft", draft.pk)


@require_GET
def version(request: HttpRequest, chain: str, number: int) -> HttpResponse:
    """Show a version: what it changed against the one before, or against another."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    pack = _pack(chain, number)
    release = selectors.releases(chain).filter(number=number).first()
    against, names = _against(request, number), {one.id: one.name.text for one in pack.nodes}
    other = selectors.version_of(chain, against) if against is not None else None
    context = {
        "chain": chain, "number": number, "pack": pack, "release": release,
        "against": against if other else None, "formats": FORMATS.items(),
        "differences": _differences(other, pack, release) if other else None,
        "edges": [(names[one.source], names[one.target], one) for one in pack.edges],
        "others": _others(chain, number), "may_edit": may_edit(request.user, today).allowed,
        "behind": selectors.left_behind(release) if release else [],
        "moves": _moves(release), "may_settle": may_settle(request.user, today).allowed,
        "today": today,
    }  # fmt: skip
    return render(request, "chains/version.html", context)


@require_GET
def export(request: HttpRequest, chain: str, number: int, kind: str) -> HttpResponse:
    """Give a version away in one of the formats."""
    require(may_list(request.user, timezone.localdate()))
    return file_of(_pack(chain, number), f"{chain}-{number}", kind)


@require_POST
def settle(request: HttpRequest, chain: str, number: int) -> HttpResponse:
    """Let firms go on at the nodes that take over those the version does not have."""
    require(may_settle(request.user, timezone.localdate()))
    release = get_object_or_404(selectors.releases(chain), number=number)
    moves = {
        name.removeprefix("move-"): str(node)
        for name, node in request.POST.items()
        if name.startswith("move-") and node
    }
    count = settle_firms(**given(request), release=release, moves=moves)
    said = ngettext("%(n)s firm moved.", "%(n)s firms moved.", count) % {"n": count}
    messages.success(request, said)
    return redirect("chain_version", chain, number)


def file_of(pack: ChainPack, name: str, kind: str) -> HttpResponse:
    """Answer with a chain as a file."""
    if kind not in MEDIA:
        raise Http404
    content = write_workbook(pack) if kind == "xlsx" else dump(pack, Format(kind))
    response = HttpResponse(content, content_type=MEDIA[kind])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}")
    return response


def _pack(chain: str, number: int) -> ChainPack:
    pack = selectors.version_of(chain, number)
    if pack is None:
        raise Http404
    return pack


def _against(request: HttpRequest, of: int) -> int | None:
    """Return the version to compare with: the one asked for, else the one before."""
    asked = request.GET.get("against", "")
    if asked:
        return number(asked)
    return of - 1 if of else None


def _others(chain: str, of: int) -> list[int]:
    found = list(selectors.releases(chain).values_list("number", flat=True))
    return [one for one in (*found, *([0] if selectors.has_file(chain) else [])) if one != of]


def _differences(other: ChainPack, pack: ChainPack, release: ChainRelease | None) -> Differences:
    return differences(compare(other, pack, _moves(release)), other, pack)


def _moves(release: ChainRelease | None) -> dict[str, str]:
    draft = getattr(release, "draft", None)
    return dict(draft.moves) if draft is not None else {}


def _above() -> tuple[Crumb, ...]:
    return (
        Crumb(reverse("chains"), _("Industrial chains")),
        Crumb(reverse("chain_versions"), _("Versions of chains")),
    )
