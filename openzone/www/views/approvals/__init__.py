"""Building approvals: the board, a track as a graph, its items, figures."""
