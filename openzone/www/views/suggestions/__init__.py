"""Pages of suggestion campaigns."""
