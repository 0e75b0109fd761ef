"""Targets and how far they are, evaluation of people and units, the figures of a report."""
