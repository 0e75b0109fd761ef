"""How tasks stand: lights, lists, statistics."""
