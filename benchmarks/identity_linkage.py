"""Name linkage beside plain rapidfuzz on one generated registry (示例: the firms are invented).

Run: python -m benchmarks.identity_linkage [--entries 20000] [--queries 20000] [--seed 1]
Half of the queries are about firms that are not in the registry; a tenth of those bear the
brand and trade of a registered firm in another place, one in fifty sounds like one in the
same place. A link counts as made when the decision is "same". Times are CPU time of one thread.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from benchmarks.identity_generator import Firm, Generator
from openzone.engines.identity.linkage import Candidate, RegistryEntry
from openzone.engines.identity.names import normalise
from openzone.packs.tables import build_registry

_ABROAD, _HOMOPHONE = 0.1, 0.02


@dataclass(frozen=True)
class Query:
    """A misquoted name; ``truth`` is the id of its firm, None when it is not registered."""

    text: str
    kind: str
    truth: str | None


def main(argv: Sequence[str] | None = None) -> None:
    """Generate, link and print the comparison."""
    arguments = _arguments(argv)
    generator = Generator(arguments.seed)
    picker = random.Random(arguments.seed + 1)
    half = arguments.queries // 2
    firms = generator.firms(arguments.entries + half)
    registered = firms[: arguments.entries]
    strangers = _strangers(generator, picker, registered, firms[arguments.entries :])
    names = [firm.name() for firm in registered]
    queries = _queries(generator, picker, registered, strangers, half)

    began = time.process_time()
    registry = build_registry(RegistryEntry(str(i), name) for i, name in enumerate(names))
    print(
        f"registry {len(registry):,} built in {time.process_time() - began:.1f} s (示例, generated)"
    )

    linked, speed = _timed(registry.link, queries)
    _report_ours(queries, linked, speed)
    step = max(len(queries) // arguments.sample, 1)
    sample, made = queries[::step], [_same(candidates) for candidates in linked[::step]]
    _print_line("openzone, on the sample below", sample, made, speed)
    _report_fuzz("rapidfuzz ratio, raw names", names, sample, str)
    _report_fuzz("rapidfuzz ratio, normalised", [normalise(n) for n in names], sample, normalise)
    _report_short(generator, picker, registered, registry.link, names, arguments.sample)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name, default in (("entries", 20_000), ("queries", 20_000), ("sample", 3_000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args(argv)


def _strangers(
    generator: Generator, picker: random.Random, registered: list[Firm], firms: list[Firm]
) -> list[Firm]:
    """Turn some unregistered firms into look-alikes of registered ones."""
    known = {firm.name() for firm in registered}
    strangers = []
    for firm in firms:
        draw, other = picker.random(), firm
        if draw < _ABROAD:
            other = generator.elsewhere(picker.choice(registered))
        elif draw < _ABROAD + _HOMOPHONE:
            other = generator.same_sound(picker.choice(registered))
        strangers.append(firm if other.name() in known else other)
    return strangers


def _queries(
    generator: Generator,
    picker: random.Random,
    registered: list[Firm],
    strangers: list[Firm],
    half: int,
) -> list[Query]:
    kinds = list(generator.variants().items())
    chosen = picker.sample(range(len(registered)), min(half, len(registered)))
    pairs = [(registered[i], str(i)) for i in chosen]
    everyone: list[tuple[Firm, str | None]] = [*pairs, *((firm, None) for firm in strangers)]
    picker.shuffle(everyone)
    queries = []
    for number, (firm, truth) in enumerate(everyone):
        kind, write = kinds[number % len(kinds)]
        queries.append(Query(write(firm), kind, truth))
    return queries


def _timed(
    link: Callable[[str], list[Candidate]], queries: Sequence[Query]
) -> tuple[list[list[Candidate]], float]:
    began = time.process_time()
    linked = [link(query.text) for query in queries]
    return linked, len(queries) / (time.process_time() - began)


def _report_ours(queries: list[Query], linked: list[list[Candidate]], speed: float) -> None:
    made = [_same(candidates) for candidates in linked]
    _print_line("openzone", queries, made, speed)
    reviewed = Counter(
        query.truth is not None
        for query, candidates in zip(queries, linked, strict=True)
        if candidates and candidates[0].decision == "review"
    )
    found = sum(
        bool(candidates) and candidates[0].id == query.truth
        for query, candidates in zip(queries, linked, strict=True)
        if query.truth
    )
    registered = sum(query.truth is not None for query in queries)
    print(f"  first candidate is the right firm, whatever the decision: {found / registered:.3f}")
    print(
        f"  sent to review: {reviewed[True] / registered:.3f} of registered, "
        f"{reviewed[False] / max(len(queries) - registered, 1):.3f} of the others"
    )
    _print_kinds(queries, made)


def _same(candidates: list[Candidate]) -> str | None:
    return next((c.id for c in candidates if c.decision == "same"), None)


def _print_kinds(queries: list[Query], made: list[str | None]) -> None:
    for kind in dict.fromkeys(query.kind for query in queries):
        of_kind = [(q, m) for q, m in zip(queries, made, strict=True) if q.kind == kind]
        known = [q.truth == m for q, m in of_kind if q.truth]
        wrong = [m is not None for q, m in of_kind if not q.truth]
        print(
            f"    {kind:<12} linked {sum(known) / max(len(known), 1):.3f}   "
            f"strangers linked {sum(wrong) / max(len(wrong), 1):.3f}"
        )


def _report_fuzz(
    label: str, names: list[str], queries: list[Query], clean: Callable[[str], str]
) -> None:
    began = time.process_time()
    best = [_nearest(clean(q.text), names) for q in queries]
    speed = len(queries) / (time.process_time() - began)
    for threshold in (85, _best_threshold(queries, best)):
        made = [at if score >= threshold else None for at, score in best]
        _print_line(f"{label} >= {threshold}", queries, made, speed)


def _nearest(text: str, names: list[str], cutoff: int = 70) -> tuple[str | None, float]:
    hit = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=cutoff)
    return (str(hit[2]), hit[1]) if hit else (None, 0.0)


def _best_threshold(queries: list[Query], best: list[tuple[str | None, float]]) -> int:
    def f1(threshold: int) -> float:
        made = [at if score >= threshold else None for at, score in best]
        return _scores(queries, made)[2]

    return max(range(70, 101), key=f1)


def _scores(queries: Sequence[Query], made: Sequence[str | None]) -> tuple[float, float, float]:
    right = sum(m is not None and m == q.truth for q, m in zip(queries, made, strict=True))
    precision = right / max(sum(m is not None for m in made), 1)
    recall = right / max(sum(q.truth is not None for q in queries), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _print_line(
    label: str, queries: Sequence[Query], made: Sequence[str | None], speed: float
) -> None:
    precision, recall, f1 = _scores(queries, made)
    print(
        f"{label:<36} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  "
        f"{speed:>7,.0f} q/s  ({len(queries):,} queries)"
    )


def _report_short(
    generator: Generator,
    picker: random.Random,
    registered: list[Firm],
    link: Callable[[str], list[Candidate]],
    names: list[str],
    count: int,
) -> None:
    chosen = picker.sample(range(len(registered)), min(count, len(registered)))
    queries = [Query(generator.short_name(registered[i]), "short", str(i)) for i in chosen]
    linked, speed = _timed(link, queries)
    ours = sum(bool(c) and c[0].id == q.truth for q, c in zip(queries, linked, strict=True))
    three = sum(any(x.id == q.truth for x in c) for q, c in zip(queries, linked, strict=True))
    merged = sum(_same(candidates) is not None for candidates in linked)
    best = [_nearest(q.text, names, cutoff=0) for q in queries]
    theirs = sum(hit[0] == q.truth for q, hit in zip(queries, best, strict=True))
    n = len(queries)
    print(
        f"short -> full: openzone top-1 {ours / n:.3f}, top-3 {three / n:.3f}, {speed:,.0f} q/s, "
        f"decided same {merged}; rapidfuzz ratio top-1 {theirs / n:.3f}  ({n:,} queries)"
    )


if __name__ == "__main__":
    main()
