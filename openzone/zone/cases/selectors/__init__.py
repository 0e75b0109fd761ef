"""Desks, boards, lists and reports of cases. Nothing here writes."""
