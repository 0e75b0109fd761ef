"""Pools, ladders, recognitions, trusted enterprises."""
