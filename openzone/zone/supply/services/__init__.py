"""Needs and offers published and closed; invitations sent, answered and followed to a result."""
