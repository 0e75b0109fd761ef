"""Policies: what each enterprise is entitled to, and why not the rest."""
