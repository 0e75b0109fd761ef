"""``openzone chains``: faults one a line, and answers a program can read."""

import json
from pathlib import Path

import pytest

from openzone.packs.chains import chain_files, load_chain
from tests.cli.conftest import Command

CHAIN = """
chain: {id: small, name: 示例链, version: 2024.1}
stages: [上游, 中游, 下游, 回收, 装备]
nodes:
  - {id: salt, name: 锂盐, stage: 上游}
  - {id: precursor, name: 前驱体, stage: 中游, codes: {gbt4754: ["3985"]}}
  - {id: cathode, name: 正极材料, stage: 中游, keywords: [磷酸铁锂], heads: [材料],
     codes: {gbt4754: [C3985]}}
  - {id: cell, name: 电芯, stage: 中游, keywords: [锂电池], aliases_firm: [示范动力]}
  - {id: machines, name: 锂电设备, stage: 装备}
  - {id: recycling, name: 回收利用, stage: 回收}
edges:
  - {from: salt, to: cathode}
  - {from: precursor, to: cathode}
  - {from: cathode, to: cell}
  - {from: cell, to: recycling, need: optional}
  - {from: recycling, to: precursor, rel: return}
  - {from: machines, to: cell, rel: equip}
rules: {strip_tails: [业务], trade_words: [贸易], equipment_tails: [装备, 设备]}
"""


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(CHAIN, "utf-8")
    return path


def test_a_sound_file_is_in_order(run: Command, chain: Path) -> None:
    answer = run("chains", "check", chain)
    assert (answer.code, "6 nodes, 6 edges" in answer.out) == (0, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rel: return", "rel: back", "recycling→precursor: relation “back” is not known"),
        ("cathode, to: cell}", "cathode, to: sell}", "cathode→sell: there is no node"),
        ("{id: salt,", "{id: cell,", "cell: the node id is used twice"),
        ("{from: salt, to: cathode}", "{from: salt, to: salt}", "salt: leads to itself"),
        (", rel: return", "", "recycling→precursor: a cycle without a return edge"),
        ("stage: 装备", "stage: 天上", "machines: stage “天上” is not declared"),
        ("  - {from: machines, to: cell, rel: equip}\n", "", "machines: isolated"),
        ("keywords: [锂电池]", "keywords: [磷酸铁锂]", "cell: keyword “磷酸铁锂” also belongs to"),
        ("[C3985]", "[Z3985]", "cathode: industry code “Z3985” is not valid"),
        ("need: optional", "need: perhaps", "cell→recycling: need “perhaps” is not known"),
        ("name: 锂盐, ", "", "salt: "),
    ],
)  # fmt: skip
def test_each_fault_is_a_line_with_file_node_and_reason(
    run: Command, old: str, new: str, said: str
) -> None:
    assert old in CHAIN
    answer = run("chains", "check", write("bad.yaml", CHAIN.replace(old, new)))
    assert (answer.code, answer.out) == (2, "")
    assert any(line.startswith("bad.yaml:") and said in line for line in answer.err.splitlines())


@pytest.mark.parametrize("ending", ["yaml", "csv", "graphml", "json"])
def test_what_is_exported_is_checked_and_read_like_the_original(
    run: Command, chain: Path, ending: str
) -> None:
    out = Path(f"out.{ending}")
    assert run("chains", "export", "--chain", chain, "--out", out).code == 0
    answer = run("chains", "check", out)
    assert (answer.code, "6 nodes, 6 edges" in answer.out) == (0, True), answer.err
    rows = write("p.csv", "企业,节点\n甲,前驱体\n乙,cell\n")
    told = [
        run("chains", "report", "--chain", one, "--placements", rows, "--json").out
        for one in (chain, out)
    ]
    assert told[0] == told[1]


def test_an_export_says_what_it_cannot_do(run: Command, chain: Path) -> None:
    base = ("chains", "export", "--chain", chain)
    assert "tells no format" in run(*base, "--out", "chain.txt").err
    assert run(*base, "--out", "nowhere/chain.csv").code == 2
    assert "being read" in run(*base, "--out", chain).err
    assert run(*base, "--format", "csv", "--out", "chain.txt").code == 0
    assert Path("chain.txt").read_text("utf-8-sig").startswith("类别,编号,名称")


def test_a_report_reads_the_chain(run: Command, chain: Path) -> None:
    rows = write("p.csv", "企业,节点\n甲,前驱体\n乙,cell\n乙,recycling\n")
    found = json.loads(
        run("chains", "report", "--chain", chain, "--placements", rows, "--json").out
    )
    assert (found["coverage"], found["link_rate"]) == (0.5, pytest.approx(2 / 6))
    assert [one["node"] for one in found["gaps"]["fill"]] == ["cathode"]
    assert [one["node"] for one in found["gaps"]["extend"]] == ["machines"]
    assert [one["node"] for one in found["gaps"]["apart"]] == ["salt"]
    assert [one["firm"] for one in found["critical_firms"]] == ["乙", "甲"]
    assert found["articulation_nodes"] == ["cathode", "cell"]
    assert found["loops"]["closed"] == []
    assert found["loops"]["open"] == [
        {"nodes": ["precursor", "cathode", "cell", "recycling"], "missing": ["cathode"]}
    ]
    assert found["fixpoint"]["made"] == ["precursor", "recycling"]


@pytest.mark.parametrize(
    "text",
    [
        '[{"firm": "甲", "node": "前驱体"}, {"firm": "乙", "node": "cell"}]',
        '{"甲": ["precursor"], "乙": ["cell"]}',
        '{"precursor": ["甲"], "cell": ["乙"]}',
        '{"placements": {"甲": ["precursor"], "乙": ["cell"]}}',
    ],
)
def test_placements_may_be_written_in_several_ways(run: Command, chain: Path, text: str) -> None:
    rows = write("p.json", text)
    found = json.loads(
        run("chains", "report", "--chain", chain, "--placements", rows, "--json").out
    )
    assert found["covered_nodes"] == ["precursor", "cell"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("企业,节点\n甲,天上\n", "row 2, column node: “天上” is neither"),
        ("企业,节点\n,cell\n", "row 2, column firm: “firm” is missing"),
        ("企业,节点\n甲,cell\n甲,cell\n", "甲 is at “cell” twice"),
        ("企业,节点,占比\n甲,cell,70%\n甲,salt,60%\n", "come to 1.3"),
        ("企业,节点\n", "no"),
    ],
)
def test_placements_that_cannot_be_are_named(
    run: Command, chain: Path, text: str, said: str
) -> None:
    answer = run("chains", "report", "--chain", chain, "--placements", write("p.csv", text))
    assert (answer.code, said in answer.err) == (2, True), answer.err


def test_what_if_says_what_changes(run: Command, chain: Path) -> None:
    rows = write("p.csv", "企业,节点\n甲,前驱体\n乙,cell\n乙,recycling\n")
    base = ("chains", "whatif", "--chain", chain, "--placements", rows)
    delta = json.loads(run(*base, "--add", "丙:cathode", "--json").out)["delta"]
    assert (delta["filled"], delta["links"], delta["loops_closed"]) == (["cathode"], 2, 1)
    assert delta["coverage"] == pytest.approx(1 / 6)
    lost = json.loads(run(*base, "--lose", "乙", "--json").out)["delta"]
    assert (lost["opened"], lost["critical_firms"]["gone"]) == (["cell", "recycling"], ["乙"])
    by_name = json.loads(run(*base, "--add", "丙：正极材料", "--json").out)["delta"]
    assert by_name == delta
    assert "is at “cell” already" in run(*base, "--add", "乙:电芯").err
    assert run(*base).code == 2
    assert "nowhere" in run(*base, "--add", "丙:nowhere").err
    assert "firm:node" in run(*base, "--add", "丙").err


def test_firms_are_placed_by_what_they_make(run: Command, chain: Path) -> None:
    rows = write(
        "c.csv",
        "企业名称,主营产品,经营范围,行业代码\n示例甲,磷酸铁锂材料,,\n示例乙,锂电池装备,,\n"
        "示例丙,锂电池贸易,,\n湖北示范动力有限公司,,,\n示例丁,面包,,\n示例戊,,,3985\n"
        "示例己,锂电池:60%；回收利用:40%,,\n",
    )
    found = json.loads(run("chains", "place", "--chain", chain, "--companies", rows, "--json").out)
    told = [(one["node"], one["band"]) for one in found]
    assert told == [
        ("cathode", "auto"), ("machines", "auto"), ("cell", "review"), ("cell", "auto"),
        (None, "new"), ("precursor", "review"), ("cell", "review"),
    ]  # fmt: skip
    assert found[0]["evidence"][0]["word"] == "磷酸铁锂"
    assert [one["node"] for one in found[5]["alternatives"]] == ["cathode"]
    both = [found[6]["evidence"][0]["counts"], found[6]["alternatives"][0]["score"]]
    assert both == [pytest.approx(0.48), pytest.approx(0.32)]


def test_complexity_stands_beside_size(run: Command) -> None:
    flows = write(
        "f.csv",
        "地区,产品,数值\n甲,a,10\n甲,b,4\n甲,c,3\n乙,a,8\n乙,b,5\n丙,a,9\n丙,c,4\n丁,c,6\n丁,b,1\n",
    )
    found = json.loads(run("chains", "complexity", "--flows", flows, "--json").out)
    assert {one["place"] for one in found["places"]} == set("甲乙丙丁")
    assert all({"eci", "fitness", "rank_by_size"} <= one.keys() for one in found["places"])
    assert found["proximity"]["a"]["a"] == 1
    assert run("chains", "complexity", "--flows", flows, "--least-place", "99").code == 2
    flows.write_text("地区,产品,数值\n甲,a,-1\n", "utf-8")
    assert "at least 0" in run("chains", "complexity", "--flows", flows).err


SHIPPED = {
    "biomedicine", "energy_storage", "it_innovation", "lithium_battery", "new_energy_vehicles",
    "photovoltaics", "semiconductors", "titanium",
}  # fmt: skip


def test_shipped_chains_are_in_order(run: Command) -> None:
    files = chain_files(None)
    assert files.keys() == SHIPPED
    assert {name: load_chain(path).chain.id for name, path in files.items()} == {
        name: name for name in files
    }
    assert {one["id"] for one in json.loads(run("chains", "list", "--json").out)} == SHIPPED
    unknown = run("chains", "report", "--chain", "nothing", "--placements", "x.csv")
    assert "there is no chain “nothing”" in unknown.err


JINGMEN = {
    "格林美": ["precursor", "recycling"],
    "亿纬动力": ["cell", "pack"],
    "恩捷": ["separator"],
    "新宙邦": ["electrolyte"],
    "科达利": ["structure"],
    "百杰瑞": ["lithium_salt"],
    "吉和昌": ["electrolyte_salt"],
}
"""Who a page about the battery chain of Jingmen names (001); others are only not named there."""


def test_the_chain_of_a_zone_as_a_page_tells_it(run: Command) -> None:
    rows = write("jingmen.json", json.dumps(JINGMEN))
    base = ("--chain", "lithium_battery", "--placements", rows, "--json")
    found = json.loads(run("chains", "report", *base).out)
    assert found["gaps"]["fill"][0]["node"] == "cathode"
    assert {"precursor", "lithium_salt", "cell"} <= {
        *found["gaps"]["fill"][0]["before"], *found["gaps"]["fill"][0]["after"],
    }  # fmt: skip
    assert all(
        "cathode" in one["missing"] for one in found["loops"]["open"] if "precursor" in one["nodes"]
    )
    assert "cell" in found["articulation_nodes"]
    assert found["critical_firms"][0]["firm"] == "亿纬动力"
    delta = json.loads(run("chains", "whatif", *base, "--add", "示例正极:cathode").out)["delta"]
    assert delta["coverage"] > 0
    assert delta["filled"] == ["cathode"]
