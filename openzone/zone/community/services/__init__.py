"""Every write of neighbourhood and cross-region service."""
