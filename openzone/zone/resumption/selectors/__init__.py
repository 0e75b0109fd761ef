"""How a season stands on a day and over its days; what is behind every number."""
