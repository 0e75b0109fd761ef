"""From a draft of a chain to a version: compared, submitted, published by another person."""

import datetime as dt
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openzone.engines.chains.diff import ChainDiff
from openzone.engines.chains.drawing import NotDrawable
from openzone.packs.chain_parts import compare as compared
from openzone.packs.chain_shape import ChainPack
from openzone.www import chain_pictures
from openzone.www.access import require
from openzone.www.chain_versions import asking
from openzone.www.chain_versions.differences import differences, figures, gap_lines
from openzone.www.chain_versions.picture import difference_picture
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.chains_versions import NoteForm, PublishForm
from openzone.www.forms.facts import ReasonForm
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import ChainDraft
from openzone.zone.chains.permissions import may_publish, may_return
from openzone.zone.chains.selectors import drafts as selectors
from openzone.zone.chains.selectors.releases import homeless
from openzone.zone.chains.services import drafts as services
from openzone.zone.chains.services import publishing
from openzone.zone.rulebook.selectors.texts import text_differences


@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a draft changes, in words and as a picture, and what it does to the figures."""
    draft = asking.seen(request, pk)
    context = asking.base(request, draft, "chain_draft_compare")
    if context["waits"]:
        context |= _compared(draft)
        if (file := chain_pictures.exported(request, *context["pictures"])) is not None:
            return file
    context["note"] = NoteForm(initial={"note": draft.note})
    return render(request, "chains/draft_compare.html", context)


def _compared(draft: ChainDraft) -> dict[str, Any]:
    today = timezone.localdate()
    base, after = selectors.newest(draft.chain, today), selectors.read(draft.text, draft.chain).pack
    lines = text_differences(base.text, draft.text)
    if after is None:
        return {"base": base, "lines": lines, "pictures": []}
    before = selectors.pack_of(base.text, draft.chain)
    found, effect = compared(before, after, draft.moves), selectors.effect_of(draft, today)
    rows = homeless(draft.chain, [node.id for node in after.nodes], today)
    return {
        "base": base, "lines": lines, "found": differences(found, before, after),
        "figures": figures(effect) if effect else [], "gaps": gap_lines(effect) if effect else [],
        "homeless": rows, "moves": _moves(draft, Counter(row.node for row in rows)),
        "choices": [(node.id, f"{node.name.zh} · {node.id}") for node in after.nodes],
        **_pictures(found, before, after, today),
    }  # fmt: skip


def _pictures(
    found: ChainDiff, before: ChainPack | None, after: ChainPack, today: dt.date
) -> dict[str, Any]:
    """Return the picture of a difference, or why there is none."""
    if before is None or not len(found):
        return {"pictures": []}
    try:
        return {"pictures": [difference_picture(found, before, after, today)]}
    except NotDrawable as refused:
        return {"pictures": [], "undrawn": refused.reason}


def _moves(draft: ChainDraft, nodes: Counter[str]) -> list[dict[str, Any]]:
    return [
        {"node": node, "firms": count, "to": draft.moves.get(node, "")}
        for node, count in sorted(nodes.items())
    ]


@require_POST
def moves(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which node takes over the firms of a node that goes."""
    draft = asking.edited(request, pk)
    given = {
        name.removeprefix("move-"): str(node)
        for name, node in request.POST.items()
        if name.startswith("move-")
    }
    services.move_firms(
        **asking.given(request), draft=draft, moves=given, revision=asking.revision_of(request)
    )
    messages.success(request, _("Saved."))
    return redirect("chain_draft_compare", pk)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a draft changes, and ask somebody else to publish it."""
    publishing.submit(
        **asking.given(request), draft=asking.edited(request, pk),
        revision=asking.revision_of(request), note=request.POST.get("note", ""),
    )  # fmt: skip
    messages.success(request, _("Submitted. Somebody who did not write it decides."))
    return redirect("chain_draft_compare", pk)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in force from a day on."""
    draft = asking.seen(request, pk)
    require(may_publish(request.user, draft, timezone.localdate()))
    form = PublishForm(posted(request))

    def act() -> None:
        release = publishing.publish(
            **asking.given(request), **form.cleaned_data, draft=draft,
            revision=asking.revision_of(request),
        )  # fmt: skip
        said = _("Published as version %(n)s. Confirmed placements stay as they are.")
        messages.success(request, said % {"n": release.number})

    said = {"heading": _("Publish"), "button": _("Publish"), "kept": True}
    there = reverse("chain_history", args=[draft.chain])
    return asking.form_page(request, draft, form, act, there, said)


@require_POST
def rebase(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on from the version published meanwhile."""
    services.rebase(**asking.given(request), draft=asking.edited(request, pk))
    messages.success(request, _("The draft now starts from what is in force."))
    return redirect("chain_draft_compare", pk)


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a draft with a reason, or take one's own back."""
    draft = asking.seen(request, pk)
    require(may_return(request.user, draft, timezone.localdate()))
    form, there = ReasonForm(posted(request)), reverse("chain_draft", args=[pk])

    def act() -> str:
        actor = Actor.of(request.user)
        publishing.send_back(actor=actor, draft=draft, reason=form.cleaned_data["reason"])
        return there

    page = FormPage(_("Return the draft"), _("Save"), _("Saved."), asking.crumbs(draft))
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    draft = asking.edited(request, pk)
    form, there = ReasonForm(posted(request)), reverse("chain_draft", args=[pk])

    def act() -> str:
        given = asking.given(request)
        services.withdraw(
            actor=given["actor"], by=given["by"], draft=draft, reason=form.cleaned_data["reason"]
        )
        return there

    page = FormPage(_("Withdraw the draft"), _("Save"), _("Saved."), asking.crumbs(draft))
    return answer(request, page, form, act)
