"""Figures of links: what is published, beside what contradicts it; recorded, superseded."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import number, say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.chains_placing import ChainForm, FigureForm, LaterFigureForm, WhyForm
from openzone.www.hands import hand
from openzone.www.views.chains.placing_common import Names, above, asked, reviewing
from openzone.www.views.exports import send
from openzone.zone.chains.models import NodeFigure
from openzone.zone.chains.packs import figures_pack
from openzone.zone.chains.permissions import may_list
from openzone.zone.chains.selectors.figures import Line, figures_on, lines
from openzone.zone.chains.services.figures import record_figure, withdraw_figure
from openzone.zone.chains.services.sheet_columns import vocabulary
from openzone.zone.registry.permissions import may_export

SHOWN = 500
"""So many figures one page shows; the filter and the Excel file have the rest."""


def written(row: NodeFigure) -> str:
    """Write a figure as it was published: word, value, unit."""
    pack = figures_pack()
    unit, word = pack.unit(row.unit), pack.qualifier(row.qualifier)
    before = say(word.label.text) if word and row.qualifier else ""
    return f"{before}{number(row.value)} {say(unit.label.text) if unit else row.unit}"


def kind_of(row: NodeFigure) -> str:
    """Return what a figure says, in words."""
    kind = figures_pack().kind(row.kind)
    return say(kind.label.text) if kind else row.kind


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """List the figures known on a day, link by link."""
    today, context = asked(request, "chain_figures")
    on, form = asof.as_of(request), ChainForm(today, request.GET)
    valid = form.is_valid()
    rows = _rows(on, form.cleaned_data["chain"]) if valid else []
    found = lines(rows[:SHOWN])
    context |= {
        "form": form, "on": on, "more": len(rows) > SHOWN, "shown": SHOWN,
        "lines": [_told(line, context["names"]) for line in _in_order(found)],
    }  # fmt: skip
    return render(request, "chains/placing_figures.html", context, status=200 if valid else 400)


def _rows(on: Any, chain: str) -> list[NodeFigure]:
    found = figures_on(on).filter(chain=chain) if chain else figures_on(on)
    return list(found.order_by("chain", "node", "pk")[: settings.EXPORT_LIMIT + 1])


def _in_order(found: Iterable[Line]) -> list[Line]:
    return sorted(found, key=lambda line: (line.figure.chain, line.figure.node))


def _told(line: Line, names: Names) -> dict[str, Any]:
    row = line.figure
    return {
        "row": row, "where": names.both(row.chain, row.node), "kind": kind_of(row),
        "value": written(row),
        "others": [(one, written(one), one in line.contradicts) for one in line.others],
    }  # fmt: skip


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the figures under the headings they can be brought in again with."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    on, form = asof.as_of(request), ChainForm(today, request.POST)
    chain = form.cleaned_data["chain"] if form.is_valid() else ""
    rows, fields, names = _rows(on, chain), vocabulary("figures").fields, Names(on)
    table = excel.Table(
        [say(one.label) for one in fields],
        [[_cell(row, field.name, names) for field in fields] for row in rows],
        [_("Figures of links"), excel.as_of_note(on)],
        any(row.synthetic for row in rows) or excel.in_example_zone(),
    )
    return send(request, table, what="chain_figures", name=_("Figures of links"),
                filters={"chain": chain} if chain else {})  # fmt: skip


def _cell(row: NodeFigure, name: str, names: Names) -> excel.Cell:
    pack, firm = figures_pack(), row.enterprise.root if row.enterprise else None
    unit, word = pack.unit(row.unit), pack.qualifier(row.qualifier)
    return {
        "chain": names.chain(row.chain), "node": names.node(row.chain, row.node),
        "firm": firm.name if firm else None, "uscc": firm.uscc if firm else None,
        "kind": kind_of(row), "value": row.value,
        "unit": say(unit.label.text) if unit else row.unit,
        "qualifier": word.words[0] if word and word.words else None, "period": row.period,
        "source": row.source, "published_on": row.published_on,
    }[name]  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record a figure of a link."""
    reviewing(request)
    who = hand(request)
    asked_for = {"published_on": who.today, "node": request.GET.get("node")}
    form = FigureForm(who.today, posted(request), initial=asked_for)

    def do() -> str:
        record_figure(**who.of("user", "now"), **form.cleaned_data,
                      synthetic=excel.in_example_zone())  # fmt: skip
        return reverse("chain_figures")

    sub = _("As it was published: its unit, its word, its source.")
    form_page = FormPage(_("New figure of a link"), _("Record"), _("It is recorded."), above(), sub)
    return answer(request, form_page, form, do)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Put a later figure in the place of one, or take one back."""
    reviewing(request)
    row = get_object_or_404(NodeFigure.objects.select_related("enterprise__root"), pk=pk)
    if what not in _ACTS:
        raise Http404
    return _ACTS[what](request, row)


def _supersede(request: HttpRequest, row: NodeFigure) -> HttpResponse:
    who = hand(request)
    form = LaterFigureForm(who.today, posted(request),
                           initial={"unit": row.unit, "published_on": who.today})  # fmt: skip

    def do() -> str:
        record_figure(
            **who.of("user", "now"), **form.cleaned_data, chain=row.chain, node=row.node,
            kind=row.kind, period=row.period, enterprise=row.enterprise, supersedes=row,
            synthetic=row.synthetic,
        )  # fmt: skip
        return reverse("chain_figures")

    return answer(request, _page(row, _("A later figure"), _("Record")), form, do)


def _withdraw(request: HttpRequest, row: NodeFigure) -> HttpResponse:
    who, form = hand(request), WhyForm(posted(request))

    def do() -> str:
        withdraw_figure(**who.of("user", "now"), figure=row, **form.cleaned_data)
        return reverse("chain_figures")

    return answer(request, _page(row, _("It was written down wrongly"), _("Take back")), form, do)


def _page(row: NodeFigure, heading: str, button: str) -> FormPage:
    names = Names(timezone.localdate())
    told = f"{names.both(row.chain, row.node)} · {kind_of(row)} {row.period}: {written(row)}"
    return FormPage(heading, button, _("It is recorded."), above(), told)


_ACTS = {"supersede": _supersede, "withdraw": _withdraw}
