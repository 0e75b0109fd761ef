"""Scores of satisfaction surveys: each with its formula, its n, and what must stay hidden."""
