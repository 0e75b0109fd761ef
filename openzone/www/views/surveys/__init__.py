"""Pages of satisfaction surveys."""
