"""Accounts of the zone and the transfers between them."""
