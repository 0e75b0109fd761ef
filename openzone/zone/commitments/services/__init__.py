"""Every write of commitments."""
