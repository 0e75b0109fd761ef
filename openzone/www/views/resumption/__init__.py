"""Pages of resumption of work."""
