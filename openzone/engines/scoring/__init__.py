"""Evaluations by published formulas: output per mu and its like, scored, ranked and classed."""
