"""Answers about chains as JSON and as lines; the shapes are those of docs/chains.md."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.chains.complexity import Complexity, Floats
    from openzone.engines.chains.gaps import Gap
    from openzone.engines.chains.report import Report
    from openzone.engines.chains.whatif import WhatIf

KINDS = ("fill", "extend", "strengthen", "apart")
_KIND = {
    "fill": Text("补链", "fill"),
    "extend": Text("延链", "extend"),
    "strengthen": Text("强链", "strengthen"),
    "apart": Text("上下游都缺", "nothing beside it"),
}


def report_answer(found: "Report") -> dict[str, Any]:
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


def _gap(gap: "Gap") -> dict[str, Any]:
    return {
        "node": gap.node,
        "anchors": gap.anchors,
        "before": list(gap.before),
        "after": list(gap.after),
        "weight": gap.weight,
        "reason": {"zh": gap.reason.zh, "en": gap.reason.en},
    }


def report_lines(found: "Report") -> Iterator[Text]:
    """Yield a report for a person."""
    chain = found.standing.chain
    covered = len(found.standing.firms)
    yield Text(
        f"{chain.name.zh}：覆盖 {_percent(found.coverage)}（{covered}/{len(chain.ids)}个节点），"
        f"连接 {_percent(found.link_rate)}（{found.links[0]}/{found.links[1]}）",
        f"{chain.name.en}: coverage {_percent(found.coverage)} ({covered} of {len(chain.ids)} "
        f"nodes), links {_percent(found.link_rate)} ({found.links[0]} of {found.links[1]})",
    )
    for gap in found.gaps:
        name, kind = chain.nodes[gap.node].name, _KIND[gap.kind]
        yield Text(f"{kind.zh} {name.zh}：{gap.reason.zh}", f"{kind.en} {name.en}: {gap.reason.en}")
    for firm in found.critical:
        nodes = "、".join(firm.nodes)
        yield Text(
            f"失去{firm.firm}，{nodes}即断，{firm.links_lost}处连接中断",
            f"without {firm.firm}: {nodes} empty, {firm.links_lost} links broken",
        )
    for loop in found.loops:
        way, missing = "→".join((*loop.nodes, loop.nodes[0])), "、".join(loop.missing)
        yield Text(
            f"循环{way}：" + (f"缺{missing}" if missing else "闭合"),
            f"loop {way}: " + (f"open, {missing} missing" if missing else "closed"),
        )
    made = "、".join(found.local.made) or "—"
    yield Text(f"本地可完整制造：{made}", f"wholly made here: {made}")


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def delta_answer(found: "WhatIf") -> dict[str, Any]:
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


def delta_lines(found: "WhatIf") -> Iterator[Text]:
    """Yield what changes, for a person."""
    for zh, en, before, after in (
        ("覆盖", "coverage", found.before.coverage, found.after.coverage),
        ("连接", "links", found.before.link_rate, found.after.link_rate),
    ):
        was, is_ = _percent(before), _percent(after)
        yield Text(f"{zh} {was} → {is_}", f"{en} {was} → {is_}")
    for zh, en, nodes in (
        ("补上", "filled", found.filled),
        ("断开", "opened", found.opened),
        ("可在本地制造", "can be made here", found.made),
        ("不再能在本地制造", "no longer made here", found.unmade),
    ):
        if nodes:
            named = "、".join(nodes)
            yield Text(f"{zh}：{named}", f"{en}: {named}")


def complexity_answer(
    found: "Complexity",
    places: Sequence[str],
    products: Sequence[str],
    flows: "Floats",
    left_out: Sequence[str],
) -> dict[str, Any]:
    """Return the figures of places and products, each beside its rank by size."""
    sizes, volumes = flows.sum(axis=1), flows.sum(axis=0)
    rank = {int(n): k for k, n in enumerate((-sizes).argsort(kind="stable"), 1)}
    return {
        "places": [
            {
                "place": name,
                "eci": None if found.eci is None else float(found.eci[n]),
                "fitness": float(found.fitness[n]),
                "diversity": int(found.diversity[n]),
                "size": float(sizes[n]),
                "rank_by_size": rank[n],
            }
            for n, name in enumerate(places)
        ],
        "products": [
            {
                "product": name,
                "pci": None if found.pci is None else float(found.pci[n]),
                "quality": float(found.quality[n]),
                "ubiquity": int(found.ubiquity[n]),
                "size": float(volumes[n]),
            }
            for n, name in enumerate(products)
        ],
        "rca": _table(found.rca, places, products),
        "density": _table(found.density, places, products),
        "proximity": _table(found.proximity, products, products),
        "left_out": list(left_out),
    }


def _table(
    values: "Floats", rows: Sequence[str], columns: Sequence[str]
) -> dict[str, dict[str, float]]:
    return {
        row: {column: float(values[i, j]) for j, column in enumerate(columns)}
        for i, row in enumerate(rows)
    }
