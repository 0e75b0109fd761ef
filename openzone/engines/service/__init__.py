"""Service to residents and enterprises: what may follow what, who holds papers, who is near."""
