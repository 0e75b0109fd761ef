"""The battery chain of Jingmen as a newspaper page of May 2022 tells it, read by the command.

The page names eleven firms; a node nobody is named at is only not named there, so this checks the
computation and says nothing of the place. Nodes and edges are general knowledge.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

CHAIN = """
chain: {id: jingmen, name: 荆门锂电, version: "1"}
stages: [材料, 装备, 电池, 应用, 回收]
nodes:
  - {id: salt, name: 锂盐, stage: 材料}
  - {id: additive, name: 电解质盐与添加剂, stage: 材料}
  - {id: electrolyte, name: 电解液, stage: 材料}
  - {id: precursor, name: 前驱体, stage: 材料}
  - {id: cathode, name: 正极材料, stage: 材料}
  - {id: separator, name: 隔膜, stage: 材料}
  - {id: structure, name: 结构件, stage: 材料}
  - {id: aluminium, name: 铝箔, stage: 材料}
  - {id: anode, name: 负极材料, stage: 材料}
  - {id: nickel, name: 镍钴锰, stage: 材料}
  - {id: conductive, name: 导电剂, stage: 材料}
  - {id: copper, name: 铜箔, stage: 材料}
  - {id: machines, name: 锂电设备, stage: 装备}
  - {id: cell, name: 电芯, stage: 电池}
  - {id: pack, name: 模组封装, stage: 电池}
  - {id: vehicle, name: 新能源汽车, stage: 应用}
  - {id: storage, name: 储能, stage: 应用}
  - {id: recycling, name: 电池回收, stage: 回收}
edges:
  - {from: salt, to: cathode}
  - {from: salt, to: additive}
  - {from: salt, to: electrolyte}
  - {from: additive, to: electrolyte}
  - {from: nickel, to: precursor}
  - {from: precursor, to: cathode}
  - {from: cathode, to: cell}
  - {from: electrolyte, to: cell}
  - {from: separator, to: cell}
  - {from: structure, to: cell}
  - {from: aluminium, to: cell}
  - {from: anode, to: cell}
  - {from: conductive, to: cell}
  - {from: copper, to: cell}
  - {from: machines, to: cell, rel: equip}
  - {from: cell, to: pack}
  - {from: pack, to: vehicle}
  - {from: pack, to: storage}
  - {from: vehicle, to: recycling, need: optional}
  - {from: storage, to: recycling, need: optional}
  - {from: recycling, to: precursor, rel: return}
  - {from: recycling, to: salt, rel: return}
"""
NAMED = {
    "格林美": ["precursor", "recycling"], "亿纬动力": ["cell", "pack"], "恩捷": ["separator"],
    "科达利": ["structure"], "新宙邦": ["electrolyte"], "吉和昌": ["additive"],
    "百杰瑞": ["salt"], "大族激光": ["machines"],
    "长城": ["vehicle"], "中集": ["vehicle"], "拓普斯": ["vehicle"],
}  # fmt: skip


@pytest.fixture
def base(run: Command) -> tuple[str, ...]:
    Path("jingmen.yaml").write_text(CHAIN, "utf-8")
    Path("named.json").write_text(json.dumps(NAMED), "utf-8")
    return ("--chain", "jingmen.yaml", "--placements", "named.json", "--json")


@pytest.fixture
def told(run: Command, base: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("chains", "report", *base).out)
    return found


def test_how_much_of_it_is_there(told: dict[str, Any]) -> None:
    assert (len(told["covered_nodes"]), round(told["coverage"], 3)) == (11, 0.611)
    assert round(told["link_rate"], 3) == 0.545


def test_what_is_missing_in_order(told: dict[str, Any]) -> None:
    fill, extend = told["gaps"]["fill"], told["gaps"]["extend"]
    assert [(one["node"], one["anchors"]) for one in fill] == [("cathode", 3), ("storage", 2)]
    assert [one["node"] for one in extend] == [
        "aluminium", "anode", "nickel", "conductive", "copper",
    ]  # fmt: skip


def test_what_holds_it_together(told: dict[str, Any]) -> None:
    assert sorted(told["articulation_nodes"]) == ["cell", "precursor"]
    critical = {one["firm"] for one in told["critical_firms"]}
    assert critical == NAMED.keys() - {"长城", "中集", "拓普斯"}
    assert (len(critical), len(NAMED)) == (8, 11)


def test_which_loop_is_closed(told: dict[str, Any]) -> None:
    closed = [set(one) for one in told["loops"]["closed"]]
    assert {"salt", "electrolyte", "cell", "pack", "vehicle", "recycling"} in closed
    broken = [one for one in told["loops"]["open"] if "precursor" in one["nodes"]]
    assert broken
    assert all("cathode" in one["missing"] for one in broken)
    assert not any("precursor" in one for one in closed)


def test_one_maker_of_cathodes_would_fill_the_break(run: Command, base: tuple[str, ...]) -> None:
    found = json.loads(run("chains", "whatif", *base, "--add", "示例正极:cathode").out)
    after = found["after"]
    assert (round(after["coverage"], 3), round(after["link_rate"], 3)) == (0.667, 0.682)
    assert found["delta"]["filled"] == ["cathode"]
