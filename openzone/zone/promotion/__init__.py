"""Leads, contacts, trips and events, until a lead is a project."""
