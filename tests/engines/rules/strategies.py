"""Random rules from the grammar, and random enterprises with missing facts.

Values and limits come from the same few numbers, so that ends, ties and zero denominators are
common.
"""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.engines.rules.sample import LABEL

NUMBERS = ("employees", "patents", "science_staff", "revenue_y1", "revenue_y2", "market_share")
DATES = ("registered_on", "valid_to")
FLAGS = ("dishonest", "certified")
CODES = ("C", "C3", "C38", "C384", "D", "D4", "F5")
LEVELS = ("national", "provincial", "none")
DAYS = (
    dt.date(2024, 2, 28), dt.date(2024, 2, 29), dt.date(2024, 3, 1), dt.date(2025, 1, 1),
    dt.date(2025, 2, 28), dt.date(2025, 6, 30), dt.date(2026, 6, 30), dt.date(2026, 7, 1),
)  # fmt: skip
AS_OF = (dt.date(2024, 2, 29), dt.date(2025, 2, 28), dt.date(2026, 6, 30), dt.date(2025, 3, 1))

small = st.sampled_from([-1, 0, 0.5, 1, 2, 3, 10, 0.1])
limits = st.sampled_from([-1, 0, 0.5, 1, 2, 3, 10, "50%", "10%", "200%"])
points = st.sampled_from([0, 0.5, 1, 2, 5, 10])


def rows() -> st.SearchStrategy[dict[str, Any]]:
    """The facts of an enterprise; each may be missing."""
    choices: dict[str, Any] = dict.fromkeys(NUMBERS, small)
    choices |= dict.fromkeys(DATES, st.sampled_from(DAYS))
    choices |= dict.fromkeys(FLAGS, st.booleans())
    choices |= {"industry": st.sampled_from(CODES), "level": st.sampled_from(LEVELS)}
    return st.fixed_dictionaries({}, optional=choices)


def subsets(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


def sized(subject: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    tests = st.dictionaries(
        st.sampled_from(["gte", "gt", "lte", "lt", "eq", "ne"]), limits, min_size=1, max_size=2
    )
    return st.builds(lambda s, t: s | t, subject, tests)


def days() -> st.SearchStrategy[Any]:
    offsets = st.builds(
        lambda n, u: {"as_of": f"{n}{u}"}, st.integers(-3, 1), st.sampled_from("dmy")
    )
    return st.sampled_from(DAYS) | offsets | st.builds(
        lambda n: {"year_start": n}, st.integers(-2, 0)
    )  # fmt: skip


def leaves() -> st.SearchStrategy[dict[str, Any]]:
    """Comparisons of facts."""
    name = st.sampled_from
    return st.one_of(
        sized(st.builds(lambda f: {"fact": f}, name(NUMBERS))),
        st.builds(lambda f, v: {"fact": f, "is": v}, name(FLAGS), st.booleans()),
        st.builds(lambda v: {"fact": "industry", "in": v}, subsets(CODES)),
        st.builds(lambda v: {"fact": "industry", "prefix": v}, subsets(CODES)),
        st.builds(lambda v: {"fact": "level", "in": v}, subsets(LEVELS)),
        st.builds(
            lambda f, t, d: {"fact": f, t: d},
            name(DATES),
            name(["at_or_before", "at_or_after", "before", "after"]),
            days(),
        ),
        st.builds(
            lambda f, v: {"fact": f, "known": v},
            name([*NUMBERS, *DATES, *FLAGS, "industry"]),
            st.booleans(),
        ),
    )


def joined(
    members: st.SearchStrategy[dict[str, Any]],
) -> st.SearchStrategy[dict[str, Any]]:
    lists = st.lists(members, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda m: {"all": m}, lists),
        st.builds(lambda m: {"any": m}, lists),
        st.builds(lambda m: {"veto": m}, lists),
        st.builds(lambda m: {"not": m}, members),
        cases(members),
        st.builds(
            lambda m, n: {"at_least": {"n": min(n, len(m)), "of": m}}, lists, st.integers(1, 3)
        ),
    )


def cases(members: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    one = st.builds(lambda w, t: {"when": w, "then": t}, members, members)
    rest = st.just([]) | members.map(lambda c: [{"else": c}])
    return st.builds(lambda m, r: {"cases": m + r}, st.lists(one, min_size=1, max_size=3), rest)


def numbers(
    conditions: st.SearchStrategy[dict[str, Any]], lets: tuple[str, ...] = ()
) -> st.SearchStrategy[Any]:
    """Numbers; the conditions of an ``if`` come from ``conditions``."""
    base: st.SearchStrategy[Any] = st.sampled_from(NUMBERS) | small
    base |= st.builds(lambda d: {"years_since": d}, st.sampled_from(DATES))
    if lets:
        base |= st.builds(lambda n: {"let": n}, st.sampled_from(lets))

    def operations(members: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.one_of(
            st.builds(
                lambda op, m: {op: m},
                st.sampled_from(["sum", "mul", "min", "max", "mean"]),
                st.lists(members, min_size=1, max_size=3),
            ),
            st.builds(
                lambda op, a, b: {op: [a, b]},
                st.sampled_from(["sub", "ratio", "ratio", "growth"]),
                members,
                members,
            ),
            st.builds(
                lambda c, a, b: {"if": c, "then": a, "else": b}, conditions, members, members
            ),
        )

    return st.recursive(base, operations, max_leaves=4)


def bands(of: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    steps = st.lists(small, min_size=1, max_size=3, unique=True).map(sorted)

    def build(number: Any, ends: list[float], given: list[float], down: bool) -> dict[str, Any]:
        pairs = [[end, p] for end, p in zip(ends, given, strict=False)]
        key, pairs = ("lte", pairs) if down else ("gte", pairs[::-1])
        return {"bands": {"of": number, key: pairs, "else": given[-1]}}

    four = st.lists(points, min_size=4, max_size=4)
    return st.builds(build, of, steps, four, st.booleans())


def bodies(
    conditions: st.SearchStrategy[dict[str, Any]], of: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    """Parts of a score without ids."""
    choice = st.builds(lambda c, p: {"when": c, "points": p}, conditions, points)
    chosen = st.builds(
        lambda c, e: {"points": c, "else": e}, st.lists(choice, min_size=1, max_size=3), points
    )
    cap = st.sampled_from([{}, {}, {"cap": True, "max": 2}])

    def combine(members: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        lists = st.lists(members, min_size=1, max_size=3)
        return st.builds(members_of, st.sampled_from(["parts", "best_of"]), lists, cap)

    return st.recursive(bands(of) | chosen, combine, max_leaves=4)


def members_of(key: str, found: list[dict[str, Any]], cap: dict[str, Any]) -> dict[str, Any]:
    if key == "parts":
        found = [numbered(part, index) for index, part in enumerate(found)]
    return {key: found} | cap


def numbered(part: dict[str, Any], index: int) -> dict[str, Any]:
    return {"id": f"p{index}", "label": LABEL} | part


def score_of(body: dict[str, Any]) -> dict[str, Any]:
    return {"label": LABEL, "max": 1000, "parts": [numbered(body, 9)]}


def named(clauses: list[dict[str, Any]]) -> dict[str, Any]:
    return {"all": [{"id": f"c{i}", "label": LABEL} | c for i, c in enumerate(clauses)]}


def rule_tests(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    answers = st.builds(
        lambda n, v: {"rule": n, "is": v},
        st.sampled_from(names),
        st.sampled_from(["met", "not_met"]),
    )
    values = subsets(("large", "medium", "small")).map(lambda v: {"rule": "test.size", "in": v})
    return answers | values


def amounts(of: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Amounts of any number; the loader would ask for yuan, the engine does not."""
    to = st.sampled_from([0.01, 0.5, 1, "1元", 10])
    mode = st.sampled_from(["down", "half_up", "up"])
    rounds = st.builds(lambda t, m: {"round": {"to": t, "mode": m}}, to, mode)
    return st.builds(lambda n, r: {"number": n} | r, of, st.just({}) | rounds)


def versions(others: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """The conditions of a version: lets, a score, top-level clauses."""
    base = st.one_of(
        leaves(),
        leaves(),
        sized(st.builds(lambda n: {"number": n}, NUMBER_WITH_LETS)),
        sized(st.sampled_from([{"score": "s"}, {"score": "s.p9"}])),
        rule_tests(others),
    )
    clauses = st.lists(st.recursive(base, joined, max_leaves=4), min_size=1, max_size=4)
    return st.fixed_dictionaries(
        {
            "let": st.fixed_dictionaries({"x": numbers(SIMPLE), "y": numbers(SIMPLE, ("x",))}),
            "scores": st.fixed_dictionaries({"s": bodies(SIMPLE, NUMBER_WITH_LETS).map(score_of)}),
            "when": clauses.map(named),
        },
        optional={
            "amount": amounts(NUMBER_WITH_LETS),
            "near": st.sampled_from(["5%", "50%", "100%"]).map(lambda share: {"within": share}),
        },
    )


SIMPLE = st.recursive(leaves(), joined, max_leaves=3)
NUMBER_WITH_LETS = numbers(SIMPLE, ("x", "y"))


def row_of(when: dict[str, Any], limits: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """A row whose limits never rise downwards."""
    large = {fact: max(pair) for fact, pair in limits.items()}
    medium = {fact: min(pair) for fact, pair in limits.items()}
    return {"label": LABEL, "when": when, "large": large, "medium": medium}


def classify_of(found: list[dict[str, Any]]) -> dict[str, Any]:
    levels = ["large", "medium", "small"]
    numbered_rows = [{"id": f"r{index}"} | row for index, row in enumerate(found)]
    return {
        "classify": {
            "levels": levels,
            "labels": dict.fromkeys(levels, LABEL),
            "rows": numbered_rows,
        }
    }


def classifications() -> st.SearchStrategy[dict[str, Any]]:
    """Classifications, whose rows may overlap."""
    pairs = st.dictionaries(
        st.sampled_from(NUMBERS[:3]), st.tuples(small, small), min_size=1, max_size=2
    )
    whens = st.recursive(leaves(), joined, max_leaves=2)
    return st.lists(st.builds(row_of, whens, pairs), min_size=1, max_size=3).map(classify_of)
