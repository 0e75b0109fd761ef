"""What is wrong with a rule file, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openzone.engines.text import Text

Path = tuple[str | int, ...]
"""Keys and positions from the top of a file to a value: ``("versions", 0, "when")``."""
Severity = Literal["problem", "warning"]
"""A problem keeps rules from being used or published; a warning is told and keeps nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason to refuse, or to warn, at a path of the document."""

    path: Path
    reason: Text
    severity: Severity = "problem"


@dataclass(frozen=True, slots=True)
class PackProblem:
    """A finding a person can go to: file, line (from 1), path and reason."""

    file: str
    line: int
    path: str
    reason: Text
    severity: Severity = "problem"

    def __str__(self) -> str:
        return f"{self.place}{self.reason}"

    @property
    def place(self) -> str:
        """``file:line: path: ``, as much of it as there is; no file where there is none to mend."""
        where = f"{self.file}:{self.line}: " if self.file else ""
        return f"{where}{self.path}: " if self.path else where


class PackError(ValueError):
    """Rule files that cannot be used, with every problem found, not only the first."""

    def __init__(self, problems: Sequence[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def path_text(path: Path) -> str:
    """Write a path the way people read it.

    >>> path_text(("versions", 0, "when", "all", 2))
    'versions[0].when.all[2]'
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
