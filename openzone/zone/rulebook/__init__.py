"""The rules in force, whom they find, and how they change."""
