"""Spokespersons of units, and the questions put to them."""

from openzone.zone.spokespersons.models.consultations import Consultation, Part, Reply
from openzone.zone.spokespersons.models.register import Absence, Spokesperson

__all__ = ["Absence", "Consultation", "Part", "Reply", "Spokesperson"]
