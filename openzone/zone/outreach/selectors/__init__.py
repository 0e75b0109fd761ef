"""Whom a policy finds, what became of telling them, and who goes without."""
