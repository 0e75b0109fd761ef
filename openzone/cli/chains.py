"""``openzone chains``: check chain packs, place firms on them and read what is missing."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from openzone.cli.arguments import AsJson, today
from openzone.cli.output import help_text, refuse, refuse_lines, say
from openzone.cli.tables import readable, remark
from openzone.engines.text import Text
from openzone.packs.chain_endings import Format, format_of

if TYPE_CHECKING:
    from openzone.engines.chains.placing import Placement
    from openzone.engines.chains.standing import Standing
    from openzone.engines.chains.whatif import Change
    from openzone.engines.tables.problems import Problem
    from openzone.packs.chains import ChainPack

T = TypeVar("T")
app = typer.Typer(rich_markup_mode=None)
CHAIN = help_text("产业链编号，或一个文件", "a chain by its id, or a file")
Meant = Annotated[str, typer.Option("--chain", metavar="ID|FILE", help=CHAIN)]
Placements = Annotated[
    Path,
    typer.Option(
        "--placements",
        metavar="FILE",
        help=help_text(
            "每行一个企业在一个节点：企业、节点", "one firm at one node a row: firm, node"
        ),
    ),
]
Moves = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIRM:NODE", help=help_text("可多次给出", "several times"), show_default=False
    ),
]
NOT_A_PAIR = Text("应写作“企业:节点”：{given}", "write it as “firm:node”: {given}")
NOT_A_MOVE = Text("应写作“企业:原节点:新节点”：{given}", "write it as “firm:from:to”: {given}")

NO_FORMAT = Text(
    "“{name}”看不出格式，请给出 --format",
    "the name “{name}” tells no format; give --format",
)


@app.command("list", help=help_text("列出产业链", "list the chains"))
def list_(as_json: AsJson = False) -> None:
    """Print the chains there are."""
    from openzone.packs.chains import chain_files, chain_pack
    from openzone.packs.loading import zone_folder

    packs = [chain_pack(name, zone_folder()) for name in chain_files(zone_folder())]
    if as_json:
        _print([_head(pack) for pack in packs])
        return
    for pack in packs:
        said = Text(f"{len(pack.nodes)}个节点", f"{len(pack.nodes)} nodes")
        print(f"{pack.chain.id}  {say(pack.chain.name.text)}  {say(said)}")


def _head(pack: "ChainPack") -> dict[str, Any]:
    head = pack.chain
    return {
        "id": head.id, "name": {"zh": head.name.zh, "en": head.name.en}, "version": head.version,
        "nodes": len(pack.nodes), "edges": len(pack.edges), "verified": head.verified,
    }  # fmt: skip


@app.command("check", help=help_text("检查产业链文件", "check chain files"))
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
) -> None:
    """Name every fault, one a line, with file, node and reason; exit code 2 if there is any."""
    from openzone.engines.rules.problems import PackError
    from openzone.packs.chains import load_chain

    wrong: list[str] = []
    for file in files:
        try:
            pack = load_chain(file)
        except PackError as error:
            wrong += [f"{one.place}{say(one.reason)}" for one in error.problems]
        else:
            count = Text(
                f"{len(pack.nodes)}个节点、{len(pack.edges)}条边，没有问题",
                f"{len(pack.nodes)} nodes, {len(pack.edges)} edges, in order",
            )
            print(f"{file}: {say(count)}")
    if wrong:
        refuse_lines(wrong)


@app.command("export", help=help_text("导出产业链", "write a chain to a file"))
def export(
    chain: Meant,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help=help_text("yaml、csv、graphml 或 json", "yaml, csv, graphml or json"),
        ),
    ],
    kind: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help=help_text("默认按文件名结尾", "default: as the name ends"),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the whole chain in a format that ``check`` and ``--chain`` read again."""
    from openzone.cli.files import check_target, whole_file
    from openzone.packs.chain_formats import dump

    found = kind or format_of(out.name)
    if found is None:
        refuse(NO_FORMAT.format(name=out.name))
    data = dump(_pack(chain), found)
    check_target(out, "--out", Path(chain))
    with whole_file(out) as unfinished:
        unfinished.write_bytes(data)


@app.command(
    "place", help=help_text("按产品和经营范围归入节点", "place firms on nodes by what they make")
)
def place(
    chain: Meant,
    companies: Annotated[Path, typer.Option("--companies", metavar="FILE")],
    as_json: AsJson = False,
) -> None:
    """Print the node of every company with score, words, alternatives and what to do with it."""
    from openzone.engines.chains.placing import Placer
    from openzone.engines.chains.tables import read_companies
    from openzone.packs.loading import zone_folder

    pack = _pack(chain)
    manner = pack.manner(zone_folder())
    placer = Placer(pack.as_chain, manner)
    firms = _read(companies, lambda: read_companies(companies, today()))
    found = [(firm, placer.place(firm)) for firm in firms]
    if as_json:
        _print([_placed(firm.id, firm.name, one, manner.review_from) for firm, one in found])
        return
    for firm, one in found:
        best = one.nodes[0] if one.nodes else None
        where = f"{best.node} {best.score:.2f}" if best else "—"
        print(f"{firm.name or firm.id}  {where}  {say(_BANDS[one.band.value])}")


_BANDS = {
    "auto": Text("直接归入", "taken"),
    "review": Text("待人工核对", "to be reviewed"),
    "new": Text("没有依据", "nothing known"),
}


def _placed(id_: str, name: str, found: "Placement", least: float) -> dict[str, Any]:
    from openzone.engines.chains.placing import shares

    parts = shares(found, least)
    nodes = [
        {
            "node": one.node,
            "score": round(one.score, 6),
            "share": round(parts.get(one.node, 0.0), 6),
            "evidence": [
                {
                    "kind": why.kind,
                    "phrase": why.phrase,
                    "word": why.word,
                    "counts": round(why.counts, 6),
                }
                for why in one.evidence
            ],
        }
        for one in found.nodes
    ]
    return {
        "id": id_,
        "name": name,
        "band": found.band,
        "node": nodes[0]["node"] if nodes else None,
        "score": nodes[0]["score"] if nodes else 0.0,
        "evidence": nodes[0]["evidence"] if nodes else [],
        "alternatives": nodes[1:],
    }


@app.command(
    "report", help=help_text("缺什么、靠谁、断在哪", "what is missing, and what breaks what")
)
def report(chain: Meant, placements: Placements, as_json: AsJson = False) -> None:
    """Print coverage, links, gaps, critical firms, loops and what can be made here."""
    from openzone.cli.chain_answers import report_lines
    from openzone.engines.chains.answers import report_answer
    from openzone.engines.chains.report import report as read

    found = read(_standing(chain, placements))
    if as_json:
        _print(report_answer(found))
        return
    for line in report_lines(found):
        print(say(line))


@app.command(
    "whatif", help=help_text("企业来去对各项数字的影响", "what a firm coming or leaving changes")
)
def whatif(
    chain: Meant,
    placements: Placements,
    add: Moves = None,
    lose: Annotated[
        list[str] | None, typer.Option(metavar="FIRM[:NODE]", show_default=False)
    ] = None,
    move: Annotated[
        list[str] | None, typer.Option(metavar="FIRM:FROM:TO", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print every figure before, after, and the difference."""
    from openzone.cli.chain_answers import delta_lines
    from openzone.engines.chains.answers import delta_answer
    from openzone.engines.chains.standing import InvalidPlacements
    from openzone.engines.chains.whatif import what_if

    changes = list(_changes(add or [], lose or [], move or []))
    if not changes:
        refuse(Text("请给出 --add、--lose 或 --move", "give --add, --lose or --move"))
    try:
        standing = _standing(chain, placements)
        found = what_if(standing, [_by_id(one, standing.chain.called) for one in changes])
    except InvalidPlacements as error:
        refuse(*error.reasons)
    if as_json:
        _print(delta_answer(found))
        return
    for line in delta_lines(found):
        print(say(line))


def _changes(add: Sequence[str], lose: Sequence[str], move: Sequence[str]) -> "Iterator[Change]":
    from openzone.engines.chains.whatif import EVERYWHERE, Change

    for given in add:
        firm, node = _parts(given, 2, NOT_A_PAIR)
        yield Change(firm, to=node)
    for given in (one.replace("：", ":") for one in lose):
        firm, _, node = given.rpartition(":") if ":" in given else (given, "", EVERYWHERE)
        yield Change(firm, away=node)
    for given in move:
        firm, away, to = _parts(given, 3, NOT_A_MOVE)
        yield Change(firm, away=away, to=to)


def _by_id(change: "Change", called: Mapping[str, str]) -> "Change":
    """Return a change with nodes by their ids, where they were given by their names."""
    ends = {name: getattr(change, name) for name in ("away", "to")}
    return change._replace(**{name: called.get(one, one) for name, one in ends.items()})


def _parts(given: str, count: int, reason: Text) -> list[str]:
    parts = [one.strip() for one in given.replace("：", ":").rsplit(":", count - 1)]
    if len(parts) != count or not all(parts):
        refuse(reason.format(given=given))
    return parts


@app.command("complexity", help=help_text("经济复杂度", "economic complexity of places"))
def complexity(
    flows: Annotated[
        Path,
        typer.Option(
            "--flows",
            metavar="FILE",
            help=help_text("每行：地区、产品、数值", "a row: place, product, value"),
        ),
    ],
    least_place: Annotated[float, typer.Option("--least-place", metavar="VALUE")] = 0.0,
    least_product: Annotated[float, typer.Option("--least-product", metavar="VALUE")] = 0.0,
    iterations: Annotated[int, typer.Option("--iterations", min=1)] = 200,
    as_json: AsJson = False,
) -> None:
    """Print advantage, density and the indices, always beside the ranking by size."""
    from openzone.cli.chain_answers import complexity_answer
    from openzone.engines.chains.complexity import InvalidFlows, large_enough
    from openzone.engines.chains.complexity import complexity as compute
    from openzone.engines.chains.tables import read_flows

    places, products, values = _read(flows, lambda: read_flows(flows, today()))
    rows, columns = large_enough(values, least_place, least_product)
    kept = values[rows][:, columns]
    try:
        found = compute(kept, iterations)
    except InvalidFlows as error:
        refuse(error.reason)
    names = (
        [name for name, keep in zip(places, rows, strict=True) if keep],
        [name for name, keep in zip(products, columns, strict=True) if keep],
    )
    left = [n for n, keep in zip(places + products, [*rows, *columns], strict=True) if not keep]
    answer = complexity_answer(found, *names, kept, left)
    if as_json:
        _print(answer)
        return
    for place_ in sorted(answer["places"], key=lambda one: -(one["eci"] or 0)):
        eci = "—" if place_["eci"] is None else f"{place_['eci']:+.3f}"
        print(f"{place_['place']}  ECI {eci}  {say(_BY_SIZE)} {place_['rank_by_size']}")


_BY_SIZE = Text("按规模第", "by size no.")


def _pack(name: str) -> "ChainPack":
    from openzone.packs.chains import chain_pack
    from openzone.packs.loading import zone_folder

    return chain_pack(name, zone_folder())


def _standing(chain: str, placements: Path) -> "Standing":
    from openzone.engines.chains.standing import InvalidPlacements, Standing
    from openzone.engines.chains.tables import read_placements

    known = _pack(chain).as_chain
    given = _read(placements, lambda: read_placements(placements, known, today()))
    try:
        return Standing.of(known, given)
    except InvalidPlacements as error:
        refuse(*(Text(f"{placements}：{r.zh}", f"{placements}: {r.en}") for r in error.reasons))


def _read(path: Path, reader: Callable[[], "tuple[T, list[Problem]]"]) -> T:
    with readable(path):
        found, remarks = reader()
    remark(remarks)
    return found


def _print(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=1))
