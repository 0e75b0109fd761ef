"""A statement of a page that has no figure."""

from dataclasses import dataclass

from openzone.engines.reading.pages.passage import Passage

MOST = 48
"""A title or a meeting longer than this was read too far."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement: its value at ``start`` to ``end``, said from ``said`` on.

    ``subject`` is a name where the statement has its own, else whoever the passage is about there.
    """

    type: str
    attribute: str
    value: str | int
    start: int
    end: int
    said: int
    rule: str
    confidence: float
    subject: str | None = None
    unit: str | None = None


def dated(passage: Passage, one: Told) -> Told | None:
    """Return the day of a document or meeting, where its sentence tells one before it."""
    sentence = passage.sentences.at(one.start)
    for time in reversed(passage.periods_in(sentence.start, one.start)):
        if time.value and time.spreads:
            day = len(time.value) == _DAY and "/" not in time.value
            named = str(one.value)
            span = (time.start, time.end, time.start)
            return Told(one.type, "date", time.value, *span, "date", 0.6, named) if day else None
    return None


_DAY = len("2024-07-02")
