"""How a compared engine is measured: its own process, asked for one round after another.

It first prints what it answered, then, for each line it is sent, the processor seconds of every
piece of work, as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1])
NEGATED = {">=": "<", "<=": ">", "<": ">=", ">": "<="}


def read(file: str) -> Any:
    """Read what the measuring process wrote."""
    return json.loads((FOLDER / file).read_text())


def serve(package: str, answers: Any, works: dict[str, Callable[[], Any]]) -> None:
    """Say the answers, then run all work once for every line that comes."""
    print(json.dumps({"version": version(package), "answers": answers}), flush=True)
    for _ in sys.stdin:
        print(json.dumps({name: seconds(work) for name, work in works.items()}), flush=True)


def seconds(work: Callable[[], Any]) -> float:
    """Return the processor seconds of a piece of work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def two_valued(
    tree: Any, leaf: Callable[..., str], both: str, either: str, want: bool = True
) -> str:
    """Write a tree for an engine without unknown: ``not`` goes down to the leaves."""
    kind, inside = tree
    if kind == "leaf":
        return leaf(inside, want)
    if kind == "not":
        return two_valued(inside, leaf, both, either, not want)
    sign = both if (kind == "all") == want else either
    parts = [two_valued(member, leaf, both, either, want) for member in inside]
    return "(" + f" {sign} ".join(parts) + ")"
