"""Pushes, coverage, messages, live sessions."""
