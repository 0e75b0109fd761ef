"""Drafts of rules, their editor, releases, and the search for enterprises by conditions."""
