"""Leads and projects that are aimed at nodes of a chain, by what they say of it themselves.

A lead names a chain and a link, a project a list of links (``chain/link``, or a link alone). Both
are read by id, by name and by alias; what matches nothing is aimed at no node.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openzone.engines.chains.checking import folded
from openzone.engines.chains.model import Chain
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Lead


@dataclass
class Aimed:
    """The leads and projects of one node."""

    leads: list[Lead] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there are of both."""
        return len(self.leads) + len(self.projects)


class Words:
    """What a chain and its nodes are called."""

    def __init__(self, chain: Chain) -> None:
        names = {chain.id, chain.name.zh, chain.name.en, chain.name.zh.removesuffix("产业链")}
        self._chain = {folded(name) for name in names}
        self._nodes: dict[str, str] = {}
        for node in chain.nodes.values():
            for word in (node.id, node.name.zh, node.name.en, *node.aliases):
                self._nodes.setdefault(folded(word), node.id)

    def is_chain(self, word: str) -> bool:
        """Whether a word means this chain."""
        return folded(word) in self._chain

    def node(self, word: str) -> str | None:
        """Return the node a word means."""
        return self._nodes.get(folded(word))

    def of_link(self, link: str) -> str | None:
        """Return the node that ``chain/link`` or a link alone means."""
        chain, slash, node = link.rpartition("/")
        return None if slash and not self.is_chain(chain) else self.node(node)


def aimed_at(
    chain: Chain, leads: Iterable[Lead], projects: Iterable[Project]
) -> Mapping[str, Aimed]:
    """Return what is aimed at each node, of these leads and projects."""
    words = Words(chain)
    found: dict[str, Aimed] = defaultdict(Aimed)
    for lead in leads:
        node = words.node(lead.node) if words.is_chain(lead.chain) else None
        if node is not None:
            found[node].leads.append(lead)
    for project in projects:
        nodes = (words.of_link(str(link)) for link in project.chain)
        for node in dict.fromkeys(one for one in nodes if one is not None):
            found[node].projects.append(project)
    return found
