"""The goals on pages with answers, where OPENZONE_CORPUS names a folder of them.

The folder holds ``pages``, ``gold``, ``segments.json`` and the judge ``score.py``; none of it is
part of this project. See docs/reading.md.
"""

import os
from pathlib import Path

import pytest

from benchmarks.reading import judged
from openzone.packs.reading import reading

CORPUS = os.environ.get("OPENZONE_CORPUS")


@pytest.mark.skipif(not CORPUS, reason="OPENZONE_CORPUS names no folder of pages with answers")
def test_the_goals_are_reached_on_known_pages() -> None:
    found = judged(Path(CORPUS or ""), reading())
    reached = {
        name: found[name]["F1"]
        for name in ("num_V", "num_VA", "num_FACT", "all_FACT", "entity_enterprise")
    }
    goals = {
        "num_V": 0.95,
        "num_VA": 0.92,
        "num_FACT": 0.78,
        "all_FACT": 0.68,
        "entity_enterprise": 0.80,
    }
    assert {name: f1 for name, f1 in reached.items() if f1 < goals[name]} == {}
