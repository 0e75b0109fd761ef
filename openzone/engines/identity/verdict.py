"""What a check says of a code as it was written."""

from typing import NamedTuple

from openzone.engines.text import Text


class Verdict(NamedTuple):
    """The standard form of a code, or ``None``; and what is wrong with it or doubtful."""

    code: str | None
    reason: Text | None = None
    suggestion: Text | None = None
