"""Land: parcels from plan to production, their delivery, and what was promised with them."""
