"""A chain goes out in four formats and comes back whole, or with its faults named."""

import json
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from openzone.engines.chains.checking import folded
from openzone.engines.rules.problems import PackError
from openzone.packs.chain_formats import Format, dump, format_of, parse, plain
from openzone.packs.chains import ChainPack, chain_files, load_chain

KINDS = pytest.mark.parametrize("kind", list(Format))
SMALL = """
chain: {id: small, name: {zh: 示例链, en: Example}, version: "2026.10", valid_from: 2026-01-01,
  sources: [甲文件；第一条, 乙文件]}
stages: [上游, {id: 中游, colour: blue}]
nodes:
  - {id: salt, name: 锂盐, stage: 上游, keywords: ["1,3-丙烷磺酸内酯", 碳酸锂],
     note: {zh: "=1+1", en: "'x"}}
  - {id: 电芯, name: 电芯, stage: 中游, weight: 2.5, aliases_firm: {示范动力: salt},
     codes: {gbt4754: ["3841"], edition: "2017"}}
edges:
  - {from: salt, to: 电芯, cost_share: 0.3, alt_group: "1", source: "公开报道；2026"}
  - {from: 电芯, to: salt, rel: return}
roles: {链主: {anchors: [电芯]}}
rules: {strip_tails: [业务], head_final: true, lead: 0.1}
"""


def small() -> ChainPack:
    return parse(SMALL.encode(), Format.YAML, "small.yaml")


@KINDS
def test_everything_of_a_file_is_there_again(kind: Format) -> None:
    pack = small()
    assert parse(dump(pack, kind), kind, "x") == pack


@KINDS
@pytest.mark.parametrize("chain", ["lithium_battery", "it_innovation"])
def test_shipped_chains_come_back(kind: Format, chain: str) -> None:
    pack = load_chain(chain_files(None)[chain])
    assert parse(dump(pack, kind), kind, "x") == pack


def letters(least: int = 1) -> st.SearchStrategy[str]:
    """Whatever a person can type, and what tables and formulas are made of."""
    common = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
    odd = st.sampled_from(list("=+-@'\"[{;；、,，|<>&#:*!%\t\n"))
    return st.text(common | odd, min_size=least, max_size=8).map(str.strip).filter(bool)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A chain in a line, with odd words everywhere."""
    ids = draw(st.lists(letters(), min_size=2, max_size=4, unique=True))
    words = iter(draw(st.lists(letters(), min_size=8, max_size=8, unique_by=folded)))
    stages = draw(st.lists(letters(), min_size=1, max_size=3, unique=True))
    nodes = [
        {
            "id": one,
            "name": {"zh": draw(letters()), "en": draw(letters())},
            "stage": draw(st.sampled_from(stages)),
            "weight": draw(st.floats(0.01, 1e9)),
            "keywords": [next(words)],
            "heads": draw(st.lists(letters(), max_size=2)),
            "note": draw(letters()),
        }
        for one in ids
    ]
    edges = [
        {"from": a, "to": b, "alt_group": draw(st.none() | letters()), "source": draw(letters())}
        for a, b in pairwise(ids)
    ]
    roles = draw(st.dictionaries(letters(), st.lists(letters(), max_size=2), max_size=2))
    head = {"id": "x", "name": draw(letters()), "version": draw(letters())}
    sources = draw(st.lists(letters(), max_size=2))
    return {
        "chain": head | {"sources": sources},
        "stages": stages, "nodes": nodes, "edges": edges, "roles": roles,
    }  # fmt: skip


@KINDS
@settings(max_examples=30, deadline=None)
@given(documents())
@example({
    "chain": {"id": "x", "name": "[\"a\"]", "version": "1e3"}, "stages": ["{}"],
    "nodes": [{"id": i, "name": "no", "stage": "{}", "keywords": [i + "；、"]} for i in "ab"],
    "edges": [{"from": "a", "to": "b", "source": "'=1"}],
})  # fmt: skip
def test_any_chain_survives_each_format(kind: Format, document: dict[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False).encode()
    pack = parse(text, Format.JSON, "x.json")
    assert plain(parse(dump(pack, kind), kind, "x")) == plain(pack)


def problems(data: bytes, kind: Format) -> list[str]:
    with pytest.raises(PackError) as refused:
        parse(data, kind, "f")
    assert all(one.reason.zh and one.reason.en for one in refused.value.problems)
    return [f"{one.place}{one.reason.en}" for one in refused.value.problems]


TABLE = "类别,编号,名称,阶段,起点,终点,版本\n产业链,c,示例,,,,1\n阶段,上,,,,,\n节点,a,甲,上,,,\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TABLE + "边,,,,a,b,\n", "f:5: a→b: there is no node “b”"),
        (TABLE + "边,,,,a,a,\n", "f:5: a: leads to itself"),
        (TABLE + "节点,b,,上,,,\n边,,,,a,b,\n", "f:5: b: “name” is missing"),
        (TABLE + "节点,a,乙,上,,,\n", "f:5: a: the node id is used twice"),
        (TABLE + "节点,b,乙,下,,,\n边,,,,a,b,\n", "f:5: b: stage “下” is not declared"),
        (TABLE + "结点,b,乙,上,,,\n", "f:5: kind “结点” is not known"),
        (TABLE + "产业链,c,示例,,,,1\n", "f:5: there can be one row “产业链” only"),
        (TABLE + "节点,b,乙,上,,,,,多\n", "f:5: the row has more cells"),
        (TABLE.replace("版本", "版次"), "f:1: there is no column “版次”"),
        (TABLE.replace("终点", "起点"), "f:1: the column “起点” appears twice"),
        ("类别,编号\n节点,a\n", "f:1: chain: is missing"),
    ],
)
def test_faults_of_a_table_are_told_with_their_row(text: str, said: str) -> None:
    assert any(one.startswith(said) for one in problems(text.encode(), Format.CSV))


def test_a_table_in_the_encoding_of_chinese_spreadsheets_is_read() -> None:
    text = TABLE + "节点,b,乙,上,,,\n边,,,,a,b,\n"
    assert parse(text.encode("gb18030"), Format.CSV, "f").nodes[1].name.zh == "乙"
    english = text.replace("类别", "kind").replace("起点", "from").replace("终点", "to")
    assert len(parse(english.encode(), Format.CSV, "f").edges) == 1


def graph(inside: str, of: str = 'id="c" edgedefault="directed"') -> bytes:
    return (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="l" for="node" attr.name="label" attr.type="string"/>\n'
        f"<graph {of}>\n{inside}</graph></graphml>"
    ).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<graphml><key>", "f:1: not valid XML"),
        (b"<html></html>", "f:1: no GraphML"),
        (b"<graphml></graphml>", "f:1: the file holds no graph"),
        (graph("", 'edgedefault="undirected"'), "f:2: the graph must be directed"),
        (graph('<node id="a"/>\n<node id="b"/>'), "f:4: b: “name” is missing"),
        (graph("<data key='stages'>[</data>"), "f:2: “stages” is not valid JSON"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><graphml>&a;</graphml>', "f:1: entities of XML"),
        (b'<?xml version="1.0" encoding="klingon"?><graphml/>', "f:1: not valid XML"),
    ],
)
def test_faults_of_a_graph_are_told_with_their_line(data: bytes, said: str) -> None:
    assert any(one.startswith(said) for one in problems(data, Format.GRAPHML))


def test_what_other_programs_add_to_a_graph_is_passed_over() -> None:
    node = '<data key="l">甲</data><data key="stage">上</data><data key="size">7</data>'
    head = (
        '<data key="version">1</data><data key="name">示例</data><data key="stages">["上"]</data>'
    )
    inside = head + f'<node id="a">{node}</node><node id="b">{node}</node>'
    found = parse(graph(inside + '<edge source="a" target="b"/>'), Format.GRAPHML, "f")
    assert (found.chain.name.zh, found.nodes[0].name.zh, len(found.edges)) == ("示例", "甲", 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "f:1: not valid JSON"),
        ('{"chain": 1,\n "chain": 2}', "f:2: chain: key chain is written twice"),
        ("[]", "f:1: the file must be a mapping"),
        ("[" * 100_000, "f:1: not valid JSON"),
        ('{"chain": {"id": "x"},\n\t"stages": 3}', "f:2: stages: must be a list"),
    ],
)
def test_faults_of_json_are_told_with_their_line(text: str, said: str) -> None:
    assert any(one.startswith(said) for one in problems(text.encode(), Format.JSON))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: salt", "id: no", "f:6: nodes[0]: “id” must be text; put it in quotes"),
        ("id: salt", 'id: " "', "“id” must not be empty"),
        ("weight: 2.5", "weight: .nan", "f:8: 电芯: “weight” must be a finite number"),
        ("weight: 2.5", "weight: heavy", "电芯: “weight” must be a number: heavy"),
        ("weight: 2.5", "wieght: 2.5", "电芯: “wieght” is no key known here"),
        ("name: 锂盐", 'name: "锂\\0盐"', "salt: “name” holds a character"),
        ("lead: 0.1", "lead: 7", "rules.lead: must be at most 1"),
        ("edges:", "edges: 3\nmore:", "edges: must be a list"),
        ("[上游, {id", "[上游, 上游, {id", "stage “上游” is declared twice"),
    ],
)
def test_what_a_file_may_not_say_is_told_with_node_and_reason(
    old: str, new: str, said: str
) -> None:
    assert old in SMALL
    found = problems(SMALL.replace(old, new, 1).encode(), Format.YAML)
    assert any(said in one for one in found), found


@KINDS
@pytest.mark.parametrize("data", [b"", b" \n", b"\xff\xfe\x00", b"\x00" * 9, b"x" * 7_000_000])
def test_what_is_no_chain_at_all_is_refused(kind: Format, data: bytes) -> None:
    assert problems(data, kind)


def test_the_format_is_told_by_the_end_of_the_name() -> None:
    assert format_of("a.b.YML") is Format.YAML
    assert [format_of(f"x.{kind}") for kind in Format] == list(Format)
    assert format_of("lithium_battery") is None


def test_exported_yaml_reads_as_a_person_would_write_it() -> None:
    told = yaml.safe_load(dump(small(), Format.YAML))
    assert told["nodes"][0]["name"] == "锂盐"
    assert "need" not in told["edges"][0]
