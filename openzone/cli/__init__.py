"""The ``openzone`` command: the same answers as the site, for files and for the zone's record."""
