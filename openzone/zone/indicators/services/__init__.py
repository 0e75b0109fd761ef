"""Figures and batches: entered, submitted, sent back, approved, withdrawn."""
