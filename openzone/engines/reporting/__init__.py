"""Figures that firms and parks report: when they are due, what is odd, what they come to."""
