"""Satisfaction, said by who was served."""
