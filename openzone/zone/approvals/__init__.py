"""Building approvals as a graph, started before the land is obtained."""
