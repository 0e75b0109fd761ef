"""Every fault of a chain file is one line with its line, its node or edge, and the reason."""

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs.chains import read_chain

FILE = """\
chain: {id: all, name: 全, version: "1"}
stages: [上, 下]
nodes:
  - {id: a, name: 甲, stage: 上, keywords: [词]}
  - {id: b, name: 乙, stage: 下, keywords: [词]}
  - {id: a, name: 甲二, stage: 上}
  - {id: c, name: 丙, stage: 无}
  - {id: d, name: 丁, stage: 上, codes: {gbt4754: ["99999"], hs: [abc], edition: "1999"}}
  - {id: lone, name: 孤, stage: 上}
  - {id: neg, name: 负, stage: 上, weight: -1, parent: zzz}
edges:
  - {from: a, to: b}
  - {from: b, to: c}
  - {from: c, to: b}
  - {from: d, to: d}
  - {from: d, to: nowhere}
  - {from: b, to: a, rel: magic}
  - {from: a, to: c, need: maybe}
  - {from: a, to: c, cost_share: 3}
"""
FAULTS = [
    (5, "b", "also belongs to a"),
    (6, "a", "used twice"),
    (7, "c", "is not declared"),
    (8, "d", "no table of edition"),
    (8, "d", "industry code “99999”"),
    (8, "d", "HS code “abc”"),
    (9, "lone", "isolated"),
    (10, "neg", "weight must be above zero"),
    (10, "neg", "no parent node “zzz”"),
    (14, "c→b", "a cycle without a return edge: c→b→c"),
    (15, "d", "leads to itself"),
    (16, "d→nowhere", "no node “nowhere”"),
    (17, "b→a", "relation “magic” is not known"),
    (18, "a→c", "need “maybe” is not known"),
    (19, "a→c", "the same edge"),
    (19, "a→c", "between 0 and 1"),
]


def test_every_fault_is_told_once_and_none_follows_from_another() -> None:
    with pytest.raises(PackError) as error:
        read_chain(FILE, "all.yaml")
    found = error.value.problems
    assert [(one.line, one.path) for one in found] == [(line, path) for line, path, _ in FAULTS]
    for one, (_line, _path, said) in zip(found, FAULTS, strict=True):
        assert said in one.reason.en
        assert one.place == f"all.yaml:{one.line}: {one.path}: "
