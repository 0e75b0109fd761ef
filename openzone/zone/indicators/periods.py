"""Periods as the record keeps them: their canonical text."""

from functools import lru_cache

from openzone.engines.series.periods import Period, read_period
from openzone.engines.text import Text
from openzone.zone.errors import Refused


@lru_cache(maxsize=4096)
def parsed(text: str) -> Period:
    """Return the period of a text; refuse what is none."""
    found = read_period(text)
    if isinstance(found, Text):
        raise Refused(found, field="period")
    return found
