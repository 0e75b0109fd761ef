"""Neighbourhood agents, service points, custody of papers."""
