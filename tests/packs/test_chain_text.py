"""Changing a chain file entry by entry: the rest stays, and it always says what was meant."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.rules.document import read_document
from openzone.packs import chain_text
from openzone.packs.chains import chain_files

FILE = """\
# 示例
chain: {id: tiny, name: 小链}   # 名称
stages: [上, 下]
nodes:
  - {id: a, name: 甲, stage: 上}   # 第一个
  # 两行之间
  - id: b
    name: 乙
    stage: 下
    keywords:
      - 词一
      - 词二
edges:
  - {from: a, to: b}
"""
SHIPPED = [path.read_text("utf-8") for path in chain_files(None).values()]


def value(text: str) -> Any:
    return chain_text.json_like(read_document(text, "").value)


def test_only_the_lines_of_the_entry_change() -> None:
    found = chain_text.replace(FILE, {("nodes", 1): {"id": "b", "name": "丙", "stage": "下"}})
    assert (
        found
        == FILE[: FILE.index("id: b")]
        + "{id: b, name: 丙, stage: 下}"
        + "\nedges:"
        + (FILE[FILE.index("edges:") + 6 :])
    )


def test_a_removed_entry_goes_with_its_lines() -> None:
    found = chain_text.remove(FILE, [("nodes", 0)])
    assert found == FILE.replace("  - {id: a, name: 甲, stage: 上}   # 第一个\n", "")


def test_a_new_entry_follows_the_last() -> None:
    found = chain_text.append(FILE, "nodes", {"id": "c"})
    assert "      - 词二\n  - {id: c}\nedges:" in found


@pytest.mark.parametrize(
    "text",
    [
        "nodes: []\n",
        "nodes: [{id: a}, {id: b}]\n",
        "x: &a {id: a}\nnodes: [*a, *a]\n",
        "nodes:\n- id: a\n- id: b",
        "{nodes: [{id: a}]}",
        '{"nodes": [{"id": "a"}], "edges": []}',
    ],
)
def test_a_file_laid_out_otherwise_is_written_anew_and_says_the_same(text: str) -> None:
    wanted = value(text)
    wanted["nodes"].append({"id": "new", "name": "a: b, {c}"})
    assert value(chain_text.append(text, "nodes", {"id": "new", "name": "a: b, {c}"})) == wanted


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
scalars = st.one_of(words, st.booleans(), st.integers(), st.floats(0, 9), st.just(None))
entries = st.dictionaries(st.sampled_from(["id", "name", "note"]), scalars, min_size=1, max_size=3)


@settings(max_examples=40)
@given(st.sampled_from([FILE, *SHIPPED[:2]]), st.data())
def test_any_edit_gives_what_was_meant_and_nothing_else(text: str, data: st.DataObject) -> None:
    wanted, key = value(text), data.draw(st.sampled_from(["nodes", "edges"]))
    place = data.draw(st.integers(0, len(wanted[key]) - 1))
    entry = data.draw(entries)
    match data.draw(st.sampled_from(["replace", "append", "remove", "part"])):
        case "replace":
            found = chain_text.replace(text, {(key, place): entry})
            wanted[key][place] = entry
            assert found.count("#") >= text.count("#"), "comments stay"
        case "append":
            found = chain_text.append(text, key, entry)
            wanted[key].append(entry)
            assert found.count("#") >= text.count("#"), "comments stay"
        case "remove":
            found = chain_text.remove(text, [(key, place)])
            del wanted[key][place]
        case _:
            found = chain_text.set_part(text, "rules", entry)
            wanted["rules"] = entry
    assert value(found) == wanted
