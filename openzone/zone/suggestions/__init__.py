"""Rounds of suggestions, from what was said to what was submitted."""
