"""Pools of enterprises on their way up, and what they have been recognised as."""
