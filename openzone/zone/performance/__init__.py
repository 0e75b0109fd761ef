"""Targets, completion and the evaluation of posts and units."""
