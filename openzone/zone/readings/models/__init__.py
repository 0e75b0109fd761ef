"""Pages that were brought in, what was read in them, what people said of it, where it went."""

from openzone.zone.readings.models.entries import Entry
from openzone.zone.readings.models.facts import JudgedFact, Judgement, PageFact
from openzone.zone.readings.models.help import HelpRequest
from openzone.zone.readings.models.pages import Page

__all__ = ["Entry", "HelpRequest", "JudgedFact", "Judgement", "Page", "PageFact"]
