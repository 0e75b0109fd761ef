"""Review meetings in three cadences, decisions, task forces."""
