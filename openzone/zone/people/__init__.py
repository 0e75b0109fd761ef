"""Users, units, roles, and memberships with dates."""
