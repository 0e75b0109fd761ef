"""Agents, service points, residents, orders, papers, cross-region filings."""
