"""Promotion: investors and their contacts, leads and what was said, until a project comes of it."""
