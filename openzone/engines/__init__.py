"""Pure functions of their arguments: no Django, no clock, no network."""
