"""The figures of a chain: each with what it is made of, and the rows behind it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from openzone.engines.chains.gaps import GapKind
from openzone.engines.chains.report import Report
from openzone.engines.text import Text
from openzone.www.chains import words
from openzone.www.formats import DASH, number, say
from openzone.zone.chains.models import ChainRole
from openzone.zone.chains.selectors.board import every_open_lead, live_projects, untouched
from openzone.zone.chains.selectors.reading import Reading, leaders


class Figure(NamedTuple):
    """A figure: its value (``None``: not known), whether it is a share of one, how it is made."""

    id: str
    label: Text
    value: float | None
    is_share: bool = False
    made_of: str = ""

    @property
    def shown(self) -> str:
        """The value as it is read."""
        return written(self.value, is_share=self.is_share)


class Line(NamedTuple):
    """A row behind a figure: what it is, its page, and what is said of it."""

    label: str
    href: str = ""
    note: str = ""


class Changed(NamedTuple):
    """A figure of two readings beside each other."""

    first: Figure
    second: Figure

    @property
    def difference(self) -> str:
        """The second less the first, with its sign; shares in points."""
        one, other = self.first.value, self.second.value
        if one is None or other is None:
            return DASH
        step = other - one
        if not self.first.is_share:
            return f"{step:+,.0f}" if step else "0"
        return f"{step * 100:+.1f} {say(POINTS)}" if step else "0"


POINTS: Final = Text("个百分点", "points")
ROLES: Final = "leaders"


def written(value: float | None, *, is_share: bool = False) -> str:
    """Write a value: shares as a percentage to one decimal, unknown as a dash."""
    if value is None:
        return DASH
    return f"{number(value * 100, 1)}%" if is_share else number(value, 0)


def figures(report: Report) -> list[Figure]:
    """Return every figure of a report."""
    standing, size = report.standing, len(report.standing.chain.ids)
    covered, (held, whole) = len(standing.firms), report.links
    kinds = [
        Figure(kind.value, label, sum(gap.kind is kind for gap in report.gaps))
        for kind, label in words.KINDS.items()
    ]
    closed = sum(loop.closed for loop in report.loops)
    return [
        Figure("covered", Text("覆盖率（按权重）", "Coverage by weight"), report.coverage, True,
               f"{covered}/{size}"),
        Figure("links", Text("连接率", "Rate of connections"), report.link_rate, True,
               f"{held}/{whole}"),
        Figure("firms", Text("企业", "Firms"), len(standing.names)),
        *kinds,
        Figure("critical", Text("失去即断的企业", "Firms whose loss breaks it"),
               len(report.critical)),
        Figure("made", Text("可在本地完整制造", "Wholly made here"), len(report.local.made), False,
               f"{len(report.local.made)}/{size}"),
        Figure("closed", Text("闭合的循环", "Closed loops"), closed, False,
               f"{closed}/{len(report.loops)}"),
    ]  # fmt: skip


def changed(first: Report, second: Report) -> list[Changed]:
    """Return every figure of two readings, side by side."""
    return [Changed(*pair) for pair in zip(figures(first), figures(second), strict=True)]


class Behind:
    """The rows behind each figure of a reading; ``asked`` is added to the addresses of pages."""

    def __init__(
        self, reading: Reading, roles: Mapping[str, list[ChainRole]], asked: Mapping[str, str]
    ) -> None:
        self.reading, self.roles = reading, roles
        self._tail = f"?{urlencode(asked)}" if asked else ""
        # Said once: a large chain names its links in a hundred thousand places.
        self._called = {one.id: say(one.name) for one in reading.chain.nodes.values()}

    def rows(self, figure: str) -> list[Line] | None:
        """Return the rows of a figure; nothing where there is no such figure."""
        found = self._of(figure)
        return None if found is None else list(found)

    def first(self, figure: str, most: int) -> list[Line]:
        """Return the first rows of a figure."""
        return list(islice(self._of(figure) or (), most))

    def _of(self, figure: str) -> Iterator[Line] | None:
        made: Mapping[str, Callable[[], Iterator[Line]]] = {
            "covered": self._covered, "links": self._links, "firms": self._firms,
            ROLES: self._leaders, "critical": self._critical, "made": self._made,
            "closed": self._loops, "untouched": self._untouched,
            **{kind.value: partial(self._gaps, kind) for kind in GapKind},
        }  # fmt: skip
        return made[figure]() if figure in made else None

    def node(self, node: str, note: str = "") -> Line:
        """Return the row of a link of the chain."""
        chain = self.reading.chain
        href = reverse("chain_node", args=[chain.id, node]) + self._tail
        return Line(self._called[node], href, note)

    def firm(self, key: str, note: str = "") -> Line:
        """Return the row of a firm."""
        known = self.reading.record.firms.get(key)
        href = reverse("enterprise", args=[known.pk]) if known is not None else ""
        return Line(self.reading.names.get(key, key), href, note)

    def names(self, nodes: tuple[str, ...] | list[str]) -> str:
        """Return the names of some links in a row."""
        return "、".join(self._called[node] for node in nodes)

    def way(self, nodes: tuple[str, ...]) -> str:
        """Return a loop, from where it begins to where it begins again."""
        return " → ".join(self._called[node] for node in (*nodes, nodes[0]))

    def _covered(self) -> Iterator[Line]:
        for node, row in self.reading.chain.nodes.items():
            firms = len(self.reading.firms_at(node))
            state = say(words.state(self.reading.state[node]))
            yield self.node(node, f"{state} · {say(FIRMS.format(n=firms))} · {row.weight:g}")

    def _links(self) -> Iterator[Line]:
        chain, there = self.reading.chain, self.reading.report.standing.firms
        for edge in chain.edges:
            is_there = edge.source in there and edge.target in there
            label = f"{self._called[edge.source]} → {self._called[edge.target]}"
            href = self.node(edge.source).href
            yield Line(label, href, say(BOTH if is_there else NOT_BOTH))

    def _firms(self) -> Iterator[Line]:
        at: dict[str, list[str]] = {}
        for one in self.reading.report.standing.placements:
            at.setdefault(one.firm, []).append(one.node)
        for firm, nodes in at.items():
            yield self.firm(firm, self.names(nodes))

    def _leaders(self) -> Iterator[Line]:
        for key in leaders(self.roles):
            role = self.roles[key][0]
            said = f"{role.document_no} {role.document} {role.valid_from}"
            yield Line(role.enterprise.name, reverse("enterprise", args=[role.enterprise_id]), said)

    def _gaps(self, kind: GapKind) -> Iterator[Line]:
        for gap in self.reading.gaps(kind):
            yield self.node(gap.node, say(self.reading.why(gap)))

    def _untouched(self) -> Iterator[Line]:
        for node in untouched(self.reading, every_open_lead(), live_projects()):
            yield self.node(node, say(self.reading.why(self.reading.gap_at[node])))

    def _critical(self) -> Iterator[Line]:
        for one in self.reading.report.critical:
            lost = say(LOST.format(n=one.links_lost))
            yield self.firm(one.firm, f"{self.names(one.nodes)} · {lost}")

    def _made(self) -> Iterator[Line]:
        for node in self.reading.report.local.made:
            yield self.node(node)

    def _loops(self) -> Iterator[Line]:
        for loop in self.reading.report.loops:
            note = say(CLOSED) if loop.closed else say(LACKS.format(nodes=self.names(loop.missing)))
            yield Line(self.way(loop.nodes), self.node(loop.nodes[0]).href, note)


FIRMS: Final = Text("{n} 家企业", "{n} firms")
BOTH: Final = Text("两端都有企业", "firms at both ends")
NOT_BOTH: Final = Text("至少一端没有企业", "no firm at one end or both")
LOST: Final = Text("中断 {n} 处连接", "{n} connections broken")
CLOSED: Final = Text("闭合", "closed")
LACKS: Final = Text("缺{nodes}", "lacks {nodes}")
