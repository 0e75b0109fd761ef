"""Versions and drafts of chains as pages show them."""
