"""Engines that run the rules on many machines. Each is an optional dependency."""
