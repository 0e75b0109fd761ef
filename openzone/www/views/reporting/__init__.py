"""Reports of firms and parks: rounds, filling in, deciding, and what all come to."""
