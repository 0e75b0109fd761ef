"""Answers about chains as lines, and of complexity as JSON (docs/chains.md)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.chains.complexity import Complexity, Floats
    from openzone.engines.chains.report import Report
    from openzone.engines.chains.whatif import WhatIf

_KIND = {
    "fill": Text("补链", "fill"),
    "extend": Text("延链", "extend"),
    "strengthen": Text("强链", "strengthen"),
    "apart": Text("上下游都缺", "nothing beside it"),
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
