"""Spokespersons of units, and the questions put to them."""
