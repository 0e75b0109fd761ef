"""Who did what, when: an append-only, hash-chained log."""
