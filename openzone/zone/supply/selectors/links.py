"""Links of chains that a need or an offer can be of, and what they are called."""

import datetime as dt

from openzone.engines.text import Text
from openzone.zone.chains.selectors.versions import chain_ids, chain_on


def links(on: dt.date) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Return every chain with its links, each as ``chain/node``."""
    found = [chain_on(name, on) for name in chain_ids(on)]
    return [
        (chain.name, [(f"{chain.id}/{node.id}", node.name) for node in chain.nodes.values()])
        for chain in found
    ]


def link_name(link: str, on: dt.date) -> Text:
    """Return what a link is called; as it is written where no chain has it on a day."""
    chain, _, node = link.partition("/")
    if chain in chain_ids(on) and (found := chain_on(chain, on).nodes.get(node)):
        return found.name
    return Text(link, link)
