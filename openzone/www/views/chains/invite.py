"""Whom to invite: the candidates of a chain by company, each with its score and what to do."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.chains import words
from openzone.www.chains.asking import Asked, above, asked
from openzone.www.chains.heading import head
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.chains_invite import CandidateLeadForm, InviteFilter
from openzone.www.hands import hand
from openzone.www.views.exports import send
from openzone.zone.chains.packs import invite as pack
from openzone.zone.chains.packs import seat
from openzone.zone.chains.selectors.inviting import SOURCES, Ranked, Ranking, ranking
from openzone.zone.chains.services.inviting import invite_candidate
from openzone.zone.people.selectors import memberships_of
from openzone.zone.promotion.permissions import may_record
from openzone.zone.registry.permissions import may_export

SHOWN: Final = 100


class Line(NamedTuple):
    """A candidate as the page draws it."""

    row: Ranked
    node: str
    kind: str
    source: str
    why: str
    terms: list["TermCell"]
    unknown: str
    lead_at: str


class TermCell(NamedTuple):
    """A term of a score as the page writes it; no value where nothing is known."""

    label: str
    says: str
    value: float | None
    standard: float | None
    weight: float
    adds: float


def kinds() -> dict[str, str]:
    """Return what kinds of gaps are called."""
    return {kind.value: say(label) for kind, label in words.KINDS.items()}


def ranked(ask: Asked) -> Ranking:
    """Rank the candidates of a chain for who asks."""
    return ranking(ask.chain, ask.on, ask.user)


def filtered(form: InviteFilter, found: Ranking) -> list[Ranked]:
    """Return the candidates asked for; none where the question makes no sense."""
    return form.asked().among(found.rows) if form.is_valid() else []


def tabs(chain: str, here: str) -> list[tuple[str, str, bool]]:
    """Return the pages of the candidates of a chain."""
    names = {
        "chain_invite": _("By company"), "chain_invite_cities": _("By city"),
        "chain_invite_weights": _("Weights"),
    }  # fmt: skip
    found = [(reverse(name, args=[chain]), label, name == here) for name, label in names.items()]
    return [*found, (reverse("chain_candidates"), _("Lists of outside firms"), False)]


def framed(ask: Asked, found: Ranking, here: str) -> dict[str, Any]:
    """Return what stands on every page of the candidates of a chain."""
    return head(ask, found.reading, "chain_invite") | {
        "ranking": found,
        "invite_tabs": tabs(ask.chain, here),
        "pack": pack(),
        "seat": seat(),
        "excluded": found.pool.excluded,
    }


@require_GET
def page(request: HttpRequest, chain: str) -> HttpResponse:
    """Show the candidates best first, every term of every score, and who was left out and why."""
    ask = asked(request, chain)
    found = ranked(ask)
    form = InviteFilter(found, kinds(), request.GET)
    rows = filtered(form, found)
    context = framed(ask, found, "chain_invite") | {
        "form": form,
        "lines": [line_of(found, row) for row in rows[:SHOWN]],
        "count": len(rows),
        "shown": SHOWN,
        "query": _query(form),
        "export_at": reverse("chain_invite_export", args=[chain]),
    }
    return render(request, "chains/invite.html", context, status=200 if form.is_valid() else 400)


def _query(form: InviteFilter) -> dict[str, str]:
    return {name: str(value) for name, value in form.data.items() if name in form.fields and value}


def line_of(found: Ranking, row: Ranked) -> Line:
    """Return a candidate as it is drawn."""
    labels = {term.id: term for term in pack().terms}
    terms = [
        TermCell(
            say(labels[one.name].label.text) if one.name in labels else one.name,
            say(labels[one.name].says.text) if one.name in labels else "",
            one.value, one.standard, one.weight, one.adds,
        )
        for one in row.scored.terms
    ]  # fmt: skip
    return Line(
        row, say(found.names[row.node]), say(words.KINDS[row.opening.gap.kind]),
        say(SOURCES[row.prospect.kind]), say(found.why(row)), terms,
        "、".join(one.label for one in terms if one.value is None),
        reverse("chain_invite_lead", args=[found.reading.chain.id, row.prospect.kind,
                                           row.prospect.pk, row.node]),
    )  # fmt: skip


@require_POST
def export(request: HttpRequest, chain: str) -> HttpResponse:
    """Download the filtered candidates with every term of their scores."""
    ask = asked(request, chain)
    require(may_export(request.user, ask.today))
    found = ranked(ask)
    form = InviteFilter(found, kinds(), request.POST)
    rows = filtered(form, found)[: settings.EXPORT_LIMIT + 1]
    terms = [say(term.label.text) for term in pack().terms]
    sheet = excel.Table(
        [_("Rank"), _("Firm"), _("Link of the chain"), _("Kind of gap"), _("City of the firm"),
         _("Source"), _("Score"), *terms, _("Not known"), _("Why"), _("Lead")],
        [_cells(found, row) for row in rows],
        [say(found.reading.chain.name), excel.as_of_note(ask.on), say(pack().source.text)],
        synthetic(rows) or excel.in_example_zone(),
    )  # fmt: skip
    return send(
        request, sheet, what=f"chain:{chain}:invite", name=_("Whom to invite"),
        filters=_query(form),
    )  # fmt: skip


def synthetic(rows: Sequence[Ranked]) -> bool:
    """Whether any of the firms is made up."""
    return any(row.prospect.synthetic for row in rows)


def _cells(found: Ranking, row: Ranked) -> tuple[excel.Cell, ...]:
    line = line_of(found, row)
    known = {one.name: one.value for one in row.scored.terms}
    values: list[Any] = [known.get(term.id) for term in pack().terms]
    return (
        row.place, row.prospect.outside.name, line.node, line.kind, row.city or None, line.source,
        exact(row.scored.score), *map(exact, values), line.unknown or None, line.why,
        row.lead.lead.number if row.lead else None,
    )  # fmt: skip


def exact(value: float | None) -> Decimal | None:
    """Return a number as a sheet has it."""
    return None if value is None else Decimal(str(round(value, 6)))


@require_http_methods(["GET", "POST"])
def make_lead(request: HttpRequest, chain: str, kind: str, pk: int, node: str) -> HttpResponse:
    """Make a candidate a lead for its gap."""
    ask = asked(request, chain)
    require(may_record(request.user, ask.today))
    found = ranked(ask)
    row = found.find(kind, pk, node)
    if row is None:
        raise Http404
    who = hand(request)
    form = CandidateLeadForm(posted(request), initial={"unit": _own_unit(ask)})

    def do() -> str:
        lead = invite_candidate(
            **who.of("now", "user"), ranking=found, row=row, on=who.today, **form.cleaned_data
        )
        return reverse("lead", args=[lead.pk])

    name, why = row.prospect.outside.name, say(found.why(row))
    words_ = FormPage(
        _("Make it a lead"), _("Make it a lead"), _("It is recorded."), crumbs(found),
        f"{name} · {why}", "promotion_field/act.html",
    )  # fmt: skip
    return answer(request, words_, form, do)


def crumbs(found: Ranking) -> tuple[Crumb, ...]:
    """Return the pages above a form about candidates."""
    at = reverse("chain_invite", args=[found.reading.chain.id])
    return (*above(found.reading), Crumb(at, _("Whom to invite")))


def _own_unit(ask: Asked) -> str | None:
    post = next(iter(memberships_of(ask.user, ask.today)), None)
    return post.unit.code if post is not None else None


def narrowed_to(chain: str, **given: str) -> str:
    """Return the address of the candidates narrowed to something."""
    return f"{reverse('chain_invite', args=[chain])}?{urlencode(given)}"
