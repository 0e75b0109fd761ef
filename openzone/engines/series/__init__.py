"""Figures over time: periods, growth, completion, ranks, and whether they agree."""
