"""Every value of a rule with its path, in the order of the file's model."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from openzone.engines.rules.language import Let, RuleTest, ScoreTest
from openzone.engines.rules.problems import Path

T = TypeVar("T")


def walk(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield ``value`` and everything inside it, each with its path in the file."""
    yield path, value
    for step, child in _children(value):
        yield from walk(child, (*path, step))


def _children(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield field.alias or name, getattr(value, name)
        yield from (value.__pydantic_extra__ or {}).items()
    elif isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


def names_used(value: object) -> dict[tuple[str, str], Path]:
    """Return what ``value`` refers to: ``("let" | "score" | "rule", name)`` and where first."""
    used: dict[tuple[str, str], Path] = {}
    for path, node in walk(value):
        if isinstance(node, Let):
            used.setdefault(("let", node.name), path)
        elif isinstance(node, ScoreTest):
            used.setdefault(("score", node.score.split(".")[0]), path)
        elif isinstance(node, RuleTest):
            used.setdefault(("rule", node.rule), path)
    return used


def cycles(graph: Mapping[T, Iterable[T]]) -> Iterator[tuple[T, ...]]:
    """Yield the circles of a graph of references, each once: ``(a, b)`` for a → b → a."""
    done: set[T] = set()

    def visit(node: T, trail: tuple[T, ...]) -> Iterator[tuple[T, ...]]:
        if node in trail:
            yield trail[trail.index(node) :]
        elif node not in done:
            for successor in graph.get(node, ()):
                yield from visit(successor, (*trail, node))
            done.add(node)

    for start in graph:
        yield from visit(start, ())
