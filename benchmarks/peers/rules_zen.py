"""zen-engine over the workload: one decision graph with an output per policy, evaluated in batch.

It has no unknown, and comparing null is an error: every comparison is guarded.
"""

import json
from typing import Any

import zen
from serving import NEGATED, read, serve, two_valued


def leaf(test: Any, want: bool) -> str:
    """Write a comparison, met only where its facts are known."""
    sign = test["op"] if want else NEGATED.get(test["op"], "")
    if "ratio" in test:
        top, bottom = test["ratio"]
        known = f"{top} != null and {bottom} != null and {bottom} != 0"
        return f"({known} and {top} / {bottom} {sign} {test['value']!r})"
    fact, value = test["fact"], test["value"]
    if test["op"] == "is":
        return f"({fact} == {str(value == want).lower()})"
    if "ranges" not in test:
        return f"({fact} != null and {fact} {sign} {value!r})"
    codes = "[" + ", ".join(f"'{code}'" for code in value) + "]"
    starts = " or ".join(f"startsWith({fact}, '{code}')" for code in value)
    listed = f"{fact} in {codes}" if test["op"] == "in" else f"({starts})"
    return f"({fact} != null and {'' if want else 'not '}({listed}))"


def graph(expressions: list[str]) -> str:
    """Write a decision of one expression node."""
    outputs = [{"id": f"p{n}", "key": f"p{n}", "value": e} for n, e in enumerate(expressions)]
    place = {"position": {"x": 0, "y": 0}}
    nodes = [
        {"id": "i", "type": "inputNode", "name": "in", **place},
        {"id": "e", "type": "expressionNode", "name": "e", **place,
         "content": {"expressions": outputs}},
        {"id": "o", "type": "outputNode", "name": "out", **place},
    ]  # fmt: skip
    edges = [{"id": "1", "type": "edge", "sourceId": "i", "targetId": "e"},
             {"id": "2", "type": "edge", "sourceId": "e", "targetId": "o"}]  # fmt: skip
    return json.dumps(
        {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    )


def main() -> None:
    """Measure a batch of enterprises."""
    rows, policies = read("rows.json"), read("policies.json")
    decision = graph([two_valued(tree, leaf, "and", "or") for tree in policies])
    engine = zen.ZenEngine({"loader": lambda _key: decision})
    batch = [{"key": "policies", "context": row} for row in rows]
    found = [one["data"]["result"] if "data" in one else one["result"] for one in
             engine.evaluate_batch(batch)]  # fmt: skip
    answers = [[row[f"p{n}"] is True for n in range(len(policies))] for row in found]
    serve("zen-engine", answers, {"batch": lambda: engine.evaluate_batch(batch)})


if __name__ == "__main__":
    main()
