"""Seasons, rosters, reports, electricity, what is in the way, reminders, workbooks."""
