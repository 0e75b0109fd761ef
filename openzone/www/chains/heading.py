"""What stands above every page of a chain, and what can be done about a link of it."""

from typing import Any
from urllib.parse import urlencode

from openzone.engines.text import Text
from openzone.www.chains.asking import Asked, page_of, tabs
from openzone.www.formats import say
from openzone.zone.chains.permissions import may_choose, may_review
from openzone.zone.chains.selectors.board import focus_on
from openzone.zone.chains.selectors.reading import Reading
from openzone.zone.chains.selectors.versions import release_on
from openzone.zone.promotion.permissions import may_record
from openzone.zone.registry.permissions import may_export


def head(ask: Asked, reading: Reading, here: str) -> dict[str, Any]:
    """Return what stands above every page of a chain."""
    user, today = ask.user, ask.today
    return {
        "chain": reading.chain,
        "reading": reading,
        "ask": ask,
        "release": release_on(ask.chain, ask.on),
        "focus": focus_on(ask.on).get(ask.chain),
        "tabs": tabs(ask.chain, here),
        "synthetic": any(row.synthetic for row in reading.record.placements.values()),
        "may_choose": may_choose(user, today).allowed,
        "may_review": may_review(user, today).allowed,
        "may_lead": may_record(user, today).allowed,
        "may_export": may_export(user, today).allowed,
        "papers": [("excel", "Excel"), ("word", "Word"), ("pdf", "PDF")],
        "placing_at": page_of("chain_placements"),
    }


def lead_query(reading: Reading, node: str, kind: str, reason: Text) -> str:
    """Return what a lead aimed at a gap begins with, as the query of an address."""
    name = say(reading.chain.nodes[node].name)
    said = {"chain": reading.chain.id, "node": node, "gap": f"{kind} {name}",
            "gap_reason": say(reason)}  # fmt: skip
    return urlencode(said)


def case_query(reading: Reading, node: str, reason: Text) -> str:
    """Return what a case about a gap begins with, as the query of an address."""
    name = f"{say(reading.chain.name)} · {say(reading.chain.nodes[node].name)}"
    return urlencode({"title": name, "text": say(reason)})
