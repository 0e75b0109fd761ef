"""common-expression-language (CEL in Rust) over the workload: one context per enterprise.

The one compared engine with unknown: a missing variable is an error, which ``&&`` and ``||``
absorb where the other side decides.
"""

from typing import Any

import cel
from serving import read, serve


def leaf(test: Any) -> str:
    """Write a comparison."""
    if "ratio" in test:
        top, bottom = test["ratio"]
        return f"(({bottom} == 0.0 ? nowhere : {top} / {bottom}) {test['op']} {test['value']!r})"
    fact, value = test["fact"], test["value"]
    if test["op"] == "is":
        return f"({fact} == {str(value).lower()})"
    if test["op"] == "in":
        return f"({fact} in [" + ", ".join(f"'{code}'" for code in value) + "])"
    if test["op"] == "prefix":
        return "(" + " || ".join(f"{fact}.startsWith('{code}')" for code in value) + ")"
    return f"({fact} {test['op']} {float(value)!r})"


def written(tree: Any) -> str:
    """Write a condition."""
    kind, inside = tree
    if kind == "leaf":
        return leaf(inside)
    if kind == "not":
        return f"!{written(inside)}"
    sign = " && " if kind == "all" else " || "
    return "(" + sign.join(map(written, inside)) + ")"


def state(program: Any, context: Any) -> bool | None:
    """Return the answer, None where it is an error."""
    try:
        found: bool = program.execute(context)
    except Exception:
        return None
    return found


def main() -> None:
    """Measure row by row."""
    rows = [{k: v for k, v in row.items() if v is not None} for row in read("rows.json")]
    programs = [cel.compile(written(tree)) for tree in read("policies.json")]

    def answers() -> list[list[bool | None]]:
        contexts = (cel.Context(variables=row) for row in rows)
        return [[state(program, context) for program in programs] for context in contexts]

    serve("common-expression-language", answers(), {"rows": answers})


if __name__ == "__main__":
    main()
