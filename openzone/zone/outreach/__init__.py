"""Policies that look for their enterprises: pushes, live sessions, coverage."""
