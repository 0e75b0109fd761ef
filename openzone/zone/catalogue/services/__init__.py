"""Every write of the catalogue."""
