"""Working time: the State Council's calendar, local hours, time limits.

Moments are naive ``datetime`` values in the zone's own wall-clock time (``localtime`` converts).
Nothing here reads a clock or a file; calendars come from packs, moments from the caller.
"""
