"""A chain that was read as JSON: the shapes of docs/chains.md, of the command and the interface."""

from typing import Any

from openzone.engines.chains.gaps import Gap
from openzone.engines.chains.report import Report
from openzone.engines.chains.whatif import WhatIf

KINDS = ("fill", "extend", "strengthen", "apart")


def report_answer(found: Report) -> dict[str, Any]:
    """Return a report as JSON."""
    standing, chain = found.standing, found.standing.chain
    return {
        "chain": chain.id,
        "version": chain.version,
        "firms": len(standing.names),
        "coverage": found.coverage,
        "covered_nodes": [node for node in chain.ids if node in standing.firms],
        "nodes": len(chain.ids),
        "link_rate": found.link_rate,
        "links": {"covered": found.links[0], "all": found.links[1]},
        "gaps": {kind: [_gap(gap) for gap in found.gaps if gap.kind == kind] for kind in KINDS},
        "articulation_nodes": list(found.articulation),
        "critical_firms": [
            {"firm": one.firm, "nodes": list(one.nodes), "links_lost": one.links_lost}
            for one in found.critical
        ],
        "loops": {
            "closed": [list(one.nodes) for one in found.loops if one.closed],
            "open": [
                {"nodes": list(one.nodes), "missing": list(one.missing)}
                for one in found.loops
                if not one.closed
            ],
        },
        "fixpoint": {
            "made": list(found.local.made),
            "waits": {
                node: [list(group) for group in groups]
                for node, groups in found.local.waits.items()
            },
        },
        "hhi": dict(found.hhi),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "node": gap.node,
        "anchors": gap.anchors,
        "before": list(gap.before),
        "after": list(gap.after),
        "weight": gap.weight,
        "reason": {"zh": gap.reason.zh, "en": gap.reason.en},
    }


def delta_answer(found: WhatIf) -> dict[str, Any]:
    """Return before, after and the difference as JSON."""
    before, after = report_answer(found.before), report_answer(found.after)
    return {
        "before": before,
        "after": after,
        "delta": {
            "coverage": _difference(found.before.coverage, found.after.coverage),
            "link_rate": _difference(found.before.link_rate, found.after.link_rate),
            "links": found.after.links[0] - found.before.links[0],
            "filled": list(found.filled),
            "opened": list(found.opened),
            "made": list(found.made),
            "unmade": list(found.unmade),
            "critical_firms": {
                "new": _others(after, before),
                "gone": _others(before, after),
            },
            "loops_closed": len(after["loops"]["closed"]) - len(before["loops"]["closed"]),
        },
    }


def _others(some: dict[str, Any], others: dict[str, Any]) -> list[str]:
    known = {one["firm"] for one in others["critical_firms"]}
    return [one["firm"] for one in some["critical_firms"] if one["firm"] not in known]


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before
