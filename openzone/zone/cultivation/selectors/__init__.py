"""Candidates, ladders, registers and what they add up to. Nothing here writes."""
