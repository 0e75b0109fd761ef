"""Telling enterprises, hearing what they want, holding sessions."""
