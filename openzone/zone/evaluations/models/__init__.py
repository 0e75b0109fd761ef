"""Evaluations of enterprises and platforms: data with sources, results, objections, final lists."""

from openzone.zone.evaluations.models.cycles import Column, Cycle, Entrant
from openzone.zone.evaluations.models.data import Cell, DataSheet, Reviewer, Ruling
from openzone.zone.evaluations.models.results import Outcome, Protest, ProtestAnswer, Run

__all__ = [
    "Cell", "Column", "Cycle", "DataSheet", "Entrant", "Outcome", "Protest", "ProtestAnswer",
    "Reviewer", "Ruling", "Run",
]  # fmt: skip
