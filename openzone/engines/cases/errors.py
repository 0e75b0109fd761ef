"""What goes wrong with case types and events, said in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from openzone.engines.text import Text

Path = tuple[str | int, ...]
"""Keys and positions from the top of a definition to a value: ``("clocks", 0, "limit")``."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a definition, and where."""

    path: Path
    reason: Text

    def __str__(self) -> str:
        place = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in self.path)
        return f"{place.removeprefix('.')}: {self.reason}"


class DefinitionError(ValueError):
    """A case type that cannot be used, with every fault found."""

    def __init__(self, problems: Sequence[Fault]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class EventError(ValueError):
    """A line that is no event: the ``field`` and why."""

    def __init__(self, field: str, reason: Text) -> None:
        self.field, self.reason = field, reason
        super().__init__(f"{field}: {reason}")


class Impossible(ValueError):  # noqa: N818 — the fold's answer, not a failure of it
    """What an event says cannot have happened; ``reason`` says why, ``seq`` which event.

    ``field``: what of the event is at fault, ``action`` where nothing else is.
    """

    def __init__(self, reason: Text, seq: int = 0, field: str = "action") -> None:
        self.reason, self.seq, self.field = reason, seq, field
        super().__init__(str(self.text))

    @property
    def text(self) -> Text:
        """The reason with the event it is about."""
        if not self.seq:
            return self.reason
        return Text(f"第{self.seq}号事件：{self.reason.zh}", f"event {self.seq}: {self.reason.en}")
