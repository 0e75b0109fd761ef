"""Polars over the workload: from a Parquet file to counts, and over columns in memory.

Its Boolean columns are three-valued. Comparisons are computed once each, then the policies; codes
become places in the sorted words first. A quotient by zero is made null by hand.
"""

from functools import reduce
from typing import Any

import polars as pl
from serving import FOLDER, read, serve

POLICIES = read("policies.json")
WORDS = read("words.json")


def leaf(test: Any) -> pl.Expr:
    """Write a comparison."""
    if "ratio" in test:
        top, bottom = map(pl.col, test["ratio"])
        subject = top / pl.when(bottom != 0).then(bottom)
    else:
        subject = pl.col(test["fact"])
    if "ranges" in test:
        parts = [subject == a if a == b else subject.is_between(a, b) for a, b in test["ranges"]]
        return reduce(lambda one, other: one | other, parts)
    value = test["value"]
    signs = {"is": subject.eq, ">=": subject.ge, "<=": subject.le, "<": subject.lt, ">": subject.gt}
    return signs[test["op"]](value)


def policies(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Add the comparisons, then the policies."""
    atoms: dict[str, pl.Expr] = {}

    def written(tree: Any) -> pl.Expr:
        kind, inside = tree
        if kind == "leaf":
            name = repr(inside)
            atoms.setdefault(name, leaf(inside).alias(name))
            return pl.col(name)
        if kind == "not":
            return ~written(inside)
        parts = [written(member) for member in inside]
        return reduce((lambda a, b: a & b) if kind == "all" else (lambda a, b: a | b), parts)

    outputs = [written(tree).alias(f"p{n}") for n, tree in enumerate(POLICIES)]
    return frame.select(atoms.values()).select(outputs)


def from_words(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Turn codes into places in the sorted words, days into numbers."""
    places = [pl.col(name).cast(pl.Enum(words)).to_physical() for name, words in WORDS.items()]
    return frame.with_columns(*places, pl.col(pl.Date).to_physical())


def cold(file: str, prepare: Any) -> pl.DataFrame:
    """Read, decide and count."""
    decided = policies(prepare(pl.scan_parquet(FOLDER / file)))
    return decided.select(pl.all().sum()).collect(engine="streaming")


def main() -> None:
    """Measure from the file, from an easier file, and in memory."""
    table = pl.read_parquet(FOLDER / "coded.parquet")
    sample = policies(table.head(len(read("rows.json"))).lazy()).collect()
    serve(
        "polars",
        [list(row) for row in sample.rows()],
        {
            "cold": lambda: cold("enterprises.parquet", from_words),
            "cold, codes already numbers": lambda: cold("coded.parquet", lambda frame: frame),
            "warm": lambda: policies(table.lazy()).collect(),
        },
    )


if __name__ == "__main__":
    main()
