"""Service items, the item × region matrix, commitments and credit records."""
