"""What if: firms, signed projects and leads added, lost or moved, every figure before and after.

The address says everything, so that a what-if is shared by sending it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from openzone.engines.chains.whatif import EVERYWHERE
from openzone.engines.text import Text
from openzone.www.chains import words
from openzone.www.chains.asking import Asked, asked, open_leads, open_projects
from openzone.www.chains.heading import head
from openzone.www.chains.numbers import Changed, changed
from openzone.www.formats import say
from openzone.www.forms.chains import ChangeForm
from openzone.www.overview.numbers import address
from openzone.www.views.projects.parts import stage_label
from openzone.zone.chains.selectors.aimed import Words, aimed_at
from openzone.zone.chains.selectors.reading import Reading
from openzone.zone.chains.selectors.scenario import (
    ADD,
    KINDS,
    LEAD,
    LOSE,
    MOVE,
    PROJECT,
    Move,
    Scenario,
    scenario,
)
from openzone.zone.errors import Refused
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Lead
from openzone.zone.registry.models import Enterprise

OFFERED: Final = 500
SUGGESTED: Final = 30
NO_LINK: Final = Text("“{word}”不是本链环节", "“{word}” is no link of this chain")
NEEDS_TO: Final = Text("请填写去向环节", "say to which link")
NEEDS_FROM: Final = Text("请填写原环节", "say from which link")
NEW_NAME: Final = Text(
    "“{word}”不在册：离开和移动只能选在册企业",
    "“{word}” is not on record: only a firm on record leaves or moves",
)


class Step(NamedTuple):
    """A move as the page lists it; ``without`` is the address that leaves it out."""

    said: str
    without: str


class Offer(NamedTuple):
    """A project or a lead that may come, and the address that adds it."""

    label: str
    node: str
    state: str
    href: str


def given(data: Any) -> dict[str, list[str]]:
    """Return the changes an address carries."""
    return {kind: data.getlist(kind) for kind in KINDS if data.getlist(kind)}


@require_GET
def page(request: HttpRequest, chain: str) -> HttpResponse:
    """Show a what-if, and a form that adds one more change to its address."""
    ask = asked(request, chain)
    reading, moves = ask.read(), given(request.GET)
    form = ChangeForm(request.GET if "what" in request.GET else None)
    if form.is_bound and (more := _more(form, reading)) is not None:
        return redirect(_address(ask, _with(moves, *more)))
    projects, leads = open_projects(ask), open_leads(ask)
    found, refused = _answer(reading, moves, projects, leads)
    context = {
        **head(ask, reading, "chain_whatif"),
        "form": form,
        "moves": moves,
        "found": found,
        "refused": refused,
        "steps": _steps(ask, found, moves) if found else [],
        "numbers": _numbers(ask, found) if found else [],
        "told": _told(found) if found else [],
        "offers": _offers(ask, reading, moves, projects, leads),
        "firms": sorted(set(reading.names.values()))[:OFFERED],
        "nodes": [say(node.name) for node in reading.chain.nodes.values()],
        "clear": _address(ask, {}),
    }
    wrong = refused is not None or bool(form.errors)
    return render(request, "chains/whatif.html", context, status=400 if wrong else 200)


def _answer(
    reading: Reading, moves: Mapping[str, Sequence[str]], projects: list[Project],
    leads: list[Lead],
) -> tuple[Scenario | None, Text | None]:  # fmt: skip
    """Return the what-if, or why there is none."""
    if not moves:
        return None, None
    try:
        return scenario(
            reading, moves, {one.pk: one for one in projects}, {one.pk: one for one in leads}
        ), None
    except Refused as refusal:
        return None, refusal.reason


def _more(form: ChangeForm, reading: Reading) -> tuple[str, str] | None:
    """Return the change a form asks for as an address writes it; nothing where it is wrong."""
    if not form.is_valid():
        return None
    said, meant = dict(form.cleaned_data), Words(reading.chain)  # faults take fields out of it
    what, firm = said["what"], _firm(said["firm"], reading)
    nodes = {name: meant.node(said[name]) for name in ("away", "to")}
    for name, node in nodes.items():
        if said[name] and node is None:
            form.add_error(name, say(NO_LINK.format(word=said[name])))
    if what in (ADD, MOVE) and not said["to"]:
        form.add_error("to", say(NEEDS_TO))
    if what == MOVE and not said["away"]:
        form.add_error("away", say(NEEDS_FROM))
    if what != ADD and not firm.isdigit():
        form.add_error("firm", say(NEW_NAME.format(word=said["firm"])))
    return None if form.errors else (what, _written(what, firm, nodes))


def _written(what: str, firm: str, nodes: Mapping[str, str | None]) -> str:
    parts = {
        ADD: (firm, nodes["to"]),
        LOSE: (firm, nodes["away"]),
        MOVE: (firm, nodes["away"], nodes["to"]),
    }
    return ":".join(one for one in parts[what] if one)


def _firm(word: str, reading: Reading) -> str:
    """Return the number of a firm on record, or a new firm's name."""
    word = word.strip().replace(":", "：")
    here = next((key for key, name in reading.names.items() if word in (name, key)), None)
    if here is not None:
        return here
    known = Enterprise.objects.filter(name=word, merged_into=None).values_list("pk", flat=True)
    return str(known[0]) if known else word


def _with(moves: Mapping[str, Sequence[str]], kind: str, one: str) -> dict[str, list[str]]:
    return {**{name: list(all_) for name, all_ in moves.items()},
            kind: [*moves.get(kind, ()), one]}  # fmt: skip


def _without(moves: Mapping[str, Sequence[str]], kind: str, one: str) -> dict[str, list[str]]:
    left = [each for each in moves.get(kind, ()) if each != one]
    return {**{name: list(all_) for name, all_ in moves.items()}, kind: left}


def _address(ask: Asked, moves: Mapping[str, Sequence[str]]) -> str:
    said = [*ask.tail.items(), *((kind, one) for kind, all_ in moves.items() for one in all_)]
    at = reverse("chain_whatif", args=[ask.chain])
    return f"{at}?{urlencode(said)}" if said else at


def _steps(ask: Asked, found: Scenario, moves: Mapping[str, Sequence[str]]) -> list[Step]:
    return [
        Step(_said(one, found), _address(ask, _without(moves, one.kind, one.written)))
        for one in found.moves
    ]


def _said(one: Move, found: Scenario) -> str:
    nodes, change = found.before.chain.nodes, one.change
    away = "" if change.away in (None, EVERYWHERE) else say(nodes[str(change.away)].name)
    to = say(nodes[change.to].name) if change.to else ""
    words_ = {
        ADD: _("%(firm)s comes to %(to)s"), PROJECT: _("Project %(firm)s comes to %(to)s"),
        LEAD: _("Lead of %(firm)s comes to %(to)s"), LOSE: _("%(firm)s leaves %(away)s"),
        MOVE: _("%(firm)s moves from %(away)s to %(to)s"),
    }  # fmt: skip
    said = {"firm": one.label, "away": away or _("every link"), "to": to}
    return words_[one.kind] % said


def _numbers(ask: Asked, found: Scenario) -> list[tuple[Changed, str, str]]:
    """Return every figure before and after; those before lead to the rows on record."""
    return [
        (one, address("chain", ask.chain, **ask.tail, show=one.first.id) + "#rows", "")
        for one in changed(found.before.report, found.after.report)
    ]


def _told(found: Scenario) -> list[tuple[str, list[str]]]:
    """Return what the moves would open, fill, make and break, by name."""
    nodes, result, names = found.before.chain.nodes, found.result, found.names
    was = {one.firm for one in result.before.critical}
    is_ = {one.firm for one in result.after.critical}
    turned = [
        f"{say(nodes[node].name)}: {say(words.state(before))} → {say(words.state(after))}"
        for node, before in found.before.state.items()
        if (after := found.after.state[node]) != before
    ]
    return [
        (_("Links filled"), [say(nodes[one].name) for one in result.filled]),
        (_("Links opened"), [say(nodes[one].name) for one in result.opened]),
        (_("Could then be wholly made here"), [say(nodes[one].name) for one in result.made]),
        (_("Could no longer be wholly made here"), [say(nodes[one].name) for one in result.unmade]),
        (_("Firms whose loss would then break it"), [names.get(k, k) for k in is_ - was]),
        (_("Firms whose loss would break it no longer"), [names.get(k, k) for k in was - is_]),
        (_("Links that change their state"), turned),
    ]


def _offers(
    ask: Asked, reading: Reading, moves: Mapping[str, Sequence[str]], projects: list[Project],
    leads: list[Lead],
) -> list[Offer]:  # fmt: skip
    """Return the projects and leads aimed at links of the chain that are not counted in yet."""
    found = []
    for node, aimed in aimed_at(reading.chain, leads, projects).items():
        name = say(reading.chain.nodes[node].name)
        for project in aimed.projects:
            written = f"{project.pk}:{node}"
            if written not in moves.get(PROJECT, ()):
                at = _address(ask, _with(moves, PROJECT, written))
                found.append(
                    Offer(project.name, name, say(stage_label(project, project.stage)), at)
                )
        for lead in aimed.leads:
            written = f"{lead.pk}:{node}"
            if written not in moves.get(LEAD, ()):
                at = _address(ask, _with(moves, LEAD, written))
                found.append(Offer(lead.title, name, str(lead.get_state_display()), at))
    return found[:SUGGESTED]
