"""A chain that was read as the pictures take it: firms, figures and actions at every node."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from openzone.engines.chains.drawing import Action, Facts, Firm
from openzone.engines.text import Text
from openzone.www import chain_pictures, excel
from openzone.www.chain_pictures import Picture
from openzone.www.chains.asking import Asked, invite_at
from openzone.zone.chains.models import ChainRole
from openzone.zone.chains.selectors.aimed import Aimed
from openzone.zone.chains.selectors.reading import Reading, leaders

FIRMS: Final = 20
AT_ONCE: Final = 300
"""Links that are drawn on the page of a chain; a larger one is drawn on a page of its own."""
LEADER: Final = Text("链主", "chain leader")
INVITE: Final = Text("可招企业", "Whom to invite")
LEADS: Final = Text("在谈线索和项目：{n}", "Leads and projects: {n}")


def pictures(
    reading: Reading, roles: Mapping[str, list[ChainRole]], aimed: Mapping[str, Aimed],
    ask: Asked, *, every: bool,
) -> list[Picture]:  # fmt: skip
    """Return the layered graph of a chain, or every picture of it."""
    heads = set(leaders(roles))
    facts = {node: _facts(reading, node, heads, aimed.get(node)) for node in reading.chain.ids}
    synthetic = any(row.synthetic for row in reading.record.placements.values())
    source = chain_pictures.Source(
        on=ask.on, name=_("Placements of the zone"),
        synthetic=synthetic or excel.in_example_zone(),
    )  # fmt: skip
    draw = (
        chain_pictures.graph_picture, chain_pictures.flow_picture, chain_pictures.structure_picture,
    )  # fmt: skip
    return [one(reading.told, facts, source=source) for one in (draw if every else draw[:1])]


def taken_away(request: HttpRequest, drawn: list[Picture]) -> HttpResponse | None:
    """Answer a POST that asks for a file of one of the pictures."""
    return chain_pictures.exported(request, *drawn)


def _facts(reading: Reading, node: str, heads: set[str], aimed: Aimed | None) -> Facts:
    keys = sorted(reading.firms_at(node), key=lambda one: one not in heads)
    url = reverse("chain_node", args=[reading.chain.id, node])
    invite = invite_at(reading.chain.id, node)
    actions = [Action(INVITE, invite)] if invite and node in reading.gap_at else []
    if aimed is not None:
        actions.append(Action(LEADS.format(n=aimed.count), f"{url}#aimed"))
    return Facts(
        firms=[_firm(reading, key, heads) for key in keys[:FIRMS]],
        more=max(0, len(keys) - FIRMS), actions=actions, url=url,
    )  # fmt: skip


def _firm(reading: Reading, key: str, heads: set[str]) -> Firm:
    known = reading.record.firms.get(key)
    url = reverse("enterprise", args=[known.pk]) if known is not None else ""
    return Firm(reading.names.get(key, key), url, LEADER if key in heads else None)
