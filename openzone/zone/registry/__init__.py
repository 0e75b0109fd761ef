"""The one dated record: enterprises, places, and facts with their sources."""
