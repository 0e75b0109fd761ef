"""Pages of figures over time."""
