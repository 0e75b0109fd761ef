"""Pages of supply matching."""
