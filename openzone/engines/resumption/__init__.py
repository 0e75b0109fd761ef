"""Resumption of work: who is back at work by which measure, and where two sources disagree."""
